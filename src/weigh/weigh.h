// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Stage 3, weigh: cues become one weight for every pixel of the map and one share of attention for every region.
#pragma once

#include "image/blur.h"
#include "image/scale.h"
#include "weigh/completion.h"
#include "weigh/explain.h"
#include "weigh/follow.h"

namespace attention {

class Weigh {
 public:
  Weigh(const AnalysisSizes &sizes, Partition &partition);

  /// Takes the memory that these settings need, where that has not been done.
  void enable(const WeighSettings &settings, const Features &features);

  /// Says what about these settings cannot work, if anything.
  Status check(const WeighSettings &settings) const;

  /// Scores the features of a frame, fuses the cues and lets the weights follow.
  void run(Partition &partition, Nanoseconds time, const WeighSettings &settings, Workers &workers);
  /// Lets the weights follow what was last found, moved as the camera moved, where a frame is not analysed.
  void carry_on(Partition &partition, Nanoseconds time, const WeighSettings &settings);

  /// The weights, completed over what the attended things are made of; to be called once for each frame, or not at all.
  const Map &object_weights(const Partition &partition, Nanoseconds time, const WeighSettings &settings);
  const Map &weights() const { return follow_.weights(); }  ///< of the crop, at the map size, 0–1
  /// What the weights are on their way to, as the last analysed frame has it.
  const Map &goal() const { return fused_; }
  /// How much each place belongs to something attended, as the last analysed frame has it, at the size of the segments.
  const Completion &completion() const { return completion_; }
  /// Whether the last analysed frame holds nothing that could draw the eye.
  bool is_blank() const { return is_blank_; }
  const Map &region_weights() const { return region_weights_; }  ///< mean weight of each region, 0–1
  const Map &attention() const { return attention_; }            ///< softmax over regions, sums to 1
  /// What effect heatmap shows in place of the weights, as a cue scored it in the last analysed frame; nullptr for the
  /// weights.
  const Map *heatmap(const WeighSettings &settings) const {
    const bool is_kept = settings.heatmap_of != kNoCue && scores_.maps[settings.heatmap_of].count() > 0;
    return is_kept ? &scores_.maps[settings.heatmap_of] : nullptr;
  }

  /// How much each cue speaks for what lies in a box of the map, right and bottom exclusive, as RegionOfInterest::cues
  /// has it.
  std::array<float, kMaxCues> explain(int left, int top, int right, int bottom, const WeighSettings &settings) {
    return explain_.shares(scores_, left, top, right, bottom, settings.center_bias);
  }

 private:
  /// Lets a cue look and score, as far as anything is made of it.
  void look(int cue, const Features &features, const WeighSettings &settings);
  /// Brings what the still picture held when it was looked at to where it is now.
  void move_still(const Camera &camera, Nanoseconds time);
  void follow(const Map &goal, Partition &partition, Nanoseconds time, const WeighSettings &settings);

  AnalysisSizes sizes_;
  Cues cues_;
  Scores scores_;
  std::array<bool, kCueCount> is_settled_{};  ///< whether what a cue scores never changes, and is there
  std::unique_ptr<FusionMethod> learned_, product_;
  const FusionMethod *looked_ = nullptr;  ///< the one that looked last, …
  int looked_for_ = kNoCue;               ///< … for a heatmap of this cue, …
  Nanoseconds looked_at_ = kNoTime;       ///< … at the picture of then, …
  Map seen_;                              ///< … and what it saw
  bool looked_before_ = false;            ///< whether it looked in the last frame
  Explain explain_;
  Map fused_, moved_;
  Resize to_map_;
  Map opacity_;
  Gaussian smooth_;
  Completion completion_;
  Follow follow_;
  Resize enlarge_;
  Map objects_;
  Follow follow_objects_;
  Map region_weights_, attention_;
  bool is_blank_ = false;
  Nanoseconds analysed_ = kNoTime;
};

}  // namespace attention
