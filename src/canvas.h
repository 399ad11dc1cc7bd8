// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What recombination knows of the frames that it will see.
#pragma once

#include "sampler.h"

namespace attention {

struct Canvas {
  Canvas(const Geometry &geometry, Size map) : geometry(geometry), map(map) {
    for (int p = 0; p < layout().planes; p++)
      planes.emplace_back(geometry, map, p);
  }

  const Layout &layout() const { return *geometry.layout; }
  int row_samples(int plane) const { return layout().row_samples(plane, geometry.width); }
  /// The row of a plane at line `y` of the frame.
  int row_at(int plane, int y) const { return y >> layout().first_of(plane).shift_y; }
  /// Whether the row at a line begins there; where it does not, it began at an earlier line.
  bool begins_at(int plane, int y) const { return y == row_at(plane, y) << layout().first_of(plane).shift_y; }
  int longest_row() const {
    int longest = 0;
    for (int p = 0; p < layout().planes; p++)
      longest = std::max(longest, row_samples(p));
    return longest;
  }

  Geometry geometry;
  Size map;
  std::vector<PlaneColumns> planes;
};

}  // namespace attention
