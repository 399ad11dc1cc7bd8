// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Stage 5, emit: a bounded list of regions of interest, and the grid of weights as bytes.
#pragma once

#include "attention.h"
#include "stage_partition.h"
#include "stage_weigh.h"
#include "tracker.h"

namespace attention {

class Emit {
 public:
  /// Identities after `last_id` are given.
  Emit(const Geometry &geometry, const AnalysisSizes &sizes, uint32_t last_id);

  void run(Weigh &weigh, const Partition &partition, Nanoseconds time, const Settings &settings);

  uint32_t last_id() const { return tracker_.last_id(); }

  /// What the engine has to say of the frame besides.
  void note(bool analysed, const std::array<Nanoseconds, kStageCount> &times) {
    result_.analysed = analysed;
    result_.times = times;
  }

  const Result &result() const { return result_; }

 private:
  /// A connected area above the threshold.
  struct Area {
    Box box;       ///< in samples of the map
    float weight;  ///< greatest inside
  };

  void find_areas(const Map &weights, float threshold);
  Area flood(const Map &weights, float threshold, int start);
  void join_overlapping();
  void describe_areas(Weigh &weigh, const Partition &partition, const Settings &settings);
  float share_of(const RegionOfInterest &region, const Weigh &weigh, const Partition &partition) const;

  Geometry geometry_;
  Plane<uint8_t> seen_;
  std::vector<int> stack_;
  std::vector<Area> areas_;
  Tracker tracker_;
  std::vector<RegionOfInterest> regions_;
  Plane<uint8_t> grid_;
  Result result_;
};

}  // namespace attention
