// SPDX-License-Identifier: LGPL-2.1-or-later
// The parts of the attention model, each on inputs whose answer is known.
#include <cmath>
#include <numeric>
#include <random>

#include "emit/tracker.h"
#include "image/statistics.h"
#include "partition/global_motion.h"
#include "partition/partition.h"
#include "partition/scene.h"
#include "suite.h"
#include "weigh/fusion/fusion.h"
#include "weigh/fusion/inputs.h"
#include "weigh/fusion/weights.h"
#include "weigh/weigh.h"

using namespace attention;

namespace {

constexpr Nanoseconds kFrame = 40'000'000;

/// A smooth texture without repetition, seen at (x, y).
float texture(double x, double y) {
  return static_cast<float>(128 + 40 * std::sin(x * 0.31 + std::sin(y * 0.17)) + 40 * std::sin(y * 0.23 + 2 * std::sin(x * 0.11)) +
                            15 * std::sin(x * 0.9 + y * 0.7));
}

template <typename Function>
Map painted(Size size, Function value) {
  Map map(size);
  for (int y = 0; y < size.height; y++)
    for (int x = 0; x < size.width; x++)
      map.row(y)[x] = value(x, y);
  return map;
}

/// The coordinates of pixels of a pyramid's level, in those of its finest.
double at_level(int i, int level) { return (i + 0.5) * (1 << level) - 0.5; }

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
  return {static_cast<float>(r.x), static_cast<float>(r.y), static_cast<float>(r.x + r.width), static_cast<float>(r.y + r.height)};
}

Geometry frame_of(int width, int height) {
  Geometry g;
  g.layout = find_layout("I420");
  g.width = width;
  g.height = height;
  return g;
}

AnalysisPlanes noise_planes(const AnalysisSizes &sizes) {
  std::mt19937 random(1);
  AnalysisPlanes planes(sizes.analysis);
  for (int i = 0; i < planes.y.count(); i++) {
    planes.y.begin()[i] = texture(i % sizes.analysis.width, i / sizes.analysis.width) + static_cast<float>(random() % 16);
    planes.cb.begin()[i] = static_cast<float>(random() % 64) - 32;
    planes.cr.begin()[i] = static_cast<float>(random() % 64) - 32;
  }
  return planes;
}

/// A frame and what the cues make of it.
struct Scored {
  explicit Scored(const Geometry &geometry) : sizes(AnalysisSizes::choose(geometry)), partition(geometry, sizes) {
    for (int c = 0; c < kCueCount; c++) {
      cues[c] = kCues[c].create(sizes, partition.features());
      scores[c] = Map(sizes.map);
    }
    show(noise_planes(sizes), 0);
  }

  void show(const AnalysisPlanes &planes, Nanoseconds time) {
    Workers workers(1);
    PartitionSettings settings;
    settings.scene_cut = SceneCut::kIgnore;
    partition.run(planes, time, settings, workers);
    for (int c = 0; c < kCueCount; c++) {
      cues[c]->look(partition.features(), WeighSettings());
      cues[c]->score(scores[c]);
    }
  }

  AnalysisSizes sizes;
  Partition partition;
  Cues cues;
  CueMaps scores;
};

constexpr float kLeastDensity = 1e-6F;

/// Planes of a network, one after the other.
using Samples = std::vector<std::vector<double>>;

FusionInputs inputs_of(const Scored &frame) {
  FusionInputs inputs(frame.sizes, frame.cues);
  inputs.run(frame.cues);
  ck_assert_uint_eq(inputs.maps().size(), fusion_weights::kInputs);
  return inputs;
}

Samples samples_of(const FusionInputs &inputs) {
  Samples samples;
  for (const Map &map : inputs.maps())
    samples.emplace_back(map.begin(), map.end());
  return samples;
}

