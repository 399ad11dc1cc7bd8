// SPDX-License-Identifier: LGPL-2.1-or-later
// The five stages together, through the door only.
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <new>
#include <random>
#include <string>

#include "attention.h"
#include "test_picture.h"

using namespace attention;

namespace {

std::atomic<int> allocations{0};

constexpr Nanoseconds kFrame = 40'000'000;
constexpr int kFigureGround = 0, kDetail = 1, kContrast = 2, kMotion = 3, kCentre = 4;  // in cues()

/// Settings that need all the memory there is.
Settings everything() {
  Settings settings;
  settings.recombine.effects = ~0U;
  settings.recombine.map_refine = MapRefine::kGuided;
  return settings;
}

void configure(Engine &engine, const Geometry &geometry) {
  const Status status = engine.configure(geometry, everything());
  ck_assert_msg(status.is_ok(), "%s", status.message());
}

Settings with(const char *effect, double strength) {
  Settings settings;
  settings.recombine.effects = find_effect(effect);
  ck_assert_uint_ne(settings.recombine.effects, 0);
  settings.recombine.strength = strength;
  return settings;
}

std::vector<uint8_t> grid_of(const Engine &engine) {
  const Result &r = engine.result();
  return std::vector<uint8_t>(r.grid, r.grid + r.columns * r.rows);
}

void analyse(Engine &engine, TestPicture &picture, Nanoseconds time, const Settings &settings = Settings()) {
  engine.process(picture.picture(), nullptr, time, settings);
}

constexpr struct {
  int width, height;
} kSizes[] = {{16, 16}, {17, 16}, {193, 145}};

}  // namespace

// Not inlined, or the compiler sees new end in free.
[[gnu::noinline]] void *operator new(size_t size) {
  allocations++;
  if (void *p = std::malloc(size))
    return p;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void *p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void *p, size_t) noexcept { std::free(p); }

START_TEST(strength_0_is_bit_exact_in_every_layout) {
  for (const std::string_view name : layout_names())
    for (const auto &size : kSizes) {
      const Geometry g = geometry_of(name, size.width, size.height);
      TestPicture picture(g, patch_at(0.5, 0.5));
      TestPicture before = picture;
      Engine engine;
      configure(engine, g);
      for (const EffectInfo &effect : effects()) {
        const Picture p = picture.picture();
        engine.process(p, &p, 0, with(effect.name, 0));
        ck_assert(picture == before);
      }
    }
}
END_TEST

START_TEST(alpha_and_padding_are_never_touched) {
  for (const std::string_view name : layout_names())
    for (const auto &size : kSizes) {
      const Geometry g = geometry_of(name, size.width, size.height);
      const TestPicture before(g, patch_at(0.5, 0.5));
      Engine engine;
      configure(engine, g);
      for (const EffectInfo &effect : effects()) {
        TestPicture picture = before;
        engine.reset();
        const Picture p = picture.picture();
        engine.process(p, &p, 0, with(effect.name, 1));
        picture.check_protected();
        // The first frame is what freeze holds, and grey has no colour to lose.
        const bool leaves_it = std::strcmp(effect.name, "freeze") == 0 || (g.layout->components == 1 && std::strcmp(effect.name, "desaturate") == 0);
        ck_assert(leaves_it == (picture == before));
      }
    }
}
END_TEST

/// The code of a component at a pixel, between samples where they are fewer than pixels.
double code_between(const Geometry &g, TestPicture &picture, const Component &k, int x, int y) {
  const auto at = [](int pixel, int shift, int samples) { return std::clamp((pixel + 0.5) / (1 << shift) - 0.5, 0.0, samples - 1.0); };
  const double u = at(x, k.shift_x, k.columns(g.width));
  const double v = at(y, k.shift_y, k.lines(g.height));
  const int left = static_cast<int>(u), right = std::min(left + 1, k.columns(g.width) - 1);
  const int top = static_cast<int>(v), bottom = std::min(top + 1, k.lines(g.height) - 1);
  const auto across = [&](int row) {
    return picture.code_at(k, left, row) + (picture.code_at(k, right, row) - picture.code_at(k, left, row)) * (u - left);
  };
  return across(top) + (across(bottom) - across(top)) * (v - top);
}

