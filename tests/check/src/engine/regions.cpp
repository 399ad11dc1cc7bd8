// SPDX-License-Identifier: LGPL-2.1-or-later
// Regions, their identities, and what each cue says of them.
#include "../clips.h"

using namespace attention;

START_TEST(regions_are_where_the_things_are) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  TestPicture picture(
      g, [](double x, double y) { return x < 0.5 ? patch_at(0.25, 0.5)(x, y) : patch_at(0.75, 0.5)(x, y); });
  Engine engine;
  configure(engine, g);
  Settings settings;
  settings.weigh.center_bias = 0;
  analyse(engine, picture, 0, settings);
  const Result &r = engine.result();
  ck_assert_int_eq(r.region_count, 2);
  ck_assert_uint_ne(r.regions[0].id, r.regions[1].id);
  ck_assert_float_ge(r.regions[0].share, r.regions[1].share);
  for (int i = 0; i < 2; i++) {
    const RegionOfInterest &region = r.regions[i];
    const double centre = region.x + region.width / 2.0;
    ck_assert_double_eq_tol(centre, centre < 320 ? 160 : 480, 20);
    ck_assert_double_eq_tol(region.y + region.height / 2.0, 180, 20);
    ck_assert_float_gt(region.weight, 0.5F);
  }
  settings.emit.max_regions = 1;
  analyse(engine, picture, kFrame, settings);
  ck_assert_int_eq(engine.result().region_count, 1);
  settings.emit.max_regions = 0;
  analyse(engine, picture, 2 * kFrame, settings);
  ck_assert_int_eq(engine.result().region_count, 0);
}
END_TEST

START_TEST(a_moving_thing_keeps_its_identity) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  Engine engine;
  configure(engine, g);
  uint32_t id = 0;
  for (int frame = 0; frame < 20; frame++) {
    TestPicture picture(g, patch_at(0.3 + 0.015 * frame, 0.5));
    analyse(engine, picture, frame * kFrame);
    ck_assert_int_ge(engine.result().region_count, 1);
    if (frame == 0)
      id = engine.result().regions[0].id;
    ck_assert_uint_eq(engine.result().regions[0].id, id);
  }
}
END_TEST

START_TEST(cues_are_in_the_order_of_their_table) {
  const std::array<const char *, 6> names = {"figure-ground", "detail", "contrast", "motion", "centre", "form"};
  ck_assert_uint_eq(cues().size(), names.size());
  for (size_t c = 0; c < names.size(); c++)
    ck_assert_str_eq(cues()[c].name, names[c]);
}
END_TEST

double magnitude_of(const RegionOfInterest &region) {
  double sum = 0;
  for (const float cue : region.cues)
    sum += std::fabs(cue);
  return sum;
}

START_TEST(a_moving_square_on_still_noise_is_explained_by_motion) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  for (const Fusion fusion : {Fusion::kLearned, Fusion::kProduct}) {
    Settings settings;
    settings.weigh.fusion = fusion;
    Engine engine;
    configure(engine, g);
    for (int frame = 0; frame < 20; frame++) {
      TestPicture picture(g, [](double, double) { return Rgb{0.5, 0.5, 0.5}; });
      std::mt19937 ground_noise(1), square_noise(2);
      for (int y = 0; y < 360; y++)
        for (int x = 0; x < 640; x++)
          *picture.sample(Role::kY, x, y) = static_cast<uint8_t>(100 + ground_noise() % 50);
      for (int y = 200; y < 250; y += 5)
        for (int x = 0; x < 50; x += 5) {
          const auto code = static_cast<uint8_t>(100 + square_noise() % 50);
          for (int i = 0; i < 25; i++)
            *picture.sample(Role::kY, 150 + 6 * frame + x + i % 5, y + i / 5) = code;
        }
      analyse(engine, picture, frame * kFrame, settings);
      if (frame < 15)
        continue;
      const int x = 175 + 6 * frame;
      const Result &r = engine.result();
      const auto *on_square = std::find_if(r.regions, r.regions + r.region_count, [x](const RegionOfInterest &region) {
        return region.x <= x && x < region.x + region.width && region.y <= 225 && 225 < region.y + region.height;
      });
      ck_assert_msg(on_square != r.regions + r.region_count, "no region holds the square in frame %d", frame);
      ck_assert_float_gt(on_square->cues[kMotion], 0.3F);
      ck_assert_double_eq_tol(magnitude_of(*on_square), 1, 1e-4);
    }
  }
}
END_TEST

START_TEST(a_still_disc_of_another_colour_is_not_explained_by_motion) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  TestPicture picture(g, [](double x, double y) {
    return std::hypot((x - 0.35) * 16, (y - 0.4) * 9) < 1 ? Rgb{0.8, 0.2, 0.2} : Rgb{0.2, 0.4, 0.6};
  });
  for (const Fusion fusion : {Fusion::kLearned, Fusion::kProduct}) {
    Settings settings;
    settings.weigh.fusion = fusion;
    Engine engine;
    configure(engine, g);
    ck_assert(engine.enable(settings).is_ok());
    for (int frame = 0; frame < 10; frame++)
      analyse(engine, picture, frame * kFrame, settings);
    ck_assert_int_ge(engine.result().region_count, 1);
    const RegionOfInterest &first = engine.result().regions[0];
    ck_assert_int_le(first.x, 224);
    ck_assert_int_ge(first.x + first.width, 224);
    ck_assert_float_eq(first.cues[kMotion], 0.0F);
    ck_assert_double_eq_tol(magnitude_of(first), 1, 1e-4);
    if (fusion == Fusion::kProduct) {
      ck_assert_float_gt(first.cues[kFigureGround], 0.2F);
      ck_assert_float_eq(first.cues[kContrast], 0.0F);
      ck_assert_float_eq(first.cues[kForm], 0.0F);
    } else {
      ck_assert_float_gt(first.cues[kContrast], 0.2F);
      ck_assert_float_eq(first.cues[kFigureGround], 0.0F);
    }
  }
}
END_TEST

