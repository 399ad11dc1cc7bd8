// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Fusion: several cues become one map of what the still picture holds for the eye. One file each.
#pragma once

#include "weigh/scores.h"

namespace attention {

class FusionMethod {
 public:
  virtual ~FusionMethod() = default;
  virtual Manner manner() const = 0;
  /// `scores` are the cues' maps of this frame; fills `out`, at the map size, with values in [0, 1].
  virtual void run(const Cues &cues, const CueMaps &scores, Map &out) = 0;
  /// What run() would have made of the same frame with `cue` held at its mean, in the same unit. False where the cue
  /// has no part in it; then `out` stays as it was.
  virtual bool run_without(int cue, const CueMaps &scores, Map &out) = 0;
  /// How much more this method finds in each place of a frame for knowing what `cue` looked at, from 0 to 1. Where that
  /// is not asked of it `out` stays as it was.
  virtual void owed_to(int /*cue*/, const Cues &, Map & /*out*/) {}
};

/// Does not read past what the cues offer, but makes sense only where check_learned_fusion() says ok.
std::unique_ptr<FusionMethod> make_learned_fusion(const AnalysisSizes &sizes, const Cues &cues);
std::unique_ptr<FusionMethod> make_product_fusion();

/// Whether learned fusion was trained on the inputs that these cues offer, by their names; else a sentence.
Status check_learned_fusion(const Cues &cues);

}  // namespace attention
