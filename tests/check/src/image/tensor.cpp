// SPDX-License-Identifier: LGPL-2.1-or-later
// Structure tensors against the same written to be plain.
#include "image/tensor.h"

#include "../maps.h"

using namespace attention;

START_TEST(tensor) {
  for (const Size size : kSizes) {
    const Map luma = noise(size, 0, 255);
    Tensor fast(size);
    fast.keep_trace();
    fast.run(luma);
    const auto sum = [&](int x, int y, const auto &product) {
      double total = 0;
      for (int v = y - 1; v <= y + 1; v++)
        for (int u = x - 1; u <= x + 1; u++) {
          const int i = std::clamp(u, 0, size.width - 1);
          const int j = std::clamp(v, 0, size.height - 1);
          total += product(at(luma, i + 1, j) - at(luma, i - 1, j), at(luma, i, j + 1) - at(luma, i, j - 1));
        }
      return total;
    };
    check_map(fast.trace(), 1,
              [&](int x, int y) { return sum(x, y, [](double gx, double gy) { return gx * gx + gy * gy; }); });
    check_map(fast.corners(), 0.5, [&](int x, int y) {
      const double xx = sum(x, y, [](double gx, double) { return gx * gx; });
      const double xy = sum(x, y, [](double gx, double gy) { return gx * gy; });
      const double yy = sum(x, y, [](double, double gy) { return gy * gy; });
      return std::sqrt(std::max((xx + yy) / 2 - std::hypot((xx - yy) / 2, xy), 0.0));
    });
  }
}
END_TEST

int main() { return run_suite("image/tensor", {tensor}); }
