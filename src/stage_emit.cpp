// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stage_emit.h"

#include <cmath>

namespace attention {
namespace {

constexpr float kLeastPeak = 1.0F / 64;   // a lower peak is no peak
constexpr float kSameObject = 0.2F;       // overlap (intersection over union) that makes two boxes one object
constexpr size_t kMaxAreas = 512;

float overlap(const Box &a, const Box &b) {
  const int common = a.meet(b).area();
  return static_cast<float>(common) / static_cast<float>(a.area() + b.area() - common);
}

/// How much of [begin, end) lies in [low, high), 0–1.
double covered(double begin, double end, double low, double high) {
  return std::max(std::min(end, high) - std::max(begin, low), 0.0) / (end - begin);
}

}  // namespace

Box Box::join(const Box &o) const {
  return {std::min(left, o.left), std::min(top, o.top), std::max(right, o.right), std::max(bottom, o.bottom)};
}

Box Box::meet(const Box &o) const {
  return {std::max(left, o.left), std::max(top, o.top), std::min(right, o.right), std::min(bottom, o.bottom)};
}

Emit::Emit(const Geometry &geometry, const AnalysisSizes &sizes)
    : geometry_(geometry),
      seen_(sizes.map),
      stack_(static_cast<size_t>(seen_.count())),
      grid_({geometry.columns, geometry.rows}) {
  areas_.reserve(kMaxAreas);
  regions_.reserve(kMaxAreas);
  result_.columns = geometry.columns;
  result_.rows = geometry.rows;
  result_.grid = grid_.begin();
}

void Emit::run(const Weigh &weigh, const Partition &partition, const Settings &settings) {
  const Map &weights = weigh.weights();
  for (int i = 0; i < grid_.count(); i++)
    grid_.begin()[i] = static_cast<uint8_t>(std::lround(255 * weigh.region_weights().begin()[i]));
  result_.attention = weigh.attention().begin();

  const auto crop_width = static_cast<float>(geometry_.crop_width());
  const auto crop_height = static_cast<float>(geometry_.crop_height());
  const float *peak = std::max_element(weights.begin(), weights.end());
  const auto peak_index = static_cast<int>(peak - weights.begin());
  const float on_map_x = (static_cast<float>(peak_index % weights.width()) + 0.5F) / static_cast<float>(weights.width());
  const float on_map_y = (static_cast<float>(peak_index / weights.width()) + 0.5F) / static_cast<float>(weights.height());
  result_.peak_x = (static_cast<float>(geometry_.crop_left) + on_map_x * crop_width) / static_cast<float>(geometry_.width);
  result_.peak_y = (static_cast<float>(geometry_.crop_top) + on_map_y * crop_height) / static_cast<float>(geometry_.height);

  areas_.clear();
  regions_.clear();
  result_.coverage = 0;
  if (*peak >= kLeastPeak) {
    const float threshold = static_cast<float>(settings.region_threshold) * *peak;
    const auto above = std::count_if(weights.begin(), weights.end(), [&](float w) { return w >= threshold; });
    result_.coverage = static_cast<float>(above) / static_cast<float>(weights.count()) * crop_width * crop_height /
                       (static_cast<float>(geometry_.width) * static_cast<float>(geometry_.height));
    if (settings.max_regions > 0)
      find_areas(weights, threshold);
  }

  const double to_frame_x = static_cast<double>(crop_width) / weights.width();
  const double to_frame_y = static_cast<double>(crop_height) / weights.height();
  for (const Area &area : areas_) {
    RegionOfInterest region;
    region.x = geometry_.crop_left + static_cast<int>(std::lround(area.box.left * to_frame_x));
    region.y = geometry_.crop_top + static_cast<int>(std::lround(area.box.top * to_frame_y));
    region.width = geometry_.crop_left + static_cast<int>(std::lround(area.box.right * to_frame_x)) - region.x;
    region.height = geometry_.crop_top + static_cast<int>(std::lround(area.box.bottom * to_frame_y)) - region.y;
    region.weight = area.weight;
    region.id = static_cast<uint32_t>(regions_.size());  // for now, the area's index
    if (region.width > 0 && region.height > 0) {
      describe(weigh, partition, region);
      regions_.push_back(region);
    }
  }
  std::sort(regions_.begin(), regions_.end(),
            [](const RegionOfInterest &a, const RegionOfInterest &b) { return a.share > b.share; });
}

}  // namespace attention
