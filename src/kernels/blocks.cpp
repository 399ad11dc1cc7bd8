// SPDX-License-Identifier: LGPL-2.1-or-later
#include "kernels/blocks.h"

#include "kernels/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/blocks.cpp"
#include <hwy/foreach_target.h>

#include <array>
#include <cstdlib>

#include "kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace attention::kernels::HWY_NAMESPACE {

namespace {

template <typename Sum, typename Sample>
HWY_INLINE HWY_ATTR void add_any_rows(Sum *sum, ptrdiff_t sum_stride, const Sample *row, ptrdiff_t stride, int rows,
                                      int n) {
  const hn::CappedTag<Sum, kBlockSide> d;
  const hn::Rebind<Sample, decltype(d)> narrow;
  const auto lanes = static_cast<int>(hn::Lanes(d));
  for (int y = 0; y < rows; y++, sum += sum_stride, row += stride) {
    int i = 0;
    for (; i + lanes <= n; i += lanes)
      hn::StoreU(hn::Add(hn::LoadU(d, sum + i), hn::PromoteTo(d, hn::LoadU(narrow, row + i))), d, sum + i);
    for (; i < n; i++)
      sum[i] = static_cast<Sum>(sum[i] + row[i]);
  }
}

}  // namespace

BlockDifference compare_blocks(const uint8_t *now, ptrdiff_t stride, const uint8_t *then, int threshold) {
  const hn::CappedTag<int16_t, kBlockSide> d;
  const hn::Rebind<uint8_t, decltype(d)> bytes;
  using V = hn::Vec<decltype(d)>;
  constexpr auto kLanes = static_cast<int>(hn::MaxLanes(d));
  constexpr int kColumns = kBlockSide / kLanes;
  BlockDifference found;
  const V least = hn::Set(d, static_cast<int16_t>(threshold));
  V changed[kColumns];
  for (V &column : changed)
    column = hn::Zero(d);
#if HWY_TARGET != HWY_SCALAR
  const hn::Repartition<int32_t, decltype(d)> wide;
  hn::Vec<decltype(wide)> squares = hn::Zero(wide), other = squares;
#endif
  for (int top = 0; top < kBlockSide; top += kCellSide) {
    V sums[kColumns];
    for (V &column : sums)
      column = hn::Zero(d);
    for (int y = top; y < top + kCellSide; y++)
      for (int c = 0; c < kColumns; c++) {
        const V a = hn::PromoteTo(d, hn::LoadU(bytes, now + y * stride + c * kLanes));
        const V b = hn::PromoteTo(d, hn::LoadU(bytes, then + y * kBlockSide + c * kLanes));
        const V difference = hn::Sub(a, b);
        sums[c] = hn::Add(sums[c], difference);
        changed[c] = hn::Sub(changed[c], hn::VecFromMask(d, hn::Gt(hn::Abs(difference), least)));
#if HWY_TARGET == HWY_SCALAR
        found.squares += difference.raw * difference.raw;
#else
        squares = hn::ReorderWidenMulAccumulate(wide, difference, difference, squares, other);
#endif
      }
    std::array<int16_t, kBlockSide> across;
    for (int c = 0; c < kColumns; c++)
      hn::StoreU(sums[c], d, across.data() + c * kLanes);
    for (int cell = 0; cell < kBlockSide; cell += kCellSide)
      found.cell =
          std::max(found.cell, std::abs(across[cell] + across[cell + 1] + across[cell + 2] + across[cell + 3]));
  }
  std::array<int16_t, kBlockSide> counts;
  for (int c = 0; c < kColumns; c++)
    hn::StoreU(changed[c], d, counts.data() + c * kLanes);
  for (const int16_t count : counts)
    found.samples += count;
#if HWY_TARGET != HWY_SCALAR
  std::array<int32_t, hn::MaxLanes(wide)> parts;
  hn::StoreU(hn::Add(squares, other), wide, parts.data());
  for (const int32_t part : parts)
    found.squares += part;
#endif
  return found;
}

void add_rows_8(uint16_t *sum, ptrdiff_t sum_stride, const uint8_t *row, ptrdiff_t stride, int rows, int n) {
  add_any_rows(sum, sum_stride, row, stride, rows, n);
}

void add_rows_16(uint32_t *sum, ptrdiff_t sum_stride, const uint16_t *row, ptrdiff_t stride, int rows, int n) {
  add_any_rows(sum, sum_stride, row, stride, rows, n);
}

}  // namespace attention::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace attention::kernels {

ATTENTION_DISPATCH(BlockDifference, compare_blocks,
                   (const uint8_t *now, ptrdiff_t stride, const uint8_t *then, int threshold),
                   (now, stride, then, threshold))
ATTENTION_DISPATCH(void, add_rows_8,
                   (uint16_t * sum, ptrdiff_t sum_stride, const uint8_t *row, ptrdiff_t stride, int rows, int n),
                   (sum, sum_stride, row, stride, rows, n))
ATTENTION_DISPATCH(void, add_rows_16,
                   (uint32_t * sum, ptrdiff_t sum_stride, const uint16_t *row, ptrdiff_t stride, int rows, int n),
                   (sum, sum_stride, row, stride, rows, n))

}  // namespace attention::kernels
#endif
