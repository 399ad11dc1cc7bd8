// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Connected areas of a map.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/box.h"
#include "base/plane.h"

namespace attention {

/// A connected area above a threshold.
struct Area {
  Box box;       ///< in samples of the map
  float weight;  ///< greatest inside
};

class Areas {
 public:
  static constexpr size_t kMost = 512;

  explicit Areas(Size map);

  /// Finds the boxes around what reaches the threshold, those that overlap joined into one; of more than kMost areas
  /// the strongest. Valid until the next call.
  const std::vector<Area> &find(const Map &weights, float threshold);

 private:
  Area flood(const Map &weights, float threshold, int start);
  void join_overlapping();

  Plane<uint8_t> seen_;
  std::vector<int> stack_;
  std::vector<Area> areas_;
};

}  // namespace attention
