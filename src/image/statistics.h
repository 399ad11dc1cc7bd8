// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What a float map is like as a whole.
#pragma once

#include "base/plane.h"

namespace attention {

/// The mean of a map.
double mean(const Map &map);

/// The mean of a map and its standard deviation.
struct Moments {
  double mean, deviation;
};
Moments moments(const Map &map);

/// The sum of the products of two maps, pixel by pixel.
double dot(const Map &a, const Map &b);

/// The least and the greatest value of a map.
struct Range {
  float least, greatest;
};
Range range(const Map &map);

/// Stretches a map to [0, 1]: its least value becomes 0 and, where the range is at least `least_range`, its
/// greatest 1. A flatter map keeps its proportions, so noise is never blown up.
void stretch(Map &map, float least_range);
/// The same by the range of another map, so that the two compare.
void stretch(Map &map, Range range, float least_range);

}  // namespace attention
