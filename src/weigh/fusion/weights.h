// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// The trained numbers of learned fusion; scripts/train-fusion writes weights.cpp.
#pragma once

#include <cstdint>

namespace attention::fusion_weights {

/// What the network sees.
constexpr int kDetail = 4;  ///< the luma has so many times the grid's width and height
constexpr int kReach = 2;   ///< samples of luma beyond a cell of the grid, on all sides, that belong to its patch
constexpr int kPatch = kDetail + 2 * kReach;
constexpr int kMaps = 10;  ///< at the size of the grid: seven of the cues, then three of the position

/// Planes at the grid's size, at half of it and at a quarter.
constexpr int kFine = 32, kMiddle = 48, kCoarse = 64;

/// Weighted sums of planes, pixel by pixel, and 0 instead of what is less; weight[out][in] counts `scale[out]`.
template <int kIn, int kOut>
struct Mix {
  float reach;  ///< what it mixes lies between this and its negative
  int8_t weight[kOut][kIn];
  float scale[kOut];
  float bias[kOut];
};

/// A filter of 3 × 3 samples, row by row, for each plane, and a mix after it.
template <int kIn, int kOut>
struct Block {
  float filter[kIn][9];
  Mix<kIn, kOut> mix;
};

struct Weights {
  Mix<kPatch * kPatch + kMaps, kFine> look;  ///< first the patch of luma, row by row
  Block<kFine, kFine> fine;
  Block<kFine, kMiddle> to_middle;
  Block<kMiddle, kMiddle> middle;
  Block<kMiddle, kCoarse> to_coarse;
  Block<kCoarse, kCoarse> coarse[2];
  Mix<kCoarse, kMiddle> from_coarse;
  Block<kMiddle, kMiddle> middle_again;
  Mix<kMiddle, kFine> from_middle;
  Block<kFine, kFine> fine_again;
  float out[kFine];
  float out_bias;
};

extern const char *const kInputNames[kMaps + 1];  ///< that it was trained with, in this order
extern const Weights kTrained;

}  // namespace attention::fusion_weights
