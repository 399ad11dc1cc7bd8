// SPDX-License-Identifier: LGPL-2.1-or-later
// Colour without what its channels have in common.
#include "partition/whitened.h"

#include "../noise.h"

using namespace attention;

START_TEST(whitened_colour_is_uncorrelated) {
  const AnalysisSizes sizes = AnalysisSizes::choose(frame_of(640, 360));
  AnalysisPlanes planes = noise_planes(sizes);
  for (int i = 0; i < planes.y.count(); i++)
    planes.cb.begin()[i] = 0.5F * planes.y.begin()[i] + 4 * planes.cb.begin()[i];
  Whitened whitened(sizes.analysis, 96 * 54);
  whitened.run(planes);
  const Colour &colour = whitened.colour();
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

int main() { return run_suite("partition/whitened", {whitened_colour_is_uncorrelated}); }
