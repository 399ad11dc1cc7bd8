// SPDX-License-Identifier: LGPL-2.1-or-later
#include "partition/global_motion.h"

#include <cmath>
#include <cstdint>

#include "kernels/lucas_kanade.h"

namespace attention {
namespace {

constexpr float kInlier = 1.0F;  // px
constexpr int kHypotheses = 64;
constexpr int kLeastMatches = 6;
constexpr float kLeastAgreed = 0.3F;  // of the points tracked
constexpr float kLeastSpread = 0.5F;  // of the width and of the height, that those which agree extend over

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
      match.dx = last_.a * match.x - last_.b * match.y + last_.tx - match.x;
      match.dy = last_.b * match.x + last_.a * match.y + last_.ty - match.y;
      if (kernels::track(now, before, levels_, match.x, match.y, &match.dx, &match.dy))
        matches_[count_++] = match;
    }
  last_ = agree();
  return last_;
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
  movement_ = 0;
  if (count_ < kLeastMatches)
    return {};
  for (int i = 0; i < count_; i++)
    lengths_[i] = std::hypot(matches_[i].dx, matches_[i].dy);
  std::nth_element(lengths_.begin(), lengths_.begin() + count_ / 2, lengths_.begin() + count_);
  movement_ = lengths_[count_ / 2];
  if (movement_ < kStill)
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
