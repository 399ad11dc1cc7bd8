// SPDX-License-Identifier: LGPL-2.1-or-later
#include "weigh/follow.h"

#include "kernels/maps.h"

namespace attention {
namespace {

constexpr float kDead = 0.01F;  // smaller changes of a weight are noise, and nobody would see them

}  // namespace

void Follow::run(const Map &goal, Nanoseconds time, bool fresh, const WeighSettings &settings) {
  if (fresh) {
    std::copy(goal.begin(), goal.end(), weights_.begin());
  } else {
    const Nanoseconds step = time_between(time, last_time_);
    kernels::follow(weights_.begin(), goal.begin(), share_of_way(step, settings.attack),
                    share_of_way(step, settings.release), kDead, weights_.count());
  }
  for (float &w : weights_)
    w = std::clamp(w, 0.0F, 1.0F);
  last_time_ = time;
}

}  // namespace attention
