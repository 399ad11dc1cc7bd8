// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Maps seen from another place.
#pragma once

#include "base/plane.h"

namespace attention {

/// A point p of the picture was at (a·x − b·y + tx, b·x + a·y + ty) in the picture before; pixel centres are whole
/// numbers.
struct Similarity {
  float a = 1, b = 0, tx = 0, ty = 0;

  bool is_none() const { return a == 1 && b == 0 && tx == 0 && ty == 0; }
};

/// What `inner` and then `outer` do to a point.
Similarity compose(const Similarity &outer, const Similarity &inner);
/// What takes back what a similarity does; `motion` must not shrink all to a point.
Similarity inverse(const Similarity &motion);

/// The same between pictures of half the width and height.
Similarity at_half_size(const Similarity &motion);

/// out[p] = before[motion(p)], between pixels by bilinear interpolation; kOutside where that lies outside of the
/// picture, which has at least two rows and columns.
void warp(const Map &before, const Similarity &motion, Map &out);
constexpr float kOutside = -1e6F;  ///< no luma is as low, not even below black

}  // namespace attention
