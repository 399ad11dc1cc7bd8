// SPDX-License-Identifier: LGPL-2.1-or-later
// Whatever is asked for, what is done lies within the limits.
#include "settings.h"

#include <cmath>
#include <limits>

#include "suite.h"

using namespace attention;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Every number that is limited, with its limits.
struct Number {
  double &(*of)(Settings &);
  Limits limits;
};
const Number kNumbers[] = {
    {[](Settings &s) -> double & { return s.partition.scene_cut_threshold; }, kShares},
    {[](Settings &s) -> double & { return s.weigh.center_bias; }, kShares},
    {[](Settings &s) -> double & { return s.partition.lightning_threshold; }, kShares},
    {[](Settings &s) -> double & { return s.weigh.temperature; }, kTemperatures},
    {[](Settings &s) -> double & { return s.emit.region_threshold; }, kShares},
    {[](Settings &s) -> double & { return s.recombine.strength; }, kShares},
    {[](Settings &s) -> double & { return s.recombine.gamma; }, kGammas},
    {[](Settings &s) -> double & { return s.recombine.background_weight; }, kShares},
    {[](Settings &s) -> double & { return s.recombine.blur_radius; }, kBlurRadii},
};

}  // namespace

START_TEST(numbers_are_brought_within_their_limits) {
  Settings standard;
  for (const Number &number : kNumbers) {
    const auto brought = [&](double value) {
      Settings s;
      number.of(s) = value;
      s = within_limits(s);
      return number.of(s);
    };
    ck_assert_double_eq(brought(kInfinity), number.limits.most);
    ck_assert_double_eq(brought(-kInfinity), number.limits.least);
    ck_assert_double_eq(brought(number.limits.most * 2 + 1), number.limits.most);
    ck_assert_double_eq(brought(number.limits.least - 1), number.limits.least);
    ck_assert_double_eq(brought(std::nan("")), number.of(standard));
    for (const double inside : {number.limits.least, number.limits.most, number.of(standard)})
      ck_assert_double_eq(brought(inside), inside);
  }
}
END_TEST

START_TEST(times_are_not_negative) {
  Settings s;
  for (Nanoseconds *time :
       {&s.pace.interval, &s.pace.most_time, &s.weigh.attack, &s.weigh.release, &s.recombine.freeze_refresh})
    *time = std::numeric_limits<Nanoseconds>::min();
  s = within_limits(s);
  for (const Nanoseconds time :
       {s.pace.interval, s.pace.most_time, s.weigh.attack, s.weigh.release, s.recombine.freeze_refresh})
    ck_assert_int_eq(time, 0);
}
END_TEST

START_TEST(counts_and_choices_are_ones_that_there_are) {
  Settings s;
  for (const int far : {-1000, 1000}) {
    s.emit.max_regions = s.threads = s.weigh.heatmap_of = far;
    s.weigh.fusion = static_cast<Fusion>(far);
    s.partition.scene_cut = static_cast<SceneCut>(far);
    s.recombine.map_refine = static_cast<MapRefine>(far);
    const Settings t = within_limits(s);
    ck_assert_int_eq(t.emit.max_regions, far < 0 ? 0 : kMaxRegionsOfInterest);
    ck_assert_int_eq(t.threads, far < 0 ? 0 : kMostThreads);
    ck_assert_int_eq(t.weigh.heatmap_of, far < 0 ? kNoCue : static_cast<int>(cues().size()) - 1);
    ck_assert(t.weigh.fusion == (far < 0 ? Fusion::kLearned : Fusion::kProduct));
    ck_assert(t.partition.scene_cut == (far < 0 ? SceneCut::kReset : SceneCut::kIgnore));
    ck_assert(t.recombine.map_refine == (far < 0 ? MapRefine::kNone : MapRefine::kObject));
  }
}
END_TEST

int main() {
  return run_suite("settings", {numbers_are_brought_within_their_limits, times_are_not_negative,
                                counts_and_choices_are_ones_that_there_are});
}
