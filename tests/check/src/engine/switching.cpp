// SPDX-License-Identifier: LGPL-2.1-or-later
// Effects and analyses that come and go.
#include "../clips.h"

// What freeze held before it was switched off is of long ago.
START_TEST(nothing_of_long_ago_is_shown_when_freeze_comes_back) {
  const Geometry g = geometry_of("GRAY8", 320, 180, 32, 18);
  Settings on = with("freeze", 1), off = with("dim", 0.5), none = on;
  none.recombine.strength = 0;
  const Scene now = patch_on(ground(0.3), 0.7, 0.3);
  for (const Settings &pause : {off, none, Settings()}) {
    Engine engine;
    configure(engine, g);
    int frame = 0;
    const auto show = [&](const Scene &scene, const Settings &settings) {
      TestPicture picture(g, scene);
      const Picture p = picture.picture();
      engine.process(p, settings.recombine.effects == 0 ? nullptr : &p, frame++ * kFrame, settings);
      return picture;
    };
    for (int i = 0; i < 60; i++)
      show(ground(0), on);
    for (int i = 0; i < 60; i++)
      show(now, pause);
    TestPicture clean(g, now);
    ck_assert(show(now, on).plane(0) == clean.plane(0));
  }
}
END_TEST

// A seek, or a gap of many seconds: what was held before it is of another time, though the picture has hardly changed.
START_TEST(nothing_of_before_a_jump_is_held) {
  const Geometry g = geometry_of("GRAY8", 320, 180, 32, 18);
  const Scene before = patch_on(ground(0), 0.7, 0.3);
  const Scene now = [&](double x, double y) -> Rgb {
    const Rgb was = before(x, y);
    return {was.r + 1.0 / 255, was.g + 1.0 / 255, was.b + 1.0 / 255};
  };
  enum Jump { kNone, kSeek, kGap };
  for (const Jump jump : {kNone, kSeek, kGap}) {
    Engine engine;
    configure(engine, g);
    const auto show = [&](const Scene &scene, Nanoseconds time) {
      TestPicture picture(g, scene);
      const Picture p = picture.picture();
      engine.process(p, &p, time, with("freeze", 1));
      return picture;
    };
    for (int i = 0; i < 60; i++)
      show(before, i * kFrame);
    if (jump == kSeek)
      engine.reset();
    const Nanoseconds time = 60 * kFrame + (jump == kGap ? 6'000'000'000 : 0);
    const bool is_held = show(now, time).plane(0) != TestPicture(g, now).plane(0);
    ck_assert_msg(is_held == (jump == kNone), "jump %d: %d", jump, is_held);
  }
}
END_TEST

// The picture is 60 codes brighter than the one that was analysed; its edges are where they were, and so are its
// weights.
START_TEST(guided_weights_are_those_of_the_frame_in_hand) {
  const Geometry g = geometry_of("GRAY8", 320, 180, 32, 18);
  Settings settings = with("dim", 1);
  settings.recombine.map_refine = MapRefine::kGuided;
  settings.weigh.attack = settings.weigh.release = 0;
  settings.pace.interval = 1'000'000'000;
  const auto scene = [](double more) -> Scene {
    return [=](double x, double y) -> Rgb {
      const double v = (std::fabs(x - 0.5) < 0.1 && std::fabs(y - 0.5) < 0.2 ? 0.6 : 0.2) + more;
      return {v, v, v};
    };
  };
  Engine engine;
  configure(engine, g);
  const auto weights = [&](double more, Nanoseconds time) {
    TestPicture before(g, scene(more)), after = before;
    const Picture p = after.picture();
    engine.process(p, &p, time, settings);
    std::vector<double> w;
    for (int y = 0; y < g.height; y++)
      for (int x = 0; x < g.width; x++)
        w.push_back(static_cast<double>(after.code_at(Role::kY, x, y)) / before.code_at(Role::kY, x, y));
    return w;
  };
  const std::vector<double> analysed = weights(0, 0), reused = weights(60.0 / 255, kFrame);
  ck_assert(!engine.result().analysed);
  for (size_t i = 0; i < analysed.size(); i++)
    ck_assert_double_eq_tol(reused[i], analysed[i], 0.03);
}
END_TEST

START_TEST(coverage_is_of_the_frame_not_of_the_crop) {
  Geometry g = geometry_of("I420", 320, 180, 32, 18);
  g.crop_left = 80;
  g.crop_bottom = 45;
  Engine engine;
  configure(engine, g);
  TestPicture picture(g, ground(0));
  Settings settings;
  settings.emit.region_threshold = 0;
  analyse(engine, picture, 0, settings);
  ck_assert_float_eq_tol(engine.result().coverage, 0.75F * 0.75F, 1e-3);
}
END_TEST

START_TEST(a_reset_makes_the_next_frame_be_analysed) {
  const Geometry g = geometry_of("I420", 320, 180, 32, 18);
  Engine engine;
  configure(engine, g);
  TestPicture picture(g, ground(0));
  Settings settings;
  settings.pace.interval = 1'000'000'000'000;
  for (int i = 0; i < 3; i++) {
    analyse(engine, picture, i * kFrame, settings);
    ck_assert_int_eq(engine.result().analysed, i == 0);
  }
  engine.reset();
  analyse(engine, picture, 3 * kFrame, settings);
  ck_assert(engine.result().analysed);
  for (int i = 0; i < 3; i++) {
    analyse(engine, picture, kNoTime, settings);
    ck_assert(engine.result().analysed);
  }
}
END_TEST

int main() {
  return run_suite("engine/switching",
                   {nothing_of_long_ago_is_shown_when_freeze_comes_back, nothing_of_before_a_jump_is_held,
                    guided_weights_are_those_of_the_frame_in_hand, coverage_is_of_the_frame_not_of_the_crop,
                    a_reset_makes_the_next_frame_be_analysed});
}
