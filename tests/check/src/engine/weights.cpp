// SPDX-License-Identifier: LGPL-2.1-or-later
// Where the weights are, and how they follow a video.
#include "../clips.h"

using namespace attention;

namespace {

/// Checks that weights and the first region of a still scene hold still under sensor noise (σ = 4 of 255), in pixels of
/// effect=map.
void check_stillness(const Scene &still) {
  const Geometry g = geometry_of("RGB", 640, 360, 32, 18);
  std::mt19937 random(1);
  std::normal_distribution<double> noise(0, 4.0 / 255);
  const Scene noisy = [&](double x, double y) -> Rgb {
    const Rgb v = still(x, y);
    const auto with_noise = [&](double value) { return std::clamp(value + noise(random), 0.0, 1.0); };
    return {with_noise(v.r), with_noise(v.g), with_noise(v.b)};
  };
  Engine engine;
  configure(engine, g);
  std::vector<uint8_t> last;
  double change = 0;
  float last_x = 0;
  float last_y = 0;
  constexpr int kFrames = 20;
  for (int frame = 0; frame < kFrames; frame++) {
    TestPicture picture(g, noisy);
    const Picture p = picture.picture();
    engine.process(p, &p, frame * kFrame, with("map", 1));
    const std::vector<uint8_t> weights = picture.plane(0);
    ck_assert_int_ge(engine.result().region_count, 1);
    const RegionOfInterest &first = engine.result().regions[0];
    const float x = static_cast<float>(first.x) + static_cast<float>(first.width) / 2;
    const float y = static_cast<float>(first.y) + static_cast<float>(first.height) / 2;
    for (size_t i = 0; i < last.size(); i++)
      change += std::abs(weights[i] - last[i]) / 255.0 / static_cast<double>(weights.size()) / (kFrames - 1);
    if (frame > 0)
      ck_assert_float_le(std::hypot(x - last_x, y - last_y), 0.003F * 640);
    last = weights;
    last_x = x;
    last_y = y;
  }
  ck_assert_double_le(change, 0.003);
}

}  // namespace

START_TEST(outside_of_the_crop_weighs_nothing) {
  Geometry g = geometry_of("I420", 320, 160, 8, 4);
  g.crop_left = 160;
  g.crop_top = 40;
  TestPicture picture(g, patch_at(0.25, 0.5));
  Engine engine;
  configure(engine, g);
  const Picture p = picture.picture();
  engine.process(p, &p, 0, with("map", 1));
  const std::vector<uint8_t> grid = grid_of(engine);
  for (int r = 0; r < 4; r++)
    for (int c = 0; c < 8; c++)
      if (c < 4 || r < 1)
        ck_assert_uint_eq(grid[r * 8 + c], 0);
  for (int y = 0; y < 160; y++)
    for (int x = 0; x < 320; x++)
      if ((x < 160 || y < 40) && *picture.sample(Role::kY, x, y) != g.colorimetry.luma_offset)
        ck_abort_msg("(%d, %d) has a weight", x, y);
  ck_assert_float_ge(engine.result().peak_x, 0.5F);
  ck_assert_float_ge(engine.result().peak_y, 0.25F);
}
END_TEST

START_TEST(a_uniform_frame_gives_the_centre) {
  const Geometry g = geometry_of("I420", 320, 180, 9, 9);
  TestPicture picture(g, [](double, double) -> Rgb { return {0.5, 0.5, 0.5}; });
  Engine engine;
  configure(engine, g);
  for (int frame = 0; frame < 5; frame++)
    analyse(engine, picture, frame * kFrame);
  const Result &r = engine.result();
  ck_assert_float_eq_tol(r.peak_x, 0.5F, 0.1F);
  ck_assert_float_eq_tol(r.peak_y, 0.5F, 0.1F);
  const std::vector<uint8_t> grid = grid_of(engine);
  ck_assert_uint_ge(grid[4 * 9 + 4], *std::max_element(grid.begin(), grid.end()) * 9 / 10);
}
END_TEST

START_TEST(region_attention_sums_to_1) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  TestPicture picture(g, patch_at(0.3, 0.3));
  Engine engine;
  configure(engine, g);
  for (const double temperature : {0.01, 1.0, 100.0}) {
    Settings settings;
    settings.weigh.temperature = temperature;
    analyse(engine, picture, 0, settings);
    double sum = 0;
    for (int i = 0; i < 32 * 18; i++)
      sum += engine.result().attention[i];
    ck_assert_double_eq_tol(sum, 1, 1e-4);
  }
}
END_TEST

