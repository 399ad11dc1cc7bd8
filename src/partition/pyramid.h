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
  /// From then on the tensors of that level have a trace.
  void keep_trace(int level) { tensors_[level].keep_trace(); }
  /// Makes the structure tensor of a level.
  void find_corners(int level) { tensors_[level].run(luma(level)); }

  /// Each level has half the width and height of the one before it.
  Size size(int level) const { return sizes_[level]; }
  /// Luma, 0–255; that of level 0 is empty before there is any.
  const Map &luma(int level) const { return level == 0 ? *finest_ : luma_[level]; }
  /// The structure tensor of that luma.
  const Tensor &tensor(int level) const { return tensors_[level]; }

 private:
  std::array<Size, kLevels> sizes_;
  std::array<Map, kLevels> luma_;  ///< the first is empty
  const Map *finest_ = &luma_[0];
  std::array<Tensor, kLevels> tensors_;
  std::array<AreaScale, kLevels> halve_;
};

}  // namespace attention
