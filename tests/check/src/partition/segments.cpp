// SPDX-License-Identifier: LGPL-2.1-or-later
// Pixels of like colour are of one segment.
#include "partition/segments.h"

#include <random>
#include <set>

#include "suite.h"

using namespace attention;

START_TEST(like_colours_are_of_one_segment_and_others_are_not) {
  const Size analysis{320, 180}, size{80, 45};
  Segments segments(analysis, size);
  AnalysisPlanes planes(analysis);
  std::set<int> cells;
  for (const float luma : {-5.0F, 8.0F, 100.0F, 250.0F, 300.0F})
    for (const float cb : {-200.0F, -20.0F, 0.0F, 20.0F, 200.0F})
      for (const float cr : {-200.0F, 0.0F, 200.0F}) {
        Map small(size);
        small.fill(luma);
        planes.cb.fill(cb);
        planes.cr.fill(cr);
        segments.run(small, planes);
        const int cell = segments.cells().row(0)[0];
        ck_assert_int_lt(cell, Segments::kCells);
        for (const uint16_t c : segments.cells())
          ck_assert_int_eq(c, cell);
        cells.insert(cell);
      }
  ck_assert_uint_eq(cells.size(), 3 * 5 * 3);  // beyond the lattice the outermost
}
END_TEST

START_TEST(every_pixel_looks_at_its_own_place) {
  const Size analysis{321, 181};
  const Size size = halved(halved(analysis));
  Segments segments(analysis, size);
  AnalysisPlanes planes(analysis);
  for (int y = 0; y < analysis.height; y++)
    for (int x = 0; x < analysis.width; x++)
      planes.cb.row(y)[x] = x < analysis.width / 2 ? -30.0F : 30.0F;
  Map luma(size);
  segments.run(luma, planes);
  for (int y = 0; y < size.height; y++)
    for (int x = 0; x < size.width; x++)
      ck_assert_int_eq(segments.cells().row(y)[x],
                       segments.cells().row(0)[2 * x < size.width - 1 ? 0 : size.width - 1]);
}
END_TEST

// Against the sum over all neighbours, written out.
START_TEST(neighbours_share) {
  std::mt19937 random(1);
  SegmentTable table, expected;
  for (float &v : table)
    v = static_cast<float>(random() % 100);
  const auto at = [&](int y, int b, int r) {
    y = std::clamp(y, 0, Segments::kLuma - 1);
    b = std::clamp(b, 0, Segments::kChroma - 1);
    r = std::clamp(r, 0, Segments::kChroma - 1);
    return table[static_cast<size_t>((y * Segments::kChroma + b) * Segments::kChroma + r)];
  };
  size_t i = 0;
  for (int y = 0; y < Segments::kLuma; y++)
    for (int b = 0; b < Segments::kChroma; b++)
      for (int r = 0; r < Segments::kChroma; r++) {
        double sum = 0;
        for (int dy = -1; dy <= 1; dy++)
          for (int db = -1; db <= 1; db++)
            for (int dr = -1; dr <= 1; dr++)
              sum += at(y + dy, b + db, r + dr) * (2 - std::abs(dy)) * (2 - std::abs(db)) * (2 - std::abs(dr)) / 64.0;
        expected[i++] = static_cast<float>(sum);
      }
  share_with_neighbours(table);
  for (size_t k = 0; k < table.size(); k++)
    ck_assert_float_eq_tol(table[k], expected[k], 1e-3);
}
END_TEST

int main() {
  return run_suite("partition/segments", {like_colours_are_of_one_segment_and_others_are_not,
                                          every_pixel_looks_at_its_own_place, neighbours_share});
}