/// The density that the network of learned fusion makes of its inputs, grown to a map.
Map network(const Samples &in, Size size, Size map) {
  using namespace fusion_weights;
  const auto n = static_cast<size_t>(size.width) * size.height;
  const auto mixed = [&](const Samples &planes, size_t i, const float *weights, double bias) {
    for (size_t c = 0; c < planes.size(); c++)
      bias += planes[c][i] * weights[c];
    return bias;
  };
  Samples state(kChannels, std::vector<double>(n));
  for (int c = 0; c < kChannels; c++)
    for (size_t i = 0; i < n; i++)
      state[c][i] = std::max(mixed(in, i, kTrained.in[c], kTrained.in_bias[c]), 0.0);
  for (int l = 0; l < kLayers; l++) {
    const Layer &layer = kTrained.layer[l];
    Samples filtered(kChannels, std::vector<double>(n));
    for (int c = 0; c < kChannels; c++)
      for (int y = 0; y < size.height; y++)
        for (int x = 0; x < size.width; x++) {
          double sum = layer.depthwise_bias[c];
          for (int k = 0; k < 9; k++) {
            const int u = x + (k % 3 - 1) * kDilation[l];
            const int v = y + (k / 3 - 1) * kDilation[l];
            if (u >= 0 && v >= 0 && u < size.width && v < size.height)
              sum += layer.depthwise[c][k] * state[c][static_cast<size_t>(v) * size.width + u];
          }
          filtered[c][static_cast<size_t>(y) * size.width + x] = sum;
        }
    for (int c = 0; c < kChannels; c++)
      for (size_t i = 0; i < n; i++)
        state[c][i] += std::max(mixed(filtered, i, layer.pointwise[c], layer.pointwise_bias[c]), 0.0);
  }
  Map density(size), grown(map);
  for (size_t i = 0; i < n; i++)
    density.begin()[i] = static_cast<float>(std::exp(std::clamp(mixed(state, i, kTrained.out, kTrained.out_bias), -12.0, 8.0)));
  Bilinear(size, map).run(density, grown);
  return grown;
}

float greatest_difference(const Map &a, const Map &b) {
  float greatest = 0;
  for (int i = 0; i < a.count(); i++)
    greatest = std::max(greatest, std::fabs(a.begin()[i] - b.begin()[i]));
  return greatest;
}

void check_near(const Map &out, const Map &expected) {
  for (int i = 0; i < out.count(); i++)
    if (!(std::fabs(out.begin()[i] - expected.begin()[i]) < 1e-3F))
      ck_abort_msg("sample %d is %g, not %g", i, out.begin()[i], expected.begin()[i]);
}

}  // namespace

START_TEST(global_motion_finds_a_similarity) {
  const Similarity truths[] = {{1, 0, 3.3F, -1.7F}, {1.02F, 0.01F, -6, 2}, {0.99F, -0.02F, 9.5F, 5}, {1, 0, 0, 0}};
  for (const Similarity &truth : truths) {
    std::array<Map, 3> now, before;
    std::array<const Map *, 3> a, b;
    for (int level = 0; level < 3; level++) {
      const Size size{160 >> level, 90 >> level};
      before[level] = painted(size, [&](int x, int y) { return texture(at_level(x, level), at_level(y, level)); });
      now[level] = painted(size, [&](int x, int y) {
        const double u = at_level(x, level);
        const double v = at_level(y, level);
        return texture(truth.a * u - truth.b * v + truth.tx, truth.b * u + truth.a * v + truth.ty);
      });
      a[level] = &now[level];
      b[level] = &before[level];
    }
    // An eighth of the picture moves on its own.
    for (int y = 0; y < 30; y++)
      for (int x = 0; x < 60; x++)
        now[0].row(y)[x] = texture(x * 1.3 + 40, y * 0.8 + 300);
    const Similarity found = GlobalMotion(3).estimate(a.data(), b.data());
    for (const double x : {30.0, 130.0})
      for (const double y : {40.0, 80.0}) {
        const double ex = (found.a - truth.a) * x - (found.b - truth.b) * y + found.tx - truth.tx;
        const double ey = (found.b - truth.b) * x + (found.a - truth.a) * y + found.ty - truth.ty;
        ck_assert_double_lt(std::hypot(ex, ey), 0.25);
      }
    Map warped(now[0].size());
    warp(before[0], found, warped);
    ck_assert_float_eq_tol(warped.row(60)[80], now[0].row(60)[80], 8);
  }
}
END_TEST

