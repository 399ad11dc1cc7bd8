// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Stage 5, emit: a bounded list of regions of interest, and the grid of weights as bytes.
#pragma once

#include "attention.h"
#include "stage_partition.h"
#include "stage_weigh.h"

namespace attention {

/// A rectangle of pixels, right and bottom exclusive.
struct Box {
  int left, top, right, bottom;

  int area() const { return std::max(right - left, 0) * std::max(bottom - top, 0); }
  Box join(const Box &o) const;
  Box meet(const Box &o) const;
};

class Emit {
 public:
  Emit(const Geometry &geometry, const AnalysisSizes &sizes);

  /// Forgets earlier regions; identities already given are not given again.
  void reset() { track_count_ = 0; }
  void run(const Weigh &weigh, const Partition &partition, const Settings &settings);

  const Result &result() const { return result_; }

 private:
  /// A connected area above the threshold.
  struct Area {
    Box box;
    float weight;  ///< greatest inside
  };
  struct Track {
    Box box;
    uint32_t id;
  };

  void find_areas(const Map &weights, float threshold);
  Area flood(const Map &weights, float threshold, int start);
  void join_overlapping();
  void give_identities();
  void describe_areas(const Weigh &weigh, const Partition &partition);
  void describe(const Weigh &weigh, const Partition &partition, RegionOfInterest &region) const;

  Geometry geometry_;
  Plane<uint8_t> seen_;
  std::vector<int> stack_;
  std::vector<Area> areas_;
  std::array<Track, kMaxRegionsOfInterest> tracks_{};
  int track_count_ = 0;
  uint32_t last_id_ = 0;
  std::vector<RegionOfInterest> regions_;
  Plane<uint8_t> grid_;
  Result result_;
};

}  // namespace attention
