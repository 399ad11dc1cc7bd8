// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What the cues score in a frame, and what becomes of it.
#pragma once

#include "weigh/cues/cue.h"

namespace attention {

using CueMaps = std::array<Map, kCueCount>;

struct Scores {
  explicit Scores(Size map);

  /// S = (still + Σ gain · motion · (.5 + figure)) · Π prior, of `count` samples of the map from `begin` on. One cue,
  /// `held`, may be at its mean, or kNoCue.
  void fuse(int held, int begin, int count, double center_bias, float *out) const;

  CueMaps maps;   ///< of each cue, where anything is made of it
  Map means;      ///< one row a cue, all of it the cue's mean over the frame
  Map still;      ///< what the still picture holds for the eye, by a fusion method, 0–1
  CueMaps drops;  ///< by how much that drops when a cue is held at its mean
};

}  // namespace attention
