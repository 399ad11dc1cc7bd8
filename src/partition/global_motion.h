// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// How the camera moved between two pictures.
#pragma once

#include <array>

#include "image/warp.h"

namespace attention {

/// A point of two pictures.
struct Match {
  float x, y;    ///< now
  float dx, dy;  ///< to where it was before
};

/// Tracks a grid of points back to the picture before (pyramidal Lucas–Kanade; Bouguet, Intel 2000) and finds the
/// similarity that most of them agree on (RANSAC; Fischler & Bolles, CACM 1981). Deterministic.
class GlobalMotion {
 public:
  static constexpr float kStill = 0.15F;  ///< px: a smaller median movement is noise

  /// `now` and `before` are levels of a pyramid, the finest first, each half as wide and high as the one before it.
  explicit GlobalMotion(int levels) : levels_(levels) {}
  /// Points are looked for first where the last movement, if it was not forgotten, would take them.
  Similarity estimate(const Map *const *now, const Map *const *before);
  void forget() { last_ = {}; }
  /// How far half of the points moved at most, in px.
  float movement() const { return movement_; }

 private:
  Similarity agree();
  bool fits(const Similarity &s, int match) const;
  bool speaks_for_the_frame(const Similarity &s) const;

  static constexpr int kColumns = 14;
  static constexpr int kRows = 8;
  int levels_;
  std::array<Match, kColumns * kRows> matches_;
  int count_ = 0;
  float movement_ = 0;
  Similarity last_;
  float width_ = 0, height_ = 0;
  std::array<float, kColumns * kRows> lengths_;
};

}  // namespace attention