// A weight that rises covers 1 − 1/e of its way in one `attack`, whatever the frame rate.
START_TEST(weights_follow_in_stream_time) {
  const Geometry g = geometry_of("GRAY8", 320, 180, 16, 9);
  TestPicture plain(g, [](double, double) -> Rgb { return {0.5, 0.5, 0.5}; });
  TestPicture thing(g, patch_at(0.15, 0.2, 0.06));
  Settings settings;
  settings.weigh.attack = 200'000'000;
  settings.weigh.release = 200'000'000;
  const auto corner_after = [&](Nanoseconds step) {
    Engine engine;
    configure(engine, g);
    analyse(engine, plain, 0, settings);
    const int before = engine.result().grid[1 * 16 + 2];
    // The first frame with the thing sees motion too, so begin from the second.
    analyse(engine, thing, 0, settings);
    analyse(engine, thing, step, settings);
    return engine.result().grid[1 * 16 + 2] - before;
  };
  const double goal = corner_after(100'000'000'000);
  ck_assert_double_gt(goal, 50);
  // What nobody would see of the way takes longer.
  ck_assert_double_eq_tol(corner_after(200'000'000) / goal, 0.93 * (1 - std::exp(-1.0)), 0.03);
  ck_assert_double_eq_tol(corner_after(400'000'000) / goal, 0.93 * (1 - std::exp(-2.0)), 0.03);
}
END_TEST

START_TEST(colour_holds_still_under_sensor_noise) {
  check_stillness([](double x, double y) -> Rgb {
    const double wave = 0.5 + 0.2 * std::sin(30 * x + 4 * std::sin(11 * y));
    const Rgb patch = patch_at(0.6, 0.45)(x, y);
    return {(wave + patch.r) / 2, (wave + patch.g) / 2, (0.5 + patch.b) / 2};
  });
}
END_TEST

// The colour channels hold nothing but noise.
START_TEST(grey_holds_still_under_sensor_noise) {
  check_stillness([](double x, double y) -> Rgb {
    const double v = (0.5 + 0.2 * std::sin(30 * x + 4 * std::sin(11 * y)) + patch_at(0.6, 0.45)(x, y).g) / 2;
    return {v, v, v};
  });
}
END_TEST

START_TEST(what_appears_is_seen_within_250_ms) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  Engine engine;
  configure(engine, g);
  TestPicture plain(g, ground(0));
  TestPicture with_patch(g, patch_on(ground(0), 0.3, 0.4));
  int frame = 0;
  for (; frame < 10; frame++)
    analyse(engine, plain, frame * kFrame);
  std::vector<int> weight;
  for (int i = 0; i < 25; i++)  // later, what was news there fades, and all is held against something else
    analyse(engine, with_patch, frame++ * kFrame), weight.push_back(weight_at(engine, 0.3, 0.4));
  // The frame in which it appears is the first; 250 ms after it is the seventh.
  ck_assert_int_gt(weight.back(), 100);
  ck_assert_double_ge(weight[6], 0.9 * weight.back());
}
END_TEST

START_TEST(a_cut_takes_one_frame) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  TestPicture one(g, patch_on(ground(0), 0.25, 0.4));
  TestPicture other(g, [](double x, double y) {
    return y > 0.7 || x < 0.2 ? Rgb{0.05, 0.1, 0.05} : patch_at(0.7, 0.5, 0.1)(x, y);
  });
  Engine fresh;
  configure(fresh, g);
  analyse(fresh, other, 0);
  const auto after_cut = [&](SceneCut cut) {
    Engine engine;
    configure(engine, g);
    Settings settings;
    settings.partition.scene_cut = cut;
    settings.partition.lightning_threshold = 1;
    for (int frame = 0; frame < 5; frame++)
      analyse(engine, one, frame * kFrame, settings);
    analyse(engine, other, 5 * kFrame, settings);
    return grid_of(engine);
  };
  ck_assert(after_cut(SceneCut::kReset) == grid_of(fresh));
  ck_assert(after_cut(SceneCut::kEase) != grid_of(fresh));
  ck_assert(after_cut(SceneCut::kIgnore) != grid_of(fresh));
}
END_TEST

