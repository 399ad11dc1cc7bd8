// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// The small picture's colour without what its channels have in common.
#pragma once

#include <array>

#include "image/scale.h"
#include "preprocess/preprocess.h"

namespace attention {

using Colour = std::array<Map, 3>;

/// Y, Cb and Cr at a smaller size, uncorrelated and of equal variance (ZCA).
class Whitened {
 public:
  /// Of about `area` pixels.
  Whitened(Size analysis, double area);
  void run(const AnalysisPlanes &planes);

  Size size() const { return colour_[0].size(); }
  const Colour &colour() const { return colour_; }

 private:
  AreaScale shrink_;
  Colour colour_;
};

}  // namespace attention
