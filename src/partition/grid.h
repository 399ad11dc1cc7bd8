// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// The frame as a grid of regions.
#pragma once

#include "format/frame_map.h"
#include "image/scale.h"

namespace attention {

/// Where `count` regions divide `n` pixels: whole pixels where there are enough of them, the last region
/// possibly smaller (9 pixels in 5 regions: 2 2 2 2 1). count + 1 edges.
std::vector<double> region_edges(int n, int count);

class Grid {
 public:
  /// Of columns × rows regions of the frame, seen through a map of size `map` over the crop.
  Grid(const Geometry &geometry, Size map);

  Size size() const { return {static_cast<int>(edges_x_.size()) - 1, static_cast<int>(edges_y_.size()) - 1}; }
  /// The mean of a map over each region; what lies outside of the crop counts as 0.
  void means(const Map &map, Map &regions) { means_.run(map, regions); }
  /// How much of what the regions hold falls into a rectangle of the frame, in px: each gives the part of its area that
  /// lies inside.
  double sum_inside(const Map &regions, double left, double top, double right, double bottom) const;

 private:
  std::vector<double> edges_x_, edges_y_;  ///< px of the frame
  AreaScale means_;
};

}  // namespace attention
