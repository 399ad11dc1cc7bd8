// SPDX-License-Identifier: LGPL-2.1-or-later
// The weights.
#include "weigh/weigh.h"

#include <algorithm>
#include <cmath>

#include "../noise.h"
#include "attention.h"
#include "partition/partition.h"

using namespace attention;

START_TEST(weights_stay_in_range_and_a_uniform_frame_is_finite) {
  Geometry g = frame_of(64, 64);
  g.layout = find_layout("GRAY8");
  const AnalysisSizes sizes = AnalysisSizes::choose(g);
  AnalysisPlanes planes(sizes.analysis);
  Partition partition(g, sizes);
  Weigh weigh(sizes, partition);
  weigh.enable(WeighSettings(), partition.features());
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

START_TEST(what_stands_still_is_where_the_camera_shows_it_in_each_frame) {
  const Geometry g = frame_of(640, 360);
  const AnalysisSizes sizes = AnalysisSizes::choose(g);
  AnalysisPlanes planes(sizes.analysis);
  Partition partition(g, sizes);
  Weigh weigh(sizes, partition);
  WeighSettings settings;
  settings.fusion = Fusion::kProduct;
  settings.center_bias = 0;
  weigh.enable(settings, partition.features());
  Workers workers(1);
  int not_due = 0;
  double seen = 0;
  for (int frame = 0; frame < 24; frame++) {
    const double left = 60 + 7.0 * frame;
    for (int y = 0; y < planes.y.height(); y++)
      for (int x = 0; x < planes.y.width(); x++)
        planes.y.row(y)[x] = std::hypot(x - left, y - 90) < 14 ? 250 : texture((x - left) / 3, y / 3.0);
    const Nanoseconds time = frame * Nanoseconds{20'000'000};
    partition.run(planes, time, PartitionSettings(), workers);
    weigh.run(partition, time, settings, workers);
    not_due += partition.features().still.is_due() ? 0 : 1;
    const Map &goal = weigh.goal();
    double sum = 0, at = 0;
    for (int y = 0; y < goal.height(); y++)
      for (int x = 0; x < goal.width(); x++) {
        const double w = std::pow(goal.row(y)[x], 8);
        sum += w;
        at += w * x;
      }
    const double aside = at / sum - left / 2;
    if (partition.features().still.is_due())
      seen = aside;
    else
      ck_assert_msg(frame < 4 || std::fabs(aside - seen) < 1.5, "frame %d has it %g to the right", frame, aside - seen);
  }
  ck_assert_int_ge(not_due, 12);
}
END_TEST

START_TEST(a_heatmap_is_there_in_the_frame_it_is_asked_for) {
  const Geometry g = frame_of(640, 360);
  const AnalysisSizes sizes = AnalysisSizes::choose(g);
  AnalysisPlanes planes = noise_planes(sizes);
  for (int cue = 0; cue < kCueCount; cue++) {
    if (kCues[cue].role == CueRole::kMotion)  // nothing moves
      continue;
    Partition partition(g, sizes);
    Weigh weigh(sizes, partition);
    Workers workers(1);
    WeighSettings settings;
    for (int frame = 0; frame < 2; frame++) {
      settings.heatmap_of = frame == 0 ? kNoCue : cue;
      weigh.enable(settings, partition.features());
      const Nanoseconds time = frame * Nanoseconds{20'000'000};
      partition.run(planes, time, PartitionSettings(), workers);
      weigh.run(partition, time, settings, workers);
    }
    ck_assert(!partition.features().still.is_due());
    const Map *heatmap = weigh.heatmap(settings);
    ck_assert(heatmap != nullptr && *std::max_element(heatmap->begin(), heatmap->end()) > 0.1F);
  }
}
END_TEST

int main() {
  return run_suite("weigh/weigh", {weights_stay_in_range_and_a_uniform_frame_is_finite,
                                   what_stands_still_is_where_the_camera_shows_it_in_each_frame,
                                   a_heatmap_is_there_in_the_frame_it_is_asked_for});
}
