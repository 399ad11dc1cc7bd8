// SPDX-License-Identifier: LGPL-2.1-or-later
#include "emit/emit.h"

#include <cmath>

#include "image/statistics.h"
#include "kernels/sums.h"

namespace attention {
namespace {

constexpr float kLeastPeak = 1.0F / 64;  // a lower peak is no peak

int px(double at) { return static_cast<int>(std::lround(at)); }

}  // namespace

Emit::Emit(const Geometry &geometry, Size map, uint32_t last_id)
    : geometry_(geometry),
      on_map_(geometry, map),
      areas_(map),
      tracker_(static_cast<float>(geometry.crop_width()) / static_cast<float>(map.width),
               static_cast<float>(geometry.crop_height()) / static_cast<float>(map.height), last_id),
      grid_({geometry.columns, geometry.rows}) {
  regions_.reserve(Areas::kMost);
  result_.columns = geometry.columns;
  result_.rows = geometry.rows;
  result_.grid = grid_.begin();
}

void Emit::run(Weigh &weigh, Partition &partition, Nanoseconds time, const Settings &settings) {
  const Scene &scene = partition.features().scene;
  result_.scene_cut = scene.is_cut();
  result_.scene_change = scene.change();
  tell_weights(weigh);

  const Map &weights = weigh.weights();
  const float *peak = std::find(weights.begin(), weights.end(), range(weights).greatest);
  tell_peak(weights, peak);
  regions_.clear();
  result_.coverage = 0;
  if (*peak >= kLeastPeak) {
    const float threshold = static_cast<float>(settings.emit.region_threshold) * *peak;
    const auto crop_width = static_cast<float>(geometry_.crop_width());
    const auto crop_height = static_cast<float>(geometry_.crop_height());
    result_.coverage = static_cast<float>(kernels::count_from(weights.begin(), threshold, weights.count())) /
                       static_cast<float>(weights.count()) * crop_width * crop_height /
                       (static_cast<float>(geometry_.width) * static_cast<float>(geometry_.height));
    if (settings.emit.max_regions > 0)
      describe(areas_.find(weights, threshold), weigh, partition, settings.weigh);
  }
  if (scene.is_fresh())
    tracker_.reset();
  tracker_.run(regions_, time, settings.emit.max_regions, settings.weigh.attack);
  result_.regions = regions_.data();
  result_.region_count = static_cast<int>(regions_.size());
}

void Emit::tell_weights(const Weigh &weigh) {
  for (int i = 0; i < grid_.count(); i++)
    grid_.begin()[i] = static_cast<uint8_t>(255 * weigh.region_weights().begin()[i] + 0.5F);
  result_.attention = weigh.attention().begin();
}

void Emit::tell_peak(const Map &weights, const float *peak) {
  const auto index = static_cast<int>(peak - weights.begin());
  const int row = index / weights.width();
  const auto share = [](double at, int size) { return static_cast<float>(at / size); };
  result_.peak_x = share(on_map_.x.to_frame(index % weights.width() + 0.5), geometry_.width);
  result_.peak_y = share(on_map_.y.to_frame(row + 0.5), geometry_.height);
}

void Emit::describe(const std::vector<Area> &areas, Weigh &weigh, Partition &partition, const WeighSettings &settings) {
  for (const Area &area : areas) {
    const int left = px(on_map_.x.to_frame(area.box.left)), right = px(on_map_.x.to_frame(area.box.right));
    const int top = px(on_map_.y.to_frame(area.box.top)), bottom = px(on_map_.y.to_frame(area.box.bottom));
    if (right <= left || bottom <= top)
      continue;
    RegionOfInterest region;
    region.x = left;
    region.y = top;
    region.width = right - left;
    region.height = bottom - top;
    region.weight = area.weight;
    region.share =
        static_cast<float>(std::min(partition.grid().sum_inside(weigh.attention(), left, top, right, bottom), 1.0));
    region.cues = weigh.explain(static_cast<int>(area.box.left), static_cast<int>(area.box.top),
                                static_cast<int>(area.box.right), static_cast<int>(area.box.bottom), settings);
    regions_.push_back(region);
  }
  std::sort(regions_.begin(), regions_.end(),
            [](const RegionOfInterest &a, const RegionOfInterest &b) { return a.share > b.share; });
  if (regions_.size() > kMaxRegionsOfInterest)
    regions_.resize(kMaxRegionsOfInterest);
}

}  // namespace attention