/// The Y, Cb and Cr that a picture shows at a pixel, as Y444 has them.
std::array<double, 3> shown_at(const Geometry &g, TestPicture &picture, int x, int y) {
  const Colorimetry &c = g.colorimetry;
  std::array<double, 3> v{};
  for (int i = 0; i < g.layout->components; i++) {
    const Component &k = g.layout->component[i];
    if (const int slot = colour_slot(k.role); slot >= 0)
      v[slot] = code_between(g, picture, k, x, y);
  }
  if (g.layout->is_rgb()) {
    for (double &code : v)
      code = (code - c.luma_offset) / c.luma_scale;
    const double luma = c.kr * v[0] + (1 - c.kr - c.kb) * v[1] + c.kb * v[2];
    v = {luma, (v[2] - luma) / (2 * (1 - c.kb)), (v[0] - luma) / (2 * (1 - c.kr))};
  } else {
    v = {(v[0] - c.luma_offset) / c.luma_scale, (v[1] - c.chroma_offset) / c.chroma_scale, (v[2] - c.chroma_offset) / c.chroma_scale};
  }
  return {std::round(16 + 219 * v[0]), std::round(128 + 224 * v[1]), std::round(128 + 224 * v[2])};
}

/// Fine luma, with the grain that pictures have, and smooth chroma, which subsampling does not change.
Rgb soft_colours(double x, double y) {
  const auto blob = [&](double cx, double cy, double size) {
    return std::exp(-((x - cx) * (x - cx) + (y - cy) * (y - cy)) / (2 * size * size));
  };
  const double thing = blob(0.42, 0.45, 0.06);
  const double other = blob(0.75, 0.7, 0.1);
  const bool check = (static_cast<int>(x * 80) + static_cast<int>(y * 45)) % 2 != 0;
  const double grain = std::sin(x * 7919) * std::sin(y * 6007 + x * 331) * 0.02;
  const double light = 0.35 + 0.1 * x + grain + (thing > 0.3 && check ? 0.2 : 0);
  return {light + 0.2 * thing - 0.05 * other, light - 0.1 * thing, light - 0.15 * thing + 0.1 * other};
}

START_TEST(every_layout_looks_the_same) {
  constexpr int kWidth = 960, kHeight = 540;
  std::vector<Rgb> pixels;  // the scene, worked out once
  for (int i = 0; i < kWidth * kHeight; i++)
    pixels.push_back(soft_colours((i % kWidth + 0.5) / kWidth, (i / kWidth + 0.5) / kHeight));
  const Scene scene = [&](double x, double y) {
    // The corners of a pixel, where subsampled chroma lies, have the mean of the four around them.
    constexpr double kRounding = 1e-6;
    const double u = x * kWidth + kRounding, v = y * kHeight + kRounding;
    const int right = std::min(static_cast<int>(u), kWidth - 1), left = static_cast<int>(u - 0.5);
    const int bottom = std::min(static_cast<int>(v), kHeight - 1), top = static_cast<int>(v - 0.5);
    Rgb mean{};
    for (const int at : {top * kWidth + left, top * kWidth + right, bottom * kWidth + left, bottom * kWidth + right}) {
      mean.r += pixels[at].r / 4;
      mean.g += pixels[at].g / 4;
      mean.b += pixels[at].b / 4;
    }
    return mean;
  };
  std::vector<uint8_t> grid;
  std::vector<std::array<double, 3>> expected;
  std::vector<std::string_view> names = layout_names();
  std::swap(names.front(), *std::find(names.begin(), names.end(), "Y444"));  // which the others are compared with
  for (const std::string_view name : names) {
    const Geometry g = geometry_of(name, kWidth, kHeight, 32, 18);
    if (g.layout->components == 1)
      continue;  // sees no colour
    TestPicture picture(g, scene);
    Engine engine;
    configure(engine, g);
    const Picture p = picture.picture();
    Settings settings = with("dim", 0.7);
    settings.recombine.effects |= find_effect("desaturate");
    engine.process(p, &p, 0, settings);
    int weights = 0;
    double codes = 0;
    if (grid.empty())
      grid = grid_of(engine);
    for (size_t i = 0; i < grid.size(); i++)
      weights = std::max(weights, std::abs(engine.result().grid[i] - grid[i]));
    const bool first = expected.empty();
    size_t at = 0;
    for (int y = 0; y < g.height; y++)
      for (int x = y % 3; x < g.width; x += 3) {
        const auto v = shown_at(g, picture, x, y);
        if (first)
          expected.push_back(v);
        for (int s = 0; s < 3; s++)
          codes = std::max(codes, std::fabs(v[s] - expected[at][s]));
        at++;
      }
    if (weights > 1 || codes > 2)
      ck_abort_msg("%s: weights differ by %d/255, pixels by %g codes", std::string(name).c_str(), weights, codes);
  }
}
END_TEST

