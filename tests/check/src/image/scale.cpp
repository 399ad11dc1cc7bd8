// SPDX-License-Identifier: LGPL-2.1-or-later
// Scaling against the same written to be plain.
#include "image/scale.h"

#include "../maps.h"

using namespace attention;

START_TEST(area_scale) {
  for (const Size in : kSizes)
    for (const Size out : kSizes) {
      const Map map = noise(in, 0, 255);
      Map scaled(out);
      AreaScale(in, out).run(map, scaled);
      check_map(scaled, 1e-3, [&](int x, int y) {
        const double left = static_cast<double>(x) * in.width / out.width, right = (x + 1.0) * in.width / out.width;
        const double top = static_cast<double>(y) * in.height / out.height, bottom = (y + 1.0) * in.height / out.height;
        double sum = 0;
        for (int j = 0; j < in.height; j++)
          for (int i = 0; i < in.width; i++)
            sum += std::max(std::min(right, i + 1.0) - std::max(left, i + 0.0), 0.0) *
                   std::max(std::min(bottom, j + 1.0) - std::max(top, j + 0.0), 0.0) * map.row(j)[i];
        return sum / ((right - left) * (bottom - top));
      });
    }
}
END_TEST

START_TEST(bilinear) {
  for (const Size in : kSizes)
    for (const Size out : kSizes) {
      const Map map = noise(in, 0, 255);
      Map scaled(out);
      Bilinear(in, out).run(map, scaled);
      check_map(scaled, 1e-3, [&](int x, int y) {
        const double u = std::clamp((x + 0.5) * in.width / out.width - 0.5, 0.0, in.width - 1.0);
        const double v = std::clamp((y + 0.5) * in.height / out.height - 0.5, 0.0, in.height - 1.0);
        const int i = static_cast<int>(u), j = static_cast<int>(v);
        const double above = at(map, i, j) + (at(map, i + 1, j) - at(map, i, j)) * (u - i);
        const double below = at(map, i, j + 1) + (at(map, i + 1, j + 1) - at(map, i, j + 1)) * (u - i);
        return above + (below - above) * (v - j);
      });
    }
}
END_TEST

START_TEST(bilinear_keeps_lines_straight) {
  const Map line = painted({8, 4}, [](int x, int y) { return static_cast<float>(2 * x + y); });
  Map out({32, 16});
  Bilinear(line.size(), out.size()).run(line, out);
  for (int y = 4; y < 12; y++)
    for (int x = 4; x < 28; x++)
      ck_assert_float_eq_tol(out.row(y)[x], 2 * ((x + 0.5F) / 4 - 0.5F) + (y + 0.5F) / 4 - 0.5F, 1e-4F);
}
END_TEST

int main() { return run_suite("image/scale", {area_scale, bilinear, bilinear_keeps_lines_straight}); }
