// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Weights that follow what is found, in stream time.
#pragma once

#include "base/plane.h"
#include "settings.h"

namespace attention {

class Follow {
 public:
  explicit Follow(Size map) : weights_(map) {}

  /// Lets the weights go their share of the way to `goal`, or all of it where the frame is `fresh`: stands on its own.
  /// Before a camera that `travels` they hold still less.
  void run(const Map &goal, Nanoseconds time, bool fresh, bool travels, const WeighSettings &settings);

  const Map &weights() const { return weights_; }  ///< 0–1
  Nanoseconds last_time() const { return last_time_; }

 private:
  Map weights_;
  Nanoseconds last_time_ = kNoTime;
};

}  // namespace attention
