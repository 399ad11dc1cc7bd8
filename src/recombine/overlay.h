// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// The regions drawn on the frame: a white box with a dark rim and its identity, readable on any background.
#pragma once

#include "geometry.h"
#include "result.h"

namespace attention {

/// Draws the regions of `result` on a picture of this geometry, in place.
void draw_regions(const Geometry &geometry, const Result &result, const Picture &picture);

}  // namespace attention
