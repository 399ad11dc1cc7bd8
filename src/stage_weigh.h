// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Stage 3, weigh: cues become one weight for every pixel of the map and one share of attention for every region.
#pragma once

#include "attention.h"
#include "cue.h"
#include "fusion.h"
#include "scene.h"
#include "stage_partition.h"

namespace attention {

class Weigh {
 public:
  Weigh(const Geometry &geometry, const AnalysisSizes &sizes);

  /// Forgets earlier pictures.
  void reset();
  /// Scores the planes, fuses the cues and lets the weights follow.
  void run(const AnalysisPlanes &planes, Partition &partition, Nanoseconds time, const Settings &settings, Workers &workers);

  /// Lets the weights follow what was last found, moved as the camera moved, where a frame is not analysed.
  void carry_on(Partition &partition, Nanoseconds time, const Settings &settings);

  /// Whether the last frame stood on its own: the first one, one without a time, or one after a cut.
  bool is_fresh() const { return fresh_; }
  /// Whether the last frame is the first of another scene.
  bool is_cut() const { return cut_; }
  /// How different the last frame is from the one analysed before it, 0–1.
  float scene_change() const { return scene_change_; }
  const Map &weights() const { return weights_; }                ///< of the crop, at the map size, 0–1
  /// What a cue scored in the last analysed frame that had a use for it, or the weights for kNoCue.
  const Map &score(int cue) const { return cue == kNoCue ? weights_ : cue_maps_[cue]; }
  const Map &region_weights() const { return region_weights_; }  ///< mean weight of each region, 0–1
  const Map &attention() const { return attention_; }            ///< softmax over regions, sums to 1

  /// How much each cue speaks for what lies in a box of the map, right and bottom exclusive, as RegionOfInterest::cues has it.
  std::array<float, kMaxCues> explain(int left, int top, int right, int bottom, const Settings &settings);

 private:
  void look_for_cut(const Settings &settings);
  void find_still_drops(FusionMethod &fusion, Nanoseconds time);
  void fuse(int held, int begin, int count, const Settings &settings, float *out) const;
  void follow(const Map &goal, Partition &partition, Nanoseconds time, const Settings &settings);

  Pyramid pyramid_;
  Cues cues_;
  CueMaps cue_maps_;
  CueMaps still_drops_;  ///< by how much the still picture's score drops when a cue is held at its mean
  Map means_;            ///< one row a cue, all of it the cue's mean over the frame
  std::unique_ptr<FusionMethod> learned_, product_;
  Scene scene_;
  Map still_, fused_, moved_, weights_, region_weights_, attention_;
  std::vector<float> row_;
  Gaussian smooth_;
  Nanoseconds last_time_ = kNoTime, analysed_ = kNoTime, found_drops_ = kNoTime;
  int next_drop_ = 0;
  bool fresh_ = true, cut_ = false;
  float scene_change_ = 0;
};

/// The share of the way to its goal that a value goes in `step`: 1 − exp(−step / time_constant).
float share_of_way(Nanoseconds step, Nanoseconds time_constant);

/// attention[r] = exp(z[r] / temperature) / Σ, z the region's weight in standard deviations from the mean.
void softmax(const Map &weights, double temperature, Map &attention);

}  // namespace attention
