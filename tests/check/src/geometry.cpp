// SPDX-License-Identifier: LGPL-2.1-or-later
// What a frame cannot give is brought to what it can.
#include "geometry.h"

#include <cstring>
#include <limits>

#include "suite.h"

using namespace attention;

namespace {

Geometry frame(int width, int height) {
  Geometry g;
  g.layout = find_layout("I420");
  g.width = width;
  g.height = height;
  return g;
}

/// Fits, and fails where it does not work then or the sentence has not the words.
Geometry fitted(Geometry g, std::initializer_list<const char *> words) {
  const Status status = fit(g);
  ck_assert(status.is_ok() == (words.size() == 0));
  for (const char *word : words)
    ck_assert_msg(std::strstr(status.message(), word) != nullptr, "'%s' is missing in '%s'", word, status.message());
  ck_assert_msg(check(g).is_ok(), "%s", check(g).message());
  return g;
}

}  // namespace

START_TEST(what_fits_stays_as_it_is) {
  ck_assert(fitted(frame(320, 180), {}) == frame(320, 180));
  Geometry margins = frame(320, 180);
  margins.crop_left = 319;
  ck_assert(fitted(margins, {}) == margins);
}
END_TEST

START_TEST(margins_that_cross_leave_something_and_keep_their_proportion) {
  for (const auto &[left, right] :
       {std::pair{200, 120}, std::pair{200, 200}, std::pair{8192, 0}, std::pair{0, 8192}, std::pair{8192, 8192}}) {
    Geometry g = frame(320, 180);
    g.crop_left = left;
    g.crop_right = right;
    const Geometry f = fitted(g, {"crop-left", "crop-right", "320 px wide"});
    ck_assert_int_ge(f.crop_width(), 16);
    ck_assert_double_eq_tol(static_cast<double>(f.crop_left) / (f.crop_left + f.crop_right),
                            static_cast<double>(left) / (left + right), 0.01);
    std::swap(g.crop_left, g.crop_top);
    std::swap(g.crop_right, g.crop_bottom);
    ck_assert_int_ge(fitted(g, {"crop-top", "crop-bottom", "180 px high"}).crop_height(), 16);
  }
}
END_TEST

START_TEST(the_smallest_frames_are_fitted_too) {
  for (const int side : {1, 2, 15, 16, 17}) {
    Geometry g = frame(side, side);
    g.crop_left = g.crop_right = g.crop_top = g.crop_bottom = 8192;
    ck_assert_int_eq(fitted(g, {"crop-left"}).crop_width(), std::min(side, 16));
  }
}
END_TEST

START_TEST(more_regions_than_pixels_make_the_picture_larger) {
  Geometry g = frame(320, 180);
  g.analysis_height = 7;
  ck_assert_int_eq(fitted(g, {"analysis-height=7", "32"}).analysis_height, 32);
  g.analysis_height = 32;
  g.rows = 33;
  fitted(g, {"region-rows=33", "57 x 32 px", "57 x 33 px are analysed"});
  g.rows = 18;
  g.columns = 58;
  fitted(g, {"region-columns=58", "57 x 32 px", "58 x 32 px are analysed"});
  g.columns = 57;
  g.rows = 32;
  fitted(g, {});
  g.analysis_height = 0;
  g.columns = g.rows = 256;
  fitted(g, {});
}
END_TEST

START_TEST(what_no_frame_could_give_gets_a_sentence) {
  const auto refuses = [](Geometry g, const char *word) {
    const Status status = check(g);
    ck_assert_msg(std::strstr(status.message(), word) != nullptr, "'%s' is missing in '%s'", word, status.message());
  };
  Geometry g = frame(320, 180);
  refuses(frame(0, 180), "0 x 180");
  refuses(frame(320, -1), "320 x -1");
  refuses(frame(8193, 180), "8193 x 180");
  g.layout = nullptr;
  refuses(g, "pixel format");
  g = frame(320, 180);
  g.columns = 257;
  refuses(g, "region-columns=257");
  g = frame(320, 180);
  g.rows = 0;
  refuses(g, "region-rows=0");
  g = frame(320, 180);
  g.analysis_height = 541;
  refuses(g, "analysis-height=541");
  g = frame(320, 180);
  g.crop_top = -1;
  refuses(g, "-1 px");
  g = frame(20, 20);
  g.pooled = true;
  refuses(g, "region-columns=32");
}
END_TEST

START_TEST(what_no_frame_could_give_is_left_as_it_is) {
  for (const int far : {std::numeric_limits<int>::min(), -1, std::numeric_limits<int>::max()}) {
    for (int Geometry::*member :
         {&Geometry::crop_left, &Geometry::crop_top, &Geometry::crop_right, &Geometry::crop_bottom, &Geometry::columns,
          &Geometry::rows, &Geometry::analysis_height, &Geometry::width, &Geometry::height}) {
      Geometry g = frame(320, 180);
      g.crop_left = g.crop_right = g.crop_top = g.crop_bottom = 8192;
      g.*member = far;
      const Geometry asked = g;
      ck_assert(fit(g).is_ok());
      ck_assert(g == asked);
      ck_assert(!check(g).is_ok());
    }
  }
}
END_TEST

int main() {
  return run_suite("geometry", {what_fits_stays_as_it_is, margins_that_cross_leave_something_and_keep_their_proportion,
                                the_smallest_frames_are_fitted_too, more_regions_than_pixels_make_the_picture_larger,
                                what_no_frame_could_give_gets_a_sentence, what_no_frame_could_give_is_left_as_it_is});
}
