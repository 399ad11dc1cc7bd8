// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Which frames are analysed, where not all of them are to be.
#pragma once

#include <algorithm>

#include "attention.h"

namespace attention {

class Pace {
 public:
  void reset() { slot_ = kNone; }

  /// Whether the frame of this time is to be analysed.
  bool is_due(Nanoseconds time, const Settings &settings) {
    const Nanoseconds slot = settings.analysis_interval > 0 ? time / settings.analysis_interval : kNone;
    const bool due = slot_ == kNone || time == kNoTime || ((slot == kNone || slot != slot_) && has_credit(settings.max_analysis_time));
    if (due)
      slot_ = slot == kNone ? 0 : slot;
    return due;
  }

  /// What the analysis of a frame took.
  void spent(Nanoseconds cost) {
    cost_ += cost_ == 0 ? cost : (cost - cost_) / kMemory;
    credit_ = std::max(credit_ - cost_, Nanoseconds{0});
  }

 private:
  static constexpr Nanoseconds kNone = -1;
  static constexpr int kMemory = 8;      // analyses
  static constexpr int kFewest = 64;     // at least every so manieth frame

  /// Each frame brings `budget`; an analysis is due when it has been saved up.
  bool has_credit(Nanoseconds budget) {
    if (budget <= 0)
      return true;
    credit_ = std::min(credit_ + std::max(budget, cost_ / kFewest), cost_);
    return credit_ >= cost_;
  }

  Nanoseconds slot_ = kNone;
  Nanoseconds cost_ = 0, credit_ = 0;
};

}  // namespace attention
