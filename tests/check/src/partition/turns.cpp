// SPDX-License-Identifier: LGPL-2.1-or-later
// Of frames that come thick not all are due.
#include "partition/turns.h"

#include <algorithm>
#include <vector>

#include "suite.h"

using namespace attention;

namespace {

constexpr Nanoseconds kSecond = 1'000'000'000;

/// How many frames lie from one that is due to the next, at `rate` a second.
int spacing(int rate, bool backwards) {
  Turns turns;
  std::vector<int> due;
  for (int frame = 0; frame < 200; frame++) {
    turns.take((backwards ? 200 - frame : frame) * kSecond / rate, false);
    if (turns.is_due())
      due.push_back(frame);
  }
  ck_assert_int_eq(due.front(), 0);
  for (size_t i = 2; i < due.size(); i++)
    ck_assert_int_eq(due[i] - due[i - 1], due[1] - due[0]);
  return due[1] - due[0];
}

}  // namespace

START_TEST(frames_are_due_sixteen_times_a_second_at_most) {
  for (const bool backwards : {false, true}) {
    ck_assert_int_eq(spacing(5, backwards), 1);
    ck_assert_int_eq(spacing(15, backwards), 1);
    ck_assert_int_eq(spacing(20, backwards), 2);
    ck_assert_int_eq(spacing(25, backwards), 2);
    ck_assert_int_eq(spacing(30, backwards), 2);
    ck_assert_int_eq(spacing(50, backwards), 3);
    ck_assert_int_eq(spacing(60, backwards), 4);
    ck_assert_int_eq(spacing(120, backwards), 8);
  }
}
END_TEST

START_TEST(all_that_is_new_is_due) {
  Turns turns;
  turns.take(0, false);
  turns.take(kSecond / 50, false);
  ck_assert(!turns.is_due());
  turns.take(2 * kSecond / 50, true);
  ck_assert(turns.is_due());
  turns.take(3 * kSecond / 50, false);
  ck_assert(!turns.is_due());
  for (int frame = 0; frame < 3; frame++) {
    turns.take(kNoTime, false);
    ck_assert(turns.is_due());
  }
}
END_TEST

int main() {
  return run_suite("partition/turns", {frames_are_due_sixteen_times_a_second_at_most, all_that_is_new_is_due});
}
