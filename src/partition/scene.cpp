// SPDX-License-Identifier: LGPL-2.1-or-later
#include "partition/scene.h"

#include <cmath>

#include "image/statistics.h"

namespace attention {
namespace {

constexpr double kLeastDeviation = 2.0;  // of 255: a flatter picture shows no scene
constexpr double kHistogramRange = 2.5;  // standard deviations on either side

}  // namespace

void Scene::reset() {
  has_before_ = false;
  is_first_ = true;
}

void Scene::look(const Map &luma, Nanoseconds time, const PartitionSettings &settings) {
  if (time == kNoTime)
    reset();
  const double change = change_to(luma);
  change_ = static_cast<float>(change);
  is_cut_ = settings.scene_cut != SceneCut::kIgnore && !is_first_ && change >= settings.scene_cut_threshold;
  is_fresh_ = is_first_ || (is_cut_ && settings.scene_cut == SceneCut::kReset);
  is_first_ = time == kNoTime;
}

void Scene::go_on() {
  change_ = 0;
  is_cut_ = is_fresh_ = false;
}

double Scene::change_to(const Map &luma) {
  const int n = luma.count();
  const auto [mean, deviation] = moments(luma);
  if (deviation < kLeastDeviation)
    return 0;

  double correlation = 0;
  std::array<double, kBins> histogram{};
  for (int i = 0; i < n; i++) {
    const double z = (luma.begin()[i] - mean) / deviation;
    correlation += z * before_.begin()[i] / n;
    before_.begin()[i] = static_cast<float>(z);
    const double bin = (z + kHistogramRange) / (2 * kHistogramRange) * kBins;
    histogram[static_cast<size_t>(std::clamp(bin, 0.0, kBins - 1.0))] += 1.0 / n;
  }
  double distance = 0;
  for (int b = 0; b < kBins; b++)
    distance += std::fabs(histogram[b] - histogram_[b]) / 2;
  histogram_ = histogram;
  if (!has_before_) {
    has_before_ = true;
    return 0;
  }
  return (1 - std::clamp(correlation, 0.0, 1.0)) / 2 + distance / 2;
}

}  // namespace attention
