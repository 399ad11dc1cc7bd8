// SPDX-License-Identifier: LGPL-2.1-or-later
// Closing against the same written to be plain.
#include "image/closing.h"

#include "../maps.h"

using namespace attention;

namespace {

Map chosen(const Map &map, int radius, bool greatest) {
  Map out(map.size());
  for (int y = 0; y < map.height(); y++)
    for (int x = 0; x < map.width(); x++) {
      float best = map.row(y)[x];
      for (int v = std::max(y - radius, 0); v <= std::min(y + radius, map.height() - 1); v++)
        for (int u = std::max(x - radius, 0); u <= std::min(x + radius, map.width() - 1); u++)
          best = greatest ? std::max(best, map.row(v)[u]) : std::min(best, map.row(v)[u]);
      out.row(y)[x] = best;
    }
  return out;
}

}  // namespace

START_TEST(any_size_and_radius) {
  for (const Size size : {Size{1, 1}, Size{2, 5}, Size{7, 3}, Size{23, 17}, Size{80, 45}})
    for (int radius = 0; radius <= 9; radius++) {
      Map map = noise(size, 0, 1);
      const Map right = chosen(chosen(map, radius, true), radius, false);
      Closing(size, radius).run(map);
      for (int i = 0; i < map.count(); i++)
        ck_assert_float_eq(map.begin()[i], right.begin()[i]);
    }
}
END_TEST

int main() { return run_suite("image/closing", {any_size_and_radius}); }
