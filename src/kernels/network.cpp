// SPDX-License-Identifier: LGPL-2.1-or-later
#include "kernels/network.h"

#include "kernels/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/network.cpp"
#include <hwy/foreach_target.h>

#include "kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace attention::kernels::HWY_NAMESPACE {

void mix_rows(float *const *planes, const float *const *rows, const float *weights, const float *bias, int count,
              int n) {
  const hn::ScalableTag<float> d;
  constexpr int kVectors = 2;
  constexpr auto kLanes = static_cast<int>(hn::MaxLanes(d));
  static_assert(kVectors * kLanes <= kMixedBehind);
  for (int i = 0; i < n; i += kVectors * kLanes) {
    hn::Vec<decltype(d)> sums[kMixedAtOnce][kVectors];
    for (int c = 0; c < kMixedAtOnce; c++)
      for (auto &sum : sums[c])
        sum = hn::Set(d, bias[c]);
    for (int k = 0; k < count; k++)
      for (int v = 0; v < kVectors; v++) {
        const auto row = hn::LoadU(d, rows[k] + i + v * kLanes);
        for (int c = 0; c < kMixedAtOnce; c++)
          sums[c][v] = hn::Add(sums[c][v], hn::Mul(row, hn::Set(d, weights[c * count + k])));
      }
    for (int c = 0; c < kMixedAtOnce; c++)
      for (int v = 0; v < kVectors; v++) {
        float *out = planes[c] + i + v * kLanes;
        hn::StoreU(hn::Add(hn::LoadU(d, out), hn::Max(sums[c][v], hn::Zero(d))), d, out);
      }
  }
}

void filter_3x3(float *out, const float *in, int row, int column, const float *weights, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    auto total = hn::Zero(d);
    for (int k = 0; k < 9; k++)
      total = hn::Add(total,
                      hn::Mul(hn::LoadU(d, in + (k / 3 - 1) * row + (k % 3 - 1) * column + i), hn::Set(d, weights[k])));
    hn::StoreU(total, d, out + i);
  });
}

}  // namespace attention::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace attention::kernels {

ATTENTION_DISPATCH(void, mix_rows,
                   (float *const *planes, const float *const *rows, const float *weights, const float *bias, int count,
                    int n),
                   (planes, rows, weights, bias, count, n))
ATTENTION_DISPATCH(void, filter_3x3, (float *out, const float *in, int row, int column, const float *weights, int n),
                   (out, in, row, column, weights, n))

}  // namespace attention::kernels
#endif
