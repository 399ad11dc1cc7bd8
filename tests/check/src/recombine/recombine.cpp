// SPDX-License-Identifier: LGPL-2.1-or-later
// Recombination against the equation itself in double precision, in every layout, to the last bit of its depth.
#include "recombine/recombine.h"

#include <cmath>
#include <random>

#include "../test_picture.h"
#include "preprocess/analysis_sizes.h"
#include "recombine/effects/effect.h"
#include "recombine/overlay.h"

using namespace attention;

namespace {

constexpr double kOneCode = 1.0;

struct Odd {
  int width, height, left, top, right, bottom;
};
constexpr Odd kShapes[] = {{40, 22, 0, 0, 0, 0}, {45, 37, 5, 3, 2, 7}, {16, 17, 0, 0, 0, 0}};

Geometry geometry_of(std::string_view name, const Odd &shape) {
  Geometry g = ::geometry_of(name, shape.width, shape.height);
  g.crop_left = shape.left;
  g.crop_top = shape.top;
  g.crop_right = shape.right;
  g.crop_bottom = shape.bottom;
  return g;
}

/// Weights of all sizes, 0 and 1 among them.
Map any_weights(Size size) {
  Map weights(size);
  std::mt19937 random(7);
  for (float &w : weights)
    w = std::clamp(static_cast<float>(random() % 1201) / 1000.0F - 0.1F, 0.0F, 1.0F);
  return weights;
}

/// Colours of all kinds, edges everywhere.
Rgb any_colours(double x, double y) {
  const auto wave = [](double v) { return v - std::floor(v); };
  return {wave(x * 7.3 + y), wave(y * 5.1 - x * 3), wave(x * 2.7 + y * 11.9)};
}

/// The weight at sample (x, y) of a component, by the book.
double weight_at(const Geometry &g, const Map &map, const Component &k, int x, int y, double outside) {
  const auto position = [](int i, int shift, int px, int begin, int size, int n, bool *out) {
    const double centre = std::min((i + 0.5) * (1 << shift), px - 0.5) - begin;
    *out |= centre < 0 || centre >= size;
    return std::clamp(centre / size * n - 0.5, 0.0, n - 1.0);
  };
  bool is_outside = false;
  const double u = position(x, k.shift_x, g.width, g.crop_left, g.crop_width(), map.width(), &is_outside);
  const double v = position(y, k.shift_y, g.height, g.crop_top, g.crop_height(), map.height(), &is_outside);
  if (is_outside)
    return outside;
  const int left = std::min(static_cast<int>(u), map.width() - 2);
  const int top = std::min(static_cast<int>(v), map.height() - 2);
  const auto at = [&](int column, int row) { return static_cast<double>(map.row(row)[column]); };
  const auto across = [&](int row) { return at(left, row) + (at(left + 1, row) - at(left, row)) * (u - left); };
  return across(top) + (across(top + 1) - across(top)) * (v - top);
}

/// The code that a colour has in a component.
double code_of(const Geometry &g, Role role, Rgb v) {
  const Colorimetry &c = g.colorimetry;
  const double y = c.kr * v.r + (1 - c.kr - c.kb) * v.g + c.kb * v.b;
  const auto luma = [&](double value) { return value * c.luma_scale + c.luma_offset; };
  const auto chroma = [&](double value) { return value * c.chroma_scale + c.chroma_offset; };
  switch (role) {
    case Role::kR:
      return luma(v.r);
    case Role::kG:
      return luma(v.g);
    case Role::kB:
      return luma(v.b);
    case Role::kCb:
      return chroma((v.b - y) / (2 * (1 - c.kb)));
    case Role::kCr:
      return chroma((v.r - y) / (2 * (1 - c.kr)));
    default:
      return luma(y);
  }
}

/// What the target layer of an effect is at sample (x, y) of a component, where that can be said in one line.
double target_at(const Geometry &g, const std::string &effect, TestPicture &before, const Component &k, int x, int y,
                 double w) {
  if (effect == "dim")
    return code_of(g, k.role, {0x33 / 255.0, 0x99 / 255.0, 0x66 / 255.0});
  if (effect == "map")
    return code_of(g, k.role, {w, w, w});
  ck_assert(effect == "desaturate");
  if (k.role == Role::kCb || k.role == Role::kCr)
    return g.colorimetry.chroma_offset;
  if (k.role == Role::kY)
    return before.code_at(k, x, y);
  const Colorimetry &c = g.colorimetry;
  return c.kr * before.code_at(Role::kR, x, y) + (1 - c.kr - c.kb) * before.code_at(Role::kG, x, y) +
         c.kb * before.code_at(Role::kB, x, y);
}

void recombine(const Geometry &g, const Map &weights, const Map *heatmap, TestPicture &picture,
               const RecombineSettings &settings) {
  const AnalysisSizes sizes = AnalysisSizes::choose(g);
  const auto stage = make_recombine(g, sizes.analysis, sizes.map);
  stage->enable(settings, 1);
  Workers workers(1);
  const Picture p = picture.picture();
  stage->run(p, p, {weights, heatmap, Map(sizes.analysis), 0, false}, settings, workers);
}

void recombine(const Geometry &g, const Map &weights, TestPicture &picture, const RecombineSettings &settings) {
  recombine(g, weights, nullptr, picture, settings);
}

void check_equation(const Geometry &g, const Map &weights, const std::string &effect, double strength, double floor) {
  TestPicture before(g, any_colours), after(g, any_colours);
  RecombineSettings settings;
  settings.effects = find_effect(effect);
  settings.strength = strength;
  settings.gamma = 1;
  settings.background = 0xff339966;
  settings.background_weight = floor;
  recombine(g, weights, after, settings);
  after.check_protected();
  if (strength == 0)
    ck_assert(before == after);
  for (int c = 0; c < g.layout->components; c++) {
    const Component &k = g.layout->component[c];
    if (colour_slot(k.role) < 0)
      continue;
    for (int y = 0; y < k.lines(g.height); y++)
      for (int x = 0; x < k.columns(g.width); x++) {
        const double plain = weight_at(g, weights, k, x, y, 0);
        const double w = effect == "map" ? plain : floor + (1 - floor) * plain;
        const double keep = effect == "map" ? (strength > 0 ? 0 : 1) : 1 - strength * (1 - w);
        const double expected = keep * before.code_at(k, x, y) + (1 - keep) * target_at(g, effect, before, k, x, y, w);
        if (std::fabs(after.code_at(k, x, y) - expected) > kOneCode)
          ck_abort_msg("%s of strength %g, %s: component %d at (%d, %d) with weight %g was %d and is %d, not %g",
                       effect.c_str(), strength, std::string(g.layout->name).c_str(), c, x, y, w,
                       before.code_at(k, x, y), after.code_at(k, x, y), expected);
      }
  }
}

}  // namespace

