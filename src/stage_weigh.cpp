// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stage_weigh.h"

#include <cmath>

#include "kernels.h"
#include "wide.h"

namespace attention {
namespace {

constexpr double kSmoothing = 0.008;    // σ of the weights, of the width: soft edges for the eye
constexpr float kMotionFloor = 0.5F;    // how much motion counts where there is no figure
constexpr float kBlank = 0.004F;        // what a picture without any cue has everywhere: the centre prior decides
constexpr float kDead = 0.01F;          // smaller changes of a weight are noise, and nobody would see them
constexpr double kLeastDeviation = 1e-3;
constexpr Nanoseconds kDropInterval = 150'000'000;  // in which the drop of one cue is found anew: it takes a run of the fusion

/// Of as few samples as a row has, whose order does not matter.
float sum_of(const float *row, int count) {
  float sum = 0;
#pragma omp simd reduction(+ : sum)
  for (int i = 0; i < count; i++)
    sum += row[i];
  return sum;
}

/// Whether anything is made of a cue's score: learned fusion sees features instead, where fuse() needs no more.
bool is_scored(int cue, const Settings &settings) {
  const CueRole role = kCues[cue].role;
  return settings.fusion != Fusion::kLearned || settings.heatmap_of == cue || (role != CueRole::kTexture && role != CueRole::kLearned);
}

/// The greatest value becomes 1.
ATTENTION_WIDE void scale_to_one(Map &map) {
  const float greatest = range(map).greatest;
  for (float &v : map)
    v /= greatest;
}

}  // namespace

float share_of_way(Nanoseconds step, Nanoseconds time_constant) {
  if (time_constant <= 0)
    return 1.0F;
  return static_cast<float>(-std::expm1(-static_cast<double>(step) / static_cast<double>(time_constant)));
}

Weigh::Weigh(const Geometry &geometry, const AnalysisSizes &sizes)
    : pyramid_(sizes),
      means_({sizes.map.width, kCueCount}),
      scene_(pyramid_.luma(Pyramid::kLevels - 1).size()),
      still_(sizes.map),
      fused_(sizes.map),
      moved_(sizes.map),
      weights_(sizes.map),
      region_weights_({geometry.columns, geometry.rows}),
      attention_(region_weights_.size()),
      row_(sizes.map.width),
      smooth_(sizes.map, kSmoothing * sizes.map.width) {
  for (int c = 0; c < kCueCount; c++) {
    cues_[c] = kCues[c].create(sizes, pyramid_);
    cue_maps_[c] = Map(sizes.map);
    still_drops_[c] = Map(sizes.map);
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

void Weigh::run(const AnalysisPlanes &planes, Partition &partition, Nanoseconds time, const Settings &settings, Workers &workers) {
  pyramid_.run(planes);
  if (time == kNoTime)
    reset();
  look_for_cut(settings);
  fresh_ = last_time_ == kNoTime;
  workers.run(kCueCount, 1, [&](int begin, int end, int) {
    for (int c = begin; c < end; c++) {
      cues_[c]->look(pyramid_, time, settings);
      if (!is_scored(c, settings))
        continue;
      cues_[c]->score(cue_maps_[c]);
      std::fill_n(means_.row(c), means_.width(), static_cast<float>(mean(cue_maps_[c])));
    }
  });
  FusionMethod &fusion = settings.fusion == Fusion::kLearned ? *learned_ : *product_;
  fusion.run(cues_, cue_maps_, still_);
  find_still_drops(fusion, time);
  fuse(kNoCue, 0, fused_.count(), settings, fused_.begin());
  smooth_.run(fused_);
  scale_to_one(fused_);
  analysed_ = time;
  follow(fused_, partition, time, settings);
}

void Weigh::carry_on(Partition &partition, Nanoseconds time, const Settings &settings) {
  warp(fused_, cues_[first_of(CueRole::kMotion)]->camera(time - analysed_), moved_);
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

// All of them where the picture stands on its own, later each in its turn.
void Weigh::find_still_drops(FusionMethod &fusion, Nanoseconds time) {
  Nanoseconds due = fresh_ ? kCueCount : std::abs(time - found_drops_) / kDropInterval;
  if (due == 0)
    return;
  found_drops_ = time;
  for (int tried = 0; tried < kCueCount && due > 0; tried++) {
    Map &drop = still_drops_[next_drop_];
    if (fusion.run_without(next_drop_, cue_maps_, drop)) {
      for (int i = 0; i < drop.count(); i++)
        drop.begin()[i] = still_.begin()[i] - drop.begin()[i];
      due--;
    } else {
      drop.fill(0.0F);
    }
    next_drop_ = (next_drop_ + 1) % kCueCount;
  }
}

// S = (still + Σ gain · motion · (.5 + figure)) · Π prior, of `count` samples of the map; one cue may be held at its mean.
ATTENTION_WIDE void Weigh::fuse(int held, int begin, int count, const Settings &settings, float *out) const {
  const auto score = [&](int c) { return c == held ? means_.row(c) : cue_maps_[c].begin() + begin; };
  const float *figure = score(first_of(CueRole::kFigure));
  const auto bias = static_cast<float>(settings.center_bias);
  std::copy_n(still_.begin() + begin, count, out);
  for (int i = 0; i < count && held != kNoCue; i++)
    out[i] -= still_drops_[held].begin()[begin + i];
  for (int c = 0; c < kCueCount; c++) {
    const float *motion = score(c);
    if (kCues[c].role == CueRole::kMotion)
      for (int i = 0; i < count; i++)
        out[i] += kCues[c].gain * motion[i] * (kMotionFloor + figure[i]);
  }
  for (int c = 0; c < kCueCount; c++) {
    const float *prior = score(c);
    if (kCues[c].role == CueRole::kPrior)
      for (int i = 0; i < count; i++)
        out[i] = (out[i] + kBlank) * (1.0F - bias * (1.0F - prior[i]));
  }
}

std::array<float, kMaxCues> Weigh::explain(int left, int top, int right, int bottom, const Settings &settings) {
  const auto total = [&](int held) {
    double sum = 0;
    for (int y = top; y < bottom; y++) {
      fuse(held, y * still_.width() + left, right - left, settings, row_.data());
      sum += sum_of(row_.data(), right - left);
    }
    return sum;
  };
  const double whole = total(kNoCue);
  std::array<double, kCueCount> drops{};
  double magnitude = 0;
  for (int c = 0; c < kCueCount; c++) {
    drops[c] = whole - total(c);
    magnitude += std::fabs(drops[c]);
  }
  std::array<float, kMaxCues> shares{};
  for (int c = 0; c < kCueCount && magnitude > 0; c++)
    shares[c] = static_cast<float>(drops[c] / magnitude);
  return shares;
}

ATTENTION_WIDE void Weigh::follow(const Map &goal, Partition &partition, Nanoseconds time, const Settings &settings) {
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
    const float e = std::exp(static_cast<float>((weights.begin()[i] - greatest) / (deviation * temperature)));
    attention.begin()[i] = e;
    total += e;
  }
  for (float &a : attention)
    a = static_cast<float>(a / total);
}

}  // namespace attention
