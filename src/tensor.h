// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// The structure tensor of a picture: how much, and in which directions, it changes around each pixel.
#pragma once

#include "plane.h"

namespace attention {

class Tensor {
 public:
  Tensor() = default;
  explicit Tensor(Size size);

  /// Sums of gx², gx·gy and gy² over 3 × 3 pixels; g are central differences, borders repeat.
  void run(const Map &luma);
  /// Square root of the smaller eigenvalue: the strength of corners (Shi & Tomasi, CVPR 1994).
  void corners(Map &out) const;

  const Map &xx() const { return xx_; }
  const Map &xy() const { return xy_; }
  const Map &yy() const { return yy_; }

 private:
  void sum_of_neighbours(Map &map);

  Map xx_, xy_, yy_, sums_;
  std::vector<float> line_;
};

}  // namespace attention
