// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Where a point of a picture was in the one before (pyramidal Lucas–Kanade; Bouguet, Intel 2000), in vectors (Google
/// Highway) whose sums are the same on every machine.
#pragma once

#include "base/plane.h"

namespace attention::kernels {

/// Follows the window of 11 × 11 px around (x, y) from `now` to `before`, `levels` of a pyramid each, the finest first.
/// Sets by how much it moved, in px of the finest, which is looked for first near what is given; false where the window
/// is too plain, or too far away, to say. A change of brightness all over is no movement.
bool track(const Map *const *now, const Map *const *before, int levels, float x, float y, float *dx, float *dy);

}  // namespace attention::kernels
