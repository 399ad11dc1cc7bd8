// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Which frames are analysed, where not all of them are to be.
#pragma once

#include "settings.h"

namespace attention {

class Pace {
 public:
  void reset() { slot_ = kNone; }

  /// Whether the frame of this time is to be analysed. One without a time always is, and so is the one after it.
  bool is_due(Nanoseconds time, const PaceSettings &settings) {
    if (time == kNoTime) {
      slot_ = kNone;
      return true;
    }
    const Nanoseconds slot = settings.interval > 0 ? time / settings.interval : kAny;
    const bool due = slot_ == kNone || ((slot == kAny || slot != slot_) && has_credit(settings.most_time));
    if (due)
      slot_ = slot;
    return due;
  }

  /// What the analysis of a frame took.
  void spent(Nanoseconds cost) {
    cost_ += cost_ == 0 ? cost : (cost - cost_) / kMemory;
    credit_ = std::max(credit_ - cost_, Nanoseconds{0});
  }

 private:
  static constexpr Nanoseconds kNone = -1;  ///< before the first
  static constexpr Nanoseconds kAny = -2;   ///< where every frame may be
  static constexpr int kMemory = 8;         ///< analyses
  static constexpr int kFewest = 64;        ///< at least every so manieth frame

  /// Each frame brings `budget`; an analysis is due when it has been saved up.
  bool has_credit(Nanoseconds budget) {
    if (budget <= 0)
      return true;
    credit_ = std::min(later(credit_, std::max(budget, cost_ / kFewest)), cost_);
    return credit_ >= cost_;
  }

  Nanoseconds slot_ = kNone;
  Nanoseconds cost_ = 0, credit_ = 0;
};

}  // namespace attention
