// SPDX-License-Identifier: LGPL-2.1-or-later
// Weights fill the thing that they lie on.
#include "weigh/completion.h"

#include "../noise.h"
#include "image/statistics.h"

using namespace attention;

namespace {

constexpr Size kAnalysis{320, 180}, kMap{160, 90}, kSmall{80, 45};
constexpr Nanoseconds kFrame = 40'000'000;

/// A picture with a blue thing from `left` to `right` (px of the small one), and weights on a part of it.
struct Scene {
  Scene() : planes(kAnalysis), luma(kSmall), weights(kMap), segments(kAnalysis, kSmall), completion(kMap, kSmall) {}

  void show(int left, int right, int weight_x, Nanoseconds time, bool fresh = false) {
    luma.fill(100);
    for (int y = 0; y < kAnalysis.height; y++)
      for (int x = 0; x < kAnalysis.width; x++)
        planes.cb.row(y)[x] = x / 4 >= left && x / 4 < right && y / 4 >= 15 && y / 4 < 30 ? 40.0F : 0.0F;
    for (int y = 0; y < kMap.height; y++)
      for (int x = 0; x < kMap.width; x++) {
        const float dx = static_cast<float>(x - 2 * weight_x), dy = static_cast<float>(y - 44);
        weights.row(y)[x] = std::exp(-(dx * dx + dy * dy) / 800);
      }
    segments.run(luma, planes);
    completion.run(weights, motion.count() > 0 ? &motion : nullptr, segments, time, fresh);
  }
  float at(int x, int y) const { return completion.weights().row(y)[x]; }

  AnalysisPlanes planes;
  Map luma, weights, motion;
  Segments segments;
  Completion completion;
};

}  // namespace

START_TEST(the_thing_is_filled_and_the_ground_is_not) {
  Scene scene;
  for (int frame = 0; frame < 10; frame++)
    scene.show(30, 50, 36, frame * kFrame, frame == 0);
  ck_assert_float_gt(scene.at(32, 22), 0.4F);
  ck_assert_float_gt(scene.at(46, 22), 0.3F);
  ck_assert_float_lt(scene.at(27, 22), 0.1F);
  ck_assert_float_lt(scene.at(36, 12), 0.1F);
  ck_assert_float_eq_tol(range(scene.completion.weights()).greatest, 1, 1e-6);
  ck_assert_float_gt(scene.completion.distinctness(), 0.3F);
}
END_TEST

START_TEST(it_goes_with_the_thing) {
  Scene scene;
  for (int frame = 0; frame < 10; frame++)
    scene.show(20 + 2 * frame, 30 + 2 * frame, 25 + 2 * frame, frame * kFrame, frame == 0);
  ck_assert_float_gt(scene.at(40, 22), 0.3F);
  ck_assert_float_lt(scene.at(35, 22), 0.1F);
}
END_TEST

START_TEST(what_moves_over_a_still_ground_ends_where_its_motion_does) {
  Scene scene;
  scene.motion = Map(kMap);
  for (int y = 30; y < 60; y++)
    std::fill(scene.motion.row(y) + 60, scene.motion.row(y) + 84, 1.0F);
  for (int frame = 0; frame < 10; frame++)
    scene.show(30, 50, 36, frame * kFrame, frame == 0);
  ck_assert_float_gt(scene.at(40, 22), 0.3F);
  ck_assert_float_lt(scene.at(44, 22), 0.05F);
  ck_assert_float_eq_tol(range(scene.completion.weights()).greatest, 1, 1e-6);
}
END_TEST

START_TEST(a_plain_picture_has_no_colours_of_its_own) {
  Scene scene;
  scene.show(0, 0, 40, 0, true);
  ck_assert_float_lt(scene.completion.distinctness(), 0.01F);
}
END_TEST

START_TEST(a_fresh_frame_knows_nothing_of_the_last) {
  Scene scene, alone;
  scene.show(10, 20, 15, 0, true);
  scene.show(50, 70, 60, kFrame, true);
  alone.show(50, 70, 60, kFrame, true);
  for (int i = 0; i < kSmall.width * kSmall.height; i++)
    ck_assert_float_eq(scene.completion.weights().begin()[i], alone.completion.weights().begin()[i]);
}
END_TEST

int main() {
  return run_suite("weigh/completion",
                   {the_thing_is_filled_and_the_ground_is_not, it_goes_with_the_thing,
                    what_moves_over_a_still_ground_ends_where_its_motion_does,
                    a_plain_picture_has_no_colours_of_its_own, a_fresh_frame_knows_nothing_of_the_last});
}
