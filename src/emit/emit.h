// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Stage 5, emit: a bounded list of regions of interest, and the grid of weights as bytes. It comes before recombine,
/// which may draw them.
#pragma once

#include "emit/peak.h"
#include "emit/things.h"
#include "emit/tracker.h"
#include "weigh/weigh.h"

namespace attention {

class Emit {
 public:
  /// Identities after `last_id` are given.
  Emit(const Geometry &geometry, Size map, Size segments, uint32_t last_id);

  /// Tells what a frame shows that was `analysed`, or where what is known goes.
  void run(Weigh &weigh, Partition &partition, Nanoseconds time, const Settings &settings, bool analysed);

  uint32_t last_id() const { return tracker_.last_id(); }

  /// What the engine has to say of the frame besides.
  void note(const std::array<Nanoseconds, kStageCount> &times) { result_.times = times; }

  const Result &result() const { return result_; }

 private:
  void tell_weights(const Weigh &weigh);
  void tell_peak(const Map &weights, Nanoseconds time);
  void describe(const std::vector<Thing> &things, Weigh &weigh, Partition &partition, const Settings &settings);

  Geometry geometry_;
  FrameMap on_map_, on_things_;
  Things things_;
  Tracker tracker_;
  Peak peak_;
  uint32_t attended_ = 0;  ///< the first region of the last frame …
  Box attended_box_{};     ///< … on the map
  std::vector<RegionOfInterest> regions_;
  Plane<uint8_t> grid_;
  Result result_;
};

}  // namespace attention
