// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Stage 5, emit: a bounded list of regions of interest, and the grid of weights as bytes. It comes before recombine,
/// which may draw them.
#pragma once

#include "emit/areas.h"
#include "emit/tracker.h"
#include "weigh/weigh.h"

namespace attention {

class Emit {
 public:
  /// Identities after `last_id` are given.
  Emit(const Geometry &geometry, Size map, uint32_t last_id);

  void run(Weigh &weigh, Partition &partition, Nanoseconds time, const Settings &settings);

  uint32_t last_id() const { return tracker_.last_id(); }

  /// What the engine has to say of the frame besides.
  void note(bool analysed, const std::array<Nanoseconds, kStageCount> &times) {
    result_.analysed = analysed;
    result_.times = times;
  }

  const Result &result() const { return result_; }

 private:
  void tell_weights(const Weigh &weigh);
  void tell_peak(const Map &weights, const float *peak);
  void describe(const std::vector<Area> &areas, Weigh &weigh, Partition &partition, const WeighSettings &settings);

  Geometry geometry_;
  FrameMap on_map_;
  Areas areas_;
  Tracker tracker_;
  std::vector<RegionOfInterest> regions_;
  Plane<uint8_t> grid_;
  Result result_;
};

}  // namespace attention
