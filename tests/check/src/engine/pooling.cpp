// SPDX-License-Identifier: LGPL-2.1-or-later
// One pixel a region.
#include "../clips.h"

using namespace attention;

// Weights that did not sum to 1 inside of a region would change a constant picture.
START_TEST(pooling_keeps_a_constant) {
  for (const char *name : {"I420", "NV12", "YUY2", "BGRA", "GRAY8"}) {
    Geometry g = geometry_of(name, 385, 289, 33, 17);
    g.pooled = true;
    Geometry small = geometry_of(name, 33, 17);
    const Rgb colour{0.7, 0.3, 0.6};
    TestPicture picture(g, [&](double, double) { return colour; });
    TestPicture pooled(small, [](double, double) -> Rgb { return {0, 0, 0}; });
    TestPicture expected(small, [&](double, double) { return colour; });
    Engine engine;
    configure(engine, g);
    for (const double strength : {0.0, 0.7, 1.0}) {
      Settings settings;
      settings.recombine.strength = strength;
      const Picture out = pooled.picture();
      engine.process(picture.picture(), &out, 0, settings);
      for (int c = 0; c < g.layout->components; c++) {
        const Component &k = g.layout->component[c];
        for (int y = 0; colour_slot(k.role) >= 0 && y < k.lines(17); y++)
          for (int x = 0; x < k.columns(33); x++)
            if (*pooled.sample(k, x, y) != *expected.sample(k, x, y))
              ck_abort_msg("%s: pooled sample (%d, %d) is %d", name, x, y, *pooled.sample(k, x, y));
      }
    }
  }
}
END_TEST

// A region with one bright thing in it pools towards the thing.
START_TEST(pooling_follows_the_weights) {
  Geometry g = geometry_of("GRAY8", 320, 180, 2, 2);
  g.pooled = true;
  TestPicture picture(g, [](double x, double y) -> Rgb {
    const double v = std::fabs(x - 0.25) < 0.06 && std::fabs(y - 0.25) < 0.09 ? 0.9 : 0.2;
    return {v, v, v};
  });
  const auto pooled = [&](double strength) {
    uint8_t out[4] = {};
    Picture small;
    small.data[0] = out;
    small.stride[0] = 2;
    Settings settings;
    settings.recombine.strength = strength;
    Engine engine;
    configure(engine, g);
    engine.process(picture.picture(), &small, 0, settings);
    return static_cast<int>(out[0]);
  };
  const int plain = pooled(0);
  ck_assert_int_ge(pooled(1), plain + 20);
  ck_assert_int_gt(pooled(1), pooled(0.5));
  ck_assert_int_gt(pooled(0.5), plain);
}
END_TEST

// With three columns, the second chroma sample belongs to the third column alone.
START_TEST(pooled_chroma_stays_with_its_pixels) {
  Geometry g = geometry_of("I420", 300, 200, 3, 2);
  g.pooled = true;
  TestPicture picture(g, [](double x, double) { return x < 2.0 / 3 ? Rgb{0.2, 0.3, 0.1} : Rgb{0.4, 0.5, 0.9}; });
  TestPicture small(geometry_of("I420", 3, 2), [](double, double) -> Rgb { return {0, 0, 0}; });
  Engine engine;
  configure(engine, g);
  Settings settings;
  settings.recombine.strength = 0;
  const Picture out = small.picture();
  engine.process(picture.picture(), &out, 0, settings);
  ck_assert_uint_eq(*small.sample(Role::kCb, 1, 0), *picture.sample(Role::kCb, 149, 0));
  ck_assert_uint_eq(*small.sample(Role::kCb, 0, 0), *picture.sample(Role::kCb, 0, 0));
}
END_TEST

START_TEST(pooling_fills_the_spare_byte) {
  Geometry g = geometry_of("BGRx", 64, 64, 4, 4);
  g.pooled = true;
  TestPicture picture(g, patch_at(0.5, 0.5), 0);
  std::vector<uint8_t> out(4 * 4 * 4, 1);
  Picture small;
  small.data[0] = out.data();
  small.stride[0] = 16;
  Engine engine;
  configure(engine, g);
  engine.process(picture.picture(), &small, 0, Settings());
  for (size_t i = 3; i < out.size(); i += 4)
    ck_assert_uint_eq(out[i], *picture.sample(Role::kOther, 0, 0));
}
END_TEST

int main() {
  return run_suite("engine/pooling", {pooling_keeps_a_constant, pooling_follows_the_weights,
                                      pooled_chroma_stays_with_its_pixels, pooling_fills_the_spare_byte});
}
