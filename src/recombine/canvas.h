// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What recombination knows of the frames that it will see.
#pragma once

#include "kernels/pixels.h"
#include "recombine/stretch.h"

namespace attention {

struct Canvas {
  Canvas(const Geometry &geometry, Size map) : geometry(geometry), map(map) {
    kernels::prepare_pixels();
    for (int p = 0; p < layout().planes; p++) {
      planes.emplace_back(geometry, map, p);
      shift_y_.push_back(layout().first_of(p).shift_y);
      alike.push_back(0);
      while (!looks_alike(alike[p], p))
        alike[p]++;
    }
  }

  const Layout &layout() const { return *geometry.layout; }
  int row_samples(int plane) const { return static_cast<int>(planes[plane].samples.size()); }
  /// The row of a plane at line `y` of the frame.
  int row_at(int plane, int y) const { return y >> shift_y_[plane]; }
  /// Whether the row at a line begins there; where it does not, it began at an earlier line.
  bool begins_at(int plane, int y) const { return y == row_at(plane, y) << shift_y_[plane]; }
  int longest_row() const {
    int longest = 0;
    for (int p = 0; p < layout().planes; p++)
      longest = std::max(longest, row_samples(p));
    return longest;
  }

  Geometry geometry;
  Size map;
  std::vector<PlaneColumns> planes;
  std::vector<int> alike;  ///< for each plane the first whose samples lie in the same places, if not in the same slots

 private:
  std::vector<int> shift_y_;  ///< of each plane

  /// Two planes of one component each and the same subsampling.
  bool looks_alike(int a, int b) const {
    const auto is_plain = [this](int p) { return planes[p].has_colour && layout().first_of(p).pixel_stride == 1; };
    const Component &ka = layout().first_of(a);
    const Component &kb = layout().first_of(b);
    return a == b || (is_plain(a) && is_plain(b) && ka.shift_x == kb.shift_x && ka.shift_y == kb.shift_y);
  }
};

}  // namespace attention