START_TEST(every_layout_obeys_the_equation) {
  for (const std::string_view name : layout_names())
    for (const Odd &shape : kShapes) {
      const Geometry g = geometry_of(name, shape);
      const Map weights = any_weights(AnalysisSizes::choose(g).map);
      for (const char *effect : {"dim", "desaturate", "map"})
        for (const double strength : {0.0, 0.37, 1.0})
          check_equation(g, weights, effect, strength, strength == 0.37 ? 0.25 : 0);
    }
}
END_TEST

// Where the code ranges and matrices are others than the usual ones, black is still black and grey has no colour.
START_TEST(every_colorimetry_obeys_the_equation) {
  constexpr struct {
    double kr, kb;
  } kMatrices[] = {{0.299, 0.114}, {0.2126, 0.0722}, {0.2627, 0.0593}, {0.212, 0.087}};
  for (const char *name : {"I420", "BGRx", "GBR", "P010_10LE", "I420_12LE", "AYUV64", "GRAY8"})
    for (const auto &matrix : kMatrices)
      for (const bool full : {false, true}) {
        Geometry g = geometry_of(name, kShapes[1]);
        const int unit = 1 << (g.layout->depth - 8);
        g.colorimetry.kr = matrix.kr;
        g.colorimetry.kb = matrix.kb;
        g.colorimetry.luma_offset = full ? 0 : 16 * unit;
        g.colorimetry.luma_scale = full ? g.layout->largest_code() : 219 * unit;
        g.colorimetry.chroma_scale = full ? g.layout->largest_code() : 224 * unit;
        const Map weights = any_weights(AnalysisSizes::choose(g).map);
        for (const char *effect : {"dim", "desaturate", "map"})
          check_equation(g, weights, effect, 0.8, 0);
      }
}
END_TEST

