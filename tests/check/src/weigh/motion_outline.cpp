// SPDX-License-Identifier: LGPL-2.1-or-later
// A thing that moves ends where its motion does.
#include "weigh/motion_outline.h"

#include "../maps.h"

using namespace attention;

namespace {

constexpr Size kMap{160, 90}, kSmall{80, 45};

/// Weights of 1 with soft edges around a thing from 30 to 50 and 15 to 30 px of the small map, and what becomes of
/// them.
struct Scene {
  Scene() : motion(kMap), attended(kSmall), weights(kSmall), outline(kMap, kSmall) {
    for (int y = 0; y < kSmall.height; y++)
      for (int x = 0; x < kSmall.width; x++) {
        const int away = std::max({30 - x, x - 49, 15 - y, y - 29, 0});
        attended.row(y)[x] = std::max(1 - static_cast<float>(away) / 8, 0.0F);
      }
  }
  /// `value` from left to right and 15 to 30 px of the small map.
  void move(int left, int right, float value) {
    for (int y = 30; y < 60; y++)
      std::fill(motion.row(y) + 2 * left, motion.row(y) + 2 * right, value);
  }
  void run() {
    weights = attended;
    outline.run(motion, attended, weights);
  }
  float at(int x, int y) const { return weights.row(y)[x]; }

  Map motion, attended, weights;
  MotionOutline outline;
};

}  // namespace

START_TEST(soft_edges_go) {
  for (const float motion : {1.0F, 0.6F}) {
    Scene scene;
    scene.move(30, 50, motion);
    scene.run();
    ck_assert_float_gt(scene.at(31, 22), 0.95F);
    ck_assert_float_gt(scene.at(48, 28), 0.95F);
    ck_assert_float_eq_tol(scene.at(28, 22), 0, 1e-6);
    ck_assert_float_eq_tol(scene.at(40, 31), 0, 1e-6);
  }
}
END_TEST

START_TEST(what_hardly_moves_stays_as_it_is) {
  Scene scene;
  scene.move(30, 50, 0.09F);
  scene.run();
  for (int i = 0; i < scene.weights.count(); i++)
    ck_assert_float_eq(scene.weights.begin()[i], scene.attended.begin()[i]);
}
END_TEST

START_TEST(a_thing_of_which_parts_move_is_whole) {
  Scene scene;
  scene.move(30, 36, 1);
  scene.move(42, 50, 1);
  scene.run();
  ck_assert_float_gt(scene.at(39, 22), 0.95F);
}
END_TEST

START_TEST(one_that_rests_far_from_one_that_moves_keeps_its_weight) {
  Scene scene;
  for (int y = 15; y < 30; y++)
    std::fill(scene.attended.row(y) + 2, scene.attended.row(y) + 10, 0.5F);
  scene.move(30, 50, 1);
  scene.run();
  ck_assert_float_gt(scene.at(5, 22), 0.49F);
}
END_TEST

START_TEST(nothing_attended_is_nothing_still) {
  Scene scene;
  scene.attended.fill(0);
  scene.move(0, 80, 1);
  scene.run();
  for (const float w : scene.weights)
    ck_assert_float_eq(w, 0);
}
END_TEST

int main() {
  return run_suite("weigh/motion_outline",
                   {soft_edges_go, what_hardly_moves_stays_as_it_is, a_thing_of_which_parts_move_is_whole,
                    one_that_rests_far_from_one_that_moves_keeps_its_weight, nothing_attended_is_nothing_still});
}