START_TEST(grey_and_luma_agree) {
  const Scene grey = [](double x, double y) -> Rgb {
    const double v = patch_at(0.6, 0.4)(x, y).g;
    return {v, v, v};
  };
  const Geometry gray8 = geometry_of("GRAY8", 385, 289);
  Geometry i420 = geometry_of("I420", 385, 289);
  i420.colorimetry = gray8.colorimetry;
  TestPicture a(gray8, grey);
  TestPicture b(i420, grey);
  Engine engine_a, engine_b;
  configure(engine_a, gray8);
  configure(engine_b, i420);
  const Picture pa = a.picture();
  const Picture pb = b.picture();
  engine_a.process(pa, &pa, 0, with("dim", 0.7));
  engine_b.process(pb, &pb, 0, with("dim", 0.7));
  ck_assert(grid_of(engine_a) == grid_of(engine_b));
  for (int y = 0; y < 289; y++)
    ck_assert_mem_eq(a.sample(Role::kY, 0, y), b.sample(Role::kY, 0, y), 385);
}
END_TEST

// out = w'·x + (1 − w')·t with w' = 1 − strength · (1 − w), for every pixel; w comes from effect=map.
START_TEST(dim_obeys_the_equation) {
  const Geometry g = geometry_of("GRAY8", 320, 180);
  const Scene scene = patch_at(0.5, 0.5);
  for (const double strength : {0.25, 0.7, 1.0}) {
    TestPicture x(g, scene), map(g, scene), out(g, scene);
    Engine engine;
    configure(engine, g);
    const Picture pm = map.picture();
    engine.process(pm, &pm, kNoTime, with("map", 1));
    Settings settings = with("dim", strength);
    settings.recombine.background = 0xff808080;
    const Picture po = out.picture();
    engine.process(po, &po, kNoTime, settings);
    for (int y = 0; y < g.height; y++)
      for (int i = 0; i < g.width; i++) {
        const double w = *map.sample(Role::kY, i, y) / 255.0;
        const double keep = 1 - strength * (1 - w);
        const double expected = keep * *x.sample(Role::kY, i, y) + (1 - keep) * 128;
        if (std::fabs(*out.sample(Role::kY, i, y) - expected) > 1.1)
          ck_abort_msg("(%d, %d) is %d, not %g", i, y, *out.sample(Role::kY, i, y), expected);
      }
  }
}
END_TEST

START_TEST(dim_takes_black_from_the_range) {
  for (const char *name : {"I420", "RGB"}) {
    Geometry g = geometry_of(name, 320, 180);
    g.crop_left = 160;
    TestPicture picture(g, patch_at(0.75, 0.5));
    Engine engine;
    configure(engine, g);
    const Picture p = picture.picture();
    engine.process(p, &p, 0, with("dim", 1));
    ck_assert_uint_eq(*picture.sample(g.layout->is_rgb() ? Role::kG : Role::kY, 3, 3), g.colorimetry.luma_offset);
    if (!g.layout->is_rgb())
      ck_assert_uint_eq(*picture.sample(Role::kCb, 3, 3), 128);
  }
}
END_TEST

START_TEST(desaturate_keeps_luma) {
  Geometry g = geometry_of("RGB", 64, 64);
  g.crop_left = 32;
  TestPicture picture(g, [](double, double) -> Rgb { return {0.8, 0.4, 0.2}; });
  Engine engine;
  configure(engine, g);
  const Picture p = picture.picture();
  engine.process(p, &p, 0, with("desaturate", 1));
  const auto luma = static_cast<int>(std::lround(0.299 * 204 + 0.587 * 102 + 0.114 * 51));
  for (const Role role : {Role::kR, Role::kG, Role::kB})
    ck_assert_int_eq(*picture.sample(role, 2, 2), luma);
}
END_TEST

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

START_TEST(regions_are_where_the_things_are) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  TestPicture picture(g, [](double x, double y) { return x < 0.5 ? patch_at(0.25, 0.5)(x, y) : patch_at(0.75, 0.5)(x, y); });
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
  ck_assert_double_eq_tol(corner_after(200'000'000) / goal, 1 - std::exp(-1.0), 0.03);
  ck_assert_double_eq_tol(corner_after(400'000'000) / goal, 1 - std::exp(-2.0), 0.03);
}
END_TEST

namespace {

/// Checks that weights and the first region of a still scene hold still under sensor noise (σ = 4 of 255), in pixels of effect=map.
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

namespace {

/// A textured ground that has moved by `shift` of the width.
Scene ground(double shift) {
  return [=](double x, double y) -> Rgb {
    const double v = 0.45 + 0.12 * std::sin(40 * (x + shift) + 3 * std::sin(17 * y)) + 0.1 * std::sin(31 * y + 2 * std::sin(23 * (x + shift)));
    return {v, v, v};
  };
}

/// The ground with a patch on it.
Scene patch_on(const Scene &ground, double cx, double cy, double size = 0.06) {
  return [=](double x, double y) { return std::fabs(x - cx) < size && std::fabs(y - cy) < size ? patch_at(cx, cy, size)(x, y) : ground(x, y); };
}

int weight_at(const Engine &engine, double x, double y) {
  const Result &r = engine.result();
  return r.grid[static_cast<int>(y * r.rows) * r.columns + static_cast<int>(x * r.columns)];
}

}  // namespace

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
  for (int i = 0; i < 50; i++)
    analyse(engine, with_patch, frame++ * kFrame), weight.push_back(weight_at(engine, 0.3, 0.4));
  // The frame in which it appears is the first; 250 ms after it is the seventh.
  ck_assert_int_gt(weight.back(), 100);
  ck_assert_double_ge(weight[6], 0.9 * weight.back());
}
END_TEST

