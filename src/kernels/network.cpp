// SPDX-License-Identifier: LGPL-2.1-or-later
#include "kernels/network.h"

#include "kernels/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/network.cpp"
#include <hwy/foreach_target.h>

#include "kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace attention::kernels::HWY_NAMESPACE {

namespace {

/// sum + the products of both samples of a pair, of which a part may go to `other` instead.
template <class D, class V>
HWY_INLINE HWY_ATTR V add_products([[maybe_unused]] D d, V a, V b, V sum, [[maybe_unused]] V &other) {
#if HWY_TARGET == HWY_SCALAR
  const auto low = [](V v) HWY_ATTR { return static_cast<int16_t>(v.raw & 0xffff); };
  return V(sum.raw + low(a) * low(b) + (a.raw >> 16) * (b.raw >> 16));
#else
  const hn::Repartition<int16_t, D> narrow;
  return hn::ReorderWidenMulAccumulate(d, hn::BitCast(narrow, a), hn::BitCast(narrow, b), sum, other);
#endif
}

template <class D, class V>
HWY_INLINE HWY_ATTR V rounded_pair(D d, V a, V b) {
  const hn::RebindToSigned<D> whole;
  const auto round = [=](V v) HWY_ATTR {
    return hn::NearestInt(hn::Min(hn::Max(v, hn::Set(d, -kGreatestOfPair)), hn::Set(d, kGreatestOfPair)));
  };
  const auto low = hn::And(round(a), hn::Set(whole, 0xffff));
  return hn::BitCast(d, hn::Or(low, hn::ShiftLeft<16>(round(b))));
}

HWY_INLINE HWY_ATTR void mix_any_pairs(bool adds, float *const *planes, const Pair *const *rows, const Pair *weights,
                                       const float *scale, const float *bias, int count, int n) {
  const hn::ScalableTag<int32_t> d;
  const hn::RebindToFloat<decltype(d)> real;
  using V = hn::Vec<decltype(d)>;
  constexpr int kVectors = 2;
  constexpr auto kLanes = static_cast<int>(hn::MaxLanes(d));
  static_assert(kVectors * kLanes <= kMixedBehind);
  for (int i = 0; i < n; i += kVectors * kLanes) {
    V sums[kMixedAtOnce][kVectors], others[kMixedAtOnce][kVectors];
    for (int c = 0; c < kMixedAtOnce; c++)
      for (int v = 0; v < kVectors; v++)
        sums[c][v] = others[c][v] = hn::Zero(d);
    const Pair *weight = weights;
    int k = 0;
    // GCC copies all sums to other registers after each turn, so there are to be few.
#pragma GCC unroll 4
    do {
      V row[kVectors];
      for (int v = 0; v < kVectors; v++)
        row[v] = hn::LoadU(d, rows[k] + i + v * kLanes);
      for (int c = 0; c < kMixedAtOnce; c++) {
        const V by = hn::Set(d, weight[c]);
        for (int v = 0; v < kVectors; v++)
          sums[c][v] = add_products(d, row[v], by, sums[c][v], others[c][v]);
      }
      weight += kMixedAtOnce;
    } while (++k < count);
    for (int c = 0; c < kMixedAtOnce; c++)
      for (int v = 0; v < kVectors; v++) {
        float *out = planes[c] + i + v * kLanes;
        const V total = hn::RearrangeToOddPlusEven(sums[c][v], others[c][v]);
        const auto sum = hn::Add(hn::Set(real, bias[c]), hn::Mul(hn::ConvertTo(real, total), hn::Set(real, scale[c])));
        const auto positive = hn::Max(sum, hn::Zero(real));
        hn::StoreU(adds ? hn::Add(hn::LoadU(real, out), positive) : positive, real, out);
      }
  }
}

}  // namespace

void mix_pairs(float *const *planes, const Pair *const *rows, const Pair *weights, const float *scale,
               const float *bias, int count, int n) {
  mix_any_pairs(false, planes, rows, weights, scale, bias, count, n);
}

void add_mixed_pairs(float *const *planes, const Pair *const *rows, const Pair *weights, const float *scale,
                     const float *bias, int count, int n) {
  mix_any_pairs(true, planes, rows, weights, scale, bias, count, n);
}

void to_pairs(Pair *out, const float *a, const float *b, float scale, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    const hn::RebindToSigned<decltype(d)> whole;
    const auto by = hn::Set(d, scale);
    const auto both = rounded_pair(d, hn::Mul(hn::LoadU(d, a + i), by), hn::Mul(hn::LoadU(d, b + i), by));
    hn::StoreU(hn::BitCast(whole, both), whole, out + i);
  });
}

void four_to_pairs(Pair *one, Pair *other, const float *in, float scale, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    const hn::RebindToSigned<decltype(d)> whole;
    const auto by = hn::Set(d, scale);
    decltype(hn::LoadU(d, in)) a, b, e, f;
    hn::LoadInterleaved4(d, in + 4 * i, a, b, e, f);
    hn::StoreU(hn::BitCast(whole, rounded_pair(d, hn::Mul(a, by), hn::Mul(b, by))), whole, one + i);
    hn::StoreU(hn::BitCast(whole, rounded_pair(d, hn::Mul(e, by), hn::Mul(f, by))), whole, other + i);
  });
}

void filter_to_pairs(Pair *out, const float *a, const float *b, ptrdiff_t stride, const float *weights, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    const auto filtered = [&](const float *in, const float *w) HWY_ATTR {
      auto total = hn::Zero(d);
      for (int k = 0; k < 9; k++)
        total = hn::Add(total, hn::Mul(hn::LoadU(d, in + (k / 3 - 1) * stride + (k % 3 - 1) + i), hn::Set(d, w[k])));
      return total;
    };
    const hn::RebindToSigned<decltype(d)> whole;
    const auto both = rounded_pair(d, filtered(a, weights), filtered(b, weights + 9));
    hn::StoreU(hn::BitCast(whole, both), whole, out + i);
  });
}

void add_twice(float *row, const float *in, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    const auto value = hn::LoadU(d, in + i);
    decltype(hn::LoadU(d, in)) even, odd;
    hn::LoadInterleaved2(d, row + 2 * i, even, odd);
    hn::StoreInterleaved2(hn::Add(even, value), hn::Add(odd, value), d, row + 2 * i);
  });
}

}  // namespace attention::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace attention::kernels {

ATTENTION_DISPATCH(void, mix_pairs,
                   (float *const *planes, const Pair *const *rows, const Pair *weights, const float *scale,
                    const float *bias, int count, int n),
                   (planes, rows, weights, scale, bias, count, n))
ATTENTION_DISPATCH(void, add_mixed_pairs,
                   (float *const *planes, const Pair *const *rows, const Pair *weights, const float *scale,
                    const float *bias, int count, int n),
                   (planes, rows, weights, scale, bias, count, n))
ATTENTION_DISPATCH(void, to_pairs, (Pair * out, const float *a, const float *b, float scale, int n),
                   (out, a, b, scale, n))
ATTENTION_DISPATCH(void, four_to_pairs, (Pair * one, Pair *other, const float *in, float scale, int n),
                   (one, other, in, scale, n))
ATTENTION_DISPATCH(void, filter_to_pairs,
                   (Pair * out, const float *a, const float *b, ptrdiff_t stride, const float *weights, int n),
                   (out, a, b, stride, weights, n))
ATTENTION_DISPATCH(void, add_twice, (float *row, const float *in, int n), (row, in, n))

}  // namespace attention::kernels
#endif
