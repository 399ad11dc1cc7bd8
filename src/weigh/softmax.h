// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Attention of regions.
#pragma once

#include "base/plane.h"

namespace attention {

/// attention[r] = exp(z[r] / temperature) / Σ, z the region's weight in standard deviations from the mean.
void softmax(const Map &weights, double temperature, Map &attention);

}  // namespace attention