START_TEST(a_cut_is_told) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  TestPicture one(g, patch_on(ground(0), 0.25, 0.4));
  TestPicture other(g, [](double x, double y) {
    return y > 0.7 || x < 0.2 ? Rgb{0.05, 0.1, 0.05} : patch_at(0.7, 0.5, 0.1)(x, y);
  });
  const struct {
    SceneCut cut;
    double threshold;
    Nanoseconds interval;
    std::vector<int> cuts;  // the scene changes with frame 3
  } cases[] = {
      {SceneCut::kReset, 0.35, 0, {3}},
      {SceneCut::kEase, 0.35, 0, {3}},
      {SceneCut::kIgnore, 0.35, 0, {}},
      {SceneCut::kReset, 1, 0, {}},
      {SceneCut::kReset, 0, 0, {1, 2, 3, 4, 5, 6}},
      {SceneCut::kReset, 0.35, 2 * kFrame, {4}},
  };
  for (const auto &c : cases) {
    Engine engine;
    configure(engine, g);
    Settings settings;
    settings.partition.scene_cut = c.cut;
    settings.partition.scene_cut_threshold = c.threshold;
    settings.pace.interval = c.interval;
    std::vector<int> cuts;
    for (int frame = 0; frame < 7; frame++) {
      analyse(engine, frame < 3 ? one : other, frame * kFrame, settings);
      const Result &r = engine.result();
      if (r.scene_cut)
        cuts.push_back(frame);
      const bool changes = frame == (c.interval > 0 ? 4 : 3);
      ck_assert_msg((r.scene_change >= 0.35F) == changes, "frame %d: %f", frame, static_cast<double>(r.scene_change));
    }
    ck_assert(cuts == c.cuts);
    engine.reset();
    analyse(engine, one, 7 * kFrame, settings);
    ck_assert(!engine.result().scene_cut && engine.result().scene_change == 0);
  }
}
END_TEST

START_TEST(light_is_not_motion) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  const Scene scene = patch_on(ground(0), 0.3, 0.4);
  const auto lit = [&](double gain, double bias) {
    return TestPicture(g, [=](double x, double y) {
      const Rgb v = scene(x, y);
      return Rgb{gain * v.r + bias, gain * v.g + bias, gain * v.b + bias};
    });
  };
  Engine engine;
  configure(engine, g);
  TestPicture before = lit(0.6, 0.0);
  for (int frame = 0; frame < 5; frame++)
    analyse(engine, before, frame * kFrame);
  // A flash, and a fade of one second.
  TestPicture flash = lit(0.7, 0.25);
  analyse(engine, flash, 5 * kFrame);
  ck_assert_float_lt(engine.result().regions[0].cues[kMotion], 0.02F);
  for (int frame = 0; frame < 25; frame++) {
    TestPicture fading = lit(0.7 - 0.02 * frame, 0.25 - 0.01 * frame);
    analyse(engine, fading, (6 + frame) * kFrame);
    ck_assert_int_ge(engine.result().region_count, 1);
    ck_assert_float_lt(engine.result().regions[0].cues[kMotion], 0.02F);
  }
}
END_TEST

START_TEST(a_moving_camera_is_not_motion_and_a_moving_thing_is) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  for (const double speed : {0.0, 0.0113}) {
    Engine engine;
    configure(engine, g);
    Settings settings;
    settings.weigh.center_bias = 0;
    for (int frame = 0; frame < 12; frame++) {
      TestPicture picture(g, patch_on(ground(speed * frame), 0.2 + 0.02 * frame, 0.6, 0.05));
      analyse(engine, picture, frame * kFrame, settings);
    }
    const Result &r = engine.result();
    ck_assert_double_eq_tol(r.peak_x, 0.42, 0.08);
    ck_assert_double_eq_tol(r.peak_y, 0.6, 0.12);
    ck_assert_float_gt(r.regions[0].cues[kMotion], 0.2F);
    // Far from the patch there is next to nothing.
    ck_assert_int_lt(weight_at(engine, 0.8, 0.2), 40);
  }
}
END_TEST

// The same walk at 25 and at 100 frames a second.
START_TEST(motion_does_not_depend_on_the_frame_rate) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  for (const int rate : {25, 100}) {
    Engine engine;
    configure(engine, g);
    for (int frame = 0; frame < rate / 2; frame++) {
      TestPicture picture(g, patch_on(ground(0), 0.3 + 0.15 * frame / rate, 0.6, 0.05));
      analyse(engine, picture, frame * Nanoseconds{1'000'000'000} / rate);
    }
    ck_assert_float_gt(engine.result().regions[0].cues[kMotion], 0.15F);
  }
}
END_TEST

// Full-range bars in a stream that claims limited range.
START_TEST(bars_blacker_than_black_do_not_move) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  std::mt19937 random(1);
  Engine engine;
  configure(engine, g);
  Settings settings;
  settings.weigh.center_bias = 0;
  for (int frame = 0; frame < 25; frame++) {
    TestPicture picture(g, ground(0));
    for (int y = 0; y < 360; y++)
      for (int x = 0; x < 640; x++)
        *picture.sample(Role::kY, x, y) =
            y < 50 || y >= 310 ? 0 : static_cast<uint8_t>(*picture.sample(Role::kY, x, y) + random() % 5);
    analyse(engine, picture, frame * kFrame, settings);
  }
  for (int i = 0; i < engine.result().region_count; i++)
    ck_assert_float_lt(engine.result().regions[i].cues[kMotion], 0.05F);
}
END_TEST

