// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Which frames the still picture is looked at in.
#pragma once

#include "base/time.h"

namespace attention {

/// What a still picture holds for the eye changes slowly beside frames that come thick, and costs the most of all that
/// is found; so not all of those are looked at.
class Turns {
 public:
  /// The next frame, whose time is as in Engine::process(); `anew` where nothing seen before holds for it.
  void take(Nanoseconds time, bool anew) {
    is_due_ = anew || time == kNoTime || last_ == kNoTime || time_between(time, last_) >= kEvery;
    if (is_due_)
      last_ = time;
  }

  /// Whether the still picture of the last frame is to be looked at.
  bool is_due() const { return is_due_; }

 private:
  static constexpr Nanoseconds kEvery = 60'000'000;  // of 15 frames a second all are due, of 20 to 30 every other one

  Nanoseconds last_ = kNoTime;
  bool is_due_ = true;
};

}  // namespace attention
