// SPDX-License-Identifier: LGPL-2.1-or-later
#include "global_motion.h"

#include <cmath>
#include <cstdint>

namespace attention {
namespace {

constexpr int kRadius = 5;  // of the window that is compared
constexpr int kWindow = 2 * kRadius + 1;
constexpr int kIterations = 10;
constexpr float kConverged = 0.03F;        // px
constexpr float kLeastEigenvalue = 1.0F;   // of the window's mean tensor, codes² per px²: flat windows cannot be tracked
constexpr float kInlier = 1.0F;            // px
constexpr int kHypotheses = 64;
constexpr int kLeastMatches = 6;
constexpr float kLeastAgreed = 0.3F;       // of the points tracked
constexpr float kLeastSpread = 0.5F;       // of the width and of the height, that those which agree extend over
constexpr float kStill = 0.15F;            // px: a smaller median movement is noise

using Patch = std::array<float, kWindow * kWindow>;

/// Samples a square of `n` × `n` pixels whose corner is at (x, y); beyond its border the picture repeats.
void sample(const Map &map, float x, float y, int n, float *out) {
  const int left = static_cast<int>(std::floor(x));
  const int top = static_cast<int>(std::floor(y));
  const float fx = x - static_cast<float>(left);
  const float fy = y - static_cast<float>(top);
  const int right = map.width() - 1;
  const int bottom = map.height() - 1;
  const bool inside = left >= 0 && top >= 0 && left + n <= right && top + n <= bottom;
  for (int j = 0; j < n; j++) {
    const float *a = map.row(std::clamp(top + j, 0, bottom));
    const float *b = map.row(std::clamp(top + j + 1, 0, bottom));
    for (int i = 0; i < n; i++) {
      const int p = inside ? left + i : std::clamp(left + i, 0, right);
      const int q = inside ? left + i + 1 : std::clamp(left + i + 1, 0, right);
      const float above = a[p] + (a[q] - a[p]) * fx;
      const float below = b[p] + (b[q] - b[p]) * fx;
      out[j * n + i] = above + (below - above) * fy;
    }
  }
}

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
      if (track(now, before, match))
        matches_[count_++] = match;
    }
  return agree();
}

bool GlobalMotion::track(const Map *const *now, const Map *const *before, Match &match) {
  std::array<float, (kWindow + 2) * (kWindow + 2)> around;
  Patch gx, gy, then;
  float dx = 0;
  float dy = 0;
  for (int level = levels_ - 1; level >= 0; level--) {
    const auto scale = static_cast<float>(1 << level);
    const float left = (match.x + 0.5F) / scale - 0.5F - kRadius;
    const float top = (match.y + 0.5F) / scale - 0.5F - kRadius;
    sample(*now[level], left - 1, top - 1, kWindow + 2, around.data());
    float xx = 0, xy = 0, yy = 0, sum_x = 0, sum_y = 0;
    for (int j = 0; j < kWindow; j++)
      for (int i = 0; i < kWindow; i++) {
        const float *c = around.data() + (j + 1) * (kWindow + 2) + i + 1;
        const float h = (c[1] - c[-1]) / 2;
        const float v = (c[kWindow + 2] - c[-kWindow - 2]) / 2;
        gx[j * kWindow + i] = h;
        gy[j * kWindow + i] = v;
        xx += h * h;
        xy += h * v;
        yy += v * v;
        sum_x += h;
        sum_y += v;
      }
    const float mean = (xx + yy) / 2;
    const float least = mean - std::sqrt((xx - yy) * (xx - yy) / 4 + xy * xy);
    const bool textured = least / (kWindow * kWindow) > kLeastEigenvalue;
    if (!textured && level == 0)
      return false;
    dx *= 2;
    dy *= 2;
    const float determinant = xx * yy - xy * xy;
    for (int iteration = 0; textured && iteration < kIterations; iteration++) {
      sample(*before[level], left + dx, top + dy, kWindow, then.data());
      float ex = 0, ey = 0, offset = 0;
      for (int j = 0; j < kWindow; j++)
        for (int i = 0; i < kWindow; i++) {
          const int k = j * kWindow + i;
          const float e = around[(j + 1) * (kWindow + 2) + i + 1] - then[k];
          ex += e * gx[k];
          ey += e * gy[k];
          offset += e;
        }
      // Brightness may have changed all over.
      offset /= kWindow * kWindow;
      ex -= offset * sum_x;
      ey -= offset * sum_y;
      const float step_x = (yy * ex - xy * ey) / determinant;
      const float step_y = (xx * ey - xy * ex) / determinant;
      dx += step_x;
      dy += step_y;
      if (std::fabs(step_x) + std::fabs(step_y) < kConverged)
        break;
    }
    const auto farthest = static_cast<float>(now[level]->width());
    if (!(std::fabs(dx) < farthest && std::fabs(dy) < farthest))
      return false;
  }
  match.dx = dx;
  match.dy = dy;
  return true;
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
    const Similarity s = fit(matches_, count_, [&](int i) { return i == first || i == second; });
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

void warp(const Map &before, const Similarity &motion, Map &out) {
  const int right = before.width() - 1;
  const int bottom = before.height() - 1;
  for (int y = 0; y < out.height(); y++) {
    float *o = out.row(y);
    for (int x = 0; x < out.width(); x++) {
      const float u = motion.a * static_cast<float>(x) - motion.b * static_cast<float>(y) + motion.tx;
      const float v = motion.b * static_cast<float>(x) + motion.a * static_cast<float>(y) + motion.ty;
      if (!(u >= 0 && v >= 0 && u <= static_cast<float>(right) && v <= static_cast<float>(bottom))) {
        o[x] = kOutside;
        continue;
      }
      const int i = static_cast<int>(u);
      const int j = static_cast<int>(v);
      const float fx = u - static_cast<float>(i);
      const float fy = v - static_cast<float>(j);
      const float *a = before.row(j);
      const float *b = before.row(std::min(j + 1, bottom));
      const int k = std::min(i + 1, right);
      const float above = a[i] + (a[k] - a[i]) * fx;
      const float below = b[i] + (b[k] - b[i]) * fx;
      o[x] = above + (below - above) * fy;
    }
  }
}

}  // namespace attention
