// SPDX-License-Identifier: LGPL-2.1-or-later
// Regions keep their identity, their rank and their place.
#include "emit/tracker.h"

#include <random>

#include "suite.h"

using namespace attention;

namespace {

constexpr Nanoseconds kFrame = 40'000'000;

RegionOfInterest region(int x, int y, int width, int height, float share) {
  RegionOfInterest r;
  r.x = x;
  r.y = y;
  r.width = width;
  r.height = height;
  r.share = share;
  r.weight = 1;
  return r;
}

/// One frame at the default settings.
void track(Tracker &tracker, std::vector<RegionOfInterest> &regions, Nanoseconds time) {
  tracker.run(regions, time, EmitSettings().max_regions, WeighSettings().attack);
}

Box box_of(const RegionOfInterest &r) {
  return {static_cast<float>(r.x), static_cast<float>(r.y), static_cast<float>(r.x + r.width),
          static_cast<float>(r.y + r.height)};
}

}  // namespace

START_TEST(a_region_lives_for_three_frames) {
  Tracker tracker(4, 4, 7);
  std::vector<RegionOfInterest> regions{region(0, 0, 40, 40, 0.5F)};
  track(tracker, regions, 0);
  ck_assert_uint_eq(regions.size(), 1);
  ck_assert_uint_eq(regions[0].id, 8);
  // A second one blinks: not told in its first frame, told from the second on, and kept when it is gone.
  const int told[] = {0, 1, 1, 1};
  for (int frame = 0; frame < 4; frame++) {
    regions = {region(0, 0, 40, 40, 0.5F)};
    if (frame < 2)
      regions.push_back(region(100, 0, 40, 40, 0.4F));
    track(tracker, regions, (frame + 1) * kFrame);
    ck_assert_int_eq(static_cast<int>(regions.size()) - 1, told[frame]);
  }
  ck_assert_int_eq(regions[1].first_seen, kFrame);
  ck_assert_int_eq(regions[1].last_seen, 2 * kFrame);
  regions = {region(0, 0, 40, 40, 0.5F)};
  track(tracker, regions, 60 * kFrame);
  ck_assert_uint_eq(regions.size(), 1);
  tracker.reset();
  regions = {region(0, 0, 40, 40, 0.5F)};
  track(tracker, regions, 61 * kFrame);
  ck_assert_uint_eq(regions[0].id, 10);
}
END_TEST

START_TEST(told_regions_never_overlap) {
  std::mt19937 random(3);
  Tracker tracker(4, 4, 0);
  std::vector<int> lives(4000);
  for (int frame = 0; frame < 300; frame++) {
    // One to four boxes in separate quarters, at random places and sizes.
    std::vector<RegionOfInterest> regions;
    for (int q = 0; q < 4; q++)
      if (random() % 3 != 0) {
        const int width = 20 + static_cast<int>(random() % 130);
        const int height = 20 + static_cast<int>(random() % 70);
        regions.push_back(region(q % 2 * 160 + static_cast<int>(random() % (160 - width)),
                                 q / 2 * 90 + static_cast<int>(random() % (90 - height)), width, height,
                                 static_cast<float>(random() % 100) / 200));
      }
    track(tracker, regions, frame * kFrame);
    for (size_t i = 0; i < regions.size(); i++) {
      lives[regions[i].id]++;
      ck_assert(regions[i].width > 0 && regions[i].height > 0);
      for (size_t j = 0; j < i; j++)
        ck_assert(!box_of(regions[i]).meets(box_of(regions[j])));
    }
  }
  // The last ones may be cut short by the end.
  for (uint32_t id = 1; id + 4 < tracker.last_id(); id++)
    ck_assert_msg(lives[id] == 0 || lives[id] >= 3, "region %u lived for %d frames", id, lives[id]);
}
END_TEST

START_TEST(noise_does_not_swap_ranks) {
  Tracker tracker(4, 4, 0);
  for (int frame = 0; frame < 20; frame++) {
    const float more = frame % 2 == 0 ? 0.02F : -0.02F;
    std::vector<RegionOfInterest> regions{region(0, 0, 40, 40, 0.3F + more), region(100, 0, 40, 40, 0.3F - more)};
    track(tracker, regions, frame * kFrame);
    ck_assert_uint_eq(regions[0].id, 1);
  }
  std::vector<RegionOfInterest> regions;
  for (int frame = 20; frame < 40; frame++) {
    regions = {region(0, 0, 40, 40, 0.2F), region(100, 0, 40, 40, 0.5F)};
    track(tracker, regions, frame * kFrame);
  }
  ck_assert_uint_eq(regions[0].id, 2);
}
END_TEST

START_TEST(a_promise_is_forgotten_in_time) {
  Tracker tracker(4, 4, 0);
  std::vector<RegionOfInterest> regions{region(0, 0, 40, 40, 0.3F)};
  track(tracker, regions, 0);
  for (int frame = 1; frame < 200; frame++) {
    regions.clear();
    tracker.run(regions, frame * kFrame, 0, WeighSettings().attack);
  }
  regions.clear();
  track(tracker, regions, 200 * kFrame);
  ck_assert_uint_eq(regions.size(), 0);
}
END_TEST

START_TEST(a_box_holds_still_under_noise) {
  Tracker tracker(4, 4, 0);
  for (int frame = 0; frame < 30; frame++) {
    std::vector<RegionOfInterest> regions{region(100 + frame % 3, 50 - frame % 2, 40 - frame % 2, 40, 0.5F)};
    track(tracker, regions, frame * kFrame);
    ck_assert_int_eq(regions[0].x, 100);
    ck_assert_int_eq(regions[0].width, 40);
  }
}
END_TEST

START_TEST(a_share_that_trembles_is_told_calmly) {
  Tracker tracker(4, 4, 7);
  float least = 1, most = 0;
  for (int frame = 0; frame < 60; frame++) {
    std::vector<RegionOfInterest> regions{region(10, 10, 20, 20, frame % 2 == 0 ? 0.2F : 0.6F)};
    track(tracker, regions, frame * kFrame);
    ck_assert_uint_eq(regions.size(), 1);
    if (frame > 30) {
      least = std::min(least, regions[0].share);
      most = std::max(most, regions[0].share);
    }
  }
  ck_assert_float_gt(least, 0.3F);
  ck_assert_float_lt(most, 0.5F);
}
END_TEST

int main() {
  return run_suite("emit/tracker", {a_region_lives_for_three_frames, told_regions_never_overlap,
                                    noise_does_not_swap_ranks, a_promise_is_forgotten_in_time,
                                    a_box_holds_still_under_noise, a_share_that_trembles_is_told_calmly});
}
