// SPDX-License-Identifier: LGPL-2.1-or-later
// The place that is looked at does not hop.
#include "emit/peak.h"

#include "suite.h"

using namespace attention;

namespace {

constexpr Nanoseconds kFrame = 40'000'000;
constexpr Box kAll{0, 0, 40, 30};

/// Two places, at (10, 10) and (30, 20).
Map two(float first, float second) {
  Map map({40, 30});
  map.row(10)[10] = first;
  map.row(20)[30] = second;
  return map;
}

}  // namespace

START_TEST(equals_do_not_make_it_hop) {
  Peak peak;
  for (int frame = 0; frame < 50; frame++) {
    peak.run(two(frame % 2 == 0 ? 0.9F : 0.8F, frame % 2 == 0 ? 0.8F : 1.0F), kAll, 0, 0, frame * kFrame);
    ck_assert_int_eq(peak.x(), 10);
    ck_assert_int_eq(peak.y(), 10);
  }
}
END_TEST

START_TEST(what_is_clearly_greater_is_gone_to_after_a_while) {
  Peak peak;
  peak.run(two(1, 0.5F), kAll, 0, 0, 0);
  int frame = 1;
  for (; frame < 50 && peak.x() == 10; frame++)
    peak.run(two(0.36F, 1), kAll, 0, 0, frame * kFrame);
  ck_assert_int_ge(frame, 12);  // half a second
  ck_assert_int_le(frame, 16);
  ck_assert_int_eq(peak.y(), 20);
}
END_TEST

START_TEST(it_goes_with_the_thing) {
  Peak peak;
  for (int frame = 0; frame < 6; frame++) {
    Map map({40, 30});
    map.row(10)[5 + 5 * frame] = 0.6F;
    map.row(25)[2] = frame == 0 ? 0 : 0.8F;
    peak.run(map, kAll, frame == 0 ? 0 : 5, 0, frame * kFrame);
    ck_assert_int_eq(peak.x(), 5 + 5 * frame);
  }
}
END_TEST

START_TEST(it_wanders_on_the_thing) {
  Peak peak;
  for (int frame = 0; frame < 6; frame++) {
    Map map({40, 30});
    map.row(10 + 3 * frame)[5 + 3 * frame] = 0.6F;
    map.row(2)[36] = frame == 0 ? 0 : 0.8F;
    peak.run(map, kAll, 0, 0, frame * kFrame);
    ck_assert_int_eq(peak.x(), 5 + 3 * frame);
    ck_assert_int_eq(peak.y(), 10 + 3 * frame);
  }
}
END_TEST

START_TEST(it_stays_inside_of_the_box) {
  Peak peak;
  peak.run(two(1, 0.5F), kAll, 0, 0, 0);
  peak.run(two(1, 0.5F), {25, 15, 35, 25}, 0, 0, kFrame);
  ck_assert_int_eq(peak.x(), 30);
  peak.run(two(1, 0.5F), {12.6F, 3.2F, 12.9F, 3.4F}, 0, 0, 2 * kFrame);  // between the centres of samples
  ck_assert_int_ge(peak.x(), 12);
  ck_assert_int_le(peak.x(), 13);
  peak.reset();
  peak.run(two(0.4F, 0.5F), kAll, 0, 0, 3 * kFrame);
  ck_assert_int_eq(peak.x(), 30);
}
END_TEST

int main() {
  return run_suite("emit/peak", {equals_do_not_make_it_hop, what_is_clearly_greater_is_gone_to_after_a_while,
                                 it_goes_with_the_thing, it_wanders_on_the_thing, it_stays_inside_of_the_box});
}
