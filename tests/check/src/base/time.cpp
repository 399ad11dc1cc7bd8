// SPDX-License-Identifier: LGPL-2.1-or-later
// Time at its ends, and values that follow in it.
#include "base/time.h"

#include "suite.h"

using namespace attention;

namespace {

constexpr Nanoseconds kLeast = std::numeric_limits<Nanoseconds>::min();
constexpr Nanoseconds kMost = std::numeric_limits<Nanoseconds>::max();

}  // namespace

START_TEST(a_distance_has_no_sign_and_no_overflow) {
  ck_assert_int_eq(time_between(3, 10), 7);
  ck_assert_int_eq(time_between(10, 3), 7);
  ck_assert_int_eq(time_between(0, kMost), kMost);
  ck_assert_int_eq(time_between(kLeast, kMost), kMost);
  ck_assert_int_eq(time_between(kMost, kLeast), kMost);
  ck_assert_int_eq(time_between(kLeast, kLeast), 0);
}
END_TEST

START_TEST(nothing_is_later_than_the_end) {
  ck_assert_int_eq(later(3, 4), 7);
  ck_assert_int_eq(later(kMost, 0), kMost);
  ck_assert_int_eq(later(kMost - 1, 1), kMost);
  ck_assert_int_eq(later(kMost - 1, 2), kMost);
  ck_assert_int_eq(later(kMost, kMost), kMost);
  ck_assert_int_eq(later(kLeast, kMost), -1);
}
END_TEST

START_TEST(a_share_of_the_way_grows_with_time) {
  ck_assert_float_eq_tol(share_of_way(1000, 1000), 0.63212F, 1e-5);
  ck_assert_float_eq(share_of_way(0, 1000), 0);
  ck_assert_float_eq(share_of_way(5, 0), 1);
  ck_assert_float_eq(share_of_way(0, 0), 1);
  ck_assert_float_eq(share_of_way(kMost, 1), 1);
  ck_assert_float_gt(share_of_way(1, kMost), 0);
  // Two steps go as far as one of both.
  const float one = share_of_way(30, 100), two = share_of_way(60, 100);
  ck_assert_float_eq_tol(1 - (1 - one) * (1 - one), two, 1e-6);
}
END_TEST

START_TEST(a_value_follows_its_goal_but_for_the_last_of_the_way) {
  ck_assert_float_eq_tol(follow(0, 1, 0.5F, 0.1F, 0), 0.5F, 1e-6);
  ck_assert_float_eq_tol(follow(1, 0, 0.5F, 0.1F, 0), 0.9F, 1e-6);
  ck_assert_float_eq_tol(follow(0, 1, 1, 1, 0.2F), 0.8F, 1e-6);
  ck_assert_float_eq_tol(follow(1, 0, 1, 1, 0.2F), 0.2F, 1e-6);
  ck_assert_float_eq(follow(0.5F, 0.6F, 1, 1, 0.2F), 0.5F);
  ck_assert_float_eq(follow(0.5F, 0.4F, 1, 1, 0.2F), 0.5F);
}
END_TEST

int main() {
  return run_suite("base/time",
                   {a_distance_has_no_sign_and_no_overflow, nothing_is_later_than_the_end,
                    a_share_of_the_way_grows_with_time, a_value_follows_its_goal_but_for_the_last_of_the_way});
}
