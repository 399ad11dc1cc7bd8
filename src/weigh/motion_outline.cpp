// SPDX-License-Identifier: LGPL-2.1-or-later
#include "weigh/motion_outline.h"

#include <cmath>

namespace attention {
namespace {

constexpr double kGaps = 0.065;                  // of the width: a thing of which parts move is whole
constexpr double kSigma = 0.06;                  // of the width, of what counts as the same thing
constexpr float kUnmoved = 0.1F, kMoved = 0.3F;  // things that move so are not outlined, and fully
constexpr float kUnattended = 1e-6F;

}  // namespace

MotionOutline::MotionOutline(Size map, Size segments)
    : shrink_(map, segments),
      close_(segments, static_cast<int>(std::lround(kGaps * segments.width))),
      around_(segments, kSigma * segments.width),
      motion_(segments),
      moved_(segments),
      all_(segments) {}

void MotionOutline::run(const Map &motion, const Map &attended, Map &weights) {
  shrink_.run(motion, motion_);
  close_.run(motion_);
  for (int i = 0; i < motion_.count(); i++) {
    const float weight = attended.begin()[i] * attended.begin()[i];
    all_.begin()[i] = weight + kUnattended;
    moved_.begin()[i] = weight * motion_.begin()[i];
  }
  around_.run(moved_);
  around_.run(all_);
  for (int i = 0; i < motion_.count(); i++) {
    const float usual = moved_.begin()[i] / all_.begin()[i];
    const float trust = std::clamp((usual - kUnmoved) / (kMoved - kUnmoved), 0.0F, 1.0F);
    const float moves = std::min(motion_.begin()[i] / std::max(usual, kUnmoved), 1.0F);
    weights.begin()[i] *= 1 - trust + trust * moves;
  }
}

}  // namespace attention
