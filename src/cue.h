// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Cues: what draws the eye. One file each, one row each in the table of cue.cpp.
#pragma once

#include <memory>

#include "attention.h"
#include "stage_preprocess.h"

namespace attention {

/// Scores every place of a picture from 0 (nothing) to 1 (the most there is).
class Cue {
 public:
  virtual ~Cue() = default;
  /// Forgets earlier pictures.
  virtual void reset() {}
  /// Fills `out`, at the map size, from the planes; every value ends in [0, 1].
  virtual void score(const AnalysisPlanes &planes, Map &out) = 0;
};

/// How a cue enters the product fusion (stage_weigh.cpp).
enum class CueRole {
  kFigure,   ///< multiplies what the still picture shows, and lets motion count where there is a figure
  kTexture,  ///< multiplies what the still picture shows
  kMotion,   ///< is added to it
  kPrior,    ///< multiplies the sum
};

struct CueRow {
  std::string_view name;
  CueRole role;
  float floor;  ///< added before multiplying, so that one blind cue does not silence the others
  float gain;
  std::unique_ptr<Cue> (*create)(const AnalysisSizes &);
};

constexpr int kCueCount = 4;
static_assert(kCueCount <= kMaxCues);
extern const std::array<CueRow, kCueCount> kCues;

std::unique_ptr<Cue> make_figure_ground(const AnalysisSizes &);
std::unique_ptr<Cue> make_detail(const AnalysisSizes &);
std::unique_ptr<Cue> make_motion(const AnalysisSizes &);
std::unique_ptr<Cue> make_centre(const AnalysisSizes &);

}  // namespace attention
