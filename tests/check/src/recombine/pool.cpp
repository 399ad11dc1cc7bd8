// SPDX-License-Identifier: LGPL-2.1-or-later
// Pooling on inputs whose answer is known by hand.
#include "../test_picture.h"
#include "attention.h"

using namespace attention;

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

int main() { return run_suite("recombine/pool", {pooling_the_row_of_nine}); }
