// SPDX-License-Identifier: LGPL-2.1-or-later
#include "partition/light.h"

#include "image/statistics.h"

namespace attention {
namespace {

constexpr float kNoise = 1.5F;               // of 255: smaller changes are none
constexpr float kFlash = 16.0F;              // of 255, at once: more than a fade or a camera that adapts makes
constexpr Nanoseconds kLasts = 500'000'000;  // which no flash does

constexpr double kSame = 0.5;            // correlation of pictures of the same
constexpr double kLeastDeviation = 2.0;  // of 255: flatter pictures show nothing

double correlation(const Map &a, const Map &b) {
  const Moments of_a = moments(a), of_b = moments(b);
  if (std::min(of_a.deviation, of_b.deviation) < kLeastDeviation)
    return 0;
  return (dot(a, b) / a.count() - of_a.mean * of_b.mean) / (of_a.deviation * of_b.deviation);
}

}  // namespace

void Light::reset() {
  has_before_ = is_changing_ = false;
  since_ = kNoTime;
}

void Light::look(const Map &luma, Nanoseconds time, double threshold) {
  int brighter = 0, darker = 0, flash = 0, shade = 0;
  for (int i = 0; has_before_ && i < luma.count(); i++) {
    const float change = luma.begin()[i] - before_.begin()[i];
    brighter += change > kNoise ? 1 : 0;
    darker += change < -kNoise ? 1 : 0;
    flash += change > kFlash ? 1 : 0;
    shade += change < -kFlash ? 1 : 0;
  }
  const double most = threshold * luma.count();
  is_changing_ = std::max(brighter, darker) > most;
  if (std::max(flash, shade) <= most || correlation(luma, before_) < kSame)
    since_ = kNoTime;
  else if (since_ == kNoTime)
    since_ = time;
  else if (time_between(time, since_) >= kLasts)
    since_ = kNoTime;
  if (is_passing())
    return;
  std::copy(luma.begin(), luma.end(), before_.begin());
  has_before_ = true;
}

}  // namespace attention
