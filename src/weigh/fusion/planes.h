// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Planes of a small network.
#pragma once

#include <algorithm>
#include <vector>

#include "base/plane.h"
#include "kernels/network.h"

namespace attention {

/// Planes with zeros around them and between their rows, so that a plane shifted by a sample is the same plane from
/// another address.
template <typename Sample>
class Planes {
 public:
  Planes(int planes, Size size)
      : size_(size),
        stride_(size.width + kBorder),
        plane_(stride_ * (size.height + 2 * kBorder) + kBorder + kernels::kMixedBehind),
        samples_(static_cast<size_t>(planes) * plane_) {
    for (int p = 0; p < planes; p++)
      rows_.push_back(row(p, 0));
  }
  Planes(const Planes &) = delete;
  Planes &operator=(const Planes &) = delete;

  /// The first samples of all planes; from there to the last pixel of a plane are count() samples, what is between its
  /// rows included.
  Sample *const *rows() { return rows_.data(); }
  Sample *row(int plane, int y) {
    return samples_.data() + static_cast<ptrdiff_t>(plane) * plane_ + kBorder + (y + kBorder) * stride_;
  }
  int planes() const { return static_cast<int>(rows_.size()); }
  int count() const { return (size_.height - 1) * stride_ + size_.width; }
  Size size() const { return size_; }
  /// Samples from one row to the next, and from one plane to the next.
  int row_stride() const { return stride_; }
  int plane_stride() const { return plane_; }

  /// Makes them 0 again, and what a loop over whole vectors has written behind the last pixels.
  void clear_borders() {
    for (int p = 0; p < planes(); p++) {
      for (int y = 0; y + 1 < size_.height; y++)
        std::fill_n(row(p, y) + size_.width, kBorder, Sample());
      std::fill_n(row(p, size_.height - 1) + size_.width, kernels::kMixedBehind, Sample());
    }
  }

 private:
  static constexpr int kBorder = 1;

  Size size_;
  int stride_ = 0, plane_ = 0;
  std::vector<Sample> samples_;
  std::vector<Sample *> rows_;
};

}  // namespace attention
