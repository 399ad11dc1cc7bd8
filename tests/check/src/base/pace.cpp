// SPDX-License-Identifier: LGPL-2.1-or-later
// Which frames are analysed.
#include "base/pace.h"

#include "suite.h"

using namespace attention;

namespace {

constexpr Nanoseconds kFrame = 40'000'000;

PaceSettings every(Nanoseconds interval) {
  PaceSettings settings;
  settings.interval = interval;
  return settings;
}

/// How many of `frames` are due, each of which takes `cost`.
int due(Pace &pace, int frames, const PaceSettings &settings, Nanoseconds cost, Nanoseconds step = kFrame,
        Nanoseconds start = 0) {
  int count = 0;
  for (int i = 0; i < frames; i++)
    if (pace.is_due(start + i * step, settings)) {
      count++;
      pace.spent(cost);
    }
  return count;
}

}  // namespace

START_TEST(all_frames_are_due_where_nothing_is_asked) {
  Pace pace;
  ck_assert_int_eq(due(pace, 50, {}, 1'000'000'000), 50);
}
END_TEST

START_TEST(a_rate_is_that_of_stream_time) {
  for (const Nanoseconds step : {kFrame, -kFrame, kFrame / 4}) {
    Pace pace;
    const int expected = static_cast<int>(100 * std::abs(step) / (5 * kFrame));
    const int count = due(pace, 100, every(5 * kFrame), 1, step, 1000 * kFrame);
    ck_assert_msg(std::abs(count - expected) <= 1, "%d of 100, %d expected", count, expected);
  }
}
END_TEST

START_TEST(a_frame_without_a_time_is_due_and_so_is_the_next) {
  Pace pace;
  const PaceSettings seldom = every(1000 * kFrame);
  ck_assert(pace.is_due(0, seldom));
  ck_assert(!pace.is_due(kFrame, seldom));
  for (int i = 0; i < 3; i++)
    ck_assert(pace.is_due(kNoTime, seldom));
  ck_assert(pace.is_due(2 * kFrame, seldom));
  ck_assert(!pace.is_due(3 * kFrame, seldom));
}
END_TEST

START_TEST(a_reset_makes_the_next_frame_due) {
  Pace pace;
  const PaceSettings seldom = every(1000 * kFrame);
  ck_assert(pace.is_due(0, seldom));
  ck_assert(!pace.is_due(kFrame, seldom));
  pace.reset();
  ck_assert(pace.is_due(2 * kFrame, seldom));
  PaceSettings poor;
  poor.most_time = 1;
  pace.spent(1'000'000);
  ck_assert(!pace.is_due(3 * kFrame, poor));
  pace.reset();
  ck_assert(pace.is_due(4 * kFrame, poor));
}
END_TEST

START_TEST(a_budget_is_a_mean) {
  for (const auto &[budget, cost] :
       {std::pair{1'000'000, 4'000'000}, std::pair{1'000'000, 1'000'000}, std::pair{5'000'000, 1'000'000}}) {
    Pace pace;
    PaceSettings settings;
    settings.most_time = budget;
    const int count = due(pace, 1000, settings, cost);
    const double share = std::min(static_cast<double>(budget) / cost, 1.0);
    ck_assert_double_eq_tol(count / 1000.0, share, 0.02);
  }
}
END_TEST

START_TEST(the_smallest_budget_is_a_frame_in_64_and_the_greatest_all) {
  PaceSettings settings;
  settings.most_time = 1;
  Pace poor;
  ck_assert_int_ge(due(poor, 6400, settings, 1'000'000'000), 90);
  settings.most_time = std::numeric_limits<Nanoseconds>::max();
  Pace rich;
  ck_assert_int_eq(due(rich, 100, settings, 1'000'000'000), 100);
  ck_assert_int_eq(due(rich, 10, settings, std::numeric_limits<Nanoseconds>::max() / 2), 10);
}
END_TEST

int main() {
  return run_suite("base/pace", {all_frames_are_due_where_nothing_is_asked, a_rate_is_that_of_stream_time,
                                 a_frame_without_a_time_is_due_and_so_is_the_next, a_reset_makes_the_next_frame_due,
                                 a_budget_is_a_mean, the_smallest_budget_is_a_frame_in_64_and_the_greatest_all});
}
