// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What the network of learned fusion sees of a frame; training looks at the same.
#pragma once

#include "weigh/cues/cue.h"

namespace attention {

/// The cues' inputs on one small grid, or at a multiple of its size, each in standard deviations from its mean, and
/// three maps of the position.
class FusionInputs {
 public:
  FusionInputs(const AnalysisSizes &sizes, const Cues &cues);
  void run(const Cues &cues);

  /// The size of the grid.
  static Size grid(const AnalysisSizes &sizes);
  /// What the maps are called.
  static std::vector<const char *> names(const Cues &cues);
  const std::vector<Map> &maps() const { return maps_; }
  /// The cue that each map is of.
  const std::vector<int> &owners() const { return owners_; }

 private:
  std::vector<Resize> resize_;
  std::vector<Map> maps_;
  std::vector<int> owners_;
};

}  // namespace attention
