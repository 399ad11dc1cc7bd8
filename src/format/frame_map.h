// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Where the samples of a small map lie on the frame, and the pixels of the frame on the map: the map covers what the
/// crop leaves.
#pragma once

#include <algorithm>

#include "base/plane.h"
#include "geometry.h"

namespace attention {

/// One axis: `samples` of the map cover `size` px from `begin` on. Places are edges: pixel or sample i extends from i
/// to i + 1.
struct MapAxis {
  int begin = 0, size = 1, samples = 1;

  double to_map(double px) const { return (px - begin) / size * samples; }
  double to_frame(double sample) const { return begin + sample * size / samples; }
  bool has(double px) const { return px >= begin && px < begin + size; }
  /// The place of a px among the centres of the samples, from 0 to samples − 1: what lies beyond the outermost ones is
  /// seen there.
  double between_centres(double px) const { return std::clamp(to_map(px) - 0.5, 0.0, samples - 1.0); }
};

struct FrameMap {
  FrameMap(const Geometry &geometry, Size map)
      : x{geometry.crop_left, geometry.crop_width(), map.width},
        y{geometry.crop_top, geometry.crop_height(), map.height} {}

  MapAxis x, y;
};

/// The centre of sample `i` of a component with one sample for every 1 << shift of `px` pixels. Where their number is
/// odd, the last sample lies on the last pixel.
inline double sample_centre(int i, int shift, int px) { return std::min((i + 0.5) * (1 << shift), px - 0.5); }

}  // namespace attention