START_TEST(both_fusions_find_the_patch) {
  const Geometry g = geometry_of("I420", 640, 360);
  TestPicture picture(g, patch_on(ground(0), 0.4, 0.55));
  std::array<std::vector<uint8_t>, 2> grids;
  for (const Fusion fusion : {Fusion::kLearned, Fusion::kProduct}) {
    Engine engine;
    configure(engine, g);
    Settings settings;
    settings.weigh.fusion = fusion;
    analyse(engine, picture, 0, settings);
    ck_assert_float_eq_tol(engine.result().peak_x, 0.4F, 0.08F);
    ck_assert_float_eq_tol(engine.result().peak_y, 0.55F, 0.12F);
    grids[fusion == Fusion::kLearned ? 0 : 1] = grid_of(engine);
  }
  ck_assert(grids[0] != grids[1]);
}
END_TEST

// A patch on opaque ground, around which other colours hide behind an alpha of 0.
START_TEST(hidden_colours_weigh_nothing_and_hide_nothing) {
  int seen = 0;
  for (const std::string_view name : layout_names()) {
    const Layout &layout = *find_layout(name);
    const Component *alpha = layout.find(Role::kAlpha);
    if (alpha == nullptr)
      continue;
    seen++;
    const Geometry g = geometry_of(std::string(name).c_str(), 320, 180, 32, 18);
    const auto is_shown = [](double x, double y) { return x > 0.2 && x < 0.8 && y > 0.2 && y < 0.8; };
    const auto grid_over = [&](bool noise) {
      std::mt19937 random(1);
      TestPicture picture(g, [&](double x, double y) {
        const double hidden = noise ? static_cast<double>(random() % 1000) / 999 : 0;
        return is_shown(x, y) ? patch_at(0.4, 0.5)(x, y) : Rgb{hidden, 1 - hidden, hidden};
      });
      const Picture p = picture.picture();
      for (int y = 0; y < 180; y++)
        for (int x = 0; x < 320; x++) {
          const int code = is_shown((x + 0.5) / 320, (y + 0.5) / 180) ? layout.largest_code() << layout.shift : 0;
          uint8_t *row = p.data[alpha->plane] + p.stride[alpha->plane] * y;
          const int at = alpha->offset + x * alpha->pixel_stride;
          if (layout.sample_bytes() == 1)
            row[at] = static_cast<uint8_t>(code);
          else
            reinterpret_cast<uint16_t *>(row)[at] = static_cast<uint16_t>(code);
        }
      Engine engine;
      configure(engine, g);
      analyse(engine, picture, 0);
      return grid_of(engine);
    };
    const auto plain = grid_over(false), hidden = grid_over(true);
    int outside = 0;
    for (size_t r = 0; r < plain.size(); r++) {
      ck_assert_int_le(std::abs(plain[r] - hidden[r]), 8);
      const size_t x = r % 32, y = r / 32;
      if (x < 5 || x > 26 || y < 3 || y > 14)
        outside = std::max<int>(outside, hidden[r]);
    }
    ck_assert_int_le(outside, 10);
    ck_assert_int_gt(hidden[9 * 32 + 12], 120);
  }
  ck_assert_int_ge(seen, 4);
}
END_TEST

int main() {
  return run_suite("engine/weights",
                   {outside_of_the_crop_weighs_nothing, a_uniform_frame_gives_the_centre, region_attention_sums_to_1,
                    weights_follow_in_stream_time, colour_holds_still_under_sensor_noise,
                    grey_holds_still_under_sensor_noise, what_appears_is_seen_within_250_ms, a_cut_takes_one_frame,
                    a_cut_is_told, light_is_not_motion, a_moving_camera_is_not_motion_and_a_moving_thing_is,
                    motion_does_not_depend_on_the_frame_rate, bars_blacker_than_black_do_not_move,
                    both_fusions_find_the_patch, hidden_colours_weigh_nothing_and_hide_nothing});
}
