// SPDX-License-Identifier: LGPL-2.1-or-later
// The weights.
#include "weigh/weigh.h"

#include <cmath>

#include "../test_picture.h"
#include "attention.h"
#include "partition/partition.h"
#include "preprocess/preprocess.h"

using namespace attention;

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

int main() { return run_suite("weigh/weigh", {weights_stay_in_range_and_a_uniform_frame_is_finite}); }
