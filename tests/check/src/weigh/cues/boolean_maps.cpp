// SPDX-License-Identifier: LGPL-2.1-or-later
// Surrounded areas against a plain flood.
#include "weigh/cues/boolean_maps.h"

#include "../../maps.h"

using namespace attention;

START_TEST(surrounded_is_what_the_border_does_not_reach) {
  // A ring around one pixel, and a bar that touches the left side.
  const char *picture[] = {"........", "..###...", "..#.#...", "..###...", "###....."};
  Plane<Bits> mask({8, 5});
  Plane<Bits> out({8, 5});
  for (int y = 0; y < 5; y++)
    for (int x = 0; x < 8; x++)
      mask.row(y)[x].dark = picture[y][x] == '.' ? 4 : 0;
  Surrounded({8, 5}).run(mask, out);
  for (int y = 0; y < 5; y++)
    for (int x = 0; x < 8; x++)
      ck_assert(out.row(y)[x].dark == (y == 2 && x == 3 ? 4U : 0U) && out.row(y)[x].bright == 0);
}
END_TEST

// One map at a time: what is neither outside of the mask nor reached from the border.
START_TEST(boolean_maps) {
  for (const Size size : kSizes)
    for (const int thresholds : {1, 12, 16})
      for (const bool dilate : {false, true})
        for (const double scale : {0.05, 0.4, 3.0}) {
          std::array<Map, 3> channels{noise(size, 0, 1), Map(size), Map(size)};
          for (int y = 0; y < size.height; y++)
            for (int x = 0; x < size.width; x++) {
              channels[1].row(y)[x] = static_cast<float>(std::sin(x * scale) * std::cos(y * scale + x * 0.02));
              channels[2].row(y)[x] = static_cast<float>(x % 4 == y % 3);
            }
          std::array<Range, 3> ranges{range(channels[0]), range(channels[1]), {}};
          Map sum(size);
          BooleanMaps(size, thresholds, dilate).run(channels, ranges, sum);

          Map plain(size);
          for (int map = 0; map < 2 * 2 * thresholds; map++) {
            const int c = map / 2 / thresholds;
            const int least_level = map / 2 % thresholds + 1;
            const bool bright = map % 2 != 0;
            const auto [least, greatest] = ranges[c];
            Plane<uint8_t> mask(size), reached(size), found(size);
            for (int i = 0; i < mask.count() && greatest > least; i++) {
              const float step = static_cast<float>(thresholds + 1) / (greatest - least);
              const bool above = (channels[c].begin()[i] - least) * step >= static_cast<float>(least_level);
              mask.begin()[i] = above == bright ? 1 : 0;
            }
            const auto reaches = [&](int x, int y) {
              return x < 0 || y < 0 || x >= size.width || y >= size.height || reached.row(y)[x] != 0;
            };
            for (bool changed = true; changed;) {
              changed = false;
              for (int y = 0; y < size.height; y++)
                for (int x = 0; x < size.width; x++)
                  if (mask.row(y)[x] != 0 && reached.row(y)[x] == 0 &&
                      (reaches(x - 1, y) || reaches(x + 1, y) || reaches(x, y - 1) || reaches(x, y + 1))) {
                    reached.row(y)[x] = 1;
                    changed = true;
                  }
            }
            int area = 0;
            for (int y = 0; y < size.height; y++)
              for (int x = 0; x < size.width; x++) {
                for (int v = std::max(y - dilate, 0); v <= std::min(y + dilate, size.height - 1); v++)
                  for (int u = std::max(x - dilate, 0); u <= std::min(x + dilate, size.width - 1); u++)
                    found.row(y)[x] |= mask.row(v)[u] & ~reached.row(v)[u];
                area += found.row(y)[x];
              }
            for (int i = 0; i < found.count(); i++)
              plain.begin()[i] += found.begin()[i] != 0 ? 1.0F / std::sqrt(static_cast<float>(area)) : 0.0F;
          }
          check_map(sum, 1e-4, [&](int x, int y) { return plain.row(y)[x]; });
        }
}
END_TEST

int main() {
  return run_suite("weigh/cues/boolean_maps", {surrounded_is_what_the_border_does_not_reach, boolean_maps});
}
