// SPDX-License-Identifier: LGPL-2.1-or-later
// Layers of the network against their plain twins, bit for bit, in all vectors that this machine has.
#include "kernels/network.h"

#include "map_twins.h"
#include "rows.h"
#include "suite.h"

using namespace attention;

START_TEST(mix_rows) {
  for_all_targets([](int n, int a, int b) {
    constexpr int kPlanes = kernels::kMixedAtOnce;
    const int count = 1 + b;
    const int whole = n + kernels::kMixedBehind;
    Row<float> weights(kPlanes * count, 0, -1, 1), bias(kPlanes, 0, -1, 1);
    Row<float> rows(count * whole, b, -1, 1), out(kPlanes * whole, a, -1, 1), oracle(out, 0);
    std::vector<const float *> row(count);
    for (int k = 0; k < count; k++)
      row[k] = rows.data() + k * whole;
    float *planes[kPlanes], *oracle_planes[kPlanes];
    for (int c = 0; c < kPlanes; c++) {
      planes[c] = out.data() + c * whole;
      oracle_planes[c] = oracle.data() + c * whole;
    }
    kernels::mix_rows(planes, row.data(), weights.data(), bias.data(), count, n);
    twins::mix_rows(oracle_planes, row.data(), weights.data(), bias.data(), kPlanes, count, n);
    for (int c = 0; c < kPlanes; c++)
      ck_assert(std::equal(planes[c], planes[c] + n, oracle_planes[c]));
    out.check_guards();
  });
}
END_TEST

START_TEST(filter_3x3) {
  for_all_targets([](int n, int a, int b) {
    const int column = 1 + a % 4, row = n + 2 * column;
    Row<float> in(2 * row + n + 2 * column, b, -1, 1), weights(9, 0, -1, 1), out(n, a), oracle(n, 0);
    const float *middle = in.data() + row + column;
    kernels::filter_3x3(out.data(), middle, row, column, weights.data(), n);
    twins::filter_3x3(oracle.data(), middle, row, column, weights.data(), n);
    out.check_equal(oracle);
  });
}
END_TEST

int main() { return run_suite("network", {mix_rows, filter_3x3}); }