START_TEST(a_cut_takes_one_frame) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  TestPicture one(g, patch_on(ground(0), 0.25, 0.4));
  TestPicture other(g, [](double x, double y) { return y > 0.7 || x < 0.2 ? Rgb{0.05, 0.1, 0.05} : patch_at(0.7, 0.5, 0.1)(x, y); });
  Engine fresh;
  configure(fresh, g);
  analyse(fresh, other, 0);
  const auto after_cut = [&](SceneCut cut) {
    Engine engine;
    configure(engine, g);
    Settings settings;
    settings.partition.scene_cut = cut;
    settings.weigh.lightning_threshold = 1;
    for (int frame = 0; frame < 5; frame++)
      analyse(engine, one, frame * kFrame, settings);
    analyse(engine, other, 5 * kFrame, settings);
    return grid_of(engine);
  };
  ck_assert(after_cut(SceneCut::kReset) == grid_of(fresh));
  ck_assert(after_cut(SceneCut::kEase) != grid_of(fresh));
  ck_assert(after_cut(SceneCut::kIgnore) != grid_of(fresh));
  ck_assert(after_cut(SceneCut::kIgnore) != after_cut(SceneCut::kEase));
}
END_TEST

START_TEST(a_cut_is_told) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  TestPicture one(g, patch_on(ground(0), 0.25, 0.4));
  TestPicture other(g, [](double x, double y) { return y > 0.7 || x < 0.2 ? Rgb{0.05, 0.1, 0.05} : patch_at(0.7, 0.5, 0.1)(x, y); });
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

