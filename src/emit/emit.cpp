// SPDX-License-Identifier: LGPL-2.1-or-later
#include "emit/emit.h"

#include <cmath>

#include "image/statistics.h"
#include "kernels/sums.h"

namespace attention {
namespace {

int px(double at) { return static_cast<int>(std::lround(at)); }

}  // namespace

Emit::Emit(const Geometry &geometry, Size map, Size segments, uint32_t last_id)
    : geometry_(geometry),
      on_map_(geometry, map),
      on_things_(geometry, segments),
      things_(segments),
      tracker_(static_cast<float>(geometry.crop_width()) / static_cast<float>(map.width),
               static_cast<float>(geometry.crop_height()) / static_cast<float>(map.height),
               {static_cast<float>(geometry.crop_left), static_cast<float>(geometry.crop_top),
                static_cast<float>(geometry.width - geometry.crop_right),
                static_cast<float>(geometry.height - geometry.crop_bottom)},
               last_id),
      grid_({geometry.columns, geometry.rows}) {
  regions_.reserve(kMaxRegionsOfInterest);
  result_.columns = geometry.columns;
  result_.rows = geometry.rows;
  result_.grid = grid_.begin();
}

void Emit::run(Weigh &weigh, Partition &partition, Nanoseconds time, const Settings &settings, bool analysed) {
  const Scene &scene = partition.features().scene;
  result_.scene_cut = scene.is_cut();
  result_.scene_change = scene.change();
  result_.analysed = analysed;
  tell_weights(weigh);

  const Map &weights = weigh.weights();
  const float threshold = static_cast<float>(settings.emit.region_threshold) * range(weights).greatest;
  result_.coverage = 0;
  if (!weigh.is_blank())
    result_.coverage = static_cast<float>(kernels::count_from(weights.begin(), threshold, weights.count())) /
                       static_cast<float>(weights.count()) * static_cast<float>(geometry_.crop_width()) *
                       static_cast<float>(geometry_.crop_height()) /
                       (static_cast<float>(geometry_.width) * static_cast<float>(geometry_.height));

  // Where the peak lies depends on the first region, so there is one even if none is told.
  const int most = std::max(settings.emit.max_regions, 1);
  if (scene.is_fresh()) {
    tracker_.reset();
    peak_.reset();
  }
  if (analysed) {
    regions_.clear();
    if (!weigh.is_blank())
      describe(things_.find(weigh.completion().weights(), static_cast<float>(settings.emit.region_threshold)), weigh,
               partition, settings);
    tracker_.run(regions_, time, most, settings.weigh.attack);
  } else {
    tracker_.carry_on(regions_, time, most);
  }
  tell_peak(weights, time);
  result_.regions = regions_.data();
  result_.region_count = std::min(static_cast<int>(regions_.size()), settings.emit.max_regions);
}

void Emit::tell_weights(const Weigh &weigh) {
  for (int i = 0; i < grid_.count(); i++)
    grid_.begin()[i] = static_cast<uint8_t>(255 * weigh.region_weights().begin()[i] + 0.5F);
  result_.attention = weigh.attention().begin();
}

void Emit::tell_peak(const Map &weights, Nanoseconds time) {
  Box within{0, 0, static_cast<float>(weights.width()), static_cast<float>(weights.height())};
  float dx = 0, dy = 0;
  if (!regions_.empty()) {
    const RegionOfInterest &first = regions_.front();
    within = {static_cast<float>(on_map_.x.to_map(first.x)), static_cast<float>(on_map_.y.to_map(first.y)),
              static_cast<float>(on_map_.x.to_map(first.x + first.width)),
              static_cast<float>(on_map_.y.to_map(first.y + first.height))};
    if (first.id == attended_) {
      dx = (within.left + within.right - attended_box_.left - attended_box_.right) / 2;
      dy = (within.top + within.bottom - attended_box_.top - attended_box_.bottom) / 2;
    }
    attended_ = first.id;
    attended_box_ = within;
  }
  peak_.run(weights, within, dx, dy, time);
  // Of a box smaller than a sample no centre may lie inside.
  double x = on_map_.x.to_frame(peak_.x() + 0.5), y = on_map_.y.to_frame(peak_.y() + 0.5);
  if (!regions_.empty()) {
    const RegionOfInterest &first = regions_.front();
    x = std::clamp(x, first.x + 0.5, first.x + first.width - 0.5);
    y = std::clamp(y, first.y + 0.5, first.y + first.height - 0.5);
  }
  result_.peak_x = static_cast<float>(x / geometry_.width);
  result_.peak_y = static_cast<float>(y / geometry_.height);
}

void Emit::describe(const std::vector<Thing> &things, Weigh &weigh, Partition &partition, const Settings &settings) {
  for (const Thing &thing : things) {
    const int left = px(on_things_.x.to_frame(thing.box.left)), right = px(on_things_.x.to_frame(thing.box.right));
    const int top = px(on_things_.y.to_frame(thing.box.top)), bottom = px(on_things_.y.to_frame(thing.box.bottom));
    if (right <= left || bottom <= top)
      continue;
    RegionOfInterest region;
    region.x = left;
    region.y = top;
    region.width = right - left;
    region.height = bottom - top;
    region.share =
        static_cast<float>(std::min(partition.grid().sum_inside(weigh.attention(), left, top, right, bottom), 1.0));
    const auto column = [&](int x, double way) {
      return std::clamp(static_cast<int>(on_map_.x.to_map(x) + way), 0, on_map_.x.samples);
    };
    const auto row = [&](int y, double way) {
      return std::clamp(static_cast<int>(on_map_.y.to_map(y) + way), 0, on_map_.y.samples);
    };
    const int x0 = column(left, 0), y0 = row(top, 0), x1 = column(right, 1), y1 = row(bottom, 1);
    for (int y = y0; y < y1; y++)
      region.weight = std::max(region.weight, *std::max_element(weigh.goal().row(y) + x0, weigh.goal().row(y) + x1));
    if (region.weight < settings.emit.region_threshold)
      continue;
    region.cues = weigh.explain(x0, y0, x1, y1, settings.weigh);
    regions_.push_back(region);
    if (regions_.size() == kMaxRegionsOfInterest)
      return;
  }
}

}  // namespace attention
