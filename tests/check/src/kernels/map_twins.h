// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What each function of kernels/maps.h, sums.h, frame_rows.h and network.h means, one sample at a time.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "kernels/maps.h"
#include "kernels/network.h"

namespace twins {

namespace kernels = attention::kernels;

inline void combine(float *sum, const float *row, ptrdiff_t stride, const float *weights, int count, int n) {
  for (int i = 0; i < n; i++) {
    sum[i] = 0;
    for (int k = 0; k < count; k++)
      sum[i] += row[k * stride + i] * weights[k];
  }
}

inline void interleave(float *out, const float *row, ptrdiff_t stride, int n) {
  for (int i = 0; i < 4 * n; i++)
    out[i] = row[i % 4 * stride + i / 4];
}

inline void gather_columns(float *out, const float *in, const int *first, const float *shares, int reach, int n) {
  for (int i = 0; i < 4 * n; i++) {
    out[i] = 0;
    for (int k = 0; k < reach; k++)
      out[i] += in[4 * (first[i / 4] + k) + i % 4] * shares[i / 4 * reach + k];
  }
}

inline void between_columns(float *out, const float *in, const int *first, const int *second, const float *fraction,
                            int n) {
  for (int i = 0; i < 4 * n; i++) {
    const float from = in[4 * first[i / 4] + i % 4];
    out[i] = from + (in[4 * second[i / 4] + i % 4] - from) * fraction[i / 4];
  }
}

inline void step(float *step, const float *above, const float *below, int n) {
  for (int i = 0; i < n; i++)
    step[i] = below[i] - above[i];
}

inline void lerp(float *out, const float *base, const float *step, float fraction, int n) {
  for (int i = 0; i < n; i++)
    out[i] = base[i] + step[i] * fraction;
}

inline void slide_box(float *out, float *sum, const float *above, const float *first, const float *below, float rest,
                      float scale, int n) {
  for (int i = 0; i < n; i++) {
    out[i] = (sum[i] + rest * (above[i] + below[i])) * scale;
    sum[i] += below[i] - first[i];
  }
}

inline void mix(float *factor, const float *weight, const float *floor, float base, float span, int n) {
  for (int i = 0; i < n; i++)
    factor[i] = std::max(base + weight[i] * span, floor[i]);
}

inline void between(float *out, const float *above, const float *below, float fraction, int n) {
  for (int i = 0; i < n; i++)
    out[i] = above[i] + (below[i] - above[i]) * fraction;
}

inline void halve(float *out, const float *in, int n) {
  for (int i = 0; i < n; i++)
    out[i] = (in[2 * i] + in[2 * i + 1]) / 2;
}

inline void gradients(float *xx, float *xy, float *yy, const float *left, const float *right, const float *up,
                      const float *down, int n) {
  for (int i = 0; i < n; i++) {
    const float gx = right[i] - left[i];
    const float gy = down[i] - up[i];
    xx[i] = gx * gx;
    xy[i] = gx * gy;
    yy[i] = gy * gy;
  }
}

inline void sum_3(float *sum, const float *a, const float *b, const float *c, int n) {
  for (int i = 0; i < n; i++)
    sum[i] = a[i] + b[i] + c[i];
}

inline void corners(float *corner, float *trace, const float *xx, const float *xy, const float *yy, int n) {
  for (int i = 0; i < n; i++) {
    const float x = xx[i] + xx[i + 1] + xx[i + 2];
    const float m = xy[i] + xy[i + 1] + xy[i + 2];
    const float y = yy[i] + yy[i + 1] + yy[i + 2];
    const float half = 0.5F * (x - y);
    trace[i] = x + y;
    corner[i] = std::sqrt(std::max(0.5F * trace[i] - std::sqrt(half * half + m * m), 0.0F));
  }
}

inline void follow(float *value, const float *goal, const attention::kernels::Pace &pace, int n) {
  for (int i = 0; i < n; i++) {
    const float way = goal[i] - value[i];
    const float unseen = pace.unseen + pace.weber * goal[i];
    const float up = std::max(way - unseen, 0.0F), down = std::min(way + unseen, 0.0F);
    value[i] += (up * pace.rise + down * pace.fall) + (way - up - down) * pace.creep;
  }
}

inline void add_motion(float *out, const float *motion, const float *figure, float gain, float floor, int n) {
  for (int i = 0; i < n; i++)
    out[i] += gain * motion[i] * (floor + figure[i]);
}

inline void root(float *out, const float *in, int n) {
  std::transform(in, in + n, out, [](float v) { return std::sqrt(v); });
}

inline void apply_prior(float *out, const float *prior, float blank, float bias, int n) {
  for (int i = 0; i < n; i++)
    out[i] = (out[i] + blank) * (1 - bias * (1 - prior[i]));
}

inline void sample_row(float *out, const float *map, int width, int height, float a, float b, float tx, float ty,
                       float row, float outside, int n) {
  for (int i = 0; i < n; i++) {
    const double x = static_cast<double>(a) * i - b * row + tx;
    const double y = static_cast<double>(b) * i + a * row + ty;
    out[i] = outside;
    if (x < 0 || y < 0 || x > width - 1 || y > height - 1)
      continue;
    const int left = std::min(static_cast<int>(x), width - 2);
    const int top = std::min(static_cast<int>(y), height - 2);
    const float *at = map + top * width + left;
    const double above = at[0] + (at[1] - at[0]) * (x - left);
    const double below = at[width] + (at[width + 1] - at[width]) * (x - left);
    out[i] = static_cast<float>(above + (below - above) * (y - top));
  }
}

inline void difference(float *change, const float *now, float outside, float unknown, int n) {
  for (int i = 0; i < n; i++)
    change[i] = change[i] == outside ? unknown : std::fabs(now[i] - change[i]);
}

inline void to_ycbcr(float *r, float *g, float *b, float kr, float kb, float cb, float cr, int n) {
  for (int i = 0; i < n; i++) {
    const float y = kr * r[i] + (1 - kr - kb) * g[i] + kb * b[i];
    g[i] = (b[i] - y) / cb;
    b[i] = (r[i] - y) / cr;
    r[i] = y;
  }
}

template <typename Sum, typename Sample>
void sum_rows(Sum *sum, const Sample *row, ptrdiff_t stride, int rows, int n) {
  for (int i = 0; i < n; i++) {
    sum[i] = 0;
    for (int k = 0; k < rows; k++)
      sum[i] = static_cast<Sum>(sum[i] + row[k * stride + i]);
  }
}

template <typename Sum>
void pick(Sum *out, const Sum *in, int step, int n) {
  for (int i = 0; i < n; i++)
    out[i] = in[i * step];
}

template <typename Sum>
void fold(Sum *out, const Sum *in, int count, int n) {
  for (int i = 0; i < n; i++) {
    out[i] = 0;
    for (int k = 0; k < count; k++)
      out[i] = static_cast<Sum>(out[i] + in[i * count + k]);
  }
}

template <typename Sum>
void to_floats(float *out, const Sum *in, float scale, float offset, int n) {
  for (int i = 0; i < n; i++)
    out[i] = static_cast<float>(in[i]) * scale - offset;
}

template <typename Sample>
void add_row(float *line, const Sample *row, float share, int n) {
  for (int i = 0; i < n; i++)
    line[i] += static_cast<float>(row[i]) * share;
}

inline int first_of(kernels::Pair both) { return static_cast<int16_t>(both & 0xffff); }
inline int second_of(kernels::Pair both) { return both >> 16; }

inline void add_mixed_pairs(float *const *planes, const kernels::Pair *const *rows, const kernels::Pair *weights,
                            const float *scale, const float *bias, int count, int n) {
  for (int c = 0; c < kernels::kMixedAtOnce; c++)
    for (int i = 0; i < n; i++) {
      int64_t total = 0;
      for (int k = 0; k < count; k++) {
        const kernels::Pair weight = weights[k * kernels::kMixedAtOnce + c];
        total += first_of(rows[k][i]) * first_of(weight) + second_of(rows[k][i]) * second_of(weight);
      }
      planes[c][i] += std::max(bias[c] + static_cast<float>(total) * scale[c], 0.0F);
    }
}

inline kernels::Pair rounded_pair(float first, float second) {
  const auto rounded = [](float v) {
    return static_cast<int>(std::lrint(std::clamp(v, -kernels::kGreatestOfPair, kernels::kGreatestOfPair)));
  };
  return kernels::pair(rounded(first), rounded(second));
}

inline void to_pairs(kernels::Pair *out, const float *a, const float *b, float scale, int n) {
  for (int i = 0; i < n; i++)
    out[i] = rounded_pair(a[i] * scale, b[i] * scale);
}

inline void four_to_pairs(kernels::Pair *one, kernels::Pair *other, const float *in, float scale, int n) {
  for (int i = 0; i < n; i++) {
    one[i] = rounded_pair(in[4 * i] * scale, in[4 * i + 1] * scale);
    other[i] = rounded_pair(in[4 * i + 2] * scale, in[4 * i + 3] * scale);
  }
}

inline void filter_to_pairs(kernels::Pair *out, const float *a, const float *b, ptrdiff_t stride, const float *weights,
                            int n) {
  const auto filtered = [&](const float *in, const float *w) {
    float total = 0;
    for (int k = 0; k < 9; k++)
      total += in[(k / 3 - 1) * stride + k % 3 - 1] * w[k];
    return total;
  };
  for (int i = 0; i < n; i++)
    out[i] = rounded_pair(filtered(a + i, weights), filtered(b + i, weights + 9));
}

inline void add_twice(float *row, const float *in, int n) {
  for (int i = 0; i < 2 * n; i++)
    row[i] += in[i / 2];
}

}  // namespace twins
