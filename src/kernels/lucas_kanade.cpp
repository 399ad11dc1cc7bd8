// SPDX-License-Identifier: LGPL-2.1-or-later
#include "kernels/lucas_kanade.h"

#include <array>
#include <cmath>

#include "kernels/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/lucas_kanade.cpp"
#include <hwy/foreach_target.h>

#include "kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace attention::kernels::HWY_NAMESPACE {

constexpr int kRadius = 5;
constexpr int kWindow = 2 * kRadius + 1;
constexpr int kIterations = 5, kCoarseIterations = 3;
constexpr float kConverged = 0.05F;       // px
constexpr float kNear = 2.0F;             // px from where it is looked for first: that far the finest level will do
constexpr float kLeastEigenvalue = 1.0F;  // of the window's mean tensor, codes² per px²: flat windows cannot be tracked

/// Rows of windows are whole vectors; of what lies beyond a window nothing is used.
constexpr int kStride = kAbreast;
constexpr int kAround = kWindow + 2;
static_assert(kAround <= kStride && kStride <= kWindow + Map::kSlack);
constexpr auto kInside = [] {
  std::array<float, kStride> inside{};
  for (int i = 0; i < kWindow; i++)
    inside[i] = 1;
  return inside;
}();

template <int kRows>
using Patch = std::array<float, kRows * kStride>;

constexpr auto kLanes = static_cast<int>(hn::MaxLanes(Abreast()));
using V = hn::Vec<Abreast>;

/// Calls take(row, part, samples) for each part of each row of a square of N × N px whose corner is at (x, y); beyond
/// its border the picture repeats.
template <int N, class Take>
HWY_INLINE HWY_ATTR void sample(const Map &map, float x, float y, const Take &take) {
  const Abreast d;
  const int left = static_cast<int>(std::floor(x));
  const int top = static_cast<int>(std::floor(y));
  const V fx = hn::Set(d, x - static_cast<float>(left));
  const V fy = hn::Set(d, y - static_cast<float>(top));
  const int right = map.width() - 1;
  const bool crosses = left < 0 || left + N > right;
  float repeated[kStride + Map::kSlack] = {};
  V above[kParts];
  for (int j = 0; j <= N; j++) {
    const float *row = map.row(std::clamp(top + j, 0, map.height() - 1));
    for (int i = 0; crosses && i <= N; i++)
      repeated[i] = row[std::clamp(left + i, 0, right)];
    const float *from = crosses ? repeated : row + left;
    for (size_t p = 0; p < kParts; p++) {
      const V a = hn::LoadU(d, from + p * kLanes), b = hn::LoadU(d, from + p * kLanes + 1);
      const V between = hn::Add(a, hn::Mul(hn::Sub(b, a), fx));
      if (j > 0)
        take(j - 1, p, hn::Add(above[p], hn::Mul(hn::Sub(between, above[p]), fy)));
      above[p] = between;
    }
  }
}

/// Adds to the sums of a part.
HWY_INLINE HWY_ATTR void add(Sums &sums, size_t part, V v) { sums.part[part] = hn::Add(sums.part[part], v); }

/// A window of the picture now, and what a small movement changes in it.
struct Window {
  HWY_INLINE HWY_ATTR Window(const Map &map, float left, float top) {
    const Abreast d;
    float around[(kAround + 1) * kStride];  // the last row is read beyond its end
    std::fill_n(around + kAround * kStride, kStride, 0.0F);
    sample<kAround>(map, left - 1, top - 1,
                    [&](int row, size_t p, V v) HWY_ATTR { hn::StoreU(v, d, around + row * kStride + p * kLanes); });
    Sums products[3], gradients[2];
    for (int row = 0; row < kWindow; row++)
      for (size_t p = 0; p < kParts; p++) {
        const auto k = static_cast<ptrdiff_t>(row * kStride + p * kLanes);
        const float *c = around + k + kStride + 1;
        const V inside = hn::LoadU(d, kInside.data() + p * kLanes), half = hn::Set(d, 0.5F);
        const V x = hn::Mul(hn::Mul(hn::Sub(hn::LoadU(d, c + 1), hn::LoadU(d, c - 1)), inside), half);
        const V y = hn::Mul(hn::Mul(hn::Sub(hn::LoadU(d, c + kStride), hn::LoadU(d, c - kStride)), inside), half);
        hn::StoreU(hn::LoadU(d, c), d, now.data() + k);
        hn::StoreU(x, d, gx.data() + k);
        hn::StoreU(y, d, gy.data() + k);
        add(products[0], p, hn::Mul(x, x));
        add(products[1], p, hn::Mul(x, y));
        add(products[2], p, hn::Mul(y, y));
        add(gradients[0], p, x);
        add(gradients[1], p, y);
      }
    xx = products[0].total();
    xy = products[1].total();
    yy = products[2].total();
    sum_x = gradients[0].total();
    sum_y = gradients[1].total();
  }

