// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// A map of weights taken apart into things.
#pragma once

#include <cstdint>
#include <vector>

#include "base/box.h"
#include "base/plane.h"

namespace attention {

/// A hill of a map, as far down as `threshold` of its peak.
struct Thing {
  Box box;       ///< in samples of the map, edges where the weights cross the threshold between two samples
  float weight;  ///< its peak
};

/// Floods a map from its peaks down. Where two hills meet they become one, unless both rise clearly above the saddle
/// between them: then each is a thing of its own (basins by their dynamics, Grimaud 1992).
class Things {
 public:
  explicit Things(Size map);

  /// The hills with a peak of at least `threshold` times the greatest, 0–1; `weights` are 0–1. The highest first.
  const std::vector<Thing> &find(const Map &weights, float threshold);

 private:
  static constexpr int kLevels = 256;

  struct Hill {
    int parent;  ///< the hill it became part of, or itself
    float peak;
    int left, top, right, bottom;  ///< right and bottom exclusive
  };

  void sort(const Map &weights, float least);
  void add(const Map &weights, int sample, float threshold, float least_peak);
  int hill_at(int sample);
  int found(int hill);
  void join(int hill, int other);
  void join_enclosed();
  Box outline(const Map &weights, int hill, float cut);

  Plane<int> hill_of_;      ///< −1 where there is none
  std::vector<int> order_;  ///< samples, the greatest first
  std::vector<Hill> hills_;
  std::vector<Thing> things_;
};

}  // namespace attention