START_TEST(flat_pictures_have_no_motion) {
  const Map flat = painted({160, 90}, [](int, int) { return 100.0F; });
  const std::array<const Map *, 1> levels{&flat};
  const Similarity found = GlobalMotion(1).estimate(levels.data(), levels.data());
  ck_assert(found.a == 1 && found.b == 0 && found.tx == 0 && found.ty == 0);
}
END_TEST

START_TEST(warp_marks_the_outside) {
  const Map before = painted({4, 2}, [](int x, int) { return static_cast<float>(10 * x); });
  Map out({4, 2});
  warp(before, {1, 0, 1.5F, 0}, out);
  ck_assert_float_eq(out.row(0)[0], 15);
  ck_assert_float_eq(out.row(0)[1], 25);
  ck_assert_float_eq(out.row(0)[2], kOutside);
  ck_assert_float_eq(out.row(1)[3], kOutside);
}
END_TEST

START_TEST(a_cut_differs_and_light_does_not) {
  const Size size{40, 22};
  const Map picture = painted(size, [](int x, int y) { return texture(4 * x, 4 * y); });
  const Map brighter = painted(size, [](int x, int y) { return 0.6F * texture(4 * x, 4 * y) + 90; });
  const Map moved = painted(size, [](int x, int y) { return texture(4 * x + 3, 4 * y); });
  const Map white = painted(size, [](int, int) { return 255.0F; });
  const Map other = painted(size, [](int x, int y) { return x < 12 || y > 15 ? 20.0F : 200 - texture(9 * y, 7 * x) / 2; });
  const double threshold = PartitionSettings().scene_cut_threshold;
  Scene scene(size);
  const auto change_to = [&](const Map &luma) {
    scene.look(luma, 0, PartitionSettings());
    return static_cast<double>(scene.change());
  };
  ck_assert_double_eq(change_to(picture), 0);
  ck_assert_double_lt(change_to(brighter), 0.01);
  ck_assert_double_lt(change_to(moved), threshold);
  ck_assert_double_eq(change_to(white), 0);
  ck_assert_double_lt(change_to(picture), threshold);
  ck_assert_double_gt(change_to(other), threshold);
  scene.reset();
  ck_assert_double_eq(change_to(picture), 0);
}
END_TEST

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

