// SPDX-License-Identifier: LGPL-2.1-or-later
// Time that runs back, that jumps, and that is none at all.
#include <limits>

#include "../clips.h"

namespace {

/// What came of each frame: the grid, the regions and the picture.
struct Seen {
  std::vector<std::vector<uint8_t>> grids;
  std::vector<std::vector<uint8_t>> pictures;
  std::vector<int> x;  ///< of the first region
};

/// A patch on ground that a camera pans over, at frame `i`.
Scene pan(int i) { return patch_on(ground(0.004 * i), 0.6 - 0.004 * i, 0.5); }

/// Shows the same pictures at the times start, start + step, …
Seen show(Nanoseconds start, Nanoseconds step, const Settings &settings, int frames = 40) {
  const Geometry g = geometry_of("I420", 320, 180, 32, 18);
  Engine engine;
  configure(engine, g);
  Seen seen;
  for (int i = 0; i < frames; i++) {
    TestPicture picture(g, pan(i));
    const Picture p = picture.picture();
    engine.process(p, &p, start + i * step, settings);
    seen.grids.push_back(grid_of(engine));
    seen.pictures.push_back(picture.plane(0));
    seen.x.push_back(engine.result().region_count > 0 ? engine.result().regions[0].x : -1);
  }
  return seen;
}

}  // namespace

// Reverse playback shows the pictures in the other order; what is seen of them must not know.
START_TEST(what_is_seen_does_not_depend_on_the_direction_of_time) {
  constexpr Nanoseconds kStart = 1'000'000'000'000;
  for (const char *effects : {"dim", "freeze", "blur"})
    for (const Nanoseconds interval : {Nanoseconds{0}, 5 * kFrame}) {
      Settings settings = with(effects, 1);
      settings.pace.interval = interval;
      const Seen forwards = show(kStart, kFrame, settings);
      const Seen backwards = show(kStart + 4 * kFrame, -kFrame, settings);  // so that the same frames are analysed
      for (size_t i = 0; i < forwards.grids.size(); i++) {
        ck_assert_msg(forwards.grids[i] == backwards.grids[i], "%s, interval %d: grid of frame %d", effects,
                      static_cast<int>(interval / kFrame), static_cast<int>(i));
        ck_assert_int_eq(forwards.x[i], backwards.x[i]);
        ck_assert_msg(std::string(effects) == "freeze" || forwards.pictures[i] == backwards.pictures[i], "%s: frame %d",
                      effects, static_cast<int>(i));
      }
    }
}
END_TEST

START_TEST(freeze_holds_in_reverse) {
  const Geometry g = geometry_of("GRAY8", 320, 180, 32, 18);
  Engine engine;
  configure(engine, g);
  std::mt19937 random(1);
  std::normal_distribution<double> noise(0, 3.0 / 255);
  std::vector<uint8_t> last;
  size_t changed = 0, came = 0;
  for (int i = 0; i < 100; i++) {
    TestPicture picture(g, [&](double x, double y) -> Rgb {
      const double v = std::clamp(patch_at(0.5, 0.5)(x, y).g + noise(random), 0.0, 1.0);
      return {v, v, v};
    });
    const Picture p = picture.picture();
    engine.process(p, &p, 1'000'000'000'000 - i * kFrame, with("freeze", 1));
    for (size_t k = 0; i > 80 && k < last.size(); k++) {
      came++;
      changed += picture.plane(0)[k] != last[k];
    }
    last = picture.plane(0);
  }
  ck_assert_uint_gt(came, 0);
  ck_assert_double_lt(static_cast<double>(changed) / static_cast<double>(came), 0.1);  // of the patch itself
}
END_TEST

START_TEST(any_time_is_lived_through) {
  constexpr Nanoseconds kMost = std::numeric_limits<Nanoseconds>::max(),
                        kLeast = std::numeric_limits<Nanoseconds>::min();
  const Geometry g = geometry_of("I420", 64, 48, 8, 6);
  for (const Nanoseconds extreme : {Nanoseconds{0}, kMost})
    for (const bool seldom : {false, true}) {
      Engine engine;
      configure(engine, g);
      Settings settings;
      settings.recombine.effects = ~0U;
      settings.weigh.attack = settings.weigh.release = settings.recombine.freeze_refresh =
          std::max(extreme, Nanoseconds{1});
      settings.pace.interval = seldom ? std::max(extreme, Nanoseconds{1}) : 0;
      settings.pace.most_time = extreme;
      int i = 0;
      for (const Nanoseconds time :
           {Nanoseconds{0}, kMost, kMost - 1, Nanoseconds{1}, kNoTime, kLeast, kMost, kNoTime, kNoTime, kLeast,
            Nanoseconds{5}, Nanoseconds{6}, kMost / 2, kMost / 2 + kFrame, -kFrame, -2 * kFrame}) {
        TestPicture picture(g, pan(i++));
        const Picture p = picture.picture();
        engine.process(p, &p, time, settings);
        const Result &r = engine.result();
        ck_assert(r.peak_x >= 0 && r.peak_x <= 1 && r.peak_y >= 0 && r.peak_y <= 1 && r.coverage >= 0 &&
                  r.coverage <= 1);
        for (int k = 0; k < r.region_count; k++)
          ck_assert(r.regions[k].weight >= 0 && r.regions[k].weight <= 1 && r.regions[k].share >= 0 &&
                    r.regions[k].share <= 1.0001F);
      }
    }
}
END_TEST

START_TEST(a_jump_makes_regions_new) {
  const Geometry g = geometry_of("I420", 320, 180, 32, 18);
  Engine engine;
  configure(engine, g);
  TestPicture picture(g, patch_on(ground(0), 0.3, 0.4));
  for (int i = 0; i < 20; i++)
    analyse(engine, picture, i * kFrame);
  const uint32_t before = engine.result().regions[0].id;
  const Nanoseconds hour = 3600 * 1'000'000'000LL;
  for (int i = 0; i < 20; i++) {
    analyse(engine, picture, hour + i * kFrame);
    const RegionOfInterest &region = engine.result().regions[0];
    ck_assert_uint_ne(region.id, before);
    ck_assert_int_le(time_between(region.last_seen, region.first_seen), 20 * kFrame);
  }
}
END_TEST

int main() {
  return run_suite("engine/time", {what_is_seen_does_not_depend_on_the_direction_of_time, freeze_holds_in_reverse,
                                   any_time_is_lived_through, a_jump_makes_regions_new});
}