START_TEST(cues_are_in_the_order_of_their_table) {
  const std::array<const char *, 5> names = {"figure-ground", "detail", "contrast", "motion", "centre"};
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
      for (int y = 200; y < 250; y++)
        for (int x = 0; x < 50; x++)
          *picture.sample(Role::kY, 150 + 6 * frame + x, y) = static_cast<uint8_t>(100 + square_noise() % 50);
      analyse(engine, picture, frame * kFrame, settings);
      if (frame < 15)
        continue;
      const int x = 175 + 6 * frame;
      const Result &r = engine.result();
      const auto *on_square = std::find_if(r.regions, r.regions + r.region_count, [x](const RegionOfInterest &region) {
        return region.x <= x && x < region.x + region.width && region.y <= 225 && 225 < region.y + region.height;
      });
      ck_assert_msg(on_square != r.regions + r.region_count, "no region holds the square in frame %d", frame);
      ck_assert_float_gt(on_square->cues[kMotion], 0.5F);
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
    for (int frame = 0; frame < 10; frame++)
      analyse(engine, picture, frame * kFrame, settings);
    ck_assert_int_ge(engine.result().region_count, 1);
    const RegionOfInterest &first = engine.result().regions[0];
    ck_assert_int_le(first.x, 224);
    ck_assert_int_ge(first.x + first.width, 224);
    ck_assert_float_eq(first.cues[kMotion], 0.0F);
    ck_assert_float_gt(first.cues[kFigureGround], 0.25F);
    ck_assert_double_eq_tol(magnitude_of(first), 1, 1e-4);
    if (fusion == Fusion::kProduct)
      ck_assert_float_eq(first.cues[kContrast], 0.0F);
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

START_TEST(a_uniform_frame_is_explained_by_the_centre) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  TestPicture picture(g, [](double, double) { return Rgb{0.5, 0.5, 0.5}; });
  for (const Fusion fusion : {Fusion::kLearned, Fusion::kProduct}) {
    Settings settings;
    settings.weigh.fusion = fusion;
    Engine engine;
    configure(engine, g);
    analyse(engine, picture, 0, settings);
    ck_assert_int_eq(engine.result().region_count, 1);
    ck_assert_float_gt(engine.result().regions[0].cues[kCentre], 0.99F);
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
    ck_assert_float_gt(std::fabs(engine.result().regions[0].cues[kDetail] - expected.cues[kDetail]), 0.1F);
    for (const Nanoseconds end = time + 50 * kFrame; time < end;)
      analyse(engine, after, time += step, settings);
    for (int c = 0; c < 5; c++)
      ck_assert_float_eq_tol(engine.result().regions[0].cues[c], expected.cues[c], 0.02F);
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
        *picture.sample(Role::kY, x, y) = y < 50 || y >= 310 ? 0 : static_cast<uint8_t>(*picture.sample(Role::kY, x, y) + random() % 5);
    analyse(engine, picture, frame * kFrame, settings);
  }
  for (int i = 0; i < engine.result().region_count; i++)
    ck_assert_float_lt(engine.result().regions[i].cues[kMotion], 0.05F);
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
  ck_assert_int_ge(pooled(1), plain + 30);
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

START_TEST(background_color_is_red_green_blue) {
  Geometry g = geometry_of("BGRx", 64, 64);
  g.crop_left = 32;
  TestPicture picture(g, patch_at(0.75, 0.5));
  Engine engine;
  configure(engine, g);
  Settings settings = with("dim", 1);
  settings.recombine.background = 0xff204080;
  const Picture p = picture.picture();
  engine.process(p, &p, 0, settings);
  ck_assert_uint_eq(*picture.sample(Role::kR, 1, 1), 0x20);
  ck_assert_uint_eq(*picture.sample(Role::kG, 1, 1), 0x40);
  ck_assert_uint_eq(*picture.sample(Role::kB, 1, 1), 0x80);
}
END_TEST

START_TEST(heatmap_is_hot_at_the_peak_and_leaves_the_rest) {
  const Geometry g = geometry_of("RGB", 320, 180);
  TestPicture picture(g, patch_at(0.5, 0.5));
  TestPicture before = picture;
  Engine engine;
  configure(engine, g);
  const Picture p = picture.picture();
  engine.process(p, &p, 0, with("heatmap", 1));
  const int x = static_cast<int>(engine.result().peak_x * 320);
  const int y = static_cast<int>(engine.result().peak_y * 180);
  ck_assert_uint_ge(*picture.sample(Role::kR, x, y), 245);
  ck_assert_uint_ge(*picture.sample(Role::kG, x, y), 220);
  ck_assert_uint_le(*picture.sample(Role::kB, x, y), 170);
  ck_assert_int_le(std::abs(*picture.sample(Role::kG, 2, 2) - *before.sample(Role::kG, 2, 2)), 12);
}
END_TEST

START_TEST(a_heatmap_of_motion_shows_what_moves) {
  const Geometry g = geometry_of("RGB", 320, 180);
  Settings settings = with("heatmap", 1);
  settings.weigh.heatmap_of = kMotion;
  Engine engine;
  configure(engine, g);
  for (int frame = 0; frame < 12; frame++) {
    // It stands still, then it walks.
    const double at = 0.3 + 0.02 * std::max(frame - 5, 0);
    TestPicture picture(g, patch_on(ground(0), at, 0.6, 0.05));
    TestPicture before = picture;
    const Picture p = picture.picture();
    engine.process(p, &p, frame * kFrame, settings);
    // The greatest change in a box around (x, y).
    const auto change = [&](double x, double y) {
      int greatest = 0;
      for (int row = static_cast<int>((y - 0.08) * 180); row < (y + 0.08) * 180; row++)
        for (int column = static_cast<int>((x - 0.05) * 320); column < (x + 0.05) * 320; column++)
          greatest = std::max(greatest, std::abs(*picture.sample(Role::kB, column, row) - *before.sample(Role::kB, column, row)));
      return greatest;
    };
    if (frame < 6) {
      ck_assert(picture == before);
    } else if (frame > 8) {
      ck_assert_int_ge(change(at, 0.6), 60);
      ck_assert_int_le(change(0.9, 0.1), 3);
    }
  }
}
END_TEST

// A constant picture is its own low-passed picture and its own mosaic, up to the last sample of odd sizes.
START_TEST(blur_and_pixelate_keep_a_constant) {
  for (const std::string_view name : layout_names())
    for (const char *effect : {"blur", "pixelate"})
      for (const int crop : {0, 50}) {
        Geometry g = geometry_of(name, 193, 145);
        g.crop_left = crop;
        TestPicture picture(g, [](double, double) -> Rgb { return {0.7, 0.3, 0.6}; });
        TestPicture before = picture;
        Engine engine;
        configure(engine, g);
        const Picture p = picture.picture();
        engine.process(p, &p, 0, with(effect, 1));
        ck_assert_msg(picture == before, "%s changes %s", effect, std::string(name).c_str());
      }
}
END_TEST

START_TEST(blur_takes_detail_from_what_nobody_looks_at) {
  const Geometry g = geometry_of("GRAY8", 320, 180);
  const Scene scene = patch_on(ground(0), 0.3, 0.4);
  const auto variation = [](TestPicture &picture, int left, int top) {
    double sum = 0;
    for (int y = top; y < top + 20; y++)
      for (int x = left; x < left + 20; x++)
        sum += std::abs(*picture.sample(Role::kY, x + 1, y) - *picture.sample(Role::kY, x, y));
    return sum;
  };
  TestPicture before(g, scene);
  for (const double radius : {0.02, 0.1, 0.5}) {
    TestPicture picture(g, scene);
    Engine engine;
    configure(engine, g);
    Settings settings = with("blur", 1);
    settings.recombine.blur_radius = radius;
    const Picture p = picture.picture();
    engine.process(p, &p, 0, settings);
    ck_assert_double_lt(variation(picture, 290, 150), 0.95 * variation(before, 290, 150));
    ck_assert_double_gt(variation(picture, 86, 62), 0.5 * variation(before, 86, 62));
  }
}
END_TEST

START_TEST(gamma_and_background_weight_shape_the_weights) {
  const Geometry g = geometry_of("GRAY8", 320, 180);
  const auto map_with = [&](double gamma, double floor) {
    TestPicture picture(g, patch_at(0.5, 0.5));
    Engine engine;
    configure(engine, g);
    Settings settings = with("map", 1);
    settings.recombine.gamma = gamma;
    settings.recombine.background_weight = floor;
    const Picture p = picture.picture();
    engine.process(p, &p, 0, settings);
    return picture.plane(0);
  };
  const std::vector<uint8_t> plain = map_with(1, 0);
  const std::vector<uint8_t> soft = map_with(0.5, 0);
  const std::vector<uint8_t> raised = map_with(1, 0.5);
  const Colorimetry &c = g.colorimetry;
  const auto weight = [&](uint8_t code) { return static_cast<double>(code - c.luma_offset) / c.luma_scale; };
  for (int y = 0; y < 180; y++)
    for (int x = 0; x < 320; x++) {
      const size_t i = static_cast<size_t>(y) * (320 + 13) + x;
      if (weight(soft[i]) < weight(plain[i]) - 0.01 || std::fabs(weight(raised[i]) - (0.5 + 0.5 * weight(plain[i]))) > 0.01)
        ck_abort_msg("(%d, %d): %d becomes %d and %d", x, y, plain[i], soft[i], raised[i]);
    }
}
END_TEST

// Noise on a still ground: what is frozen is the same to the bit; what truly changes is let through, and so is what people look at.
START_TEST(freeze_holds_what_nobody_looks_at) {
  const Geometry g = geometry_of("I420", 640, 360);
  std::mt19937 random(1);
  std::normal_distribution<double> noise(0, 2.0 / 255);
  bool lamp = false;
  const Scene scene = [&](double x, double y) -> Rgb {
    Rgb v = patch_on(ground(0), 0.4, 0.5)(x, y);
    if (lamp && x > 0.93 && y > 0.9)
      v = {0.9, 0.9, 0.9};
    const double n = noise(random);
    return {std::clamp(v.r + n, 0.0, 1.0), std::clamp(v.g + n, 0.0, 1.0), std::clamp(v.b + n, 0.0, 1.0)};
  };
  Engine engine;
  configure(engine, g);
  const Settings settings = with("freeze", 1);
  const auto corner = [&](TestPicture &picture, int x, int y) {
    std::vector<uint8_t> bytes;
    for (int v = 0; v < 16; v++)
      bytes.insert(bytes.end(), picture.sample(Role::kY, x, y + v), picture.sample(Role::kY, x, y + v) + 16);
    return bytes;
  };
  std::vector<uint8_t> held, held_far;
  for (int frame = 0; frame < 12; frame++) {
    lamp = frame >= 6;
    TestPicture picture(g, scene);
    TestPicture before = picture;
    const Picture p = picture.picture();
    engine.process(p, &p, frame * kFrame, settings);
    if (frame == 0)
      ck_assert(picture == before);
    // The lamp comes on and is let through.
    const std::vector<uint8_t> now = corner(picture, 624, 336);
    if (frame > 0 && frame < 6)
      ck_assert_msg(now == held, "frame %d", frame);
    if (frame == 6)
      ck_assert(now == corner(before, 624, 336));
    held = now;
    if (frame > 0)
      ck_assert(corner(picture, 16, 336) == held_far);
    held_far = corner(picture, 16, 336);
    // Where people look, the video goes on.
    ck_assert(corner(picture, 248, 176) == corner(before, 248, 176));
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

// A camera that pans over a thing, analysed at each fourth frame: the weights go with the camera in between.
START_TEST(weights_go_with_the_camera_between_analyses) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  const Scene ground = [](double x, double y) -> Rgb {
    const double v = 0.4 + 0.07 * (std::sin(x * 17 + y * 25) + std::sin(y * 23 - x * 9) + std::sin(x * 29 + 1));
    return {v, v, v};
  };
  Settings settings;
  settings.pace.interval = 4 * kFrame;
  settings.weigh.attack = settings.weigh.release = 0;
  Engine engine;
  configure(engine, g);
  int analysed = 0;
  std::vector<float> peaks;
  for (int frame = 0; frame < 12; frame++) {
    const double shift = 0.012 * frame;
    TestPicture picture(g, [&](double x, double y) { return std::fabs(x - 0.3 - shift) < 0.05 && std::fabs(y - 0.5) < 0.08
        ? patch_at(0.3, 0.5)(x - shift, y) : ground(x - shift, y); });
    analyse(engine, picture, frame * kFrame, settings);
    ck_assert_int_eq(engine.result().analysed, frame % 4 == 0);
    analysed += engine.result().analysed ? 1 : 0;
    for (int stage = 0; stage < kStageCount; stage++)
      ck_assert(engine.result().times[stage] >= 0);
    ck_assert((engine.result().times[static_cast<int>(Stage::kPreprocess)] > 0) == engine.result().analysed);
    peaks.push_back(engine.result().peak_x);
  }
  ck_assert_int_eq(analysed, 3);
  // 0.036 in three frames; a peak that stood still would be 0.
  ck_assert_double_eq_tol(peaks[11] - peaks[8], 0.036, 0.012);
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

START_TEST(analysis_keeps_to_its_time) {
  const Geometry g = geometry_of("I420", 640, 360);
  TestPicture picture(g, patch_at(0.5, 0.5));
  const auto analysed = [&](Nanoseconds most) {
    Settings settings;
    settings.pace.most_time = most;
    Engine engine;
    configure(engine, g);
    int count = 0;
    for (int frame = 0; frame < 130; frame++) {
      analyse(engine, picture, frame * kFrame, settings);
      count += engine.result().analysed ? 1 : 0;
    }
    return count;
  };
  ck_assert_int_eq(analysed(0), 130);
  ck_assert_int_eq(analysed(Nanoseconds{1'000'000'000}), 130);
  const int fewest = analysed(1);
  ck_assert_msg(fewest >= 2 && fewest <= 5, "%d of 130", fewest);
}
END_TEST

START_TEST(threads_change_no_bit) {
  for (const char *name : {"I420", "YUY2", "BGRx", "GBR", "P010_10LE", "A420"})
    for (const auto &size : kSizes) {
      const Geometry g = geometry_of(name, size.width, size.height);
      std::vector<TestPicture> shown;
      for (const int threads : {1, 2, 3, 7}) {
        Settings settings = everything();
        settings.threads = threads;
        Engine engine;
        ck_assert(engine.configure(g, settings).is_ok());
        TestPicture picture(g, patch_at(0.4, 0.5));
        const Picture p = picture.picture();
        for (Nanoseconds time = 0; time < 3 * kFrame; time += kFrame)
          engine.process(p, &p, time, settings);
        shown.push_back(picture);
        ck_assert_msg(shown.back() == shown.front(), "%s of %d x %d px with %d threads", name, g.width, g.height, threads);
      }
    }
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

START_TEST(reset_forgets) {
  const Geometry g = geometry_of("I420", 320, 180, 16, 9);
  TestPicture a(g, patch_at(0.2, 0.3));
  TestPicture b(g, patch_at(0.7, 0.6));
  Engine fresh, used;
  configure(fresh, g);
  configure(used, g);
  analyse(fresh, b, 0);
  analyse(used, a, 0);
  analyse(used, a, kFrame);
  used.reset();
  analyse(used, b, 2 * kFrame);
  ck_assert(grid_of(fresh) == grid_of(used));
}
END_TEST

START_TEST(process_allocates_nothing) {
  for (const char *name : {"I420", "BGRA", "YUY2"}) {
    const Geometry g = geometry_of(name, 960, 540, 32, 18);
    std::vector<TestPicture> pictures;
    for (int i = 0; i < 8; i++)
      pictures.emplace_back(g, patch_at(0.2 + 0.07 * i, 0.5));
    Engine engine;
    configure(engine, g);
    Settings settings;
    for (size_t e = 0; e < effects().size(); e++)
      settings.recombine.effects |= 1U << e;
    settings.weigh.heatmap_of = kMotion;
    const int before = allocations;
    for (size_t i = 0; i < pictures.size(); i++) {
      const Picture p = pictures[i].picture();
      engine.process(p, &p, static_cast<Nanoseconds>(i) * kFrame, settings);
    }
    ck_assert_int_eq(allocations, before);
  }
}
END_TEST

START_TEST(what_cannot_work_gets_a_sentence) {
  const auto sentence = [](const Geometry &g) {
    Engine engine;
    const Status status = engine.configure(g, Settings());
    ck_assert(!status.is_ok());
    return std::string(status.message());
  };
  const auto has = [](const std::string &text, const char *part) {
    ck_assert_msg(text.find(part) != std::string::npos, "'%s' is missing in '%s'", part, text.c_str());
  };
  Geometry g = geometry_of("I420", 320, 180);
  g.crop_left = 200;
  g.crop_right = 120;
  has(sentence(g), "crop-left=200");
  has(sentence(g), "320 px wide");
  g = geometry_of("I420", 320, 180);
  g.crop_top = 180;
  has(sentence(g), "crop-top=180");
  g.crop_top = -1;
  has(sentence(g), "margin of -1 px");
  g = geometry_of("I420", 320, 180);
  g.analysis_height = 31;
  has(sentence(g), "analysis-height=31");
  g = geometry_of("I420", 16, 16, 32, 18);
  g.pooled = true;
  has(sentence(g), "region-columns=32");
  g = geometry_of("I420", 320, 180, 0, 18);
  has(sentence(g), "region-columns=0");
  g = geometry_of("I420", 8193, 180);
  has(sentence(g), "8193");
}
END_TEST

// What does not fit the frame is brought to what does, and said.
START_TEST(what_does_not_fit_is_brought_to_what_does) {
  const auto fitted = [](Geometry g, const char *part) {
    const Status status = fit(g);
    ck_assert_msg(!status.is_ok() && std::strstr(status.message(), part) != nullptr, "'%s' is missing in '%s'", part, status.message());
    Engine engine;
    ck_assert(engine.configure(g, Settings()).is_ok());
    TestPicture picture(g, patch_at(0.5, 0.5));
    analyse(engine, picture, 0);
    return g;
  };
  Geometry g = geometry_of("I420", 320, 180);
  ck_assert(fit(g).is_ok());
  g.crop_left = g.crop_right = 200;
  Geometry f = fitted(g, "crop-left=200 and crop-right=200");
  ck_assert(f.crop_left == 152 && f.crop_right == 152);
  f.crop_left = g.crop_left;
  f.crop_right = 0;
  ck_assert(fit(f).is_ok() && f.crop_left == 200);
  g.crop_left = 0;
  g.crop_right = 320;
  ck_assert_int_eq(fitted(g, "320 px wide").crop_right, 304);
  g = geometry_of("I420", 17, 16);
  g.crop_top = g.crop_bottom = 8192;
  ck_assert_int_eq(fitted(g, "crop-top=8192").crop_height(), 16);
  g = geometry_of("I420", 320, 180);
  g.analysis_height = 1;
  ck_assert_int_eq(fitted(g, "analysis-height=1").analysis_height, kLeastAnalysisHeight);
  g = geometry_of("I420", 320, 180, 256, 64);
  g.analysis_height = 32;
  fitted(g, "region-rows=64");
}
END_TEST

int main() {
  return run_suite("core engine",
                   {strength_0_is_bit_exact_in_every_layout, alpha_and_padding_are_never_touched,
                    every_layout_looks_the_same, grey_and_luma_agree, dim_obeys_the_equation,
                    dim_takes_black_from_the_range, desaturate_keeps_luma, outside_of_the_crop_weighs_nothing,
                    a_uniform_frame_gives_the_centre, pooling_keeps_a_constant, region_attention_sums_to_1,
                    regions_are_where_the_things_are, a_moving_thing_keeps_its_identity, weights_follow_in_stream_time,
                    reset_forgets, colour_holds_still_under_sensor_noise, grey_holds_still_under_sensor_noise, bars_blacker_than_black_do_not_move, what_appears_is_seen_within_250_ms, a_cut_takes_one_frame, a_cut_is_told,
                    light_is_not_motion, a_moving_camera_is_not_motion_and_a_moving_thing_is, motion_does_not_depend_on_the_frame_rate,
                    cues_are_in_the_order_of_their_table, a_moving_square_on_still_noise_is_explained_by_motion,
                    a_still_disc_of_another_colour_is_not_explained_by_motion, the_edge_speaks_against_a_thing_and_the_middle_for_it,
                    a_uniform_frame_is_explained_by_the_centre, shares_of_cues_go_with_the_picture,
                    pooling_follows_the_weights,
                    pooled_chroma_stays_with_its_pixels, pooling_fills_the_spare_byte, background_color_is_red_green_blue,
                    heatmap_is_hot_at_the_peak_and_leaves_the_rest, a_heatmap_of_motion_shows_what_moves, blur_and_pixelate_keep_a_constant,
                    blur_takes_detail_from_what_nobody_looks_at, gamma_and_background_weight_shape_the_weights,
                    freeze_holds_what_nobody_looks_at, identities_outlive_the_geometry, weights_go_with_the_camera_between_analyses,
                    identities_hold_between_analyses, analysis_keeps_to_its_time, threads_change_no_bit, both_fusions_find_the_patch,
                    process_allocates_nothing, what_cannot_work_gets_a_sentence, what_does_not_fit_is_brought_to_what_does},
                   120);
}
