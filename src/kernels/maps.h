// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What is done to rows of float maps, in the widest vectors that the machine has (Google Highway). No alignment is
/// asked of any pointer; an out row overlaps no in row unless it says so. Sums and products are not fused, so all
/// machines see the same bits.
#pragma once

#include <cstddef>

namespace attention::kernels {

/// sum[i] = Σ row[k · stride + i] * weights[k] over `count` rows, at least 1, that begin `stride` floats apart and may
/// overlap each other.
void combine(float *sum, const float *row, ptrdiff_t stride, const float *weights, int count, int n);

/// Four rows side by side, as columns of four: out[4 · i + r] = row[r · stride + i], and back.
void interleave(float *out, const float *row, ptrdiff_t stride, int n);
void deinterleave(float *row, ptrdiff_t stride, const float *in, int n);
/// Columns of four: out[x] = Σ in[first[x] + k] * shares[x · reach + k], k from 0 to reach - 1.
void gather_columns(float *out, const float *in, const int *first, const float *shares, int reach, int n);
/// Columns of four: out[x] = in[first[x]] + (in[second[x]] - in[first[x]]) * fraction[x].
void between_columns(float *out, const float *in, const int *first, const int *second, const float *fraction, int n);

/// step[i] = below[i] - above[i].
void step(float *step, const float *above, const float *below, int n);
/// out[i] = base[i] + step[i] * fraction.
void lerp(float *out, const float *base, const float *step, float fraction, int n);
/// One step of a box blur down columns: out[i] = (sum[i] + rest * (above[i] + below[i])) * scale, then sum[i] +=
/// below[i]
/// - first[i].
void slide_box(float *out, float *sum, const float *above, const float *first, const float *below, float rest,
               float scale, int n);
/// factor[i] = max(base + weight[i] * span, floor[i]).
void mix(float *factor, const float *weight, const float *floor, float base, float span, int n);
/// out[i] = above[i] + (below[i] - above[i]) * fraction.
void between(float *out, const float *above, const float *below, float fraction, int n);
/// out[i] = the mean of in[2 · i] and in[2 · i + 1].
void halve(float *out, const float *in, int n);

/// The products of a row's gradients: gx = right - left, gy = down - up.
void gradients(float *xx, float *xy, float *yy, const float *left, const float *right, const float *up,
               const float *down, int n);
/// sum[i] = a[i] + b[i] + c[i].
void sum_3(float *sum, const float *a, const float *b, const float *c, int n);
/// Of the tensors that are sums of three neighbours in `xx`, `xy` and `yy`, rows of n + 2 samples: the square root of
/// the smaller eigenvalue (Shi & Tomasi, CVPR 1994), and the sum of both.
void corners(float *corner, float *trace, const float *xx, const float *xy, const float *yy, int n);

/// How fast a value moves towards its goal: by the share `rise` or `fall` of the way in a step, but of the last
/// `unseen` + `weber` * goal of it by the share `creep`.
struct Pace {
  float rise, fall, unseen, weber, creep;
};
/// value[i] moves towards goal[i], 0 or more.
void follow(float *value, const float *goal, const Pace &pace, int n);
/// out[i] += gain * motion[i] * (floor + figure[i]).
void add_motion(float *out, const float *motion, const float *figure, float gain, float floor, int n);
/// out[i] = √in[i].
void root(float *out, const float *in, int n);
/// out[i] = (out[i] + blank) * (1 - bias * (1 - prior[i])).
void apply_prior(float *out, const float *prior, float blank, float bias, int n);

/// What a turned, scaled and moved map has along a row: out[i] is the sample of `map`, of `width` × `height` of them
/// and at least 2 × 2, at (a · i − b · y + tx, b · i + a · y + ty), between four; `outside` where that is not on the
/// map.
void sample_row(float *out, const float *map, int width, int height, float a, float b, float tx, float ty, float y,
                float outside, int n);
/// change[i] = |now[i] - change[i]|, or `unknown` where change[i] is `outside`.
void difference(float *change, const float *now, float outside, float unknown, int n);

/// From R, G and B to luma and the two colour differences, in place: kr · r + (1 - kr - kb) · g + kb · b, (b - y) / cb,
/// (r - y) / cr.
void to_ycbcr(float *r, float *g, float *b, float kr, float kb, float cb, float cr, int n);

}  // namespace attention::kernels
