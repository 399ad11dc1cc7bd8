// SPDX-License-Identifier: LGPL-2.1-or-later
// What is read of the rows of a frame against its plain twin, bit for bit, in all vectors that this machine has.
#include "kernels/frame_rows.h"

#include "map_twins.h"
#include "rows.h"
#include "suite.h"

using namespace attention;

namespace {

template <typename Sum, typename Sample, typename Kernel>
void check_sum_rows(Kernel kernel, double most) {
  for_all_targets([=](int n, int a, int b) {
    const int rows = 1 + b;
    for (const int stride : {n, -n, 2 * n + a}) {
      Row<Sample> samples(std::abs(stride) * (rows - 1) + n, b, 0, most);
      const Sample *first = samples.data() + (stride < 0 ? -stride * (rows - 1) : 0);
      Row<Sum> sum(n, a), oracle(n, 0);
      kernel(sum.data(), first, stride, rows, n);
      twins::sum_rows(oracle.data(), first, stride, rows, n);
      sum.check_equal(oracle);
    }
  });
}

template <typename Sum, typename Sample, typename Kernel>
void check_pairs_of_rows(Kernel kernel, double most) {
  for_all_targets([=](int n, int a, int b) {
    const int rows = 1 + b;
    for (const int stride : {2 * n, -2 * n, 5 * n + a}) {
      Row<Sample> samples(std::abs(stride) * (rows - 1) + 2 * n, b, 0, most);
      const Sample *first = samples.data() + (stride < 0 ? -stride * (rows - 1) : 0);
      Row<Sum> sum(n, a), all(2 * n, 0), oracle(n, 0);
      kernel(sum.data(), first, stride, rows, n);
      twins::sum_rows(all.data(), first, stride, rows, 2 * n);
      twins::fold(oracle.data(), all.data(), 2, n);
      sum.check_equal(oracle);
    }
  });
}

template <typename Sum, typename Pick, typename Fold>
void check_steps(Pick pick, Fold fold, double most) {
  for_all_targets([=](int n, int a, int b) {
    const int count = 1 + b % 6;
    Row<Sum> in(n * count, b, 0, most), out(n, a), oracle(n, 0);
    fold(out.data(), in.data(), count, n);
    twins::fold(oracle.data(), in.data(), count, n);
    out.check_equal(oracle);
    const int step = 1 + b % 4;
    Row<Sum> samples(n * step, b, 0, most);
    pick(out.data(), samples.data(), step, n);
    twins::pick(oracle.data(), samples.data(), step, n);
    out.check_equal(oracle);
    pick(samples.data(), samples.data(), step, n);  // in place, as it is used
    ck_assert(std::equal(samples.data(), samples.data() + n, oracle.data()));
    samples.check_guards();
    twins::fold(oracle.data(), in.data(), count, n);
    fold(in.data(), in.data(), count, n);
    ck_assert(std::equal(in.data(), in.data() + n, oracle.data()));
    in.check_guards();
  });
}

template <typename Sum, typename Sample, typename ToFloats, typename AddRow>
void check_floats(ToFloats to_floats, AddRow add_row, double most_sum, double most) {
  for_all_targets([=](int n, int a, int b) {
    Row<Sum> sums(n, b, 0, most_sum);
    Row<float> out(n, a), oracle(n, 0);
    to_floats(out.data(), sums.data(), 0.37F, 16.5F, n);
    twins::to_floats(oracle.data(), sums.data(), 0.37F, 16.5F, n);
    out.check_equal(oracle);
    Row<Sample> row(n, b, 0, most);
    add_row(out.data(), row.data(), 0.61F, n);
    twins::add_row(oracle.data(), row.data(), 0.61F, n);
    out.check_equal(oracle);
  });
}

}  // namespace

START_TEST(rows_of_bytes) { check_sum_rows<uint16_t, uint8_t>(kernels::sum_rows_8, 255); }
END_TEST

START_TEST(rows_of_words) { check_sum_rows<uint32_t, uint16_t>(kernels::sum_rows_16, 65535); }
END_TEST

START_TEST(pairs_of_bytes) { check_pairs_of_rows<uint16_t, uint8_t>(kernels::sum_pairs_of_rows_8, 255); }
END_TEST

START_TEST(pairs_of_words) { check_pairs_of_rows<uint32_t, uint16_t>(kernels::sum_pairs_of_rows_16, 65535); }
END_TEST

START_TEST(steps_of_bytes) { check_steps<uint16_t>(kernels::pick_16, kernels::fold_16, 10000); }
END_TEST

START_TEST(steps_of_words) { check_steps<uint32_t>(kernels::pick_32, kernels::fold_32, 1 << 28); }
END_TEST

START_TEST(floats_of_bytes) { check_floats<uint16_t, uint8_t>(kernels::to_floats_16, kernels::add_row_8, 65535, 255); }
END_TEST

START_TEST(floats_of_words) {
  check_floats<uint32_t, uint16_t>(kernels::to_floats_32, kernels::add_row_16, 0x7fffffff, 65535);
}
END_TEST

int main() {
  return run_suite("frame_rows", {rows_of_bytes, rows_of_words, pairs_of_bytes, pairs_of_words, steps_of_bytes,
                                  steps_of_words, floats_of_bytes, floats_of_words});
}
