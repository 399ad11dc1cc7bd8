// SPDX-License-Identifier: LGPL-2.1-or-later
// Layers of the network against their plain twins, bit for bit, in all vectors that this machine has.
#include "kernels/network.h"

#include "map_twins.h"
#include "rows.h"
#include "suite.h"

using namespace attention;

namespace {

/// Pairs of any two numbers of 16 bits.
std::vector<kernels::Pair> pairs(int n, int most) {
  std::uniform_int_distribution<int> any(-most, most);
  std::vector<kernels::Pair> all(static_cast<size_t>(n));
  for (kernels::Pair &both : all) {
    const int first = any(random_numbers);
    both = kernels::pair(first, any(random_numbers));
  }
  return all;
}

}  // namespace

START_TEST(mix_pairs) {
  for_all_targets([](int n, int a, int b) {
    constexpr int kPlanes = kernels::kMixedAtOnce;
    const int count = 1 + b;
    const int whole = n + kernels::kMixedBehind;
    const std::vector<kernels::Pair> weights = pairs(kPlanes * count, 127), rows = pairs(count * whole + b, 32767);
    Row<float> scale(kPlanes, 0, 1e-7, 1e-6), bias(kPlanes, 0, -1, 1);
    Row<float> out(kPlanes * whole, a, -1, 1), oracle(out, 0);
    std::vector<const kernels::Pair *> row(count);
    for (int k = 0; k < count; k++)
      row[k] = rows.data() + b + k * whole;
    float *planes[kPlanes], *oracle_planes[kPlanes];
    for (int c = 0; c < kPlanes; c++) {
      planes[c] = out.data() + c * whole;
      oracle_planes[c] = oracle.data() + c * whole;
    }
    for (const bool adds : {true, false}) {
      (adds ? kernels::add_mixed_pairs : kernels::mix_pairs)(planes, row.data(), weights.data(), scale.data(),
                                                             bias.data(), count, n);
      for (int c = 0; c < kPlanes && !adds; c++)
        std::fill_n(oracle_planes[c], n, 0.0F);
      twins::add_mixed_pairs(oracle_planes, row.data(), weights.data(), scale.data(), bias.data(), count, n);
      for (int c = 0; c < kPlanes; c++)
        ck_assert(std::equal(planes[c], planes[c] + n, oracle_planes[c]));
    }
    out.check_guards();
  });
}
END_TEST

// Halves go to the even number, and what is too great is as great as can be.
START_TEST(to_pairs) {
  for_all_targets([](int n, int a, int b) {
    Row<float> first(n, b, -40000, 40000), second(n, 0, -8, 8);
    for (int i = 0; i < n; i += 2)
      second[i] = std::floor(second[i]) + 0.5F;
    Row<kernels::Pair> out(n, a), oracle(n, 0);
    kernels::to_pairs(out.data(), first.data(), second.data(), 1.0F, n);
    twins::to_pairs(oracle.data(), first.data(), second.data(), 1.0F, n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(four_to_pairs) {
  for_all_targets([](int n, int a, int b) {
    Row<float> in(4 * n, b, -1, 1);
    Row<kernels::Pair> one(n, a), other(n, b), first(n, 0), second(n, 0);
    kernels::four_to_pairs(one.data(), other.data(), in.data(), 1000.0F, n);
    twins::four_to_pairs(first.data(), second.data(), in.data(), 1000.0F, n);
    one.check_equal(first);
    other.check_equal(second);
  });
}
END_TEST

START_TEST(filter_to_pairs) {
  for_all_targets([](int n, int a, int b) {
    const int stride = n + 1 + a % 4;
    Row<float> first(2 * stride + n + 2, b, -1, 1), second(2 * stride + n + 2, a, -1, 1), weights(18, 0, -9000, 9000);
    Row<kernels::Pair> out(n, a), oracle(n, 0);
    const float *middle = first.data() + stride + 1, *other = second.data() + stride + 1;
    kernels::filter_to_pairs(out.data(), middle, other, stride, weights.data(), n);
    twins::filter_to_pairs(oracle.data(), middle, other, stride, weights.data(), n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(add_twice) {
  for_all_targets([](int n, int a, int b) {
    Row<float> in(n, b, -1, 1), out(2 * n, a, -1, 1), oracle(out, 0);
    kernels::add_twice(out.data(), in.data(), n);
    twins::add_twice(oracle.data(), in.data(), n);
    out.check_equal(oracle);
  });
}
END_TEST

int main() { return run_suite("network", {mix_pairs, to_pairs, four_to_pairs, filter_to_pairs, add_twice}); }
