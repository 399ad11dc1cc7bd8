// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What the cues look at: the analysis planes at several sizes.
#pragma once

#include "image/scale.h"
#include "image/tensor.h"
#include "preprocess/preprocess.h"

namespace attention {

/// Three channels, uncorrelated and of equal variance (ZCA-whitened for each frame).
using Colour = std::array<Map, 3>;

class Pyramid {
 public:
  static constexpr int kLevels = 4;

  explicit Pyramid(const AnalysisSizes &sizes);
  Pyramid(const Pyramid &) = delete;
  Pyramid &operator=(const Pyramid &) = delete;

  /// Makes the levels of luma; `luma` is that of AnalysisPlanes and is level 0 until the next call.
  void halve(const Map &luma);
  /// Makes the structure tensors of all levels.
  void find_corners();
  /// Makes the whitened colours.
  void whiten(const AnalysisPlanes &planes);

  /// Luma, 0–255; each level has half the width and height of the one before it.
  const Map &luma(int level) const { return level == 0 ? *finest_ : luma_[level]; }
  /// The structure tensor of that luma.
  const Tensor &tensor(int level) const { return tensors_[level]; }
  /// Whitened colour with about as many pixels as 64 × 36 and 96 × 54.
  const Colour &coarse() const { return coarse_.colour; }
  const Colour &fine() const { return fine_.colour; }

 private:
  struct Scale {
    Scale(Size analysis, Size size);
    void run(const AnalysisPlanes &planes);

    AreaScale shrink;
    Colour colour;
  };

  std::array<Map, kLevels> luma_;  ///< the first only says its size before there are planes
  const Map *finest_ = &luma_[0];
  std::array<Tensor, kLevels> tensors_;
  std::array<AreaScale, kLevels> halve_;
  Scale coarse_, fine_;
};

}  // namespace attention
