// SPDX-License-Identifier: LGPL-2.1-or-later
// Blurs against the same written to be plain.
#include "image/blur.h"

#include "../maps.h"

using namespace attention;

START_TEST(gaussian) {
  for (const Size size : kSizes)
    for (const double sigma : {0.4, 1.3, 3.2, 11.0}) {
      const Map map = noise(size, 0, 255);
      Map blurred(size);
      std::copy(map.begin(), map.end(), blurred.begin());
      Gaussian(size, sigma).run(blurred);
      const int radius = std::max(1, static_cast<int>(std::lround(3 * sigma)));
      const auto weight = [&](int i) { return std::exp(-i * i / (2 * sigma * sigma)); };
      double whole = 0;
      for (int i = -radius; i <= radius; i++)
        whole += weight(i);
      Map columns(size);
      for (int y = 0; y < size.height; y++)
        for (int x = 0; x < size.width; x++)
          for (int i = -radius; i <= radius; i++)
            columns.row(y)[x] += static_cast<float>(weight(i) / whole * at(map, x, y + i));
      check_map(blurred, 1e-3, [&](int x, int y) {
        double sum = 0;
        for (int i = -radius; i <= radius; i++)
          sum += weight(i) / whole * at(columns, x + i, y);
        return sum;
      });
    }
}
END_TEST

START_TEST(box_blur) {
  for (const Size size : kSizes)
    for (const double sigma : {0.3, 1.0, 2.25, 20.0}) {
      Map map = noise(size, 0, 255);
      Map plain = map;
      const double radius = (std::sqrt(4 * sigma * sigma + 1) - 1) / 2;
      const int whole = static_cast<int>(radius);
      // A box down and across, three times each; samples beyond the border are those at it.
      for (const bool down : {true, true, true, false, false, false}) {
        const Map before = plain;
        for (int y = 0; y < size.height; y++)
          for (int x = 0; x < size.width; x++) {
            double sum = 0;
            for (int i = -whole - 1; i <= whole + 1; i++)
              sum += (std::abs(i) <= whole ? 1 : radius - whole) * (down ? at(before, x, y + i) : at(before, x + i, y));
            plain.row(y)[x] = static_cast<float>(sum / (2 * radius + 1));
          }
      }
      BoxBlur(size).run(map, sigma);
      check_map(map, 0.01, [&](int x, int y) { return plain.row(y)[x]; });
    }
}
END_TEST

int main() { return run_suite("image/blur", {gaussian, box_blur}); }
