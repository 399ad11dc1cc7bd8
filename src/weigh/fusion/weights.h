// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// The trained numbers of learned fusion; scripts/train-fusion writes fusion_weights.cpp.
#pragma once

#include <array>

namespace attention::fusion_weights {

constexpr int kInputs = 12;  ///< nine of the cues, then three of the position
constexpr int kChannels = 16;
constexpr int kLayers = 3;
constexpr std::array<int, kLayers> kDilation = {1, 2, 4};

struct Layer {
  float depthwise[kChannels][9];  ///< 3 × 3, row by row
  float depthwise_bias[kChannels];
  float pointwise[kChannels][kChannels];  ///< [out][in]
  float pointwise_bias[kChannels];
};

struct Weights {
  float in[kChannels][kInputs];  ///< [out][in]
  float in_bias[kChannels];
  Layer layer[kLayers];
  float out[kChannels];
  float out_bias;
};

extern const char *const kInputNames[kInputs];  ///< that it was trained with, in this order
extern const Weights kTrained;

}  // namespace attention::fusion_weights
