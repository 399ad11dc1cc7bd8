// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// The hot loops, one row of `n` samples at a time. Each exists twice: an Orc program (kernels.orc, suffix
/// `_orc`) and a scalar twin (kernels_ref.cpp, suffix `_ref`) that is its oracle, and its stand-in where Orc is disabled or
/// writes for narrower vectors than the compiler. No alignment is asked of any pointer; an out row overlaps no in row.
#pragma once

#include <cstdint>

#ifdef ATTENTION_HAVE_ORC
#include "kernels-orc.h"
#endif

namespace attention::kernels {

constexpr int kWeightOne = 1 << 14;  ///< a weight or a blend factor of exactly 1
constexpr int kCodeShift = 6;        ///< codes 0–255 are carried as 14-bit values, shifted by this

/// out[i] = above[i] + (below[i] - above[i]) * fraction / 32768, never beyond either; values 0–16384, fraction 0–32767.
void lerp_14_ref(int16_t *out, const int16_t *above, const int16_t *below, int fraction, int n);
/// factor[i] = max(base ± weight[i] * strength / 32768, floor[i]), − where flip is −1 and + where it is 0; base 0–16384, strength
/// 0–32768, as unsigned 16 bits.
void mix_14_ref(int16_t *factor, const int16_t *weight, const int16_t *floor, int base, int strength, int flip, int n);
/// out[i] = max(base[i] + step[i] * fraction[i] / 32768, floor[i]); base and base + step 0–16384, fraction 0–32767.
void stretch_14_ref(int16_t *out, const int16_t *base, const int16_t *step, const int16_t *fraction, const int16_t *floor, int n);
/// pixel[i] = target[i] + (pixel[i] - target[i]) * factor[i] / 16384, rounded; the factors are those of lerp_14.
void blend_8_ref(uint8_t *pixel, const uint8_t *target, const int16_t *above, const int16_t *below, int fraction, int n);
/// out[i] = min((value[i] + 32) / 64, 255); value 0–16384.
void narrow_14_ref(uint8_t *out, const int16_t *value, int n);
/// out[i] = above[i] + (below[i] - above[i]) * fraction.
void lerp_f_ref(float *out, const float *above, const float *below, float fraction, int n);
/// factor[i] = max(base + weight[i] * span, floor[i]).
void mix_f_ref(float *factor, const float *weight, const float *floor, float base, float span, int n);
/// out[i] = max(base[i] + step[i] * fraction[i], floor[i]).
void stretch_f_ref(float *out, const float *base, const float *step, const float *fraction, const float *floor, int n);
/// As blend_8 for codes that lie `shift` bits up in their samples; the factors are those of lerp_f, 0–1, half = .5. Bits below
/// the code become 0.
void blend_16_ref(uint16_t *pixel, const uint16_t *target, const float *above, const float *below, float fraction, int shift,
                  float half, int n);
/// out[i] = min(value[i], largest), rounded and moved up by `shift` bits; value ≥ 0, half = .5.
void narrow_16_ref(uint16_t *out, const float *value, float largest, int shift, float half, int n);
/// The structure tensor from central differences: gx = right - left, gy = down - up.
void tensor_f_ref(float *xx, float *xy, float *yy, const float *left, const float *right, const float *up,
                  const float *down, int n);
/// sum[i] = a[i] + b[i] + c[i].
void sum_3_f_ref(float *sum, const float *a, const float *b, const float *c, int n);
/// Square root of the smaller eigenvalue of the tensor (Shi & Tomasi, CVPR 1994), and the sum of both; half = .5, zero = 0.
void corner_f_ref(float *out, float *trace, const float *xx, const float *xy, const float *yy, float half, float zero, int n);
/// value[i] moves towards goal[i] by the share `rise` or `fall` of the way, of which the last `dead` never counts;
/// minus_dead = -dead, zero = 0.
void follow_f_ref(float *value, const float *goal, float rise, float fall, float dead, float minus_dead, float zero, int n);
/// out[i] = slope[i] * luma[i] + base[i] as a weight, held between 0 and 1; zero = 0, one = 1, scale = 16384, half = .5.
void refine_8_ref(int16_t *out, const uint8_t *luma, const float *slope, const float *base, float zero, float one, float scale,
                  float half, int n);
/// As refine_8 with weights 0–1, for luma that lies `shift` bits up in its samples.
void refine_16_ref(float *out, const uint16_t *luma, const float *slope, const float *base, int shift, float zero, float one, int n);

/// sum[i] = Σ rows[k][i] * weights[k] over `count` rows, at least 1; the rows may overlap each other. No Orc program: it would
/// need one for each number of rows.
void combine_f(float *sum, const float *const *rows, const float *weights, int count, int n);

#ifdef ATTENTION_HAVE_ORC
/// Whether Orc knows the widest vectors of this machine that the compiler knows (Orc 0.4.33 has no AVX), or ORC_CODE asks for it.
extern const bool kOrcIsWidest;
#define ATTENTION_KERNEL(name) (kOrcIsWidest ? attention_##name##_orc : name##_ref)
#else
#define ATTENTION_KERNEL(name) (name##_ref)
#endif

inline void lerp_14(int16_t *out, const int16_t *above, const int16_t *below, int fraction, int n) {
  ATTENTION_KERNEL(lerp_14)(out, above, below, fraction, n);
}
inline void mix_14(int16_t *factor, const int16_t *weight, const int16_t *floor, int base, int strength, int flip, int n) {
  ATTENTION_KERNEL(mix_14)(factor, weight, floor, base, strength, flip, n);
}
inline void stretch_14(int16_t *out, const int16_t *base, const int16_t *step, const int16_t *fraction, const int16_t *floor, int n) {
  ATTENTION_KERNEL(stretch_14)(out, base, step, fraction, floor, n);
}
inline void blend_8(uint8_t *pixel, const uint8_t *target, const int16_t *above, const int16_t *below, int fraction, int n) {
  ATTENTION_KERNEL(blend_8)(pixel, target, above, below, fraction, n);
}
inline void narrow_14(uint8_t *out, const int16_t *value, int n) {
  ATTENTION_KERNEL(narrow_14)(out, value, n);
}
inline void lerp_f(float *out, const float *above, const float *below, float fraction, int n) {
  ATTENTION_KERNEL(lerp_f)(out, above, below, fraction, n);
}
inline void mix_f(float *factor, const float *weight, const float *floor, float base, float span, int n) {
  ATTENTION_KERNEL(mix_f)(factor, weight, floor, base, span, n);
}
inline void stretch_f(float *out, const float *base, const float *step, const float *fraction, const float *floor, int n) {
  ATTENTION_KERNEL(stretch_f)(out, base, step, fraction, floor, n);
}
inline void blend_16(uint16_t *pixel, const uint16_t *target, const float *above, const float *below, float fraction, int shift, int n) {
  ATTENTION_KERNEL(blend_16)(pixel, target, above, below, fraction, shift, 0.5F, n);
}
inline void narrow_16(uint16_t *out, const float *value, float largest, int shift, int n) {
  ATTENTION_KERNEL(narrow_16)(out, value, largest, shift, 0.5F, n);
}
inline void tensor_f(float *xx, float *xy, float *yy, const float *left, const float *right, const float *up,
                     const float *down, int n) {
  ATTENTION_KERNEL(tensor_f)(xx, xy, yy, left, right, up, down, n);
}
inline void sum_3_f(float *sum, const float *a, const float *b, const float *c, int n) {
  ATTENTION_KERNEL(sum_3_f)(sum, a, b, c, n);
}
inline void corner_f(float *out, float *trace, const float *xx, const float *xy, const float *yy, int n) {
  ATTENTION_KERNEL(corner_f)(out, trace, xx, xy, yy, 0.5F, 0.0F, n);
}
inline void follow_f(float *value, const float *goal, float rise, float fall, float dead, int n) {
  ATTENTION_KERNEL(follow_f)(value, goal, rise, fall, dead, -dead, 0.0F, n);
}
inline void refine_8(int16_t *out, const uint8_t *luma, const float *slope, const float *base, int n) {
  ATTENTION_KERNEL(refine_8)(out, luma, slope, base, 0.0F, 1.0F, kWeightOne, 0.5F, n);
}
inline void refine_16(float *out, const uint16_t *luma, const float *slope, const float *base, int shift, int n) {
  ATTENTION_KERNEL(refine_16)(out, luma, slope, base, shift, 0.0F, 1.0F, n);
}

#undef ATTENTION_KERNEL

}  // namespace attention::kernels