// Several effects act one upon the other's result, in the order of the table.
START_TEST(effects_apply_in_the_order_of_the_table) {
  const Geometry g = geometry_of("GBR", kShapes[1]);
  const Map weights = any_weights(AnalysisSizes::choose(g).map);
  TestPicture at_once(g, any_colours), in_turn(g, any_colours);
  RecombineSettings settings;
  settings.strength = 0.6;
  settings.background = 0xff339966;
  settings.effects = find_effect("dim") | find_effect("desaturate") | find_effect("heatmap");
  recombine(g, weights, at_once, settings);
  for (const char *effect : {"desaturate", "dim", "heatmap"}) {
    settings.effects = find_effect(effect);
    recombine(g, weights, in_turn, settings);
  }
  ck_assert(at_once == in_turn);
}
END_TEST

// The score of a cue goes the way of the weights, to the heatmap alone.
START_TEST(a_heatmap_of_a_cue_has_its_score_for_weights) {
  for (const std::string_view name : {"I420", "GBR", "YUY2", "P010_10LE"}) {
    const Geometry g = geometry_of(name, kShapes[1]);
    const Map weights = any_weights(AnalysisSizes::choose(g).map);
    Map score = weights;
    std::reverse(score.begin(), score.end());
    RecombineSettings settings;
    settings.strength = 0.6;
    settings.gamma = 0.5;
    settings.background_weight = 0.1;
    TestPicture at_once(g, any_colours), in_turn(g, any_colours), by_weights(g, any_colours);
    settings.effects = find_effect("dim") | find_effect("heatmap");
    recombine(g, weights, &score, at_once, settings);
    recombine(g, weights, by_weights, settings);
    ck_assert(!(at_once == by_weights));
    settings.effects = find_effect("dim");
    recombine(g, weights, in_turn, settings);
    settings.effects = find_effect("heatmap");
    recombine(g, score, in_turn, settings);
    ck_assert(at_once == in_turn);
  }
}
END_TEST

START_TEST(a_heatmap_of_a_cue_is_not_refined) {
  const Geometry g = geometry_of("I420", kShapes[1]);
  const Map score = any_weights(AnalysisSizes::choose(g).map);
  TestPicture even(g, any_colours), guided(g, any_colours);
  RecombineSettings settings;
  settings.effects = find_effect("heatmap");
  recombine(g, score, &score, even, settings);
  settings.map_refine = MapRefine::kGuided;
  recombine(g, score, &score, guided, settings);
  ck_assert(even == guided);
}
END_TEST

