// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Layers of a small network, in the widest vectors that the machine has (Google Highway). Sums over planes are of
/// whole numbers, so all machines see the same bits.
#pragma once

#include <cstddef>
#include <cstdint>

namespace attention::kernels {

/// Samples of two planes, or two weights, as 16 bits each.
using Pair = int32_t;
constexpr float kGreatestOfPair = 32767;  ///< what is greater is taken as this
constexpr Pair pair(int first, int second) {
  return static_cast<Pair>((static_cast<uint32_t>(second) << 16) | (static_cast<uint32_t>(first) & 0xffff));
}

/// Planes that mix_pairs() writes at once: what is loaded of a row serves all of them.
constexpr int kMixedAtOnce = 4;
/// Samples behind the n that mix_pairs() may read and write, as it takes whole vectors.
constexpr int kMixedBehind = 32;

/// plane[c][i] = max(bias[c] + scale[c] * Σ weights[k * kMixedAtOnce + c] · rows[k][i], 0) for kMixedAtOnce planes c,
/// over `count` rows of pairs, at least 1; the sums must stay within 31 bits.
void mix_pairs(float *const *planes, const Pair *const *rows, const Pair *weights, const float *scale,
               const float *bias, int count, int n);
/// plane[c][i] += the same.
void add_mixed_pairs(float *const *planes, const Pair *const *rows, const Pair *weights, const float *scale,
                     const float *bias, int count, int n);

/// out[i] = a[i] * scale and b[i] * scale, rounded.
void to_pairs(Pair *out, const float *a, const float *b, float scale, int n);

/// one[i] = in[4 · i] * scale and in[4 · i + 1] * scale, rounded; other[i] the same of the two samples after them.
void four_to_pairs(Pair *one, Pair *other, const float *in, float scale, int n);

/// out[i] = a filter of 3 × 3 samples around a[i] and another around b[i], rounded: Σ in[r * stride + c + i] *
/// weights[3 * (r + 1) + c + 1] for r and c of −1, 0 and 1; nine weights for a, then nine for b.
void filter_to_pairs(Pair *out, const float *a, const float *b, ptrdiff_t stride, const float *weights, int n);

/// row[2 · i] and row[2 · i + 1] += in[i].
void add_twice(float *row, const float *in, int n);

}  // namespace attention::kernels
