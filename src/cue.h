// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Cues: what draws the eye. One file each, one row each in the table of cue.cpp.
#pragma once

#include <memory>

#include "attention.h"
#include "global_motion.h"
#include "pyramid.h"

namespace attention {

/// A map that learned fusion looks at, of any size, in any unit.
struct Feature {
  const Map *map;
  float least_deviation;  ///< smaller deviations inside a frame are noise
};

/// Scores every place of a picture from 0 (nothing) to 1 (the most there is).
class Cue {
 public:
  virtual ~Cue() = default;
  /// Forgets earlier pictures.
  virtual void reset() {}
  /// Looks at a picture, whose `time` is as in Engine::process(), and finds the features.
  virtual void look(const Pyramid &pyramid, Nanoseconds time, const Settings &settings) = 0;
  /// Fills `out`, at the map size, with what the last look() found; every value ends in [0, 1].
  virtual void score(Map &out) = 0;
  /// How the camera goes on in `step` after the last look() if it moves as before, in pixels of the map; stands still where the cue
  /// does not know.
  virtual Similarity camera(Nanoseconds) const { return {}; }
  /// What the last look() found, for learned fusion; always the same maps, in the same order.
  virtual const std::vector<Feature> &features() const {
    static const std::vector<Feature> none;
    return none;
  }
};

/// How a cue enters the fusion.
enum class CueRole {
  kFigure,   ///< of the still picture, and lets motion count where there is a figure
  kTexture,  ///< of the still picture
  kLearned,  ///< of the still picture, but only learned fusion knows what to make of it
  kMotion,   ///< is added to the still picture
  kPrior,    ///< multiplies the sum
};

struct CueRow {
  CueInfo info;
  CueRole role;
  float floor;  ///< in product fusion, so that one blind cue does not silence the others
  float gain;
  std::unique_ptr<Cue> (*create)(const AnalysisSizes &, const Pyramid &);
};

constexpr int kCueCount = 5;
static_assert(kCueCount <= kMaxCues);
extern const std::array<CueRow, kCueCount> kCues;

/// The first cue of a role.
int first_of(CueRole role);

using Cues = std::array<std::unique_ptr<Cue>, kCueCount>;
using CueMaps = std::array<Map, kCueCount>;

std::unique_ptr<Cue> make_figure_ground(const AnalysisSizes &, const Pyramid &);
std::unique_ptr<Cue> make_detail(const AnalysisSizes &, const Pyramid &);
std::unique_ptr<Cue> make_contrast(const AnalysisSizes &, const Pyramid &);
std::unique_ptr<Cue> make_motion(const AnalysisSizes &, const Pyramid &);
std::unique_ptr<Cue> make_centre(const AnalysisSizes &, const Pyramid &);

}  // namespace attention
