// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// The sizes that everything after preprocessing works at, whatever the frame's.
#pragma once

#include "base/plane.h"
#include "geometry.h"

namespace attention {

struct AnalysisSizes {
  Size analysis;  ///< of the planes
  Size map;       ///< of the cue maps and the weights

  /// Chooses them from the shape of the cropped frame: as many pixels as 320 × 180 and 160 × 90 have, but never more
  /// than the frame has, or `analysis_height` px high; at least one for each region.
  static AnalysisSizes choose(const Geometry &geometry);
};

}  // namespace attention
