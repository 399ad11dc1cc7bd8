// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What the cues look at: the luma at several sizes.
#pragma once

#include "image/scale.h"
#include "image/tensor.h"
#include "preprocess/preprocess.h"

namespace attention {

class Pyramid {
 public:
  static constexpr int kLevels = 4;

  explicit Pyramid(const AnalysisSizes &sizes);
  Pyramid(const Pyramid &) = delete;
  Pyramid &operator=(const Pyramid &) = delete;

  /// Makes the levels of luma; `luma` is that of AnalysisPlanes and is level 0 until the next call.
  void halve(const Map &luma);
  /// Makes the structure tensor of a level.
  void find_corners(int level) { tensors_[level].run(luma(level)); }

  /// Luma, 0–255; each level has half the width and height of the one before it.
  const Map &luma(int level) const { return level == 0 ? *finest_ : luma_[level]; }
  /// The structure tensor of that luma.
  const Tensor &tensor(int level) const { return tensors_[level]; }

 private:
  std::array<Map, kLevels> luma_;  ///< the first only says its size before there are planes
  const Map *finest_ = &luma_[0];
  std::array<Tensor, kLevels> tensors_;
  std::array<AreaScale, kLevels> halve_;
};

}  // namespace attention
