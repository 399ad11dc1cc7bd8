// SPDX-License-Identifier: LGPL-2.1-or-later
#include "weigh/explain.h"

#include <cmath>

#include "kernels/sums.h"

namespace attention {
namespace {

constexpr int kMostRows = 8;                    // of a box that are looked at
constexpr Nanoseconds kInterval = 300'000'000;  // in which one drop is found anew

}  // namespace

void Explain::run(FusionMethod &method, const Map &seen, Scores &scores, Nanoseconds time, bool fresh) {
  Nanoseconds due = fresh || &method != method_ ? kCueCount : time_between(time, found_) / kInterval;
  if (due == 0)
    return;
  method_ = &method;
  found_ = time;
  for (int tried = 0; tried < kCueCount && due > 0; tried++) {
    Map &drop = scores.drops[next_];
    if (method.run_without(next_, scores.maps, drop)) {
      for (int i = 0; i < drop.count(); i++)
        drop.begin()[i] = seen.begin()[i] - drop.begin()[i];
      due--;
    } else {
      drop.fill(0.0F);
    }
    next_ = (next_ + 1) % kCueCount;
  }
}

std::array<float, kMaxCues> Explain::shares(const Scores &scores, int left, int top, int right, int bottom,
                                            double center_bias) {
  const int step = (bottom - top + kMostRows - 1) / kMostRows;
  const auto total = [&](int held) {
    double sum = 0;
    for (int y = top; y < bottom; y += step) {
      scores.fuse(held, y * scores.still.width() + left, right - left, center_bias, row_.data());
      sum += kernels::sum(row_.data(), right - left);
    }
    return sum;
  };
  const double whole = total(kNoCue);
  std::array<double, kCueCount> drops{};
  double magnitude = 0;
  for (int c = 0; c < kCueCount; c++) {
    drops[c] = whole - total(c);
    magnitude += std::fabs(drops[c]);
  }
  std::array<float, kMaxCues> shares{};
  for (int c = 0; c < kCueCount && magnitude > 0; c++)
    shares[c] = static_cast<float>(drops[c] / magnitude);
  return shares;
}

}  // namespace attention
