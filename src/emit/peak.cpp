// SPDX-License-Identifier: LGPL-2.1-or-later
#include "emit/peak.h"

namespace attention {
namespace {

constexpr int kReach = 3;         // samples that a peak wanders in a frame
constexpr float kClearly = 2.6F;  // times as great
constexpr float kLost = 3.0F;     // times as great: does not wait
constexpr Nanoseconds kStays = 500'000'000;

struct Place {
  int x = 0, y = 0;
  float weight = -1;
};

Place greatest(const Map &weights, int left, int top, int right, int bottom) {
  Place place;
  for (int y = std::max(top, 0); y < std::min(bottom, weights.height()); y++)
    for (int x = std::max(left, 0); x < std::min(right, weights.width()); x++)
      if (weights.row(y)[x] > place.weight)
        place = {x, y, weights.row(y)[x]};
  return place;
}

}  // namespace

void Peak::run(const Map &weights, const Box &within, float dx, float dy, Nanoseconds time) {
  // Samples with their centres inside.
  const auto first = [](float edge) { return static_cast<int>(std::ceil(edge - 0.5F)); };
  const int left = first(within.left), top = first(within.top);
  const int right = std::max(first(within.right), left + 1), bottom = std::max(first(within.bottom), top + 1);
  const Place best = greatest(weights, left, top, right, bottom);
  if (best.weight < 0)
    return;
  if (since_ != kNoTime && time != kNoTime) {
    const int x = x_ + static_cast<int>(std::lround(dx)), y = y_ + static_cast<int>(std::lround(dy));
    const Place held = greatest(weights, std::max(x - kReach, left), std::max(y - kReach, top),
                                std::min(x + kReach + 1, right), std::min(y + kReach + 1, bottom));
    const float lead = time_between(time, since_) < kStays ? kLost : kClearly;
    if (held.weight >= 0 && best.weight <= lead * held.weight) {
      x_ = held.x;
      y_ = held.y;
      return;
    }
  }
  x_ = best.x;
  y_ = best.y;
  since_ = time;
}

}  // namespace attention
