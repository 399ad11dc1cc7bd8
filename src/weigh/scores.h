// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What the cues score in a frame, and what becomes of it.
#pragma once

#include "weigh/cues/cue.h"

namespace attention {

using CueMaps = std::array<Map, kCueCount>;

/// What is to be made of the map of a fusion method.
struct Manner {
  float gain, floor;  ///< with which motion is added to it
  int figure;         ///< the cue that says where motion counts most; kNoCue: the root of that map
  float completed;    ///< the share that completed weights have in the weights
};

struct Scores {
  explicit Scores(Size map) : means({map.width, kCueCount}), still(map), figure(map) {}
  /// Takes the memory for what a cue scores, and for what it changes in the still picture, where there is none.
  void keep_map(int cue) { keep(maps[cue]); }
  void keep_drop(int cue) { keep(drops[cue]); }

  /// S = (still + Σ gain · motion · (floor + figure)) · Π prior, of `count` samples of the map from `begin` on. One
  /// cue, `held`, may be at its mean, or kNoCue.
  void fuse(int held, int begin, int count, double center_bias, float *out) const;

  Manner manner{0, 0, kNoCue, 0};
  CueMaps maps;   ///< of each cue, where anything is made of it
  Map means;      ///< one row a cue, all of it the cue's mean over the frame
  Map still;      ///< what the still picture holds for the eye, by a fusion method, 0–1
  Map figure;     ///< the root of that, where `manner` asks for it
  CueMaps drops;  ///< by how much that drops when a cue is held at its mean, where it may

 private:
  void keep(Map &map) const {
    if (map.count() == 0)
      map = Map(still.size());
  }
};

}  // namespace attention
