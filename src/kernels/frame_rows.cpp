// SPDX-License-Identifier: LGPL-2.1-or-later
#include "kernels/frame_rows.h"

#include "kernels/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/frame_rows.cpp"
#include <hwy/foreach_target.h>

#include "kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace attention::kernels::HWY_NAMESPACE {

template <typename Sum, typename Sample>
HWY_INLINE HWY_ATTR void sum_any_rows(Sum *sum, const Sample *row, ptrdiff_t stride, int rows, int n) {
  const hn::ScalableTag<Sum> d;
  const hn::Rebind<Sample, decltype(d)> ds;
  const auto lanes = static_cast<int>(hn::Lanes(d));
  constexpr int kAtOnce = 4;
  int i = 0;
  for (; i + kAtOnce * lanes <= n; i += kAtOnce * lanes) {
    hn::Vec<decltype(d)> sums[kAtOnce];
    const Sample *at = row + i;
    for (int v = 0; v < kAtOnce; v++)
      sums[v] = hn::PromoteTo(d, hn::LoadU(ds, at + v * lanes));
    for (int k = 1; k < rows; k++) {
      at += stride;
      for (int v = 0; v < kAtOnce; v++)
        sums[v] = hn::Add(sums[v], hn::PromoteTo(d, hn::LoadU(ds, at + v * lanes)));
    }
    for (int v = 0; v < kAtOnce; v++)
      hn::StoreU(sums[v], d, sum + i + v * lanes);
  }
  for (; i < n; i++) {
    unsigned total = 0;
    for (int k = 0; k < rows; k++)
      total += row[k * stride + i];
    sum[i] = static_cast<Sum>(total);
  }
}

template <typename Sum, typename Sample>
HWY_INLINE HWY_ATTR void sum_any_pairs_of_rows(Sum *sum, const Sample *row, ptrdiff_t stride, int rows, int n) {
  int i = 0;
#if HWY_TARGET != HWY_SCALAR
  const hn::ScalableTag<Sum> d;
  const hn::Repartition<Sample, decltype(d)> ds;
  const auto lanes = static_cast<int>(hn::Lanes(d));
  constexpr int kBits = 8 * sizeof(Sample), kAtOnce = 4;
  const auto low = hn::Set(d, static_cast<Sum>((1U << kBits) - 1));
  for (; i + kAtOnce * lanes <= n; i += kAtOnce * lanes) {
    hn::Vec<decltype(d)> sums[kAtOnce];
    for (auto &v : sums)
      v = hn::Zero(d);
    const Sample *at = row + 2 * i;
    for (int k = 0; k < rows; k++, at += stride)
      for (int v = 0; v < kAtOnce; v++) {
        const auto pair = hn::BitCast(d, hn::LoadU(ds, at + 2 * v * lanes));
        sums[v] = hn::Add(sums[v], hn::Add(hn::And(pair, low), hn::ShiftRight<kBits>(pair)));
      }
    for (int v = 0; v < kAtOnce; v++)
      hn::StoreU(sums[v], d, sum + i + v * lanes);
  }
#endif
  for (; i < n; i++) {
    unsigned total = 0;
    for (int k = 0; k < rows; k++)
      total += row[k * stride + 2 * i] + row[k * stride + 2 * i + 1];
    sum[i] = static_cast<Sum>(total);
  }
}

/// The first of every `kStep` sums.
template <int kStep, typename Sum>
HWY_INLINE HWY_ATTR int pick_vectors(Sum *out, const Sum *in, int n) {
  const hn::ScalableTag<Sum> d;
  const auto lanes = static_cast<int>(hn::Lanes(d));
  int i = 0;
  for (; i + lanes <= n; i += lanes) {
    hn::Vec<decltype(d)> v[4];
    if constexpr (kStep == 2)
      hn::LoadInterleaved2(d, in + 2 * i, v[0], v[1]);
    else if constexpr (kStep == 3)
      hn::LoadInterleaved3(d, in + 3 * i, v[0], v[1], v[2]);
    else
      hn::LoadInterleaved4(d, in + 4 * i, v[0], v[1], v[2], v[3]);
    hn::StoreU(v[0], d, out + i);
  }
  return i;
}

template <typename Sum>
HWY_INLINE HWY_ATTR void pick_any(Sum *out, const Sum *in, int step, int n) {
  int i = step == 2   ? pick_vectors<2>(out, in, n)
          : step == 3 ? pick_vectors<3>(out, in, n)
          : step == 4 ? pick_vectors<4>(out, in, n)
                      : 0;
  for (; i < n; i++)
    out[i] = in[i * step];
}

template <typename Sum>
HWY_INLINE HWY_ATTR void fold_any(Sum *out, const Sum *in, int count, int n) {
  const hn::ScalableTag<Sum> d;
  const auto lanes = static_cast<int>(hn::Lanes(d));
  int i = 0;
  hn::Vec<decltype(d)> a, b, c;
  for (; count == 2 && i + lanes <= n; i += lanes) {
    hn::LoadInterleaved2(d, in + 2 * i, a, b);
    hn::StoreU(hn::Add(a, b), d, out + i);
  }
  for (; count == 3 && i + lanes <= n; i += lanes) {
    hn::LoadInterleaved3(d, in + 3 * i, a, b, c);
    hn::StoreU(hn::Add(hn::Add(a, b), c), d, out + i);
  }
  for (; i < n; i++) {
    Sum total = in[i * count];
    for (int k = 1; k < count; k++)
      total = static_cast<Sum>(total + in[i * count + k]);
    out[i] = total;
  }
}

