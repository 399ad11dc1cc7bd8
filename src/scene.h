// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Scene cuts: does a picture show something else than the one before?
#pragma once

#include <array>

#include "plane.h"

namespace attention {

class Scene {
 public:
  explicit Scene(Size size) : before_(size) {}

  void reset() { has_before_ = false; }
  /// How different the scene is from the last one that had any contrast, 0–1: half from the lack of correlation, half from the
  /// distance of the histograms, both of luma freed from brightness and contrast, so that a flash or a fade is no cut.
  double change(const Map &luma);

 private:
  static constexpr int kBins = 16;

  Map before_;  ///< luma less its mean, in standard deviations
  std::array<double, kBins> histogram_{};
  bool has_before_ = false;
};

}  // namespace attention
