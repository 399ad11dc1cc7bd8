// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Cues: what draws the eye. One file each, one row each in table.def.
#pragma once

#include <memory>

#include "partition/partition.h"

namespace attention {

/// A map that learned fusion looks at, in any unit.
struct FusionInput {
  const char *name;  ///< unlike that of any other input
  const Map *map;
  Size size;              ///< of the map
  float least_deviation;  ///< smaller deviations inside a frame are noise
  int detail = 1;         ///< as many times the width and height of other inputs does the network see it with
};

/// Scores every place of a picture from 0 (nothing) to 1 (the most there is).
class Cue {
 public:
  virtual ~Cue() = default;
  /// Looks at the features of a frame, and finds the inputs of learned fusion.
  virtual void look(const Features &features) = 0;
  /// Fills `out`, at the map size, with what the last look() found; every value ends in [0, 1].
  virtual void score(Map &out) = 0;
  /// Whether that is the same for every frame.
  virtual bool never_changes() const { return false; }
  /// What the last look() found, for learned fusion; always the same maps, in the same order.
  virtual const std::vector<FusionInput> &fusion_inputs() const {
    static const std::vector<FusionInput> none;
    return none;
  }
};

/// How a cue enters the fusion.
enum class CueRole {
  kFigure,   ///< of the still picture, and lets motion count where there is a figure
  kTexture,  ///< of the still picture
  kLearned,  ///< of the still picture, but only learned fusion knows what to make of it
  kForm,     ///< of the still picture, and scores nothing: what learned fusion owes to it is told instead
  kMotion,   ///< is added to the still picture
  kPrior,    ///< multiplies the sum
};

struct CueRow {
  CueInfo info;
  CueRole role;
  float floor;  ///< in product fusion, so that one blind cue does not silence the others
  float gain;
  std::unique_ptr<Cue> (*create)(const AnalysisSizes &, const Features &);
};

#define CUE(...) +1
constexpr int kCueCount = 0
#include "weigh/cues/table.def"
    ;
#undef CUE
static_assert(kCueCount <= kMaxCues);
extern const std::array<CueRow, kCueCount> kCues;

/// The first cue of a role.
int first_of(CueRole role);

using Cues = std::array<std::unique_ptr<Cue>, kCueCount>;

}  // namespace attention
