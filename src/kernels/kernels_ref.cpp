// SPDX-License-Identifier: LGPL-2.1-or-later
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string_view>

#ifdef ATTENTION_HAVE_ORC
#include <orc/orc.h>
#endif

#include "kernels/kernels.h"
#include "kernels/wide.h"

namespace attention::kernels {
namespace {

/// All in 16 bits, so that a vector holds as many as it can.
int16_t high_half(int16_t a, int16_t b) { return static_cast<int16_t>((a * b) >> 16); }

/// Doubled first, so that it never goes beyond base + step.
int16_t between_14(int16_t base, int16_t step, int16_t fraction) {
  const auto doubled = static_cast<int16_t>(step > 16383 ? 32767 : 2 * step);
  return static_cast<int16_t>(base + high_half(doubled, fraction));
}

#ifdef ATTENTION_HAVE_ORC
bool orc_is_widest() {
#ifdef ATTENTION_CLONES
  orc_init();
  const std::string_view target = orc_target_get_name(orc_target_get_default());
  return std::getenv("ORC_CODE") != nullptr || target == "avx" || !__builtin_cpu_supports("avx2");
#else
  return true;
#endif
}
#endif

}  // namespace

#ifdef ATTENTION_HAVE_ORC
const bool kOrcIsWidest = orc_is_widest();
#endif

ATTENTION_WIDE void lerp_14_ref(int16_t *out, const int16_t *above, const int16_t *below, int fraction, int n) {
  for (int i = 0; i < n; i++)
    out[i] = between_14(above[i], static_cast<int16_t>(below[i] - above[i]), static_cast<int16_t>(fraction));
}

ATTENTION_WIDE void mix_14_ref(int16_t *factor, const int16_t *weight, const int16_t *floor, int base, int strength, int flip, int n) {
  for (int i = 0; i < n; i++) {
    const auto product = static_cast<int16_t>((static_cast<uint16_t>(2 * weight[i]) * static_cast<unsigned>(strength)) >> 16);
    factor[i] = std::max(static_cast<int16_t>(base + ((product ^ flip) - flip)), floor[i]);
  }
}

ATTENTION_WIDE void stretch_14_ref(int16_t *out, const int16_t *base, const int16_t *step, const int16_t *fraction, const int16_t *floor, int n) {
  for (int i = 0; i < n; i++)
    out[i] = std::max(between_14(base[i], step[i], fraction[i]), floor[i]);
}

ATTENTION_WIDE void blend_8_ref(uint8_t *pixel, const uint8_t *target, const int16_t *above, const int16_t *below, int fraction, int n) {
  for (int i = 0; i < n; i++) {
    const int16_t factor = between_14(above[i], static_cast<int16_t>(below[i] - above[i]), static_cast<int16_t>(fraction));
    const int16_t step = high_half(static_cast<int16_t>((pixel[i] - target[i]) * 128), factor);
    pixel[i] = static_cast<uint8_t>(target[i] + (static_cast<int16_t>(step + 16) >> 5));
  }
}

ATTENTION_WIDE void narrow_14_ref(uint8_t *out, const int16_t *value, int n) {
  for (int i = 0; i < n; i++) {
    const auto rounded = static_cast<int16_t>(value[i] + (1 << (kCodeShift - 1)));
    out[i] = static_cast<uint8_t>(std::min(static_cast<int16_t>(rounded >> kCodeShift), int16_t{255}));
  }
}

ATTENTION_WIDE void lerp_f_ref(float *out, const float *above, const float *below, float fraction, int n) {
  for (int i = 0; i < n; i++)
    out[i] = above[i] + (below[i] - above[i]) * fraction;
}

ATTENTION_WIDE void mix_f_ref(float *factor, const float *weight, const float *floor, float base, float span, int n) {
  for (int i = 0; i < n; i++)
    factor[i] = std::max(base + weight[i] * span, floor[i]);
}

ATTENTION_WIDE void stretch_f_ref(float *out, const float *base, const float *step, const float *fraction, const float *floor, int n) {
  for (int i = 0; i < n; i++)
    out[i] = std::max(base[i] + step[i] * fraction[i], floor[i]);
}

ATTENTION_WIDE void blend_16_ref(uint16_t *pixel, const uint16_t *target, const float *above, const float *below, float fraction, int shift,
                  float half, int n) {
  for (int i = 0; i < n; i++) {
    const float factor = above[i] + (below[i] - above[i]) * fraction;
    const int x = pixel[i] >> shift;
    const int t = target[i] >> shift;
    const float code = static_cast<float>(x - t) * factor + static_cast<float>(t);
    pixel[i] = static_cast<uint16_t>(static_cast<int>(code + half) << shift);
  }
}

ATTENTION_WIDE void narrow_16_ref(uint16_t *out, const float *value, float largest, int shift, float half, int n) {
  for (int i = 0; i < n; i++)
    out[i] = static_cast<uint16_t>(static_cast<int>(std::min(value[i], largest) + half) << shift);
}

ATTENTION_WIDE void tensor_f_ref(float *__restrict xx, float *__restrict xy, float *__restrict yy, const float *left, const float *right, const float *up,
                  const float *down, int n) {
  for (int i = 0; i < n; i++) {
    const float gx = right[i] - left[i];
    const float gy = down[i] - up[i];
    xx[i] = gx * gx;
    xy[i] = gx * gy;
    yy[i] = gy * gy;
  }
}

ATTENTION_WIDE void sum_3_f_ref(float *sum, const float *a, const float *b, const float *c, int n) {
  for (int i = 0; i < n; i++)
    sum[i] = a[i] + b[i] + c[i];
}

ATTENTION_WIDE void corner_f_ref(float *out, float *trace, const float *xx, const float *xy, const float *yy, float half, float zero, int n) {
  for (int i = 0; i < n; i++) {
    trace[i] = xx[i] + yy[i];
    const float mean = half * trace[i];
    const float d = half * (xx[i] - yy[i]);
    out[i] = std::sqrt(std::max(mean - std::sqrt(d * d + xy[i] * xy[i]), zero));
  }
}

ATTENTION_WIDE void follow_f_ref(float *value, const float *goal, float rise, float fall, float dead, float minus_dead, float zero, int n) {
  for (int i = 0; i < n; i++) {
    const float step = goal[i] - value[i];
    value[i] += std::max(step - dead, zero) * rise + std::min(step - minus_dead, zero) * fall;
  }
}

ATTENTION_WIDE void refine_8_ref(int16_t *out, const uint8_t *luma, const float *slope, const float *base, float zero, float one, float scale,
                  float half, int n) {
  for (int i = 0; i < n; i++) {
    const float w = std::min(std::max(slope[i] * static_cast<float>(luma[i]) + base[i], zero), one);
    out[i] = static_cast<int16_t>(w * scale + half);
  }
}

ATTENTION_WIDE void refine_16_ref(float *out, const uint16_t *luma, const float *slope, const float *base, int shift, float zero, float one, int n) {
  for (int i = 0; i < n; i++)
    out[i] = std::min(std::max(slope[i] * static_cast<float>(luma[i] >> shift) + base[i], zero), one);
}

namespace {

struct Combine {
  template <class Vector>
  ATTENTION_INLINE static void run(float *sum, const float *const *rows, const float *weights, int count, int n) {
    constexpr int kBlock = 32;  // as many sums at once as stay in registers
    constexpr int kVectors = kBlock / kLanes<Vector>;
    int i = 0;
    for (; i + kBlock <= n; i += kBlock) {
      Vector total[kVectors] = {};
      for (int k = 0; k < count; k++)
        for (int v = 0; v < kVectors; v++)
          total[v] += lanes_at<Vector>(rows[k] + i + v * kLanes<Vector>).v * weights[k];
      for (int v = 0; v < kVectors; v++)
        lanes_at<Vector>(sum + i + v * kLanes<Vector>).v = total[v];
    }
    for (; i + kLanes<Vector> <= n; i += kLanes<Vector>) {
      Vector total{};
      for (int k = 0; k < count; k++)
        total += lanes_at<Vector>(rows[k] + i).v * weights[k];
      lanes_at<Vector>(sum + i).v = total;
    }
    for (; i < n; i++) {
      float total = 0;
      for (int k = 0; k < count; k++)
        total += rows[k][i] * weights[k];
      sum[i] = total;
    }
  }
};

}  // namespace

void combine_f(float *sum, const float *const *rows, const float *weights, int count, int n) {
  run_with_vectors<Combine>(sum, rows, weights, count, n);
}

}  // namespace attention::kernels
