// SPDX-License-Identifier: LGPL-2.1-or-later
// The small picture.
#include "preprocess/preprocess.h"

#include "../test_picture.h"
#include "attention.h"

using namespace attention;

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

int main() { return run_suite("preprocess/preprocess", {preprocess_averages_areas}); }
