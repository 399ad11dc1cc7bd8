// SPDX-License-Identifier: LGPL-2.1-or-later
// Regions keep their identity, their rank and their place.
#include "emit/tracker.h"

#include <random>

#include "suite.h"

using namespace attention;

namespace {

constexpr Nanoseconds kFrame = 40'000'000;
constexpr Box kFrameBox{0, 0, 640, 360};

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
  Tracker tracker(4, 4, kFrameBox, 7);
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
  Tracker tracker(4, 4, kFrameBox, 0);
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

// Behind the one that is attended.
START_TEST(noise_does_not_swap_ranks) {
  Tracker tracker(4, 4, kFrameBox, 0);
  std::vector<RegionOfInterest> regions;
  const auto show = [&](int frame, float one, float other) {
    regions = {region(200, 0, 40, 40, 0.1F), region(0, 0, 40, 40, one), region(100, 0, 40, 40, other)};
    regions[1].weight = regions[2].weight = 0.6F;
    track(tracker, regions, frame * kFrame);
    ck_assert_int_eq(regions[0].x, 200);
  };
  for (int frame = 0; frame < 60; frame++) {
    const float more = frame / 4 % 2 == 0 ? 0.02F : -0.02F;
    show(frame, 0.3F + more, 0.3F - more);
    ck_assert_int_eq(regions[1].x, 0);
  }
  for (int frame = 60; frame < 80; frame++)
    show(frame, 0.2F, 0.5F);
  ck_assert_int_eq(regions[1].x, 100);
}
END_TEST

START_TEST(a_promise_is_forgotten_in_time) {
  Tracker tracker(4, 4, kFrameBox, 0);
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
  Tracker tracker(4, 4, kFrameBox, 0);
  for (int frame = 0; frame < 30; frame++) {
    std::vector<RegionOfInterest> regions{region(100 + frame % 3, 50 - frame % 2, 40 - frame % 2, 40, 0.5F)};
    track(tracker, regions, frame * kFrame);
    ck_assert_int_eq(regions[0].x, 100);
    ck_assert_int_eq(regions[0].width, 40);
  }
}
END_TEST

START_TEST(a_share_that_trembles_is_told_calmly) {
  Tracker tracker(4, 4, kFrameBox, 7);
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

// A box lies where the thing is, not where it was, and goes on where nobody looks.
START_TEST(a_box_goes_with_the_thing) {
  for (const int step : {2, 6, 12}) {
    Tracker tracker(4, 4, kFrameBox, 0);
    std::vector<RegionOfInterest> regions;
    for (int frame = 0; frame < 40; frame++) {
      const int x = 20 + step * frame;
      if (frame > 20 && frame % 3 != 0) {
        tracker.carry_on(regions, frame * kFrame, 8);
      } else {
        regions = {region(x, 100, 40, 60, 0.5F)};
        track(tracker, regions, frame * kFrame);
      }
      ck_assert_uint_eq(regions.size(), 1);
      if (frame > 12) {
        ck_assert_int_le(std::abs(regions[0].x - x), 2);
        ck_assert_int_eq(regions[0].id, 1);
      }
    }
  }
}
END_TEST

START_TEST(a_thing_that_leaves_does_not_take_its_box_out_of_the_frame) {
  Tracker tracker(4, 4, kFrameBox, 0);
  for (int frame = 0; frame < 60; frame++) {
    std::vector<RegionOfInterest> regions;
    if (frame < 30)
      regions = {region(620 - 20 * frame > 0 ? 620 - 20 * frame : 0, 100, 20, 60, 0.5F)};
    track(tracker, regions, frame * kFrame);
    for (const RegionOfInterest &r : regions) {
      ck_assert_int_ge(r.x, 0);
      ck_assert_int_le(r.x + r.width, 640);
    }
  }
}
END_TEST

/// A thing of some weight.
static RegionOfInterest weighing(int x, float weight) {
  RegionOfInterest r = region(x, 100, 60, 60, 0.2F);
  r.weight = weight;
  return r;
}

START_TEST(what_is_attended_stays_first_until_another_clearly_pulls_more) {
  Tracker tracker(4, 4, kFrameBox, 0);
  std::vector<RegionOfInterest> regions;
  const auto show = [&](int frame, float first, float second) {
    regions = {weighing(100, first), weighing(400, second)};
    track(tracker, regions, frame * kFrame);
    return regions[0].id;
  };
  const uint32_t attended = show(0, 1, 0.9F);
  int frame = 1;
  for (; frame < 50; frame++)
    ck_assert_uint_eq(show(frame, frame % 2 == 0 ? 1 : 0.8F, frame % 2 == 0 ? 0.8F : 1), attended);
  for (; frame < 100 && show(frame, 0.4F, 1) == attended; frame++) {
  }
  ck_assert_int_lt(frame, 90);
  // And not back at once.
  const uint32_t other = regions[0].id;
  for (int k = 1; k < 15; k++)
    ck_assert_uint_eq(show(frame + k, 1, 0.3F), other);
}
END_TEST

// What is seen first in a scene is a guess: something greater need not wait until it was looked at for a while.
START_TEST(the_first_look_at_a_scene_is_corrected_soon) {
  Tracker tracker(4, 4, kFrameBox, 0);
  std::vector<RegionOfInterest> regions;
  Nanoseconds time = 0;
  for (int scene = 0; scene < 2; scene++) {
    tracker.reset();
    for (int frame = 0; frame < 20; frame++, time += kFrame) {
      regions = {region(100, 100, 40, 40, 0.1F)};
      regions[0].weight = frame < 6 ? 0.5F : 1.0F;
      if (frame > 0)
        regions.push_back(region(400, 100, 40, 40, 0.1F));
      if (frame >= 6)
        regions[1].weight = 0.1F;  // and then less, for less than a second
      track(tracker, regions, time);
      if (frame >= 5)
        ck_assert_msg(regions[0].x >= 300, "scene %d, frame %d", scene, frame);
    }
  }
}
END_TEST

START_TEST(what_is_lost_from_sight_slows_down) {
  Tracker tracker(4, 4, kFrameBox, 0);
  std::vector<RegionOfInterest> regions;
  int frame = 0;
  for (; frame < 30; frame++) {
    regions = {region(20 + 6 * frame, 100, 40, 40, 0.5F)};
    track(tracker, regions, frame * kFrame);
  }
  const int lost_at = regions[0].x;
  for (; frame < 39; frame++) {
    regions.clear();
    track(tracker, regions, frame * kFrame);
    ck_assert_uint_eq(regions.size(), 1);
  }
  // 9 frames at full speed are 54 px.
  ck_assert_int_ge(regions[0].x - lost_at, 15);
  ck_assert_int_le(regions[0].x - lost_at, 36);
}
END_TEST

START_TEST(what_is_left_of_a_covered_region_is_not_told) {
  Tracker tracker(4, 4, kFrameBox, 0);
  std::vector<RegionOfInterest> regions;
  for (int frame = 0; frame < 20; frame++) {
    regions = {region(100, 100, frame < 10 ? 100 : 270, 100, 0.5F)};
    if (frame < 10)
      regions.push_back(region(260, 100, 100, 100, 0.1F));
    track(tracker, regions, frame * kFrame);
    if (frame == 9)
      ck_assert_uint_eq(regions.size(), 2);
  }
  ck_assert_uint_eq(regions.size(), 1);
  ck_assert_int_ge(regions[0].width, 200);
}
END_TEST

START_TEST(one_that_hides_for_a_while_is_known_again) {
  Tracker tracker(4, 4, kFrameBox, 0);
  std::vector<RegionOfInterest> regions;
  for (int frame = 0; frame < 80; frame++) {
    regions = {region(300, 200, 40, 40, 0.5F)};
    if (frame < 20 || frame > 60)
      regions.push_back(region(100, 0, 40, 40, 0.4F));
    track(tracker, regions, frame * kFrame);
    if (frame > 35 && frame <= 60)
      ck_assert_uint_eq(regions.size(), 1);
  }
  ck_assert_uint_eq(regions.size(), 2);
  ck_assert_uint_eq(tracker.last_id(), 2);
}
END_TEST

START_TEST(what_nobody_looks_for_is_not_missed) {
  Tracker tracker(4, 4, kFrameBox, 0);
  std::vector<RegionOfInterest> regions{region(300, 200, 40, 40, 0.5F)};
  track(tracker, regions, 0);
  for (int frame = 1; frame < 60; frame++) {
    tracker.carry_on(regions, frame * kFrame, 8);
    ck_assert_uint_eq(regions.size(), 1);
  }
}
END_TEST

int main() {
  return run_suite(
      "emit/tracker",
      {a_region_lives_for_three_frames, told_regions_never_overlap, noise_does_not_swap_ranks,
       a_promise_is_forgotten_in_time, a_box_holds_still_under_noise, a_share_that_trembles_is_told_calmly,
       a_box_goes_with_the_thing, a_thing_that_leaves_does_not_take_its_box_out_of_the_frame,
       what_is_attended_stays_first_until_another_clearly_pulls_more, the_first_look_at_a_scene_is_corrected_soon,
       what_is_lost_from_sight_slows_down, what_is_left_of_a_covered_region_is_not_told,
       one_that_hides_for_a_while_is_known_again, what_nobody_looks_for_is_not_missed});
}
