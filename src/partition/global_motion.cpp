// SPDX-License-Identifier: LGPL-2.1-or-later
#include "partition/global_motion.h"

#include <cmath>
#include <cstdint>

#include "kernels/wide.h"

namespace attention {
namespace {

constexpr int kRadius = 5;  // of the window that is compared
constexpr int kWindow = 2 * kRadius + 1;
constexpr int kIterations = 5;
constexpr float kConverged = 0.05F;        // px
constexpr float kLeastEigenvalue = 1.0F;   // of the window's mean tensor, codes² per px²: flat windows cannot be tracked
constexpr float kInlier = 1.0F;            // px
constexpr int kHypotheses = 64;
constexpr int kLeastMatches = 6;
constexpr float kLeastAgreed = 0.3F;       // of the points tracked
constexpr float kLeastSpread = 0.5F;       // of the width and of the height, that those which agree extend over
constexpr float kStill = 0.15F;            // px: a smaller median movement is noise

/// Rows of windows are whole vectors; of what lies beyond a window nothing is used.
constexpr int kStride = 16;
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

template <class Vector>
ATTENTION_INLINE float total(const Vector &lanes) {
  float sum = 0;
  for (int i = 0; i < kLanes<Vector>; i++)
    sum += lanes[i];
  return sum;
}

/// Samples a square of N × N pixels whose corner is at (x, y); beyond its border the picture repeats.
template <class Vector, int N>
ATTENTION_INLINE void sample(const Map &map, float x, float y, float *out) {
  const int left = static_cast<int>(std::floor(x));
  const int top = static_cast<int>(std::floor(y));
  const float fx = x - static_cast<float>(left);
  const float fy = y - static_cast<float>(top);
  const int right = map.width() - 1;
  const bool crosses = left < 0 || left + N > right;
  float repeated[kStride + Map::kSlack] = {};
  constexpr int kVectors = kStride / kLanes<Vector>;
  Vector above[kVectors] = {};
  for (int j = 0; j <= N; j++) {
    const float *row = map.row(std::clamp(top + j, 0, map.height() - 1));
    for (int i = 0; crosses && i <= N; i++)
      repeated[i] = row[std::clamp(left + i, 0, right)];
    const float *from = crosses ? repeated : row + left;
    for (int v = 0; v < kVectors; v++) {
      const float *s = from + v * kLanes<Vector>;
      const Vector between = lanes_at<Vector>(s).v + (lanes_at<Vector>(s + 1).v - lanes_at<Vector>(s).v) * fx;
      if (j > 0)
        lanes_at<Vector>(out + (j - 1) * kStride + v * kLanes<Vector>).v = above[v] + (between - above[v]) * fy;
      above[v] = between;
    }
  }
}

/// A window of the picture now, and what a small movement changes in it.
template <class Vector>
struct Window {
  ATTENTION_INLINE Window(const Map &map, float left, float top) {
    float around[(kAround + 1) * kStride];  // the last row is read beyond its end
    std::fill_n(around + kAround * kStride, kStride, 0.0F);
    sample<Vector, kAround>(map, left - 1, top - 1, around);
    Vector sums[5] = {};
    for (int k = 0; k < kWindow * kStride; k += kLanes<Vector>) {
      const float *c = around + k + kStride + 1;
      const Vector inside = lanes_at<Vector>(kInside.data() + k % kStride).v;
      const Vector x = (lanes_at<Vector>(c + 1).v - lanes_at<Vector>(c - 1).v) * inside * 0.5F;
      const Vector y = (lanes_at<Vector>(c + kStride).v - lanes_at<Vector>(c - kStride).v) * inside * 0.5F;
      lanes_at<Vector>(now.data() + k).v = lanes_at<Vector>(c).v;
      lanes_at<Vector>(gx.data() + k).v = x;
      lanes_at<Vector>(gy.data() + k).v = y;
      sums[0] += x * x;
      sums[1] += x * y;
      sums[2] += y * y;
      sums[3] += x;
      sums[4] += y;
    }
    xx = total(sums[0]);
    xy = total(sums[1]);
    yy = total(sums[2]);
    sum_x = total(sums[3]);
    sum_y = total(sums[4]);
  }

  bool is_textured() const {
    const float least = (xx + yy) / 2 - std::sqrt((xx - yy) * (xx - yy) / 4 + xy * xy);
    return least / (kWindow * kWindow) > kLeastEigenvalue;
  }

