// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What is done to blocks of the frame, in the widest vectors that the machine has (Google Highway). Rows lie `stride`
/// samples apart, of any sign; no alignment is asked of any pointer. All machines see the same bits.
#pragma once

#include <cstddef>
#include <cstdint>

namespace attention::kernels {

constexpr int kBlockSide = 16;  ///< samples
constexpr int kCellSide = 4;    ///< samples, of which a block has so many by so many cells

struct BlockDifference {
  int squares = 0;  ///< sum over all samples
  int samples = 0;  ///< that differ by more than the threshold
  int cell = 0;     ///< the greatest sum over a cell, without its sign
};
/// How a block differs from another, whose rows lie one behind the other; threshold 0–255.
BlockDifference compare_blocks(const uint8_t *now, ptrdiff_t stride, const uint8_t *then, int threshold);

/// sum[y · sum_stride + i] += row[y · stride + i] for `rows` rows of n samples.
void add_rows_8(uint16_t *sum, ptrdiff_t sum_stride, const uint8_t *row, ptrdiff_t stride, int rows, int n);
void add_rows_16(uint32_t *sum, ptrdiff_t sum_stride, const uint16_t *row, ptrdiff_t stride, int rows, int n);

}  // namespace attention::kernels
