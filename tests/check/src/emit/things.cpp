// SPDX-License-Identifier: LGPL-2.1-or-later
// A map of weights taken apart into things.
#include "emit/things.h"

#include "../maps.h"

using namespace attention;

namespace {

constexpr float kThreshold = 0.2F;

/// A map with a cone of each of the peaks.
struct Cone {
  float x, y, radius, peak;
};

Map cones(Size size, const std::vector<Cone> &of, float base = 0) {
  Map map(size);
  for (int y = 0; y < size.height; y++)
    for (int x = 0; x < size.width; x++) {
      float most = base;
      for (const Cone &c : of)
        most = std::max(most,
                        c.peak * (1 - std::hypot(static_cast<float>(x) - c.x, static_cast<float>(y) - c.y) / c.radius));
      map.row(y)[x] = most;
    }
  return map;
}

void assert_box(const Box &box, float left, float top, float right, float bottom, double tolerance) {
  ck_assert_float_eq_tol(box.left, left, tolerance);
  ck_assert_float_eq_tol(box.top, top, tolerance);
  ck_assert_float_eq_tol(box.right, right, tolerance);
  ck_assert_float_eq_tol(box.bottom, bottom, tolerance);
}

}  // namespace

// A cone of radius 10 is .2 of its peak 8 samples from its middle; a sample at x has its centre at x + .5.
START_TEST(a_box_ends_where_the_weights_cross_the_threshold) {
  for (const float shift : {0.0F, 0.25F, 0.5F, 0.75F}) {
    const Map map = cones({80, 45}, {{30 + shift, 20, 10, 0.9F}});
    Things things(map.size());
    const std::vector<Thing> &found = things.find(map, kThreshold);
    ck_assert_uint_eq(found.size(), 1);
    const float middle = 30 + shift + 0.5F;
    assert_box(found[0].box, middle - 8, 12.5F, middle + 8, 28.5F, 0.15);
  }
}
END_TEST

START_TEST(two_hills_are_two_things_where_the_saddle_is_low) {
  Things things({80, 45});
  // The saddle is 1 − d / 2r of the peaks: .1 and .4.
  for (const auto &[distance, count] : {std::pair{18.0F, 2U}, std::pair{12.0F, 1U}}) {
    const Map map = cones({80, 45}, {{20, 20, 10, 1}, {20 + distance, 20, 10, 0.8F}}, 0.0F);
    const std::vector<Thing> &found = things.find(map, 0.05F);
    ck_assert_uint_eq(found.size(), count);
    ck_assert_float_eq(found[0].weight, 1);
    if (count == 2) {
      ck_assert_float_eq(found[1].weight, 0.8F);
      ck_assert_float_lt(found[0].box.right, 32);
      ck_assert_float_gt(found[1].box.left, 26);
    }
  }
}
END_TEST

START_TEST(each_thing_has_the_threshold_of_its_own_peak) {
  const Map map = cones({80, 45}, {{20, 20, 10, 1}, {60, 20, 10, 0.3F}, {40, 40, 4, 0.15F}});
  Things things(map.size());
  const std::vector<Thing> &found = things.find(map, kThreshold);
  ck_assert_uint_eq(found.size(), 2);  // the third is too low beside the first
  assert_box(found[0].box, 12.5F, 12.5F, 28.5F, 28.5F, 0.2);
  assert_box(found[1].box, 52.5F, 12.5F, 68.5F, 28.5F, 0.2);
}
END_TEST

START_TEST(what_lies_inside_of_a_thing_is_a_part_of_it) {
  // A ring around a dot, with a gap of nothing between them.
  Map map({40, 40});
  for (int y = 0; y < 40; y++)
    for (int x = 0; x < 40; x++) {
      const float r = std::hypot(static_cast<float>(x - 20), static_cast<float>(y - 20));
      map.row(y)[x] = r < 3 ? 0.8F : r > 10 && r < 15 ? 1.0F : 0.0F;
    }
  Things things(map.size());
  const std::vector<Thing> &found = things.find(map, kThreshold);
  ck_assert_uint_eq(found.size(), 1);
  assert_box(found[0].box, 6, 6, 35, 35, 0.5);
}
END_TEST

START_TEST(a_thing_at_the_border_ends_there) {
  const Map map = cones({40, 30}, {{0, 0, 10, 1}, {39, 29, 10, 1}});
  Things things(map.size());
  const std::vector<Thing> found = things.find(map, kThreshold);
  ck_assert_uint_eq(found.size(), 2);
  for (const Thing &thing : found)
    if (thing.box.left == 0)
      assert_box(thing.box, 0, 0, 8.5F, 8.5F, 0.1);
    else
      assert_box(thing.box, 31.5F, 21.5F, 40, 30, 0.1);
}
END_TEST

START_TEST(any_map_is_taken_apart) {
  std::mt19937 random(1);
  for (const Size size : {Size{1, 1}, Size{2, 2}, Size{67, 1}, Size{1, 45}, Size{80, 45}}) {
    Things things(size);
    Map map(size);
    ck_assert_uint_eq(things.find(map, kThreshold).size(), 0);
    for (const float threshold : {0.0F, 0.2F, 1.0F}) {
      map.fill(1);
      ck_assert_uint_eq(things.find(map, threshold).size(), 1);
      for (float &v : map)
        v = static_cast<float>(random() % 1000) / 999;
      for (const Thing &thing : things.find(map, threshold)) {
        ck_assert(thing.box.left >= 0 && thing.box.top >= 0);
        ck_assert(thing.box.right <= static_cast<float>(size.width));
        ck_assert(thing.box.bottom <= static_cast<float>(size.height));
        ck_assert_float_ge(thing.box.right, thing.box.left);
      }
    }
  }
}
END_TEST

int main() {
  return run_suite("emit/things",
                   {a_box_ends_where_the_weights_cross_the_threshold, two_hills_are_two_things_where_the_saddle_is_low,
                    each_thing_has_the_threshold_of_its_own_peak, what_lies_inside_of_a_thing_is_a_part_of_it,
                    a_thing_at_the_border_ends_there, any_map_is_taken_apart});
}
