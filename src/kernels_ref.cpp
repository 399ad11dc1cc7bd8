// SPDX-License-Identifier: LGPL-2.1-or-later
#include <algorithm>
#include <cmath>

#include "kernels.h"

namespace attention::kernels {
namespace {

/// Doubled first, so that it never goes beyond base + step.
int16_t between_14(int base, int step, int fraction) {
  return static_cast<int16_t>(base + ((std::min(2 * step, 32767) * fraction) >> 16));
}

}  // namespace

void lerp_14_ref(int16_t *out, const int16_t *above, const int16_t *below, int fraction, int n) {
  for (int i = 0; i < n; i++)
    out[i] = between_14(above[i], below[i] - above[i], fraction);
}

void mix_14_ref(int16_t *factor, const int16_t *weight, const int16_t *floor, int base, int strength, int flip, int n) {
  for (int i = 0; i < n; i++) {
    const int product = (2 * weight[i] * strength) >> 16;
    factor[i] = std::max(static_cast<int16_t>(base + (flip == 0 ? product : -product)), floor[i]);
  }
}

void stretch_14_ref(int16_t *out, const int16_t *base, const int16_t *step, const int16_t *fraction, const int16_t *floor, int n) {
  for (int i = 0; i < n; i++)
    out[i] = std::max(between_14(base[i], step[i], fraction[i]), floor[i]);
}

void blend_8_ref(uint8_t *pixel, const uint8_t *target, const int16_t *above, const int16_t *below, int fraction, int n) {
  for (int i = 0; i < n; i++) {
    const int factor = between_14(above[i], below[i] - above[i], fraction);
    const int step = ((pixel[i] - target[i]) * 128 * factor) >> 16;
    pixel[i] = static_cast<uint8_t>(target[i] + ((step + 16) >> 5));
  }
}

void narrow_14_ref(uint8_t *out, const int16_t *value, int n) {
  for (int i = 0; i < n; i++)
    out[i] = static_cast<uint8_t>(std::min((value[i] + (1 << (kCodeShift - 1))) >> kCodeShift, 255));
}

void lerp_f_ref(float *out, const float *above, const float *below, float fraction, int n) {
  for (int i = 0; i < n; i++)
    out[i] = above[i] + (below[i] - above[i]) * fraction;
}

void mix_f_ref(float *factor, const float *weight, const float *floor, float base, float span, int n) {
  for (int i = 0; i < n; i++)
    factor[i] = std::max(base + weight[i] * span, floor[i]);
}

void stretch_f_ref(float *out, const float *base, const float *step, const float *fraction, const float *floor, int n) {
  for (int i = 0; i < n; i++)
    out[i] = std::max(base[i] + step[i] * fraction[i], floor[i]);
}

void blend_16_ref(uint16_t *pixel, const uint16_t *target, const float *above, const float *below, float fraction, int shift,
                  float half, int n) {
  for (int i = 0; i < n; i++) {
    const float factor = above[i] + (below[i] - above[i]) * fraction;
    const int x = pixel[i] >> shift;
    const int t = target[i] >> shift;
    const float code = static_cast<float>(x - t) * factor + static_cast<float>(t);
    pixel[i] = static_cast<uint16_t>(static_cast<int>(code + half) << shift);
  }
}

void narrow_16_ref(uint16_t *out, const float *value, float largest, int shift, float half, int n) {
  for (int i = 0; i < n; i++)
    out[i] = static_cast<uint16_t>(static_cast<int>(std::min(value[i], largest) + half) << shift);
}

void accumulate_f_ref(float *sum, const float *row, float weight, int n) {
  for (int i = 0; i < n; i++)
    sum[i] += row[i] * weight;
}

void combine_4_f_ref(float *sum, const float *s0, const float *s1, const float *s2, const float *s3, float w0,
                     float w1, float w2, float w3, int n) {
  for (int i = 0; i < n; i++)
    sum[i] = s0[i] * w0 + s1[i] * w1 + s2[i] * w2 + s3[i] * w3;
}

void combine_more_4_f_ref(float *sum, const float *s0, const float *s1, const float *s2, const float *s3, float w0,
                          float w1, float w2, float w3, int n) {
  for (int i = 0; i < n; i++)
    sum[i] += s0[i] * w0 + s1[i] * w1 + s2[i] * w2 + s3[i] * w3;
}

void combine_6_f_ref(float *sum, const float *s0, const float *s1, const float *s2, const float *s3, const float *s4,
                     const float *s5, float w0, float w1, float w2, float w3, float w4, float w5, int n) {
  for (int i = 0; i < n; i++)
    sum[i] = s0[i] * w0 + s1[i] * w1 + s2[i] * w2 + s3[i] * w3 + s4[i] * w4 + s5[i] * w5;
}

void combine_more_6_f_ref(float *sum, const float *s0, const float *s1, const float *s2, const float *s3,
                          const float *s4, const float *s5, float w0, float w1, float w2, float w3, float w4, float w5, int n) {
  for (int i = 0; i < n; i++)
    sum[i] += s0[i] * w0 + s1[i] * w1 + s2[i] * w2 + s3[i] * w3 + s4[i] * w4 + s5[i] * w5;
}

void add_positive_f_ref(float *state, const float *sum, float bias, float zero, int n) {
  for (int i = 0; i < n; i++)
    state[i] += std::max(sum[i] + bias, zero);
}

void tensor_f_ref(float *xx, float *xy, float *yy, const float *left, const float *right, const float *up,
                  const float *down, int n) {
  for (int i = 0; i < n; i++) {
    const float gx = right[i] - left[i];
    const float gy = down[i] - up[i];
    xx[i] = gx * gx;
    xy[i] = gx * gy;
    yy[i] = gy * gy;
  }
}

void sum_3_f_ref(float *sum, const float *a, const float *b, const float *c, int n) {
  for (int i = 0; i < n; i++)
    sum[i] = a[i] + b[i] + c[i];
}

void corner_f_ref(float *out, float *trace, const float *xx, const float *xy, const float *yy, float half, float zero, int n) {
  for (int i = 0; i < n; i++) {
    trace[i] = xx[i] + yy[i];
    const float mean = half * trace[i];
    const float d = half * (xx[i] - yy[i]);
    out[i] = std::sqrt(std::max(mean - std::sqrt(d * d + xy[i] * xy[i]), zero));
  }
}

void follow_f_ref(float *value, const float *goal, float rise, float fall, float dead, float minus_dead, float zero, int n) {
  for (int i = 0; i < n; i++) {
    const float step = goal[i] - value[i];
    value[i] += std::max(step - dead, zero) * rise + std::min(step - minus_dead, zero) * fall;
  }
}

void refine_8_ref(int16_t *out, const uint8_t *luma, const float *slope, const float *base, float zero, float one, float scale,
                  float half, int n) {
  for (int i = 0; i < n; i++) {
    const float w = std::min(std::max(slope[i] * static_cast<float>(luma[i]) + base[i], zero), one);
    out[i] = static_cast<int16_t>(w * scale + half);
  }
}

void refine_16_ref(float *out, const uint16_t *luma, const float *slope, const float *base, int shift, float zero, float one, int n) {
  for (int i = 0; i < n; i++)
    out[i] = std::min(std::max(slope[i] * static_cast<float>(luma[i] >> shift) + base[i], zero), one);
}

}  // namespace attention::kernels
