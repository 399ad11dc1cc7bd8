// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Time on a stream's time line, and how values follow in it.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace attention {

/// A duration or a point on a stream's time line.
using Nanoseconds = int64_t;
constexpr Nanoseconds kNoTime = -1;

/// How far two points are apart. Reverse playback runs towards smaller times; what no Nanoseconds can hold is the
/// greatest.
constexpr Nanoseconds time_between(Nanoseconds a, Nanoseconds b) {
  const auto distance =
      a > b ? static_cast<uint64_t>(a) - static_cast<uint64_t>(b) : static_cast<uint64_t>(b) - static_cast<uint64_t>(a);
  constexpr auto kGreatest = static_cast<uint64_t>(std::numeric_limits<Nanoseconds>::max());
  return static_cast<Nanoseconds>(distance < kGreatest ? distance : kGreatest);
}

/// `time` and a duration of 0 or more, or the greatest time there is.
constexpr Nanoseconds later(Nanoseconds time, Nanoseconds step) {
  constexpr Nanoseconds kGreatest = std::numeric_limits<Nanoseconds>::max();
  return time > kGreatest - step ? kGreatest : time + step;
}

/// The share of the way to its goal that a value goes in `step`: 1 − exp(−step / time_constant).
inline float share_of_way(Nanoseconds step, Nanoseconds time_constant) {
  if (time_constant <= 0)
    return 1.0F;
  return static_cast<float>(-std::expm1(-static_cast<double>(step) / static_cast<double>(time_constant)));
}

/// Where a value gets that goes the share `rise` or `fall` of its way to `goal`, of which the last `dead` never counts.
inline float follow(float value, float goal, float rise, float fall, float dead) {
  const float step = goal - value;
  return value + (std::max(step - dead, 0.0F) * rise + std::min(step + dead, 0.0F) * fall);
}

}  // namespace attention
