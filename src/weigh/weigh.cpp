// SPDX-License-Identifier: LGPL-2.1-or-later
#include "weigh/weigh.h"

#include <functional>

#include "image/statistics.h"
#include "kernels/maps.h"
#include "weigh/softmax.h"

namespace attention {
namespace {

constexpr float kLeastDistinctness = 0.05F;  // of colours, and …
constexpr float kLeastMotion = 0.2F;         // … of movements: with less of both a picture shows nothing
constexpr Nanoseconds kAway = 500'000'000;   // without completed weights, after which they do not follow the last ones
constexpr double kSmoothing = 0.008;         // σ of the weights, of the width: soft edges for the eye

/// Whether a cue is looked at: by product fusion what has a part in the product, by learned fusion what it was trained
/// on.
bool is_seen(int cue, const Cues &cues, const WeighSettings &settings) {
  const CueRole role = kCues[cue].role;
  if (settings.heatmap_of == cue || role == CueRole::kMotion || role == CueRole::kPrior)
    return true;
  return settings.fusion == Fusion::kLearned ? cues[cue] != nullptr && !cues[cue]->fusion_inputs().empty()
                                             : role == CueRole::kFigure || role == CueRole::kTexture;
}

/// Whether fusion may ask for a cue; the others are looked at meanwhile.
bool is_of_still_picture(int cue) { return kCues[cue].role != CueRole::kMotion && kCues[cue].role != CueRole::kPrior; }

/// Whether anything is made of a cue's score: learned fusion sees inputs instead.
bool is_scored(int cue, const WeighSettings &settings) {
  const CueRole role = kCues[cue].role;
  return settings.fusion != Fusion::kLearned || settings.heatmap_of == cue || role == CueRole::kMotion ||
         role == CueRole::kPrior;
}

/// The greatest value becomes 1.
void scale_to_one(Map &map) {
  const float greatest = std::max(range(map).greatest, 1e-6F);
  for (float &v : map)
    v /= greatest;
}

/// out = a map that was found `camera.ahead()` of which it is now; what comes into view stays as it was there.
void move(const Map &map, const Similarity &ahead, Map &out) {
  warp(map, ahead, out);
  for (int i = 0; i < out.count(); i++)
    if (out.begin()[i] == kOutside)
      out.begin()[i] = map.begin()[i];
}

/// Those that learned fusion cannot do without.
Cues make_cues(const AnalysisSizes &sizes, const Features &features) {
  Cues cues;
  for (int c = 0; c < kCueCount; c++)
    if (kCues[c].role != CueRole::kFigure)
      cues[c] = kCues[c].create(sizes, features);
  return cues;
}

}  // namespace

Weigh::Weigh(const AnalysisSizes &sizes, Partition &partition)
    : sizes_(sizes),
      cues_(make_cues(sizes, partition.features())),
      scores_(sizes.map),
      learned_(make_learned_fusion(sizes, cues_)),
      product_(make_product_fusion()),
      seen_(sizes.map),
      explain_(sizes.map),
      fused_(sizes.map),
      moved_(sizes.map),
      to_map_(sizes.analysis, sizes.map),
      opacity_(sizes.map),
      smooth_(sizes.map, kSmoothing * sizes.map.width),
      completion_(sizes.map, partition.features().segments.cells().size()),
      follow_(sizes.map),
      enlarge_(partition.features().segments.cells().size(), sizes.map),
      objects_(sizes.map),
      follow_objects_(sizes.map),
      region_weights_(partition.grid().size()),
      attention_(region_weights_.size()) {}

void Weigh::enable(const WeighSettings &settings, const Features &features) {
  for (int c = 0; c < kCueCount; c++) {
    if (!is_seen(c, cues_, settings))
      continue;
    if (cues_[c] == nullptr)
      cues_[c] = kCues[c].create(sizes_, features);
    if (is_scored(c, settings))
      scores_.keep_map(c);
    if (kCues[c].role != CueRole::kMotion)
      scores_.keep_drop(c);
  }
}

Status Weigh::check(const WeighSettings &settings) const {
  return settings.fusion == Fusion::kLearned ? check_learned_fusion(cues_) : Status::ok();
}

void Weigh::run(Partition &partition, Nanoseconds time, const WeighSettings &settings, Workers &workers) {
  const bool has_product = scores_.maps[first_of(CueRole::kFigure)].count() > 0;
  const bool is_learned = learned_ != nullptr && (settings.fusion == Fusion::kLearned || !has_product);
  FusionMethod &fusion = is_learned ? *learned_ : *product_;
  const Features &features = partition.features();
  const bool is_other = looked_ != &fusion;
  const bool looks = features.still.is_due() || is_other || settings.heatmap_of != looked_for_;
  // In frames that are looked at there is less time for it, unless all are.
  const bool explains = !looks || looked_before_ || is_other || features.scene.is_fresh();
  looked_before_ = looks;
  const auto look = [&](bool at_still) {
    for (int c = 0; c < kCueCount; c++)
      if (is_of_still_picture(c) == at_still)
        this->look(c, features, settings);
  };
  workers.run_all(
      [&] {
        if (looks) {
          look(true);
          fusion.run(cues_, scores_.maps, seen_);
        }
        if (explains)
          explain_.run(fusion, seen_, scores_, time, features.scene.is_fresh());
      },
      [&] { look(false); });
  if (looks) {
    looked_ = &fusion;
    looked_for_ = settings.heatmap_of;
    looked_at_ = time;
    std::copy(seen_.begin(), seen_.end(), scores_.still.begin());
  } else {
    move_still(features.camera, time);
  }
  scores_.manner = fusion.manner();
  if (scores_.manner.figure == kNoCue)
    kernels::root(scores_.figure.begin(), scores_.still.begin(), scores_.figure.count());
  if (settings.heatmap_of != kNoCue && kCues[settings.heatmap_of].role == CueRole::kForm && learned_ != nullptr &&
      scores_.maps[settings.heatmap_of].count() > 0 && looks)
    learned_->owed_to(settings.heatmap_of, cues_, scores_.maps[settings.heatmap_of]);
  scores_.fuse(kNoCue, 0, fused_.count(), settings.center_bias, fused_.begin());
  if (const Map &opacity = features.planes->opacity; opacity.count() > 0) {
    to_map_.run(opacity, opacity_);
    std::transform(fused_.begin(), fused_.end(), opacity_.begin(), fused_.begin(), std::multiplies<>());
  }
  smooth_.run(fused_);
  scale_to_one(fused_);
  const Map &motion = scores_.maps[first_of(CueRole::kMotion)];
  const bool is_still = features.camera.is_still();
  completion_.run(fused_, is_still ? &motion : nullptr, features.segments, time, features.scene.is_fresh());
  enlarge_.run(completion_.weights(), objects_);
  if (const float share = scores_.manner.completed; share > 0) {
    for (int i = 0; i < fused_.count(); i++)
      fused_.begin()[i] += share * (objects_.begin()[i] - fused_.begin()[i]);
    scale_to_one(fused_);
  }
  is_blank_ = completion_.distinctness() < kLeastDistinctness && range(motion).greatest < kLeastMotion;
  analysed_ = time;
  follow(fused_, partition, time, settings);
}

void Weigh::look(int cue, const Features &features, const WeighSettings &settings) {
  if (!is_seen(cue, cues_, settings) || cues_[cue] == nullptr || is_settled_[cue])
    return;
  cues_[cue]->look(features);
  if (!is_scored(cue, settings) || scores_.maps[cue].count() == 0)
    return;
  cues_[cue]->score(scores_.maps[cue]);
  std::fill_n(scores_.means.row(cue), scores_.means.width(), static_cast<float>(mean(scores_.maps[cue])));
  is_settled_[cue] = cues_[cue]->never_changes();
}

void Weigh::carry_on(Partition &partition, Nanoseconds time, const WeighSettings &settings) {
  move(fused_, partition.features().camera.ahead(time_between(time, analysed_)), moved_);
  follow(moved_, partition, time, settings);
}

void Weigh::move_still(const Camera &camera, Nanoseconds time) {
  if (camera.is_still())
    std::copy(seen_.begin(), seen_.end(), scores_.still.begin());
  else
    move(seen_, camera.ahead(time_between(time, looked_at_)), scores_.still);
}

const Map &Weigh::object_weights(const Partition &partition, Nanoseconds time, const WeighSettings &settings) {
  const Nanoseconds last = follow_objects_.last_time();
  const bool anew = partition.features().scene.is_fresh() || last == kNoTime || time_between(time, last) > kAway;
  follow_objects_.run(objects_, time, anew, partition.features().camera.is_travelling(), settings);
  return follow_objects_.weights();
}

void Weigh::follow(const Map &goal, Partition &partition, Nanoseconds time, const WeighSettings &settings) {
  const Features &features = partition.features();
  follow_.run(goal, time, features.scene.is_fresh(), features.camera.is_travelling(), settings);
  partition.grid().means(weights(), region_weights_);
  softmax(region_weights_, settings.temperature, attention_);
}

}  // namespace attention