// Weights that lie half a cell beside an edge of the picture end at the edge when they are guided.
START_TEST(guided_weights_end_at_the_edge) {
  for (const char *name : {"GRAY8", "I420", "YUY2", "BGRx", "GBR", "P010_10LE", "AYUV64"}) {
    const Geometry g = geometry_of(name, {640, 360, 0, 0, 0, 0});
    const Role light = g.layout->is_rgb() ? Role::kG : Role::kY;
    const AnalysisSizes sizes = AnalysisSizes::choose(g);
    Map weights(sizes.map), luma(sizes.analysis);
    for (int y = 0; y < luma.height(); y++)
      for (int x = 0; x < luma.width(); x++)
        luma.row(y)[x] = x < luma.width() / 2 ? 180.0F : 60.0F;
    // They fall from 1 to 0 over 6 of 160 samples, that is 24 px, around the edge at 320.
    for (int y = 0; y < weights.height(); y++)
      for (int x = 0; x < weights.width(); x++)
        weights.row(y)[x] = std::clamp(0.5F - (static_cast<float>(x) + 0.5F - 80) / 6, 0.0F, 1.0F);
    const Scene scene = [](double x, double) -> Rgb {
      const double v = x < 0.5 ? 180 / 255.0 : 60 / 255.0;
      return {v, v, v};
    };
    const auto weight_at_px = [&](MapRefine refine, int x) {
      TestPicture picture(g, scene);
      RecombineSettings settings;
      settings.effects = find_effect("map");
      settings.strength = settings.gamma = 1;
      settings.map_refine = refine;
      const auto stage = make_recombine(g, luma.size(), weights.size());
      stage->enable(settings, 1);
      Workers workers(1);
      const Picture p = picture.picture();
      stage->run(p, p, {weights, nullptr, luma, 0, false}, settings, workers);
      picture.check_protected();
      return (picture.code_at(light, x, 180) - g.colorimetry.luma_offset) /
             static_cast<double>(g.colorimetry.luma_scale);
    };
    ck_assert_double_eq_tol(weight_at_px(MapRefine::kNone, 317), 0.6, 0.02);
    ck_assert_double_eq_tol(weight_at_px(MapRefine::kNone, 322), 0.4, 0.02);
    for (const int x : {300, 310, 318})
      ck_assert_msg(weight_at_px(MapRefine::kGuided, x) > 0.85, "%s: %g at %d", name,
                    weight_at_px(MapRefine::kGuided, x), x);
    for (const int x : {321, 330, 340})
      ck_assert_msg(weight_at_px(MapRefine::kGuided, x) < 0.15, "%s: %g at %d", name,
                    weight_at_px(MapRefine::kGuided, x), x);
  }
}
END_TEST

START_TEST(regions_are_drawn_in_every_layout) {
  for (const std::string_view name : layout_names()) {
    const Geometry g = ::geometry_of(name, 121, 91);
    const RegionOfInterest regions[] = {
        {1234567890, 40, 30, 41, 33, 0, 0, {}}, {7, 100, 80, 21, 11, 0, 0, {}}, {8, 0, 0, 121, 91, 0, 0, {}}};
    Result result;
    result.regions = regions;
    TestPicture before(g, any_colours), after(g, any_colours);
    draw_regions(g, result, after.picture());
    ck_assert(before == after);
    result.region_count = 3;
    draw_regions(g, result, after.picture());
    after.check_protected();
    const Role light = g.layout->is_rgb() ? Role::kG : Role::kY;
    const int white = g.colorimetry.luma_offset + g.colorimetry.luma_scale;
    for (const auto &[x, y] : {std::pair{60, 62}, {80, 50}, {110, 80}, {120, 85}, {0, 45}, {60, 90}})
      ck_assert_msg(after.code_at(light, x, y) == white, "%s: no line at (%d, %d)", std::string(name).c_str(), x, y);
    for (const auto &[x, y] : {std::pair{60, 63}, {79, 50}, {60, 61}})
      ck_assert_int_eq(after.code_at(light, x, y), g.colorimetry.luma_offset);
    for (const auto &[x, y] : {std::pair{60, 50}, {20, 75}})
      ck_assert_int_eq(after.code_at(light, x, y), before.code_at(light, x, y));
  }
}
END_TEST

