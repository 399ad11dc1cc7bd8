// SPDX-License-Identifier: LGPL-2.1-or-later
// What is done to blocks against the same written to be plain, bit for bit, in all vectors that this machine has.
#include "kernels/blocks.h"

#include "rows.h"
#include "suite.h"

using namespace attention;

namespace {

kernels::BlockDifference compared(const uint8_t *now, ptrdiff_t stride, const uint8_t *then, int threshold) {
  kernels::BlockDifference found;
  for (int top = 0; top < kernels::kBlockSide; top += kernels::kCellSide)
    for (int left = 0; left < kernels::kBlockSide; left += kernels::kCellSide) {
      int sum = 0;
      for (int y = top; y < top + kernels::kCellSide; y++)
        for (int x = left; x < left + kernels::kCellSide; x++) {
          const int difference = now[y * stride + x] - then[y * kernels::kBlockSide + x];
          sum += difference;
          found.squares += difference * difference;
          found.samples += std::abs(difference) > threshold ? 1 : 0;
        }
      found.cell = std::max(found.cell, std::abs(sum));
    }
  return found;
}

template <typename Sum, typename Sample, typename Kernel>
void check_add_rows(Kernel kernel, double most_sum, double most) {
  for_all_targets([=](int n, int a, int b) {
    const int rows = 1 + b % 5;
    for (const int stride : {n + a, -n}) {
      Row<Sample> samples((rows - 1) * std::abs(stride) + n, b, 0, most);
      const Sample *row = samples.data() + (stride < 0 ? -stride * (rows - 1) : 0);
      Row<Sum> sum((rows - 1) * (n + 3) + n, a, 0, most_sum);
      Row<Sum> oracle(sum, 0);
      kernel(sum.data(), n + 3, row, stride, rows, n);
      for (int y = 0; y < rows; y++)
        for (int i = 0; i < n; i++)
          oracle[y * (n + 3) + i] = static_cast<Sum>(oracle[y * (n + 3) + i] + row[y * stride + i]);
      sum.check_equal(oracle);
    }
  });
}

}  // namespace

START_TEST(compare_blocks) {
  for_each_target([] {
    for (int offset = 0; offset < kAlignments; offset++)
      for (const double most : {0.0, 3.0, 40.0, 255.0})
        for (const int stride : {16, 16 + offset, -23})
          for (const int threshold : {0, 16, 255}) {
            Row<uint8_t> frame(15 * std::abs(stride) + 16, offset, 255 - most, 255), then(256, 0, 0, most);
            const uint8_t *now = frame.data() + (stride < 0 ? -15 * stride : 0);
            const kernels::BlockDifference found = kernels::compare_blocks(now, stride, then.data(), threshold);
            const kernels::BlockDifference right = compared(now, stride, then.data(), threshold);
            ck_assert_int_eq(found.squares, right.squares);
            ck_assert_int_eq(found.samples, right.samples);
            ck_assert_int_eq(found.cell, right.cell);
          }
  });
}
END_TEST

START_TEST(add_rows) {
  check_add_rows<uint16_t, uint8_t>(kernels::add_rows_8, 65280, 255);
  check_add_rows<uint32_t, uint16_t>(kernels::add_rows_16, 4e9, 65535);
}
END_TEST

int main() { return run_suite("kernels/blocks", {compare_blocks, add_rows}); }
