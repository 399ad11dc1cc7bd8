// SPDX-License-Identifier: LGPL-2.1-or-later
#include "image/statistics.h"

#include <cmath>

#include "kernels/wide.h"

namespace attention {

ATTENTION_WIDE double mean(const Map &map) {
  const int n = map.count();
  const float *v = map.begin();
  double sum = 0;
#pragma omp simd reduction(+ : sum)
  for (int i = 0; i < n; i++)
    sum += v[i];
  return sum / n;
}

ATTENTION_WIDE Moments moments(const Map &map) {
  const int n = map.count();
  const float *v = map.begin();
  const double centre = mean(map);
  double square = 0;
#pragma omp simd reduction(+ : square)
  for (int i = 0; i < n; i++)
    square += (v[i] - centre) * (v[i] - centre);
  return {centre, std::sqrt(square / n)};
}

ATTENTION_WIDE double dot(const Map &a, const Map &b) {
  double sum = 0;
  for (int y = 0; y < a.height(); y++) {
    const float *v = a.row(y);
    const float *w = b.row(y);
    float row = 0;
#pragma omp simd reduction(+ : row)
    for (int x = 0; x < a.width(); x++)
      row += v[x] * w[x];
    sum += row;
  }
  return sum;
}

ATTENTION_WIDE Range range(const Map &map) {
  const int n = map.count();
  const float *v = map.begin();
  float least = v[0];
  float greatest = v[0];
#pragma omp simd reduction(min : least) reduction(max : greatest)
  for (int i = 0; i < n; i++) {
    least = v[i] < least ? v[i] : least;
    greatest = v[i] > greatest ? v[i] : greatest;
  }
  return {least, greatest};
}

void stretch(Map &map, float least_range) {
  stretch(map, range(map), least_range);
}

void stretch(Map &map, Range range, float least_range) {
  const float scale = 1.0F / std::max(range.greatest - range.least, least_range);
  for (float &v : map)
    v = (v - range.least) * scale;
}

}  // namespace attention
