// SPDX-License-Identifier: LGPL-2.1-or-later
#include "settings.h"

#include <cmath>

namespace attention {
namespace {

/// `value` within its limits, or `standard` where it is no number.
double within(double value, Limits limits, double standard) {
  return std::isnan(value) ? standard : std::clamp(value, limits.least, limits.most);
}

template <typename Enum>
Enum within(Enum value, Enum last) {
  return std::clamp(value, Enum{}, last);
}

}  // namespace

Settings within_limits(const Settings &settings) {
  static const Settings standard;
  Settings s = settings;
  const auto bring = [](double &value, Limits limits, double to) { value = within(value, limits, to); };
  const auto bring_time = [](Nanoseconds &time) { time = std::max(time, Nanoseconds{0}); };
  bring_time(s.pace.interval);
  bring_time(s.pace.most_time);
  s.partition.scene_cut = within(s.partition.scene_cut, SceneCut::kIgnore);
  bring(s.partition.scene_cut_threshold, kShares, standard.partition.scene_cut_threshold);
  s.weigh.fusion = within(s.weigh.fusion, Fusion::kProduct);
  bring(s.weigh.center_bias, kShares, standard.weigh.center_bias);
  bring(s.partition.lightning_threshold, kShares, standard.partition.lightning_threshold);
  bring_time(s.weigh.attack);
  bring_time(s.weigh.release);
  bring(s.weigh.temperature, kTemperatures, standard.weigh.temperature);
  s.weigh.heatmap_of = std::clamp(s.weigh.heatmap_of, kNoCue, static_cast<int>(cues().size()) - 1);
  s.emit.max_regions = std::clamp(s.emit.max_regions, 0, kMaxRegionsOfInterest);
  bring(s.emit.region_threshold, kShares, standard.emit.region_threshold);
  bring(s.recombine.strength, kShares, standard.recombine.strength);
  bring(s.recombine.gamma, kGammas, standard.recombine.gamma);
  bring(s.recombine.background_weight, kShares, standard.recombine.background_weight);
  s.recombine.map_refine = within(s.recombine.map_refine, MapRefine::kObject);
  bring(s.recombine.blur_radius, kBlurRadii, standard.recombine.blur_radius);
  bring_time(s.recombine.freeze_refresh);
  s.threads = std::clamp(s.threads, 0, kMostThreads);
  return s;
}

}  // namespace attention
