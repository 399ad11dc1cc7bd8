// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// How much each cue speaks for a place: by how much less it would score without the cue.
#pragma once

#include "weigh/fusion/fusion.h"

namespace attention {

class Explain {
 public:
  explicit Explain(Size map) : row_(map.width) {}

  /// Brings the drops of the still picture up to date, where `method` last saw `seen`. They take a run of the fusion
  /// each: all of them where the frame is `fresh`, or the method another one than before; later each in its turn.
  void run(FusionMethod &method, const Map &seen, Scores &scores, Nanoseconds time, bool fresh);

  /// The shares of the cues in what lies in a box of the map, right and bottom exclusive, as RegionOfInterest::cues has
  /// them.
  std::array<float, kMaxCues> shares(const Scores &scores, int left, int top, int right, int bottom,
                                     double center_bias);

 private:
  const FusionMethod *method_ = nullptr;  ///< that the drops are of
  Nanoseconds found_ = kNoTime;
  int next_ = 0;
  std::vector<float> row_;
};

}  // namespace attention
