// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// The one place that is looked at.
#pragma once

#include "base/box.h"
#include "base/plane.h"
#include "base/time.h"

namespace attention {

/// Follows a peak of the weights, and goes to another only where that is clearly greater: eyes do not hop between
/// equals.
class Peak {
 public:
  /// Takes the next place without regard to the last.
  void reset() { since_ = kNoTime; }

  /// Finds the place inside of `within`, in samples of the map; the thing that it is on moved by (dx, dy) since the
  /// last call.
  void run(const Map &weights, const Box &within, float dx, float dy, Nanoseconds time);

  int x() const { return x_; }
  int y() const { return y_; }

 private:
  int x_ = 0, y_ = 0;
  Nanoseconds since_ = kNoTime;
};

}  // namespace attention