template <typename Sum>
HWY_INLINE HWY_ATTR void convert(float *out, const Sum *in, float scale, float offset, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    const hn::RebindToSigned<decltype(d)> di;
    const hn::Rebind<Sum, decltype(d)> ds;
    const auto sums = hn::LoadU(ds, in + i);
    hn::Vec<decltype(di)> whole;
    if constexpr (sizeof(Sum) == sizeof(int32_t))
      whole = hn::BitCast(di, sums);
    else
      whole = hn::PromoteTo(di, sums);
    hn::StoreU(hn::Sub(hn::Mul(hn::ConvertTo(d, whole), hn::Set(d, scale)), hn::Set(d, offset)), d, out + i);
  });
}

template <typename Sample>
HWY_INLINE HWY_ATTR void add_any_row(float *line, const Sample *row, float share, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    const hn::RebindToSigned<decltype(d)> di;
    const hn::Rebind<Sample, decltype(d)> ds;
    const auto code = hn::ConvertTo(d, hn::PromoteTo(di, hn::LoadU(ds, row + i)));
    hn::StoreU(hn::Add(hn::LoadU(d, line + i), hn::Mul(code, hn::Set(d, share))), d, line + i);
  });
}

void sum_rows_8(uint16_t *sum, const uint8_t *row, ptrdiff_t stride, int rows, int n) {
  sum_any_rows(sum, row, stride, rows, n);
}
void sum_rows_16(uint32_t *sum, const uint16_t *row, ptrdiff_t stride, int rows, int n) {
  sum_any_rows(sum, row, stride, rows, n);
}
void sum_pairs_of_rows_8(uint16_t *sum, const uint8_t *row, ptrdiff_t stride, int rows, int n) {
  sum_any_pairs_of_rows(sum, row, stride, rows, n);
}
void sum_pairs_of_rows_16(uint32_t *sum, const uint16_t *row, ptrdiff_t stride, int rows, int n) {
  sum_any_pairs_of_rows(sum, row, stride, rows, n);
}
void pick_16(uint16_t *out, const uint16_t *in, int step, int n) { pick_any(out, in, step, n); }
void pick_32(uint32_t *out, const uint32_t *in, int step, int n) { pick_any(out, in, step, n); }
void fold_16(uint16_t *out, const uint16_t *in, int count, int n) { fold_any(out, in, count, n); }
void fold_32(uint32_t *out, const uint32_t *in, int count, int n) { fold_any(out, in, count, n); }
void to_floats_16(float *out, const uint16_t *in, float scale, float offset, int n) {
  convert(out, in, scale, offset, n);
}
void to_floats_32(float *out, const uint32_t *in, float scale, float offset, int n) {
  convert(out, in, scale, offset, n);
}
void add_row_8(float *line, const uint8_t *row, float share, int n) { add_any_row(line, row, share, n); }
void add_row_16(float *line, const uint16_t *row, float share, int n) { add_any_row(line, row, share, n); }

}  // namespace attention::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace attention::kernels {

ATTENTION_DISPATCH(void, sum_rows_8, (uint16_t * sum, const uint8_t *row, ptrdiff_t stride, int rows, int n),
                   (sum, row, stride, rows, n))
ATTENTION_DISPATCH(void, sum_rows_16, (uint32_t * sum, const uint16_t *row, ptrdiff_t stride, int rows, int n),
                   (sum, row, stride, rows, n))
ATTENTION_DISPATCH(void, sum_pairs_of_rows_8, (uint16_t * sum, const uint8_t *row, ptrdiff_t stride, int rows, int n),
                   (sum, row, stride, rows, n))
ATTENTION_DISPATCH(void, sum_pairs_of_rows_16, (uint32_t * sum, const uint16_t *row, ptrdiff_t stride, int rows, int n),
                   (sum, row, stride, rows, n))
ATTENTION_DISPATCH(void, pick_16, (uint16_t * out, const uint16_t *in, int step, int n), (out, in, step, n))
ATTENTION_DISPATCH(void, pick_32, (uint32_t * out, const uint32_t *in, int step, int n), (out, in, step, n))
ATTENTION_DISPATCH(void, fold_16, (uint16_t * out, const uint16_t *in, int count, int n), (out, in, count, n))
ATTENTION_DISPATCH(void, fold_32, (uint32_t * out, const uint32_t *in, int count, int n), (out, in, count, n))
ATTENTION_DISPATCH(void, to_floats_16, (float *out, const uint16_t *in, float scale, float offset, int n),
                   (out, in, scale, offset, n))
ATTENTION_DISPATCH(void, to_floats_32, (float *out, const uint32_t *in, float scale, float offset, int n),
                   (out, in, scale, offset, n))
ATTENTION_DISPATCH(void, add_row_8, (float *line, const uint8_t *row, float share, int n), (line, row, share, n))
ATTENTION_DISPATCH(void, add_row_16, (float *line, const uint16_t *row, float share, int n), (line, row, share, n))

}  // namespace attention::kernels
#endif
