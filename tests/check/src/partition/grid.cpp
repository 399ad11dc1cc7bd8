// SPDX-License-Identifier: LGPL-2.1-or-later
// A region has whole pixels, and their mean.
#include "partition/grid.h"

#include <numeric>

#include "../maps.h"
#include "../test_picture.h"
#include "partition/partition.h"
#include "weigh/weigh.h"

using namespace attention;

START_TEST(edges_of_nine_pixels_in_five_regions) {
  const std::vector<double> expected{0, 2, 4, 6, 8, 9};
  ck_assert(region_edges(9, 5) == expected);
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

int main() {
  return run_suite("partition/grid", {edges_of_nine_pixels_in_five_regions, regions_have_the_means_of_their_pixels});
}