// What people look at is no part of the background that is blurred: it must not shine into it.
START_TEST(blur_has_no_halo) {
  for (const char *layout : {"GRAY8", "I420_10LE"}) {
    const Geometry g = geometry_of(layout, {320, 180, 0, 0, 0, 0});
    const auto is_seen = [](double x, double y) { return std::fabs(x - 0.5) < 0.15 && std::fabs(y - 0.5) < 0.25; };
    const Size size = AnalysisSizes::choose(g).map;
    Map weights(size);
    for (int y = 0; y < size.height; y++)
      for (int x = 0; x < size.width; x++)
        weights.row(y)[x] = is_seen((x + 0.5) / size.width, (y + 0.5) / size.height) ? 1.0F : 0.0F;
    TestPicture picture(g, [&](double x, double y) -> Rgb {
      const double v = is_seen(x, y) ? 1.0 : 0.2;
      return {v, v, v};
    });
    TestPicture before = picture;
    RecombineSettings settings;
    settings.effects = find_effect("blur");
    settings.strength = 1;
    settings.blur_radius = 0.2;
    recombine(g, weights, picture, settings);
    const Component &k = *g.layout->find(Role::kY);
    for (int x = 0; x < g.width * 33 / 100; x++)  // left of it, and not within a sample of the map
      ck_assert_double_le(
          std::abs(picture.code_at(k, x, g.height / 2) - before.code_at(k, x, g.height / 2)) >> (g.layout->depth - 8),
          12);
  }
}
END_TEST

// What is hidden cannot be seen through what hides it, however weak the effect is: stripes of a pixel leave no trace.
START_TEST(blur_and_pixelate_leave_nothing_sharp_where_nobody_looks) {
  const Geometry g = ::geometry_of("I420", 320, 180);
  Map weights(AnalysisSizes::choose(g).map);
  for (const auto &[effect, strength] :
       {std::pair{"pixelate", 0.1}, std::pair{"pixelate", 1.0}, std::pair{"blur", 0.3}, std::pair{"blur", 1.0}}) {
    TestPicture picture(g, [](double x, double y) -> Rgb {
      const double v = 0.3 + 0.3 * y + (static_cast<int>(x * 320) % 2) * 0.3;
      return {v, v, v};
    });
    RecombineSettings settings;
    settings.effects = find_effect(effect);
    settings.strength = strength;
    recombine(g, weights, picture, settings);
    const Component &k = *g.layout->find(Role::kY);
    for (int y = 0; y < 180; y++)
      for (int x = 40; x < 280; x++)
        ck_assert_int_le(std::abs(picture.code_at(k, x, y) - picture.code_at(k, x - 1, y)), 3);
  }
}
END_TEST

START_TEST(blur_grows_with_strength) {
  const Geometry g = ::geometry_of("I420", 320, 180);
  Map weights(AnalysisSizes::choose(g).map);
  int last = 256;
  for (const double strength : {0.25, 0.5, 1.0}) {
    TestPicture picture(g, [](double x, double) -> Rgb { return x < 0.5 ? Rgb{0, 0, 0} : Rgb{1, 1, 1}; });
    RecombineSettings settings;
    settings.effects = find_effect("blur");
    settings.strength = strength;
    settings.blur_radius = 0.2;
    recombine(g, weights, picture, settings);
    const Component &k = *g.layout->find(Role::kY);
    const int step = picture.code_at(k, 164, 90) - picture.code_at(k, 155, 90);
    ck_assert_int_lt(step, last);
    last = step;
  }
}
END_TEST

int main() {
  return run_suite(
      "recombine/recombine",
      {every_layout_obeys_the_equation, every_colorimetry_obeys_the_equation, effects_apply_in_the_order_of_the_table,
       a_heatmap_of_a_cue_has_its_score_for_weights, a_heatmap_of_a_cue_is_not_refined, guided_weights_end_at_the_edge,
       regions_are_drawn_in_every_layout, blur_has_no_halo, blur_and_pixelate_leave_nothing_sharp_where_nobody_looks,
       blur_grows_with_strength});
}
