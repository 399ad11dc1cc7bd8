// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What the network of learned fusion sees of a frame; training looks at the same.
#pragma once

#include "weigh/cues/cue.h"

namespace attention {

/// The cues' inputs at one small size, each in standard deviations from its mean, and three maps of the position.
class FusionInputs {
 public:
  FusionInputs(const AnalysisSizes &sizes, const Cues &cues);
  void run(const Cues &cues);

  /// What the maps are called.
  static std::vector<const char *> names(const Cues &cues);
  Size size() const { return maps_.front().size(); }
  const std::vector<Map> &maps() const { return maps_; }
  /// The cue that each map is of.
  const std::vector<int> &owners() const { return owners_; }

 private:
  std::vector<Resize> resize_;
  std::vector<Map> maps_;
  std::vector<int> owners_;
};

}  // namespace attention
