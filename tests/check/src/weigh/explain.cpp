// SPDX-License-Identifier: LGPL-2.1-or-later
// How much each cue speaks for a region.
#include "weigh/explain.h"

#include <numeric>

#include "image/statistics.h"
#include "scored.h"

using namespace attention;

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
    weigh.enable(settings.weigh, partition.features());
    AnalysisPlanes noise = noise_planes(sizes);
    partition.run(noise, 0, settings.partition, workers);
    weigh.run(partition, 0, settings.weigh, workers);
    AnalysisPlanes planes = noise_planes(sizes);
    for (int y = 100; y < 130; y++)
      for (int x = 200; x < 240; x++)
        planes.y.row(y)[x] += 50;
    constexpr Nanoseconds kLater = 2'000'000'000;  // all drops are found anew
    partition.run(planes, kLater, settings.partition, workers);
    weigh.run(partition, kLater, settings.weigh, workers);
    frame.show(planes, kLater);

    const auto fusion = method == Fusion::kLearned ? make_learned_fusion(sizes, frame.cues) : make_product_fusion();
    Map still(sizes.map);
    fusion->run(frame.cues, frame.scores, still);
    const int left = 90, top = 40, right = 130, bottom = 70;
    const auto total = [&](int held) {
      Map without = still;
      if (held != kNoCue)
        fusion->run_without(held, frame.scores, without);
      const auto score = [&](int c, int x, int y) {
        return c == held ? moments(frame.scores[c]).mean : frame.scores[c].row(y)[x];
      };
      double sum = 0;
      const auto part_of_motion = [&](int x, int y) {
        return method == Fusion::kLearned ? 2.5 * (0.5 + std::sqrt(still.row(y)[x])) : 3 * (0.5 + score(0, x, y));
      };
      for (int y = top; y < bottom; y += 4)  // at most 8 rows of a box are looked at
        for (int x = left; x < right; x++)
          sum += (without.row(y)[x] + score(3, x, y) * part_of_motion(x, y) + 0.004) *
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

// No share of one method is left among those of the other.
START_TEST(another_fusion_is_explained_at_once) {
  const AnalysisSizes sizes = AnalysisSizes::choose(frame_of(640, 360));
  Settings learned, product;
  product.weigh.fusion = Fusion::kProduct;
  Workers workers(1);
  Partition partition(frame_of(640, 360), sizes);
  Weigh changed(sizes, partition), plain(sizes, partition);
  for (Weigh *weigh : {&changed, &plain})
    for (const Settings *settings : {&learned, &product})
      weigh->enable(settings->weigh, partition.features());
  AnalysisPlanes planes = noise_planes(sizes);
  partition.run(planes, 0, learned.partition, workers);
  changed.run(partition, 0, learned.weigh, workers);
  plain.run(partition, 0, product.weigh, workers);
  partition.run(planes, 1'000'000, learned.partition, workers);
  changed.run(partition, 1'000'000, product.weigh, workers);
  plain.run(partition, 1'000'000, product.weigh, workers);
  const auto expected = plain.explain(90, 40, 130, 70, product.weigh);
  const auto shares = changed.explain(90, 40, 130, 70, product.weigh);
  for (int c = 0; c < kCueCount; c++)
    ck_assert_double_eq_tol(shares[c], expected[c], 1e-6);
}
END_TEST

int main() {
  return run_suite("weigh/explain",
                   {shares_are_what_the_score_loses_without_each_cue, another_fusion_is_explained_at_once});
}
