// SPDX-License-Identifier: LGPL-2.1-or-later
// Attention over regions.
#include "weigh/softmax.h"

#include "../maps.h"

using namespace attention;

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

int main() { return run_suite("weigh/softmax", {softmax_sums_to_one}); }
