// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What was found in a frame.
#pragma once

#include <array>
#include <cstdint>

#include "settings.h"

namespace attention {

/// An area that draws attention.
struct RegionOfInterest {
  uint32_t id = 0;   ///< stays with the area from frame to frame; never 0
  int x = 0, y = 0;  ///< top left corner, px of the frame
  int width = 0, height = 0;
  float weight = 0;                  ///< the greatest weight inside, 0–1
  float share = 0;                   ///< the part of the frame's attention that falls inside, 0–1
  Nanoseconds first_seen = kNoTime;  ///< stream time of the frame in which it was found first …
  Nanoseconds last_seen = kNoTime;   ///< … and last; it is told for a while after
  /// How much each cue speaks for the area, in the order of cues(): by how much its score drops when the cue is held at
  /// its mean over the frame, as a part of all such changes. −1 (only this cue, against it) – 1; their magnitudes sum
  /// to 1, or to 0 where no cue says anything.
  std::array<float, kMaxCues> cues{};
};

/// The stages of a frame, see engine.cpp.
enum class Stage { kPreprocess, kPartition, kWeigh, kRecombine, kEmit };
constexpr int kStageCount = 5;
const char *stage_name(Stage stage);

/// What one frame's analysis found. Valid until the next call on the engine.
struct Result {
  int columns = 0, rows = 0;
  const uint8_t *grid = nullptr;              ///< columns × rows mean weights, row by row, 255 = 1.0
  const float *attention = nullptr;           ///< columns × rows, a softmax: sums to 1
  float peak_x = 0.5F, peak_y = 0.5F;         ///< the place looked at, 0–1 of the frame
  float coverage = 0;                         ///< part of the frame above the region threshold, 0–1
  const RegionOfInterest *regions = nullptr;  ///< the one with the peak first, none overlaps another
  int region_count = 0;
  bool analysed = false;   ///< false where the weights are carried on from an earlier frame
  bool scene_cut = false;  ///< whether the frame shows another scene than the one analysed before it
  float scene_change = 0;  ///< how different it is from that one, 0–1; 0 where there is none or nothing was analysed
  std::array<Nanoseconds, kStageCount> times{};  ///< that each stage took
};

}  // namespace attention
