// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What may change from one frame to the next at no cost, by who reads it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace attention {

/// What can be done to the pixels; several apply in the order of effects().
struct EffectInfo {
  const char *name;
  const char *description;
};

/// All effects; the bit of effects()[i] in RecombineSettings::effects is 1 << i.
const std::vector<EffectInfo> &effects();
/// The bit of the effect called `name`, or 0.
unsigned find_effect(std::string_view name);

/// What draws the eye.
struct CueInfo {
  const char *name;
  const char *description;
};

constexpr int kMaxCues = 8;
constexpr int kNoCue = -1;

/// All cues; elsewhere the index in this table stands for the cue.
const std::vector<CueInfo> &cues();

/// The least and the greatest value of a setting.
struct Limits {
  double least, most;
};

/// Which frames are analysed.
struct PaceSettings {
  Nanoseconds interval = 0;   ///< stream time between analyses, 0 = every frame
  Nanoseconds most_time = 0;  ///< mean time that analysis may take of a frame, 0 = any; less often then
};

/// What happens when a picture shows another scene than the one before.
enum class SceneCut {
  kReset,   ///< the picture stands on its own
  kEase,    ///< weights go over to the new scene as they follow any change
  kIgnore,  ///< no cut is looked for
};

struct PartitionSettings {
  SceneCut scene_cut = SceneCut::kReset;
  double scene_cut_threshold = 0.35;  ///< how different a scene must be for a cut, 0–1
  double lightning_threshold = 0.7;   ///< share of the frame that must change for it to be the light, 0–1
};

/// How the cues become one map.
enum class Fusion { kLearned, kProduct };

struct WeighSettings {
  Fusion fusion = Fusion::kLearned;
  double center_bias = 0.8;           ///< 0 (none) – 1 (nothing but the centre)
  Nanoseconds attack = 100'000'000;   ///< time constant of rising weights
  Nanoseconds release = 150'000'000;  ///< time constant of falling weights
  double temperature = 1.0;           ///< of the softmax over regions, in standard deviations
  int heatmap_of = kNoCue;            ///< the cue that effect heatmap shows; kNoCue shows the weights
};

struct EmitSettings {
  int max_regions = 8;            ///< 0–kMaxRegionsOfInterest
  double region_threshold = 0.2;  ///< share of the peak weight, 0–1
};

/// How the weights of the small map become those of the pixels.
enum class MapRefine {
  kNone,    ///< evenly between the samples of the map
  kGuided,  ///< along the edges of the picture's luma
  kObject,  ///< completed over what the attended things are made of
};

struct RecombineSettings {
  unsigned effects = 0;            ///< bits, see find_effect(); 0 leaves the pixels alone
  double strength = 0.5;           ///< 0 (pixels as they are) – 1
  double gamma = 0.5;              ///< exponent that shapes the weights for effects and pooling
  double background_weight = 0.0;  ///< least weight, for effects and pooling, 0–1
  MapRefine map_refine = MapRefine::kNone;
  double blur_radius = 0.05;  ///< two standard deviations of effect blur, of the frame's height
  Nanoseconds freeze_refresh =
      60'000'000'000;                ///< after which effect freeze looks whether to hold anew; 0 holds nothing
  uint32_t background = 0xff000000;  ///< ARGB; alpha is ignored
  bool draw_regions = false;         ///< boxes and identities, on top of the effects
};

struct Settings {
  PaceSettings pace;
  PartitionSettings partition;
  WeighSettings weigh;
  EmitSettings emit;
  RecombineSettings recombine;
  int threads = 1;  ///< that share scaling, cues and recombination, 0 = one for each core; changes no bit
};

constexpr int kMaxRegionsOfInterest = 64;
constexpr int kMostThreads = 64;

constexpr Limits kShares{0, 1};  ///< of all settings that are a share of something
constexpr Limits kGammas{0.1, 10};
constexpr Limits kBlurRadii{0.005, 0.5};
constexpr Limits kTemperatures{0.01, 100};

/// The settings with every value brought within its limits; what is no number becomes its default.
Settings within_limits(const Settings &settings);

}  // namespace attention
