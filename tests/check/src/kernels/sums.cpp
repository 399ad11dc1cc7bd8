// SPDX-License-Identifier: LGPL-2.1-or-later
// Sums come out right, and with the same bits in all vectors that this machine has.
#include "kernels/sums.h"

#include <map>
#include <tuple>

#include "rows.h"
#include "suite.h"

using namespace attention;

namespace {

/// Of each shape, what the first set of vectors gave.
template <typename T>
class Firsts {
 public:
  void check(int n, int a, T value) {
    const auto [at, is_new] = firsts_.emplace(std::make_tuple(n, a), value);
    ck_assert_msg(is_new || at->second == value, "%d values: %.17g and %.17g in other vectors", n,
                  static_cast<double>(at->second), static_cast<double>(value));
  }

 private:
  std::map<std::tuple<int, int>, T> firsts_;
};

void check_near(double value, double oracle, double magnitude) {
  ck_assert_msg(std::fabs(value - oracle) <= 1e-6 * (1 + magnitude), "%.9g, oracle %.9g", value, oracle);
}

}  // namespace

START_TEST(sums) {
  Firsts<double> sums, squares;
  for_all_targets([&](int n, int a, int) {
    Row<float> value(n, a, -1, 1);
    double oracle = 0, oracle_squares = 0;
    for (int i = 0; i < n; i++) {
      oracle += value[i];
      oracle_squares += (value[i] - 0.25) * (value[i] - 0.25);
    }
    const double sum = kernels::sum(value.data(), n), of_squares = kernels::sum_of_squares(value.data(), 0.25, n);
    check_near(sum, oracle, 0);
    check_near(of_squares, oracle_squares, 0);
    sums.check(n, a, sum);
    squares.check(n, a, of_squares);
  });
}
END_TEST

START_TEST(dot) {
  Firsts<float> firsts;
  for_all_targets([&](int n, int a, int b) {
    Row<float> x(n, a, -1, 1), y(n, b, -1, 1);
    double oracle = 0;
    for (int i = 0; i < n; i++)
      oracle += static_cast<double>(x[i]) * static_cast<double>(y[i]);
    const float product = kernels::dot(x.data(), y.data(), n);
    check_near(product, oracle, n);
    firsts.check(n, a, product);
  });
}
END_TEST

START_TEST(extremes) {
  for_all_targets([](int n, int a, int b) {
    Row<float> value(n, a, -1, 1);
    value[(a * 7 + b) % n] = a % 2 == 0 ? 2.0F : -2.0F;  // anywhere
    float least, greatest;
    kernels::extremes(value.data(), &least, &greatest, n);
    ck_assert(least == *std::min_element(value.data(), value.data() + n));
    ck_assert(greatest == *std::max_element(value.data(), value.data() + n));
  });
}
END_TEST

START_TEST(count_from) {
  for_all_targets([](int n, int a, int) {
    Row<float> value(n, a, 0, 1);
    const float threshold = value[n / 2];  // itself counts
    const auto oracle = std::count_if(value.data(), value.data() + n, [&](float v) { return v >= threshold; });
    ck_assert_int_eq(kernels::count_from(value.data(), threshold, n), oracle);
  });
}
END_TEST

START_TEST(sum_pairs) {
  constexpr float kOutside = -1;
  Firsts<float> firsts;
  for_all_targets([&](int n, int a, int b) {
    Row<float> x(n, a, 0, 1), y(n, b, 0, 1);
    for (int i = 0; i < n; i += 3)
      x[i] = kOutside;
    double count = 0, sx = 0, sy = 0, xx = 0, xy = 0, yy = 0;
    for (int i = 0; i < n; i++) {
      if (x[i] == kOutside)
        continue;
      count++;
      sx += x[i];
      sy += y[i];
      xx += static_cast<double>(x[i]) * static_cast<double>(x[i]);
      xy += static_cast<double>(x[i]) * static_cast<double>(y[i]);
      yy += static_cast<double>(y[i]) * static_cast<double>(y[i]);
    }
    const kernels::PairSums sums = kernels::sum_pairs(x.data(), y.data(), kOutside, n);
    ck_assert(sums.count == static_cast<float>(count));
    check_near(sums.a, sx, n);
    check_near(sums.b, sy, n);
    check_near(sums.aa, xx, n);
    check_near(sums.ab, xy, n);
    check_near(sums.bb, yy, n);
    firsts.check(n, a, sums.ab);
  });
}
END_TEST

int main() { return run_suite("sums", {sums, dot, extremes, count_from, sum_pairs}); }
