// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Rectangles.
#pragma once

#include <algorithm>
#include <cmath>

namespace attention {

/// A rectangle, right and bottom exclusive.
struct Box {
  float left, top, right, bottom;

  float width() const { return right - left; }
  float height() const { return bottom - top; }
  float area() const { return std::max(width(), 0.0F) * std::max(height(), 0.0F); }
  bool meets(const Box &o) const { return left < o.right && o.left < right && top < o.bottom && o.top < bottom; }
  /// The smallest that holds both.
  Box join(const Box &o) const {
    return {std::min(left, o.left), std::min(top, o.top), std::max(right, o.right), std::max(bottom, o.bottom)};
  }
  /// What both hold; of no area where they do not meet.
  Box meet(const Box &o) const {
    return {std::max(left, o.left), std::max(top, o.top), std::min(right, o.right), std::min(bottom, o.bottom)};
  }
  Box rounded() const { return {std::round(left), std::round(top), std::round(right), std::round(bottom)}; }
};

}  // namespace attention
