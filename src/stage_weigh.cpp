// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stage_weigh.h"

#include <cmath>

#include "kernels.h"

namespace attention {
namespace {

constexpr double kSmoothing = 0.008;    // σ of the weights, of the width: soft edges for the eye
constexpr float kMotionFloor = 0.5F;    // how much motion counts where there is no figure
constexpr float kBlank = 0.004F;        // what a picture without any cue has everywhere: the centre prior decides
constexpr float kDead = 0.01F;          // smaller changes of a weight are noise, and nobody would see them
constexpr double kLeastDeviation = 1e-3;

/// The first cue of a role.
ptrdiff_t of_role(CueRole role) {
  return std::find_if(kCues.begin(), kCues.end(), [&](const CueRow &row) { return row.role == role; }) - kCues.begin();
}

}  // namespace

float share_of_way(Nanoseconds step, Nanoseconds time_constant) {
  if (time_constant <= 0)
    return 1.0F;
  return static_cast<float>(-std::expm1(-static_cast<double>(step) / static_cast<double>(time_constant)));
}

Weigh::Weigh(const Geometry &geometry, const AnalysisSizes &sizes)
    : pyramid_(sizes),
      scene_(pyramid_.luma(Pyramid::kLevels - 1).size()),
      fused_(sizes.map),
      moved_(sizes.map),
      weights_(sizes.map),
      region_weights_({geometry.columns, geometry.rows}),
      attention_(region_weights_.size()),
      smooth_(sizes.map, kSmoothing * sizes.map.width) {
  for (int c = 0; c < kCueCount; c++) {
    cues_[c] = kCues[c].create(sizes, pyramid_);
    cue_maps_[c] = Map(sizes.map);
    region_cues_[c] = Map(region_weights_.size());
  }
  learned_ = make_learned_fusion(sizes, cues_);
  product_ = make_product_fusion();
}

void Weigh::reset() {
  last_time_ = kNoTime;
  scene_.reset();
  for (const auto &cue : cues_)
    cue->reset();
}

void Weigh::run(const AnalysisPlanes &planes, Partition &partition, Nanoseconds time, const Settings &settings) {
  pyramid_.run(planes);
  if (time == kNoTime)
    reset();
  look_for_cut(settings);
  fresh_ = last_time_ == kNoTime;
  for (int c = 0; c < kCueCount; c++) {
    cues_[c]->score(pyramid_, time, settings, cue_maps_[c]);
    partition.describe(cue_maps_[c], region_cues_[c]);
  }
  fuse(settings);
  analysed_ = time;
  follow(fused_, partition, time, settings);
}

void Weigh::carry_on(Partition &partition, Nanoseconds time, const Settings &settings) {
  warp(fused_, cues_[of_role(CueRole::kMotion)]->camera(time - analysed_), moved_);
  for (int i = 0; i < moved_.count(); i++)
    if (moved_.begin()[i] == kOutside)
      moved_.begin()[i] = fused_.begin()[i];
  fresh_ = cut_ = false;
  scene_change_ = 0;
  follow(moved_, partition, time, settings);
}

void Weigh::look_for_cut(const Settings &settings) {
  const double change = scene_.change(pyramid_.luma(Pyramid::kLevels - 1));
  scene_change_ = static_cast<float>(change);
  cut_ = settings.scene_cut != SceneCut::kIgnore && last_time_ != kNoTime && change >= settings.scene_cut_threshold;
  if (!cut_)
    return;
  for (const auto &cue : cues_)
    cue->reset();
  if (settings.scene_cut == SceneCut::kReset)
    last_time_ = kNoTime;
}

// S = (still + Σ gain · motion · (.5 + figure)) · Π prior, as a share of its greatest value
void Weigh::fuse(const Settings &settings) {
  (settings.fusion == Fusion::kLearned ? *learned_ : *product_).run(cues_, cue_maps_, fused_);
  const Map &figure = cue_maps_[of_role(CueRole::kFigure)];
  const auto bias = static_cast<float>(settings.center_bias);
  for (int c = 0; c < kCueCount; c++) {
    if (kCues[c].role == CueRole::kMotion)
      for (int i = 0; i < fused_.count(); i++)
        fused_.begin()[i] += kCues[c].gain * cue_maps_[c].begin()[i] * (kMotionFloor + figure.begin()[i]);
  }
  for (int c = 0; c < kCueCount; c++) {
    if (kCues[c].role == CueRole::kPrior)
      for (int i = 0; i < fused_.count(); i++)
        fused_.begin()[i] = (fused_.begin()[i] + kBlank) * (1.0F - bias * (1.0F - cue_maps_[c].begin()[i]));
  }
  smooth_.run(fused_);
  const float greatest = range(fused_).greatest;
  for (float &v : fused_)
    v /= greatest;
}

void Weigh::follow(const Map &goal, Partition &partition, Nanoseconds time, const Settings &settings) {
  if (last_time_ == kNoTime) {
    std::copy(goal.begin(), goal.end(), weights_.begin());
  } else {
    // Reverse playback runs towards smaller times.
    const Nanoseconds step = std::abs(time - last_time_);
    kernels::follow_f(weights_.begin(), goal.begin(), share_of_way(step, settings.attack),
                      share_of_way(step, settings.release), kDead, weights_.count());
  }
  for (float &w : weights_)
    w = std::clamp(w, 0.0F, 1.0F);
  last_time_ = time;
  partition.describe(weights_, region_weights_);
  softmax(region_weights_, settings.temperature, attention_);
}

void softmax(const Map &weights, double temperature, Map &attention) {
  const double deviation = std::max(moments(weights).deviation, kLeastDeviation);
  const double greatest = *std::max_element(weights.begin(), weights.end());
  double total = 0;
  for (int i = 0; i < weights.count(); i++) {
    const double e = std::exp((weights.begin()[i] - greatest) / (deviation * temperature));
    attention.begin()[i] = static_cast<float>(e);
    total += e;
  }
  for (float &a : attention)
    a = static_cast<float>(a / total);
}

}  // namespace attention
