// SPDX-License-Identifier: LGPL-2.1-or-later
// Weights follow in stream time, whichever way it runs.
#include "weigh/follow.h"

#include "../maps.h"

using namespace attention;

namespace {

constexpr Nanoseconds kFrame = 40'000'000;
constexpr Size kSize{8, 4};

float after(const std::vector<Nanoseconds> &times, float goal) {
  Follow follow(kSize);
  Map map(kSize);
  follow.run(map, times[0], true, false, WeighSettings());
  map.fill(goal);
  for (size_t i = 1; i < times.size(); i++)
    follow.run(map, times[i], false, false, WeighSettings());
  return follow.weights().row(0)[0];
}

}  // namespace

START_TEST(time_that_runs_back_is_time) {
  ck_assert_float_eq(after({0, kFrame, 2 * kFrame}, 1), after({10 * kFrame, 9 * kFrame, 8 * kFrame}, 1));
  ck_assert_float_gt(after({10 * kFrame, 9 * kFrame}, 1), 0.2F);
}
END_TEST

START_TEST(the_frame_rate_does_not_matter) {
  ck_assert_float_eq_tol(after({0, 6 * kFrame}, 1),
                         after({0, kFrame, 2 * kFrame, 3 * kFrame, 4 * kFrame, 5 * kFrame, 6 * kFrame}, 1), 0.01);
}
END_TEST

START_TEST(weights_stay_within_0_and_1_over_any_jump) {
  constexpr Nanoseconds kMost = std::numeric_limits<Nanoseconds>::max();
  for (const float goal : {-3.0F, 0.0F, 1.0F, 7.0F}) {
    const float w = after({0, kMost, 0, kMost - 1, 1}, goal);
    ck_assert(w >= 0 && w <= 1);
  }
  ck_assert_float_eq_tol(after({0, kMost}, 1), 1, 0.011);
}
END_TEST

int main() {
  return run_suite("weigh/follow", {time_that_runs_back_is_time, the_frame_rate_does_not_matter,
                                    weights_stay_within_0_and_1_over_any_jump});
}
