// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Weights that fill a thing: attention lights up a part of it, and what is made of the same colours around that part
/// belongs to it.
#pragma once

#include "base/time.h"
#include "image/blur.h"
#include "partition/segments.h"
#include "weigh/motion_outline.h"

namespace attention {

/// Learns, from frame to frame, the colours of what is attended and of what is not, weighed by the weights (after the
/// histograms of figure and ground in Cheng et al., Global Contrast Based Salient Region Detection, PAMI 2015), and
/// spreads the weights by them.
class Completion {
 public:
  /// From maps of weights of size `map` to completed ones of size `segments`.
  Completion(Size map, Size segments);

  /// `weights` are 0–1, the greatest 1, and not older than the segments; `motion`, of the same size, is what moves over
  /// a still ground, nullptr where all moves. A `fresh` frame stands on its own.
  void run(const Map &weights, const Map *motion, const Segments &segments, Nanoseconds time, bool fresh);

  /// How much each place belongs to something attended, 0–1.
  const Map &weights() const { return completed_; }
  /// How far the colours of what is attended are its own, 0 (the picture has them everywhere) – 1. Noise and plain
  /// pictures stay below .01, photographs are above .2.
  float distinctness() const { return distinctness_; }

 private:
  float learn(const Segments &segments, float share);

  AreaScale shrink_;
  Map now_, steady_, completed_;
  Gaussian blur_;
  MotionOutline outline_;
  SegmentTable figure_{}, ground_{};
  float distinctness_ = 0;
  Nanoseconds last_time_ = kNoTime;
};

}  // namespace attention
