// SPDX-License-Identifier: LGPL-2.1-or-later
// The camera, forwards and backwards in time.
#include "partition/camera.h"

#include "../noise.h"

using namespace attention;

namespace {

constexpr Nanoseconds kFrame = 40'000'000;

/// What is known of a camera that moves by `step` px of the small picture from each frame to the next.
struct Pan {
  explicit Pan(double step, Nanoseconds frame = kFrame) : step(step), frame(frame) {}

  void run(int frames) {
    for (int i = 0; i < frames; i++, shown++) {
      AnalysisPlanes planes(sizes.analysis);
      planes.y = painted(sizes.analysis, [&](int x, int y) { return texture(x + step * shown, y); });
      pyramid.halve(planes.y);
      camera.look(pyramid, 1000 * kFrame + shown * frame);
    }
  }
  /// By how much the map moves in the time of a frame, in samples of the map.
  float moved() const { return camera.ahead(kFrame).tx; }

  AnalysisSizes sizes = AnalysisSizes::choose(frame_of(640, 360));
  Pyramid pyramid{sizes};
  Camera camera{sizes, pyramid};
  double step;
  Nanoseconds frame;
  int shown = 0;
};

}  // namespace

START_TEST(where_points_were_follows_the_pan) {
  Pan pan(2);
  ck_assert_float_eq(pan.moved(), 0);
  pan.run(6);
  ck_assert_ptr_nonnull(pan.camera.before(0));
  ck_assert_float_eq_tol(std::fabs(pan.moved()), 1, 0.1);  // the map has half as many samples
  Pan back(-2);
  back.run(6);
  ck_assert_float_eq_tol(back.moved(), -pan.moved(), 0.1);
}
END_TEST

// In reverse the pictures come in the other order, and each is a frame away from the next all the same.
START_TEST(a_camera_goes_on_as_before_in_reverse) {
  Pan forwards(2), backwards(2, -kFrame);
  forwards.run(6);
  backwards.run(6);
  ck_assert_float_eq_tol(backwards.moved(), forwards.moved(), 1e-3);
  ck_assert_float_gt(std::fabs(backwards.moved()), 0.8F);
}
END_TEST

START_TEST(a_faster_clock_sees_the_same_camera) {
  Pan slow(2), fast(0.5, kFrame / 4);
  slow.run(8);
  fast.run(32);
  ck_assert_float_eq_tol(fast.moved(), slow.moved(), 0.1);
}
END_TEST

START_TEST(a_reset_forgets_the_pictures) {
  Pan pan(2);
  pan.run(6);
  pan.camera.reset();
  ck_assert_ptr_null(pan.camera.before(0));
  ck_assert_float_eq(pan.moved(), 0);
  pan.run(1);
  ck_assert_ptr_null(pan.camera.before(0));
}
END_TEST

// The largest small pictures there are, of the widest shape: there is a level of half the size to compare on.
START_TEST(any_size_has_a_level_to_compare_on) {
  for (const auto &[width, height] :
       {std::pair{8192, 2048}, std::pair{2048, 8192}, std::pair{8192, 600}, std::pair{16, 16}}) {
    Geometry g = frame_of(width, height);
    g.analysis_height = std::min(height, kLargestAnalysisHeight);
    const AnalysisSizes sizes = AnalysisSizes::choose(g);
    const Pyramid pyramid(sizes);
    const Camera camera(sizes, pyramid);
    ck_assert_int_lt(camera.level() + 1, Pyramid::kLevels);
  }
}
END_TEST

int main() {
  return run_suite("partition/camera", {where_points_were_follows_the_pan, a_camera_goes_on_as_before_in_reverse,
                                        a_faster_clock_sees_the_same_camera, a_reset_forgets_the_pictures,
                                        any_size_has_a_level_to_compare_on});
}
