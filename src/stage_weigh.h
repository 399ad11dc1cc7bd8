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
  void run(const AnalysisPlanes &planes, Partition &partition, Nanoseconds time, const Settings &settings);

  /// Lets the weights follow what was last found, moved as the camera moved, where a frame is not analysed.
  void carry_on(Partition &partition, Nanoseconds time, const Settings &settings);

  /// Whether the last frame stood on its own: the first one, one without a time, or one after a cut.
  bool is_fresh() const { return fresh_; }
  /// Whether the last frame is the first of another scene.
  bool is_cut() const { return cut_; }
  /// How different the last frame is from the one analysed before it, 0–1.
  float scene_change() const { return scene_change_; }
  const Map &weights() const { return weights_; }                ///< of the crop, at the map size, 0–1
  const Map &region_weights() const { return region_weights_; }  ///< mean weight of each region, 0–1
  const Map &attention() const { return attention_; }            ///< softmax over regions, sums to 1
  const Map &region_cue(int cue) const { return region_cues_[cue]; }  ///< mean of a cue in each region, 0–1

 private:
  void look_for_cut(const Settings &settings);
  void fuse(const Settings &settings);
  void follow(const Map &goal, Partition &partition, Nanoseconds time, const Settings &settings);

  Pyramid pyramid_;
  Cues cues_;
  CueMaps cue_maps_, region_cues_;
  std::unique_ptr<FusionMethod> learned_, product_;
  Scene scene_;
  Map fused_, moved_, weights_, region_weights_, attention_;
  Gaussian smooth_;
  Nanoseconds last_time_ = kNoTime, analysed_ = kNoTime;
  bool fresh_ = true, cut_ = false;
  float scene_change_ = 0;
};

/// The share of the way to its goal that a value goes in `step`: 1 − exp(−step / time_constant).
float share_of_way(Nanoseconds step, Nanoseconds time_constant);

/// attention[r] = exp(z[r] / temperature) / Σ, z the region's weight in standard deviations from the mean.
void softmax(const Map &weights, double temperature, Map &attention);

}  // namespace attention
