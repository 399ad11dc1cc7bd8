// SPDX-License-Identifier: LGPL-2.1-or-later
// Warps against the same written to be plain.
#include "image/warp.h"

#include "../maps.h"
#include "partition/global_motion.h"

using namespace attention;

START_TEST(warped) {
  for (const Size size : {Size{2, 2}, Size{7, 5}, Size{64, 36}, Size{160, 90}})
    for (const Similarity &s : {Similarity{}, Similarity{1, 0, 3, -1}, Similarity{1.02F, -0.03F, -2.3F, 4.7F},
                                Similarity{0.5F, 0.4F, 20, 1}}) {
      const Map before = noise(size, 0, 255);
      Map out(size);
      warp(before, s, out);
      check_map(out, 1e-2, [&](int x, int y) -> double {
        const float u = s.a * static_cast<float>(x) - s.b * static_cast<float>(y) + s.tx;
        const float v = s.b * static_cast<float>(x) + s.a * static_cast<float>(y) + s.ty;
        if (u < 0 || v < 0 || u > static_cast<float>(size.width - 1) || v > static_cast<float>(size.height - 1))
          return kOutside;
        const int i = static_cast<int>(u), j = static_cast<int>(v);
        const double above = at(before, i, j) + (at(before, i + 1, j) - at(before, i, j)) * (u - i);
        const double below = at(before, i, j + 1) + (at(before, i + 1, j + 1) - at(before, i, j + 1)) * (u - i);
        return above + (below - above) * (v - j);
      });
    }
}
END_TEST

START_TEST(warp_marks_the_outside) {
  const Map before = painted({4, 2}, [](int x, int) { return static_cast<float>(10 * x); });
  Map out({4, 2});
  warp(before, {1, 0, 1.5F, 0}, out);
  ck_assert_float_eq(out.row(0)[0], 15);
  ck_assert_float_eq(out.row(0)[1], 25);
  ck_assert_float_eq(out.row(0)[2], kOutside);
  ck_assert_float_eq(out.row(1)[3], kOutside);
}
END_TEST

int main() { return run_suite("image/warp", {warped, warp_marks_the_outside}); }
