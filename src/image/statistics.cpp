// SPDX-License-Identifier: LGPL-2.1-or-later
#include "image/statistics.h"

#include <cmath>

#include "kernels/sums.h"

namespace attention {

double mean(const Map &map) { return kernels::sum(map.begin(), map.count()) / map.count(); }

Moments moments(const Map &map) {
  const double centre = mean(map);
  return {centre, std::sqrt(kernels::sum_of_squares(map.begin(), centre, map.count()) / map.count())};
}

double dot(const Map &a, const Map &b) {
  double sum = 0;
  for (int y = 0; y < a.height(); y++)
    sum += kernels::dot(a.row(y), b.row(y), a.width());
  return sum;
}

Range range(const Map &map) {
  Range range;
  kernels::extremes(map.begin(), &range.least, &range.greatest, map.count());
  return range;
}

void stretch(Map &map, float least_range) { stretch(map, range(map), least_range); }

void stretch(Map &map, Range range, float least_range) {
  const float scale = 1.0F / std::max(range.greatest - range.least, least_range);
  for (float &v : map)
    v = (v - range.least) * scale;
}

}  // namespace attention
