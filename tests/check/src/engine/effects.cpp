// SPDX-License-Identifier: LGPL-2.1-or-later
// Each effect, through the door.
#include <cstring>

#include "../clips.h"

using namespace attention;

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
        const bool leaves_it = std::strcmp(effect.name, "freeze") == 0 ||
                               (g.layout->components == 1 && std::strcmp(effect.name, "desaturate") == 0);
        ck_assert(leaves_it == (picture == before));
      }
    }
}
END_TEST

/// The code of a component at a pixel, between samples where they are fewer than pixels.
double code_between(const Geometry &g, TestPicture &picture, const Component &k, int x, int y) {
  const auto at = [](int pixel, int shift, int samples) {
    return std::clamp((pixel + 0.5) / (1 << shift) - 0.5, 0.0, samples - 1.0);
  };
  const double u = at(x, k.shift_x, k.columns(g.width));
  const double v = at(y, k.shift_y, k.lines(g.height));
  const int left = static_cast<int>(u), right = std::min(left + 1, k.columns(g.width) - 1);
  const int top = static_cast<int>(v), bottom = std::min(top + 1, k.lines(g.height) - 1);
  const auto across = [&](int row) {
    return picture.code_at(k, left, row) +
           (picture.code_at(k, right, row) - picture.code_at(k, left, row)) * (u - left);
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
    v = {(v[0] - c.luma_offset) / c.luma_scale, (v[1] - c.chroma_offset) / c.chroma_scale,
         (v[2] - c.chroma_offset) / c.chroma_scale};
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
  // What chroma without colour leaves of rounding may tip a code.
  for (int y = 0; y < 289; y++)
    for (int x = 0; x < 385; x++)
      ck_assert_int_le(std::abs(*a.sample(Role::kY, x, y) - *b.sample(Role::kY, x, y)), 1);
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
    settings.recombine.gamma = 1;
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
          greatest = std::max(greatest,
                              std::abs(*picture.sample(Role::kB, column, row) - *before.sample(Role::kB, column, row)));
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

// More of the weight lies on the thing, and less around it.
START_TEST(weights_are_completed_over_the_thing) {
  const Geometry g = geometry_of("I420", 320, 180);
  const auto share_on_thing = [&](MapRefine refine) {
    Settings settings = with("map", 1);
    settings.recombine.map_refine = refine;
    Engine engine;
    configure(engine, g);
    double on = 0, all = 0;
    for (int frame = 0; frame < 20; frame++) {
      const double at = 0.3 + 0.01 * frame;
      TestPicture picture(g, patch_on(ground(0), at, 0.5, 0.12));
      const Picture p = picture.picture();
      engine.process(p, &p, frame * kFrame, settings);
      for (int y = 0; y < 180 && frame == 19; y++)
        for (int x = 0; x < 320; x++) {
          const double w = picture.code_at(Role::kY, x, y) - g.colorimetry.luma_offset;
          all += w;
          on += std::fabs((x + 0.5) / 320 - at) < 0.12 && std::fabs((y + 0.5) / 180 - 0.5) < 0.12 ? w : 0;
        }
    }
    return on / all;
  };
  ck_assert_double_lt(1 - share_on_thing(MapRefine::kObject), 0.7 * (1 - share_on_thing(MapRefine::kNone)));
}
END_TEST

START_TEST(gamma_and_background_weight_shape_the_weights) {
  const Geometry g = geometry_of("GRAY8", 320, 180);
  const TestPicture before(g, patch_at(0.5, 0.5));
  const auto with_shape = [&](const char *effect, double gamma, double floor) {
    TestPicture picture = before;
    Engine engine;
    configure(engine, g);
    Settings settings = with(effect, 1);
    settings.recombine.gamma = gamma;
    settings.recombine.background_weight = floor;
    const Picture p = picture.picture();
    engine.process(p, &p, 0, settings);
    return picture.plane(0);
  };
  const std::vector<uint8_t> plain = with_shape("dim", 1, 0);
  const std::vector<uint8_t> soft = with_shape("dim", 0.5, 0);
  const std::vector<uint8_t> raised = with_shape("dim", 1, 0.5);
  const Colorimetry &c = g.colorimetry;
  for (int y = 0; y < 180; y++)
    for (int x = 0; x < 320; x++) {
      const size_t i = static_cast<size_t>(y) * (320 + 13) + x;
      // Dimmed to black, a pixel is its weight times what it was.
      const auto weight = [&](const std::vector<uint8_t> &dimmed) {
        return static_cast<double>(dimmed[i] - c.luma_offset) / (before.plane(0)[i] - c.luma_offset);
      };
      if (weight(soft) < weight(plain) - 0.01 || std::fabs(weight(raised) - (0.5 + 0.5 * weight(plain))) > 0.02)
        ck_abort_msg("(%d, %d): %d becomes %d and %d", x, y, plain[i], soft[i], raised[i]);
    }
  // The map shows the weights as they are.
  const std::vector<uint8_t> map = with_shape("map", 1, 0);
  for (const auto &[gamma, floor] : {std::pair{0.5, 0.0}, std::pair{2.0, 0.0}, std::pair{0.5, 0.5}}) {
    const std::vector<uint8_t> shaped = with_shape("map", gamma, floor);
    for (size_t i = 0; i < map.size(); i++)
      ck_assert_int_le(std::abs(shaped[i] - map[i]), 2);
  }
}
END_TEST

// Noise on a still ground: what is frozen is the same to the bit; what truly changes is let through, and so is what
// people look at.
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

int main() {
  return run_suite(
      "engine/effects",
      {strength_0_is_bit_exact_in_every_layout, alpha_and_padding_are_never_touched, every_layout_looks_the_same,
       grey_and_luma_agree, dim_obeys_the_equation, dim_takes_black_from_the_range, desaturate_keeps_luma,
       background_color_is_red_green_blue, heatmap_is_hot_at_the_peak_and_leaves_the_rest,
       a_heatmap_of_motion_shows_what_moves, blur_and_pixelate_keep_a_constant,
       blur_takes_detail_from_what_nobody_looks_at, weights_are_completed_over_the_thing,
       gamma_and_background_weight_shape_the_weights, freeze_holds_what_nobody_looks_at});
}
