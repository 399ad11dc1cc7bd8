// SPDX-License-Identifier: LGPL-2.1-or-later
// The motion of the camera.
#include "partition/global_motion.h"

#include "../maps.h"

using namespace attention;

namespace {

/// The coordinates of pixels of a pyramid's level, in those of its finest.
double at_level(int i, int level) { return (i + 0.5) * (1 << level) - 0.5; }

}  // namespace

START_TEST(global_motion_finds_a_similarity) {
  const Similarity truths[] = {{1, 0, 3.3F, -1.7F}, {1.02F, 0.01F, -6, 2}, {0.99F, -0.02F, 9.5F, 5}, {1, 0, 0, 0}};
  for (const Similarity &truth : truths) {
    std::array<Map, 3> now, before;
    std::array<const Map *, 3> a, b;
    for (int level = 0; level < 3; level++) {
      const Size size{160 >> level, 90 >> level};
      before[level] = painted(size, [&](int x, int y) { return texture(at_level(x, level), at_level(y, level)); });
      now[level] = painted(size, [&](int x, int y) {
        const double u = at_level(x, level);
        const double v = at_level(y, level);
        return texture(truth.a * u - truth.b * v + truth.tx, truth.b * u + truth.a * v + truth.ty);
      });
      a[level] = &now[level];
      b[level] = &before[level];
    }
    // An eighth of the picture moves on its own.
    for (int y = 0; y < 30; y++)
      for (int x = 0; x < 60; x++)
        now[0].row(y)[x] = texture(x * 1.3 + 40, y * 0.8 + 300);
    const Similarity found = GlobalMotion(3).estimate(a.data(), b.data());
    for (const double x : {30.0, 130.0})
      for (const double y : {40.0, 80.0}) {
        const double ex = (found.a - truth.a) * x - (found.b - truth.b) * y + found.tx - truth.tx;
        const double ey = (found.b - truth.b) * x + (found.a - truth.a) * y + found.ty - truth.ty;
        ck_assert_double_lt(std::hypot(ex, ey), 0.25);
      }
    Map warped(now[0].size());
    warp(before[0], found, warped);
    ck_assert_float_eq_tol(warped.row(60)[80], now[0].row(60)[80], 8);
  }
}
END_TEST

START_TEST(flat_pictures_have_no_motion) {
  const Map flat = painted({160, 90}, [](int, int) { return 100.0F; });
  const std::array<const Map *, 1> levels{&flat};
  const Similarity found = GlobalMotion(1).estimate(levels.data(), levels.data());
  ck_assert(found.a == 1 && found.b == 0 && found.tx == 0 && found.ty == 0);
}
END_TEST

START_TEST(a_thing_on_plain_ground_is_not_the_camera) {
  std::array<Map, 3> now, before;
  std::array<const Map *, 3> a, b;
  for (int level = 0; level < 3; level++) {
    const Size size{160 >> level, 90 >> level};
    const auto scene = [&](double shift) {
      return painted(size, [&](int x, int y) {
        const double u = at_level(x, level) - shift;
        const double v = at_level(y, level);
        return u > 30 && u < 90 && v > 25 && v < 65 ? texture(u, v) : 120.0F;
      });
    };
    before[level] = scene(0);
    now[level] = scene(3);
    a[level] = &now[level];
    b[level] = &before[level];
  }
  const Similarity found = GlobalMotion(3).estimate(a.data(), b.data());
  ck_assert(found.a == 1 && found.b == 0 && found.tx == 0 && found.ty == 0);
}
END_TEST

int main() {
  return run_suite("partition/global_motion", {global_motion_finds_a_similarity, flat_pictures_have_no_motion,
                                               a_thing_on_plain_ground_is_not_the_camera});
}
