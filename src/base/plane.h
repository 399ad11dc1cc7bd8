// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// A two-dimensional array that owns its memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace attention {

struct Size {
  int width = 0;
  int height = 0;
};

/// Rows of `width` samples without padding; allocates in the constructor only.
template <typename T>
class Plane {
 public:
  /// So many samples may be read, though not used, beyond any other.
  static constexpr int kSlack = 16;

  Plane() = default;
  explicit Plane(Size size) : size_(size), samples_(static_cast<size_t>(size.width) * size.height + kSlack) {}

  int width() const { return size_.width; }
  int height() const { return size_.height; }
  Size size() const { return size_; }

  T *row(int y) { return samples_.data() + static_cast<ptrdiff_t>(y) * size_.width; }
  const T *row(int y) const { return samples_.data() + static_cast<ptrdiff_t>(y) * size_.width; }

  T *begin() { return samples_.data(); }
  T *end() { return samples_.data() + count(); }
  const T *begin() const { return samples_.data(); }
  const T *end() const { return samples_.data() + count(); }
  int count() const { return size_.width * size_.height; }

  void fill(T value) { std::fill(begin(), end(), value); }

 private:
  Size size_;
  std::vector<T> samples_;
};

/// One float a pixel: a colour plane, a cue or the weights.
using Map = Plane<float>;

}  // namespace attention
