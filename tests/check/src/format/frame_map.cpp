// SPDX-License-Identifier: LGPL-2.1-or-later
// Where samples of a map lie on a frame, and back.
#include "format/frame_map.h"

#include "suite.h"

using namespace attention;

namespace {

Geometry cropped() {
  Geometry g;
  g.width = 200;
  g.height = 100;
  g.crop_left = 20;
  g.crop_right = 60;
  g.crop_top = 10;
  g.crop_bottom = 30;
  return g;
}

}  // namespace

START_TEST(the_map_covers_what_the_crop_leaves) {
  const FrameMap on_map(cropped(), {30, 15});
  ck_assert_double_eq_tol(on_map.x.to_map(20), 0, 1e-12);
  ck_assert_double_eq_tol(on_map.x.to_map(140), 30, 1e-12);
  ck_assert_double_eq_tol(on_map.y.to_map(10), 0, 1e-12);
  ck_assert_double_eq_tol(on_map.y.to_map(70), 15, 1e-12);
  for (double px = 0; px < 200; px += 7.3)
    ck_assert_double_eq_tol(on_map.x.to_frame(on_map.x.to_map(px)), px, 1e-9);
}
END_TEST

START_TEST(the_crop_has_its_first_pixel_and_not_the_one_behind_its_last) {
  const FrameMap on_map(cropped(), {30, 15});
  ck_assert(!on_map.x.has(19.5) && on_map.x.has(20) && on_map.x.has(139.5) && !on_map.x.has(140));
  ck_assert(!on_map.y.has(9.5) && on_map.y.has(10) && on_map.y.has(69.5) && !on_map.y.has(70));
}
END_TEST

START_TEST(beyond_the_outermost_centres_the_outermost_samples_are_seen) {
  const FrameMap on_map(cropped(), {30, 15});
  ck_assert_double_eq(on_map.x.between_centres(20), 0);
  ck_assert_double_eq(on_map.x.between_centres(-500), 0);
  ck_assert_double_eq(on_map.x.between_centres(500), 29);
  ck_assert_double_eq_tol(on_map.x.between_centres(22), 0, 1e-12);  // the centre of the first, 4 px wide
  ck_assert_double_eq_tol(on_map.x.between_centres(26), 1, 1e-12);
  ck_assert_double_eq_tol(on_map.x.between_centres(24), 0.5, 1e-12);
}
END_TEST

START_TEST(the_last_sample_of_an_odd_side_lies_on_the_last_pixel) {
  ck_assert_double_eq(sample_centre(0, 0, 5), 0.5);
  ck_assert_double_eq(sample_centre(1, 1, 5), 3);
  ck_assert_double_eq(sample_centre(2, 1, 5), 4.5);
  ck_assert_double_eq(sample_centre(1, 2, 5), 4.5);
}
END_TEST

int main() {
  return run_suite("format/frame_map",
                   {the_map_covers_what_the_crop_leaves, the_crop_has_its_first_pixel_and_not_the_one_behind_its_last,
                    beyond_the_outermost_centres_the_outermost_samples_are_seen,
                    the_last_sample_of_an_odd_side_lies_on_the_last_pixel});
}
