// SPDX-License-Identifier: LGPL-2.1-or-later
// Each stage on inputs whose answer is known by hand.
#include <cmath>

#include "attention.h"
#include "partition/partition.h"
#include "preprocess/preprocess.h"
#include "test_picture.h"
#include "weigh/cues/boolean_maps.h"
#include "weigh/softmax.h"
#include "weigh/weigh.h"

using namespace attention;

START_TEST(edges_of_nine_pixels_in_five_regions) {
  const std::vector<double> expected{0, 2, 4, 6, 8, 9};
  ck_assert(region_edges(9, 5) == expected);
}
END_TEST

// The row 1 … 9 in regions of two pixels, uniform weights: 1.5 3.5 5.5 7.5 9, here times ten.
START_TEST(pooling_the_row_of_nine) {
  Geometry g = geometry_of("GRAY8", 9, 1, 5, 1);
  g.pooled = true;
  Engine engine;
  const Status status = engine.configure(g, Settings());
  ck_assert_msg(status.is_ok(), "%s", status.message());
  uint8_t row[] = {10, 20, 30, 40, 50, 60, 70, 80, 90};
  uint8_t pooled[5] = {};
  Picture in;
  Picture out;
  in.data[0] = row;
  out.data[0] = pooled;
  Settings settings;
  settings.recombine.strength = 0;
  engine.process(in, &out, 0, settings);
  const uint8_t expected[] = {15, 35, 55, 75, 90};
  ck_assert_mem_eq(pooled, expected, sizeof(expected));
}
END_TEST

START_TEST(preprocess_averages_areas) {
  const Geometry g = [] {
    Geometry q = geometry_of("GRAY8", 32, 32, 2, 2);
    q.analysis_height = 2;
    return q;
  }();
  std::vector<uint8_t> pixels(32 * 32);
  for (int y = 0; y < 32; y++)
    for (int x = 0; x < 32; x++)
      pixels[y * 32 + x] = static_cast<uint8_t>((y < 16 ? 10 : 30) + (x < 16 ? 0 : 100));
  Picture in;
  in.data[0] = pixels.data();
  in.stride[0] = 32;
  const AnalysisSizes sizes = AnalysisSizes::choose(g);
  AnalysisPlanes planes(sizes.analysis);
  Workers workers(1);
  Preprocess(g, sizes.analysis).run(in, planes, workers);
  const float expected[] = {10, 110, 30, 130};
  for (int i = 0; i < 4; i++)
    ck_assert_float_eq_tol(planes.y.begin()[i], expected[i], 1e-3F);
}
END_TEST

START_TEST(surrounded_is_what_the_border_does_not_reach) {
  // A ring around one pixel, and a bar that touches the left side.
  const char *picture[] = {"........", "..###...", "..#.#...", "..###...", "###....."};
  Plane<Bits> mask({8, 5});
  Plane<Bits> out({8, 5});
  for (int y = 0; y < 5; y++)
    for (int x = 0; x < 8; x++)
      mask.row(y)[x].dark = picture[y][x] == '.' ? 4 : 0;
  Surrounded({8, 5}).run(mask, out);
  for (int y = 0; y < 5; y++)
    for (int x = 0; x < 8; x++)
      ck_assert(out.row(y)[x].dark == (y == 2 && x == 3 ? 4U : 0U) && out.row(y)[x].bright == 0);
}
END_TEST

START_TEST(softmax_sums_to_one) {
  Map weights({4, 3});
  Map attention({4, 3});
  for (const double temperature : {0.01, 1.0, 100.0}) {
    for (int i = 0; i < 12; i++)
      weights.begin()[i] = static_cast<float>(i) / 11.0F;
    softmax(weights, temperature, attention);
    double total = 0;
    for (const float a : attention)
      total += a;
    ck_assert_double_eq_tol(total, 1.0, 1e-5);
    ck_assert(attention.begin()[11] >= attention.begin()[0]);
  }
}
END_TEST

START_TEST(weights_stay_in_range_and_a_uniform_frame_is_finite) {
  const Geometry g = geometry_of("GRAY8", 64, 64);
  const AnalysisSizes sizes = AnalysisSizes::choose(g);
  AnalysisPlanes planes(sizes.analysis);
  Partition partition(g, sizes);
  Weigh weigh(sizes, partition);
  Workers workers(1);
  for (int frame = 0; frame < 4; frame++) {
    for (int i = 0; i < planes.y.count(); i++)
      planes.y.begin()[i] = frame < 2 ? 128.0F : static_cast<float>((i * 7919 * frame) % 256);
    const Nanoseconds time = frame * Nanoseconds{40'000'000};
    partition.run(planes, time, PartitionSettings(), workers);
    weigh.run(partition, time, WeighSettings(), workers);
    for (const float w : weigh.weights())
      ck_assert(std::isfinite(w) && w >= 0 && w <= 1);
  }
}
END_TEST

int main() {
  return run_suite("core stages", {edges_of_nine_pixels_in_five_regions, pooling_the_row_of_nine, preprocess_averages_areas,
                                   surrounded_is_what_the_border_does_not_reach, softmax_sums_to_one,
                                   weights_stay_in_range_and_a_uniform_frame_is_finite});
}