START_TEST(a_thing_on_plain_ground_is_not_the_camera) {
  std::array<Map, 3> now, before;
  std::array<const Map *, 3> a, b;
  for (int level = 0; level < 3; level++) {
    const Size size{160 >> level, 90 >> level};
    const auto scene = [&](double shift) {
      return painted(size, [&](int x, int y) {
        const double u = at_level(x, level) - shift;
        const double v = at_level(y, level);
        return u > 30 && u < 90 && v > 25 && v < 65 ? texture(u, v) : 120.0F;
      });
    };
    before[level] = scene(0);
    now[level] = scene(3);
    a[level] = &now[level];
    b[level] = &before[level];
  }
  const Similarity found = GlobalMotion(3).estimate(a.data(), b.data());
  ck_assert(found.a == 1 && found.b == 0 && found.tx == 0 && found.ty == 0);
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

// The network once more, written as the sums that it stands for.
START_TEST(learned_fusion_computes_the_network) {
  const Scored frame(frame_of(640, 360));
  const FusionInputs inputs = inputs_of(frame);
  Map expected = network(samples_of(inputs), inputs.size(), frame.sizes.map);
  stretch(expected, kLeastDensity);
  Map out(frame.sizes.map);
  make_learned_fusion(frame.sizes, frame.cues)->run(frame.cues, frame.scores, out);
  check_near(out, expected);
}
END_TEST

START_TEST(learned_fusion_without_a_cue_is_the_network_at_its_mean) {
  const Scored frame(frame_of(640, 360));
  const FusionInputs inputs = inputs_of(frame);
  const Range whole = range(network(samples_of(inputs), inputs.size(), frame.sizes.map));
  const auto fusion = make_learned_fusion(frame.sizes, frame.cues);
  Map with_all(frame.sizes.map);
  fusion->run(frame.cues, frame.scores, with_all);
  for (int c = 0; c < kCueCount; c++) {
    Samples samples = samples_of(inputs);
    for (int i = 0; i < fusion_weights::kInputs; i++)
      if (inputs.owners()[i] == c) {
        // Features are in standard deviations from their mean.
        const bool is_feature = !frame.cues[c]->fusion_inputs().empty();
        const double mean = std::accumulate(samples[i].begin(), samples[i].end(), 0.0) / static_cast<double>(samples[i].size());
        std::fill(samples[i].begin(), samples[i].end(), is_feature ? 0.0 : mean);
      }
    Map out(frame.sizes.map);
    const bool has_part = fusion->run_without(c, frame.scores, out);
    ck_assert(has_part == (kCues[c].role != CueRole::kMotion));
    if (!has_part)
      continue;
    Map expected = network(samples, inputs.size(), frame.sizes.map);
    stretch(expected, whole, kLeastDensity);
    check_near(out, expected);
    ck_assert_float_gt(greatest_difference(out, with_all), 0.05F);
  }
}
END_TEST

START_TEST(product_fusion_without_a_cue_is_the_product_at_its_mean) {
  const Scored frame(frame_of(640, 360));
  const auto fusion = make_product_fusion();
  Map with_all(frame.sizes.map), out(frame.sizes.map);
  fusion->run(frame.cues, frame.scores, with_all);
  const auto product = [&](int held) {
    return painted(frame.sizes.map, [&](int x, int y) {
      double all = 1;
      for (int c = 0; c < 2; c++)
        all *= kCues[c].gain * (c == held ? moments(frame.scores[c]).mean : frame.scores[c].row(y)[x]) + kCues[c].floor;
      return static_cast<float>(all);
    });
  };
  const Range whole = range(product(kNoCue));
  for (int c = 0; c < kCueCount; c++) {
    ck_assert(fusion->run_without(c, frame.scores, out) == (c < 2));
    if (c >= 2)
      continue;
    Map expected = product(c);
    stretch(expected, whole, 0.05F);
    check_near(out, expected);
    ck_assert_float_gt(greatest_difference(out, with_all), 0.05F);
  }
}
END_TEST

// The formula of the fusion once more, with each cue in turn at its mean.
START_TEST(shares_are_what_the_score_loses_without_each_cue) {
  const Geometry g = frame_of(640, 360);
  const AnalysisSizes sizes = AnalysisSizes::choose(g);
  for (const Fusion method : {Fusion::kLearned, Fusion::kProduct}) {
    Settings settings;
    settings.weigh.fusion = method;
    settings.partition.scene_cut = SceneCut::kIgnore;
    Scored frame(g);
    Workers workers(1);
    Partition partition(g, sizes);
    Weigh weigh(sizes, partition);
    AnalysisPlanes noise = noise_planes(sizes);
    partition.run(noise, 0, settings.partition, workers);
    weigh.run(partition, 0, settings.weigh, workers);
    AnalysisPlanes planes = noise_planes(sizes);
    for (int y = 100; y < 130; y++)
      for (int x = 200; x < 240; x++)
        planes.y.row(y)[x] += 50;
    constexpr Nanoseconds kSecond = 1'000'000'000;
    partition.run(planes, kSecond, settings.partition, workers);
    weigh.run(partition, kSecond, settings.weigh, workers);
    frame.show(planes, kSecond);

    const auto fusion = method == Fusion::kLearned ? make_learned_fusion(sizes, frame.cues) : make_product_fusion();
    Map still(sizes.map);
    fusion->run(frame.cues, frame.scores, still);
    const int left = 90, top = 40, right = 130, bottom = 70;
    const auto total = [&](int held) {
      Map without = still;
      if (held != kNoCue)
        fusion->run_without(held, frame.scores, without);
      const auto score = [&](int c, int x, int y) { return c == held ? moments(frame.scores[c]).mean : frame.scores[c].row(y)[x]; };
      double sum = 0;
      for (int y = top; y < bottom; y++)
        for (int x = left; x < right; x++)
          sum += (without.row(y)[x] + 3 * score(3, x, y) * (0.5 + score(0, x, y)) + 0.004) *
                 (1 - settings.weigh.center_bias * (1 - score(4, x, y)));
      return sum;
    };
    std::array<double, kCueCount> drops{};
    double magnitude = 0;
    for (int c = 0; c < kCueCount; c++) {
      drops[c] = total(kNoCue) - total(c);
      magnitude += std::fabs(drops[c]);
    }
    ck_assert_double_gt(drops[3], 0.05 * magnitude);
    const auto shares = weigh.explain(left, top, right, bottom, settings.weigh);
    for (int c = 0; c < kCueCount; c++)
      ck_assert_double_eq_tol(shares[c], drops[c] / magnitude, 1e-3);
  }
}
END_TEST

START_TEST(whitened_colour_is_uncorrelated) {
  const AnalysisSizes sizes = AnalysisSizes::choose(frame_of(640, 360));
  AnalysisPlanes planes = noise_planes(sizes);
  for (int i = 0; i < planes.y.count(); i++)
    planes.cb.begin()[i] = 0.5F * planes.y.begin()[i] + 4 * planes.cb.begin()[i];
  Pyramid pyramid(sizes);
  pyramid.whiten(planes);
  const Colour &colour = pyramid.fine();
  const int n = colour[0].count();
  for (int a = 0; a < 3; a++)
    for (int b = 0; b <= a; b++) {
      double product = 0;
      for (int i = 0; i < n; i++)
        product += static_cast<double>(colour[a].begin()[i]) * colour[b].begin()[i] / n;
      // A little below 1, where noise is kept from being blown up.
      ck_assert_double_eq_tol(product, a == b ? 0.85 : 0.0, a == b ? 0.2 : 0.03);
    }
}
END_TEST

START_TEST(regions_have_the_means_of_their_pixels) {
  Geometry g;
  g.layout = find_layout("I420");
  g.width = 320;
  g.height = 180;
  g.columns = 2;
  g.rows = 1;
  const AnalysisSizes sizes = AnalysisSizes::choose(g);
  Grid grid(g, sizes.map);
  Map cue(sizes.map);
  for (int i = 0; i < cue.count(); i++)
    cue.begin()[i] = i % sizes.map.width < sizes.map.width / 2 ? 1.0F : 0.25F;
  Map means({2, 1});
  grid.means(cue, means);
  ck_assert_float_eq_tol(means.begin()[0], 1, 1e-3F);
  ck_assert_float_eq_tol(means.begin()[1], 0.25F, 1e-3F);
}
END_TEST

START_TEST(bilinear_keeps_lines_straight) {
  const Map line = painted({8, 4}, [](int x, int y) { return static_cast<float>(2 * x + y); });
  Map out({32, 16});
  Bilinear(line.size(), out.size()).run(line, out);
  for (int y = 4; y < 12; y++)
    for (int x = 4; x < 28; x++)
      ck_assert_float_eq_tol(out.row(y)[x], 2 * ((x + 0.5F) / 4 - 0.5F) + (y + 0.5F) / 4 - 0.5F, 1e-4F);
}
END_TEST

int main() {
  return run_suite("model", {global_motion_finds_a_similarity, flat_pictures_have_no_motion, warp_marks_the_outside,
                             a_cut_differs_and_light_does_not, a_region_lives_for_three_frames, told_regions_never_overlap,
                             a_box_holds_still_under_noise,
                             noise_does_not_swap_ranks, a_promise_is_forgotten_in_time, a_thing_on_plain_ground_is_not_the_camera, learned_fusion_computes_the_network,
                             learned_fusion_without_a_cue_is_the_network_at_its_mean, product_fusion_without_a_cue_is_the_product_at_its_mean,
                             shares_are_what_the_score_loses_without_each_cue,
                             whitened_colour_is_uncorrelated,
                             regions_have_the_means_of_their_pixels, bilinear_keeps_lines_straight});
}