START_TEST(the_edge_speaks_against_a_thing_and_the_middle_for_it) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  Settings settings;
  settings.weigh.fusion = Fusion::kProduct;
  const auto centre = [&](double at) {
    TestPicture picture(g, patch_at(at, at));
    Engine engine;
    configure(engine, g);
    ck_assert(engine.enable(settings).is_ok());
    analyse(engine, picture, 0, settings);
    ck_assert_int_eq(engine.result().region_count, 1);
    return engine.result().regions[0].cues[kCentre];
  };
  ck_assert_float_gt(centre(0.5), 0.1F);
  ck_assert_float_lt(centre(0.12), -0.1F);
  settings.weigh.center_bias = 0;
  ck_assert_float_eq(centre(0.5), 0.0F);
}
END_TEST

START_TEST(a_frame_with_nothing_in_it_has_no_region) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  TestPicture white(g, [](double, double) { return Rgb{1, 1, 1}; });
  TestPicture black(g, [](double, double) { return Rgb{0, 0, 0}; });
  TestPicture noise = white;
  std::mt19937 random(1);
  for (int y = 0; y < 360; y++)
    for (int x = 0; x < 640; x++)
      *noise.sample(Role::kY, x, y) = static_cast<uint8_t>(100 + random() % 50);
  for (const Fusion fusion : {Fusion::kLearned, Fusion::kProduct})
    for (TestPicture *picture : {&white, &black, &noise}) {
      Settings settings;
      settings.weigh.fusion = fusion;
      Engine engine;
      configure(engine, g);
      for (int frame = 0; frame < 5; frame++) {
        analyse(engine, *picture, frame * kFrame, settings);
        ck_assert_int_eq(engine.result().region_count, 0);
        ck_assert_float_eq(engine.result().coverage, 0);
      }
    }
}
END_TEST

// What costs a run of the network is found anew in turns, or all at once where so much time has passed.
START_TEST(shares_of_cues_go_with_the_picture) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  TestPicture before(g, patch_at(0.5, 0.5));
  TestPicture after(g, [](double x, double y) {
    return std::hypot((x - 0.5) * 16, (y - 0.5) * 9) < 1.5 ? Rgb{0.8, 0.2, 0.2} : Rgb{0.2, 0.4, 0.6};
  });
  Settings settings;
  settings.partition.scene_cut = SceneCut::kIgnore;
  settings.weigh.attack = settings.weigh.release = 0;
  Engine fresh;
  configure(fresh, g);
  analyse(fresh, after, 0, settings);
  const RegionOfInterest expected = fresh.result().regions[0];
  for (const Nanoseconds step : {kFrame, 25 * kFrame}) {
    Engine engine;
    configure(engine, g);
    Nanoseconds time = 0;
    analyse(engine, before, time, settings);
    float other = 0;
    for (size_t c = 0; c < cues().size(); c++)
      other += std::fabs(engine.result().regions[0].cues[c] - expected.cues[c]);
    ck_assert_float_gt(other, 0.1F);
    for (const Nanoseconds end = time + 50 * kFrame; time < end;)
      analyse(engine, after, time += step, settings);
    for (size_t c = 0; c < cues().size(); c++)
      ck_assert_float_eq_tol(engine.result().regions[0].cues[c], expected.cues[c], 0.02F);
  }
}
END_TEST

START_TEST(identities_outlive_the_geometry) {
  Engine engine;
  uint32_t last = 0;
  for (const int width : {320, 640}) {
    const Geometry g = geometry_of("I420", width, 180);
    configure(engine, g);
    TestPicture picture(g, patch_at(0.5, 0.5));
    analyse(engine, picture, 0);
    ck_assert_uint_gt(engine.result().regions[0].id, last);
    last = engine.result().regions[0].id;
  }
}
END_TEST

START_TEST(identities_hold_between_analyses) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  Settings settings;
  settings.pace.interval = 4 * kFrame;
  Engine engine;
  configure(engine, g);
  TestPicture picture(g, patch_at(0.4, 0.5));
  for (int frame = 0; frame < 12; frame++) {
    analyse(engine, picture, frame * kFrame, settings);
    ck_assert_int_ge(engine.result().region_count, 1);
    ck_assert_uint_eq(engine.result().regions[0].id, 1);
    ck_assert_int_eq(engine.result().regions[0].first_seen, 0);
  }
}
END_TEST

int main() {
  return run_suite(
      "engine/regions",
      {regions_are_where_the_things_are, a_moving_thing_keeps_its_identity, cues_are_in_the_order_of_their_table,
       a_moving_square_on_still_noise_is_explained_by_motion, a_still_disc_of_another_colour_is_not_explained_by_motion,
       the_edge_speaks_against_a_thing_and_the_middle_for_it, a_frame_with_nothing_in_it_has_no_region,
       shares_of_cues_go_with_the_picture, identities_outlive_the_geometry, identities_hold_between_analyses});
}
