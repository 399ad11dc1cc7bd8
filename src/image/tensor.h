// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// The structure tensor of a picture: how much, and in which directions, it changes around each pixel.
#pragma once

#include <array>

#include "base/plane.h"

namespace attention {

/// The tensor is summed over 3 × 3 pixels; its gradients are central differences, and borders repeat.
class Tensor {
 public:
  Tensor() = default;
  explicit Tensor(Size size);

  /// From then on there is a trace, too.
  void keep_trace() { trace_ = Map(corners_.size()); }
  void run(const Map &luma);

  /// Square root of the smaller eigenvalue: the strength of corners (Shi & Tomasi, CVPR 1994).
  const Map &corners() const { return corners_; }
  /// The sum of both eigenvalues: the strength of edges, squared; empty where it is not kept.
  const Map &trace() const { return trace_; }

 private:
  void products(const Map &luma, int y, float *row);

  Map corners_, trace_;
  int stride_ = 0;
  /// Of three rows of the picture: gx², gx·gy and gy², one after the other, each with its borders.
  std::array<std::vector<float>, 3> products_;
  std::vector<float> line_;     ///< with its borders
  std::vector<float> columns_;  ///< products summed over three rows
  std::vector<float> unkept_;   ///< a row of the trace where it is not kept
};

}  // namespace attention
