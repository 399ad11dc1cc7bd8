// SPDX-License-Identifier: LGPL-2.1-or-later
// Statistics against the same written to be plain.
#include "image/statistics.h"

#include "../maps.h"

using namespace attention;

START_TEST(statistics) {
  for (int n = 1; n <= 40; n++) {
    const Map map = noise({n, 1}, -100, 300);
    double mean = 0, square = 0;
    for (const float v : map)
      mean += v / static_cast<double>(n);
    for (const float v : map)
      square += (v - mean) * (v - mean) / n;
    ck_assert_double_eq_tol(moments(map).mean, mean, 1e-9);
    ck_assert_double_eq_tol(moments(map).deviation, std::sqrt(square), 1e-9);
    const Map other = noise({n, 1}, -1, 1);
    double product = 0;
    for (int i = 0; i < n; i++)
      product += static_cast<double>(map.begin()[i]) * other.begin()[i];
    ck_assert_double_eq_tol(dot(map, other), product, 1e-2);
    ck_assert_float_eq(range(map).least, *std::min_element(map.begin(), map.end()));
    ck_assert_float_eq(range(map).greatest, *std::max_element(map.begin(), map.end()));
  }
}
END_TEST

int main() { return run_suite("image/statistics", {statistics}); }
