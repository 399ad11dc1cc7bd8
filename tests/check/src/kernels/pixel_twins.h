// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What each function of kernels/pixels.h and kernels/blend.h means, one sample at a time.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>
#include <cstdint>

#include "kernels/pixels.h"

namespace twins {

inline int16_t high_half(int a, int b) { return static_cast<int16_t>((a * b) >> 16); }

inline void step_14(int16_t *step, const int16_t *above, const int16_t *below, int n) {
  for (int i = 0; i < n; i++)
    step[i] = attention::kernels::step_14_of(above[i], below[i]);
}

inline void lerp_14(int16_t *out, const int16_t *base, const int16_t *step, int fraction, int n) {
  for (int i = 0; i < n; i++)
    out[i] = static_cast<int16_t>(base[i] + high_half(step[i], fraction));
}

inline void mix_14(int16_t *factor, const int16_t *weight, const int16_t *floor, int unseen, int seen, int n) {
  for (int i = 0; i < n; i++)
    factor[i] = std::max(static_cast<int16_t>(unseen + weight[i] * (seen - unseen) / 16384), floor[i]);
}

inline int16_t stretched(int16_t value, int16_t step, int16_t fraction) {
  return static_cast<int16_t>(value + high_half(step, fraction));
}
inline float stretched(float value, float step, float fraction) { return value + step * fraction; }

template <typename T>
void stretch(T *out, const std::vector<attention::kernels::Run> &runs, const attention::kernels::MapRows<T> &rows,
             const T *fraction, const T *floor) {
  for (const attention::kernels::Run &run : runs)
    for (int i = run.begin; i < run.begin + run.length; i++)
      out[i] =
          std::max(stretched(rows.values[run.map][run.column], rows.steps[run.map][run.column], fraction[i]), floor[i]);
}

inline void blend_8(uint8_t *pixel, const uint8_t *target, const int16_t *base, const int16_t *step, int fraction,
                    int n) {
  for (int i = 0; i < n; i++) {
    const int factor = base[i] + high_half(step[i], fraction);
    const int way = high_half((pixel[i] - target[i]) * 128, factor);
    pixel[i] = static_cast<uint8_t>(target[i] + ((way + 16) >> 5));
  }
}

inline void fade_8(uint8_t *pixel, uint8_t target, const int16_t *base, const int16_t *step, int fraction, int n) {
  for (int i = 0; i < n; i++)
    blend_8(pixel + i, &target, base + i, step + i, fraction, 1);
}

inline void blend_16(uint16_t *pixel, const uint16_t *target, const float *base, const float *step, float fraction,
                     int shift, int n) {
  for (int i = 0; i < n; i++) {
    const float factor = step[i] * fraction + base[i];
    const int x = pixel[i] >> shift;
    const int t = target[i] >> shift;
    const float code = static_cast<float>(x - t) * factor + static_cast<float>(t);
    pixel[i] = static_cast<uint16_t>(std::lrint(code) << shift);
  }
}

inline void fade_16(uint16_t *pixel, uint16_t target, const attention::kernels::FloatStep &factor, int shift, int n) {
  for (int i = 0; i < n; i++)
    blend_16(pixel + i, &target, factor.base + i, factor.step + i, factor.fraction, shift, 1);
}

inline void blend_stretched_8(uint8_t *pixel, const attention::kernels::Step14 &code,
                              const attention::kernels::Step14 &factor, int n) {
  for (int i = 0; i < n; i++) {
    const int stretched = code.base[i] + high_half(code.step[i], code.fraction);
    const auto target = static_cast<uint8_t>(std::min((stretched + 32) >> attention::kernels::kCodeShift, 255));
    blend_8(pixel + i, &target, factor.base + i, factor.step + i, factor.fraction, 1);
  }
}

inline void blend_stretched_16(uint16_t *pixel, const attention::kernels::FloatStep &code,
                               const attention::kernels::FloatStep &factor, float largest, int shift, int n) {
  for (int i = 0; i < n; i++) {
    const float stretched = code.base[i] + code.step[i] * code.fraction;
    const auto target = static_cast<uint16_t>(std::lrint(std::min(stretched, largest)) << shift);
    blend_16(pixel + i, &target, factor.base + i, factor.step + i, factor.fraction, shift, 1);
  }
}

inline float refined(float luma, const attention::kernels::FloatStep &slope, const attention::kernels::FloatStep &base,
                     int i) {
  const auto at = [i](const attention::kernels::FloatStep &s) { return s.base[i] + s.step[i] * s.fraction; };
  return std::clamp(at(slope) * luma + at(base), 0.0F, 1.0F);
}

inline void refine_16(float *out, const uint16_t *luma, const attention::kernels::FloatStep &slope,
                      const attention::kernels::FloatStep &base, int shift, int n) {
  for (int i = 0; i < n; i++)
    out[i] = refined(static_cast<float>(luma[i] >> shift), slope, base, i);
}

inline void refine_8(int16_t *out, const uint8_t *luma, const attention::kernels::FloatStep &slope,
                     const attention::kernels::FloatStep &base, int n) {
  for (int i = 0; i < n; i++)
    out[i] = static_cast<int16_t>(
        std::lrint(refined(static_cast<float>(luma[i]), slope, base, i) * attention::kernels::kWeightOne));
}

/// A fourth of four corners, rounded down where they are whole numbers.
template <typename Value>
void corners(Value *out, const Value *top, const Value *bottom, int n) {
  for (int i = 0; i < n; i++)
    out[i] = static_cast<Value>((top[2 * i] + top[2 * i + 1] + bottom[2 * i] + bottom[2 * i + 1]) / 4);
}

}  // namespace twins