  bool is_textured() const {
    const float least = (xx + yy) / 2 - std::sqrt((xx - yy) * (xx - yy) / 4 + xy * xy);
    return least / (kWindow * kWindow) > kLeastEigenvalue;
  }

  /// How far the window has yet to move to meet what `before` has at (left, top).
  HWY_INLINE HWY_ATTR void find_step(const Map &before, float left, float top, float *step_x, float *step_y) const {
    const Abreast d;
    Sums errors[3];
    sample<kWindow>(before, left, top, [&](int row, size_t p, V then) HWY_ATTR {
      const auto k = static_cast<ptrdiff_t>(row * kStride + p * kLanes);
      const V e = hn::Sub(hn::LoadU(d, now.data() + k), then);
      add(errors[0], p, hn::Mul(e, hn::LoadU(d, gx.data() + k)));
      add(errors[1], p, hn::Mul(e, hn::LoadU(d, gy.data() + k)));
      add(errors[2], p, hn::Mul(e, hn::LoadU(d, kInside.data() + p * kLanes)));
    });
    // Brightness may have changed all over.
    const float offset = errors[2].total() / (kWindow * kWindow);
    const float ex = errors[0].total() - offset * sum_x;
    const float ey = errors[1].total() - offset * sum_y;
    const float determinant = xx * yy - xy * xy;
    *step_x = (yy * ex - xy * ey) / determinant;
    *step_y = (xx * ey - xy * ex) / determinant;
  }

  /// Moves (dx, dy) to where `before` has the window, whose corner is at (left, top) now; false where that is not
  /// within `reach` px of where it began.
  HWY_INLINE HWY_ATTR bool settle(const Map &before, float left, float top, float reach, int iterations, float *dx,
                                  float *dy) const {
    const float from_x = *dx, from_y = *dy;
    for (int iteration = 0; iteration < iterations; iteration++) {
      float step_x, step_y;
      find_step(before, left + *dx, top + *dy, &step_x, &step_y);
      *dx += step_x;
      *dy += step_y;
      if (!(std::fabs(*dx - from_x) < reach && std::fabs(*dy - from_y) < reach))
        return false;
      if (std::fabs(step_x) + std::fabs(step_y) < kConverged)
        break;
    }
    return true;
  }

  Patch<kWindow> now, gx, gy;
  float xx, xy, yy, sum_x, sum_y;
};

bool track(const Map *const *now, const Map *const *before, int levels, float x, float y, float *dx, float *dy) {
  const auto corner = [](float centre, int level) {
    return (centre + 0.5F) / static_cast<float>(1 << level) - 0.5F - kRadius;
  };
  const Window finest(*now[0], corner(x, 0), corner(y, 0));
  if (!finest.is_textured())
    return false;
  const auto settles = [&](const Window &window, int level, float reach) HWY_ATTR {
    return window.settle(*before[level], corner(x, level), corner(y, level), reach,
                         level == 0 ? kIterations : kCoarseIterations, dx, dy);
  };
  if (settles(finest, 0, kNear))
    return true;
  *dx = *dy = 0;
  const auto width = [&](int level) { return static_cast<float>(now[level]->width()); };
  for (int level = levels - 1; level > 0; level--) {
    const Window window(*now[level], corner(x, level), corner(y, level));
    if (window.is_textured() && !settles(window, level, width(level)))
      return false;
    *dx *= 2;
    *dy *= 2;
  }
  return settles(finest, 0, width(0));
}

}  // namespace attention::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace attention::kernels {

ATTENTION_DISPATCH(bool, track,
                   (const Map *const *now, const Map *const *before, int levels, float x, float y, float *dx,
                    float *dy),
                   (now, before, levels, x, y, dx, dy))

}  // namespace attention::kernels
#endif