  Patch<kWindow> now, gx, gy;
  float xx = 0, xy = 0, yy = 0, sum_x = 0, sum_y = 0;
};

/// Finds where a point was in the picture before; false where that cannot be said.
struct Track {
  template <class Vector>
  ATTENTION_INLINE static bool run(const Map *const *now, const Map *const *before, int levels, Match *match) {
    float dx = 0;
    float dy = 0;
    for (int level = levels - 1; level >= 0; level--) {
      const auto scale = static_cast<float>(1 << level);
      const float left = (match->x + 0.5F) / scale - 0.5F - kRadius;
      const float top = (match->y + 0.5F) / scale - 0.5F - kRadius;
      const Window<Vector> window(*now[level], left, top);
      const bool textured = window.is_textured();
      if (!textured && level == 0)
        return false;
      dx *= 2;
      dy *= 2;
      const auto farthest = static_cast<float>(now[level]->width());
      const float determinant = window.xx * window.yy - window.xy * window.xy;
      for (int iteration = 0; textured && iteration < kIterations; iteration++) {
        Patch<kWindow> then;
        sample<Vector, kWindow>(*before[level], left + dx, top + dy, then.data());
        Vector errors[3] = {};
        for (int k = 0; k < kWindow * kStride; k += kLanes<Vector>) {
          const Vector e = lanes_at<Vector>(window.now.data() + k).v - lanes_at<Vector>(then.data() + k).v;
          errors[0] += e * lanes_at<Vector>(window.gx.data() + k).v;
          errors[1] += e * lanes_at<Vector>(window.gy.data() + k).v;
          errors[2] += e * lanes_at<Vector>(kInside.data() + k % kStride).v;
        }
        float ex = total(errors[0]);
        float ey = total(errors[1]);
        const float offset = total(errors[2]) / (kWindow * kWindow);
        // Brightness may have changed all over.
        ex -= offset * window.sum_x;
        ey -= offset * window.sum_y;
        const float step_x = (window.yy * ex - window.xy * ey) / determinant;
        const float step_y = (window.xx * ey - window.xy * ex) / determinant;
        dx += step_x;
        dy += step_y;
        if (!(std::fabs(dx) < farthest && std::fabs(dy) < farthest))
          return false;
        if (std::fabs(step_x) + std::fabs(step_y) < kConverged)
          break;
      }
    }
    match->dx = dx;
    match->dy = dy;
    return true;
  }
};

/// The least-squares similarity of the matches that `chosen` picks.
template <typename Matches, typename Choice>
Similarity fit(const Matches &matches, int count, Choice chosen) {
  double n = 0, px = 0, py = 0, qx = 0, qy = 0;
  for (int i = 0; i < count; i++)
    if (chosen(i)) {
      n++;
      px += matches[i].x;
      py += matches[i].y;
      qx += matches[i].x + matches[i].dx;
      qy += matches[i].y + matches[i].dy;
    }
  px /= n;
  py /= n;
  qx /= n;
  qy /= n;
  double re = 0, im = 0, square = 0;
  for (int i = 0; i < count; i++)
    if (chosen(i)) {
      const double x = matches[i].x - px;
      const double y = matches[i].y - py;
      const double u = matches[i].x + matches[i].dx - qx;
      const double v = matches[i].y + matches[i].dy - qy;
      re += x * u + y * v;
      im += x * v - y * u;
      square += x * x + y * y;
    }
  if (square < 1)
    return {};
  const double a = re / square;
  const double b = im / square;
  return {static_cast<float>(a), static_cast<float>(b), static_cast<float>(qx - a * px + b * py),
          static_cast<float>(qy - b * px - a * py)};
}

}  // namespace

Similarity GlobalMotion::estimate(const Map *const *now, const Map *const *before) {
  count_ = 0;
  width_ = static_cast<float>(now[0]->width());
  height_ = static_cast<float>(now[0]->height());
  for (int row = 0; row < kRows; row++)
    for (int column = 0; column < kColumns; column++) {
      Match match{(static_cast<float>(column) + 0.5F) / kColumns * static_cast<float>(now[0]->width()) - 0.5F,
                  (static_cast<float>(row) + 0.5F) / kRows * static_cast<float>(now[0]->height()) - 0.5F, 0, 0};
      if (run_with_vectors<Track>(now, before, levels_, &match))
        matches_[count_++] = match;
    }
  return agree();
}

bool GlobalMotion::fits(const Similarity &s, int i) const {
  const Match &m = matches_[i];
  const float ex = s.a * m.x - s.b * m.y + s.tx - m.x - m.dx;
  const float ey = s.b * m.x + s.a * m.y + s.ty - m.y - m.dy;
  return ex * ex + ey * ey < kInlier * kInlier;
}

// A thing that moves on plain ground is all that can be tracked, and yet not the camera.
bool GlobalMotion::speaks_for_the_frame(const Similarity &s) const {
  int agreed = 0;
  float left = width_, right = 0, top = height_, bottom = 0;
  for (int i = 0; i < count_; i++) {
    if (!fits(s, i))
      continue;
    agreed++;
    left = std::min(left, matches_[i].x);
    right = std::max(right, matches_[i].x);
    top = std::min(top, matches_[i].y);
    bottom = std::max(bottom, matches_[i].y);
  }
  return agreed >= std::max(kLeastMatches, static_cast<int>(kLeastAgreed * static_cast<float>(count_))) &&
         right - left > kLeastSpread * width_ && bottom - top > kLeastSpread * height_;
}

Similarity GlobalMotion::agree() {
  if (count_ < kLeastMatches)
    return {};
  for (int i = 0; i < count_; i++)
    lengths_[i] = std::hypot(matches_[i].dx, matches_[i].dy);
  std::nth_element(lengths_.begin(), lengths_.begin() + count_ / 2, lengths_.begin() + count_);
  if (lengths_[count_ / 2] < kStill)
    return {};

  Similarity best;
  int most = 0;
  uint32_t random = 1;
  const auto any = [&] {
    random = random * 1664525U + 1013904223U;
    return static_cast<int>((random >> 8) % static_cast<uint32_t>(count_));
  };
  for (int h = 0; h < kHypotheses; h++) {
    const int first = any();
    const int second = any();
    if (first == second)
      continue;
    const std::array<Match, 2> pair{matches_[first], matches_[second]};
    const Similarity s = fit(pair, 2, [](int) { return true; });
    int agreed = 0;
    for (int i = 0; i < count_; i++)
      agreed += fits(s, i) ? 1 : 0;
    if (agreed > most) {
      most = agreed;
      best = s;
    }
  }
  if (!speaks_for_the_frame(best))
    return {};
  for (int refinement = 0; refinement < 2; refinement++) {
    const Similarity s = best;
    best = fit(matches_, count_, [&](int i) { return fits(s, i); });
  }
  return best;
}

}  // namespace attention
