// SPDX-License-Identifier: LGPL-2.1-or-later
#include "weigh/follow.h"

#include "kernels/maps.h"

namespace attention {
namespace {

// Smaller changes of a weight may be noise, and nobody would see them: what can be seen grows with what is there
// (Weber).
constexpr float kUnseen = 0.005F, kWeber = 0.07F;
constexpr Nanoseconds kPatience = 100;  // times as long does the weight take for them

}  // namespace

void Follow::run(const Map &goal, Nanoseconds time, bool fresh, bool travels, const WeighSettings &settings) {
  if (fresh) {
    std::copy(goal.begin(), goal.end(), weights_.begin());
  } else {
    const Nanoseconds step = time_between(time, last_time_);
    kernels::follow(
        weights_.begin(), goal.begin(),
        {share_of_way(step, settings.attack), share_of_way(step, settings.release), kUnseen, travels ? 0.0F : kWeber,
         share_of_way(step / kPatience, std::max(settings.attack, settings.release))},
        weights_.count());
  }
  for (float &w : weights_)
    w = std::clamp(w, 0.0F, 1.0F);
  last_time_ = time;
}

}  // namespace attention
