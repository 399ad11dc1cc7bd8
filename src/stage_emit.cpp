// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stage_emit.h"

#include <cmath>

#include "wide.h"

namespace attention {
namespace {

constexpr float kLeastPeak = 1.0F / 64;   // a lower peak is no peak
constexpr size_t kMaxAreas = 512;

/// How much of [begin, end) lies in [low, high), 0–1.
double covered(double begin, double end, double low, double high) {
  return std::max(std::min(end, high) - std::max(begin, low), 0.0) / (end - begin);
}

ATTENTION_WIDE int count_above(const Map &map, float threshold) {
  int count = 0;
  for (const float v : map)
    count += v >= threshold ? 1 : 0;
  return count;
}

}  // namespace

Emit::Emit(const Geometry &geometry, const AnalysisSizes &sizes, uint32_t last_id)
    : geometry_(geometry),
      seen_(sizes.map),
      stack_(static_cast<size_t>(seen_.count())),
      tracker_(static_cast<float>(geometry.crop_width()) / static_cast<float>(sizes.map.width),
               static_cast<float>(geometry.crop_height()) / static_cast<float>(sizes.map.height), last_id),
      grid_({geometry.columns, geometry.rows}) {
  areas_.reserve(kMaxAreas);
  regions_.reserve(kMaxAreas);
  result_.columns = geometry.columns;
  result_.rows = geometry.rows;
  result_.grid = grid_.begin();
}

void Emit::run(Weigh &weigh, const Partition &partition, Nanoseconds time, const Settings &settings) {
  const Map &weights = weigh.weights();
  for (int i = 0; i < grid_.count(); i++)
    grid_.begin()[i] = static_cast<uint8_t>(255 * weigh.region_weights().begin()[i] + 0.5F);
  result_.attention = weigh.attention().begin();
  result_.scene_cut = weigh.is_cut();
  result_.scene_change = weigh.scene_change();

  const auto crop_width = static_cast<float>(geometry_.crop_width());
  const auto crop_height = static_cast<float>(geometry_.crop_height());
  const float *peak = std::find(weights.begin(), weights.end(), range(weights).greatest);
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
    result_.coverage = static_cast<float>(count_above(weights, threshold)) / static_cast<float>(weights.count()) * crop_width * crop_height /
                       (static_cast<float>(geometry_.width) * static_cast<float>(geometry_.height));
    if (settings.max_regions > 0)
      find_areas(weights, threshold);
  }

  describe_areas(weigh, partition, settings);
  if (weigh.is_fresh())
    tracker_.reset();
  tracker_.run(regions_, time, settings);
  result_.regions = regions_.data();
  result_.region_count = static_cast<int>(regions_.size());
}

void Emit::find_areas(const Map &weights, float threshold) {
  seen_.fill(0);
  for (int i = 0; i < weights.count(); i++) {
    if (seen_.begin()[i] != 0 || weights.begin()[i] < threshold)
      continue;
    const Area area = flood(weights, threshold, i);
    if (areas_.size() < kMaxAreas) {
      areas_.push_back(area);
      continue;
    }
    Area &least = *std::min_element(areas_.begin(), areas_.end(),
                                    [](const Area &a, const Area &b) { return a.weight < b.weight; });
    if (least.weight < area.weight)
      least = area;
  }
  join_overlapping();
}

Emit::Area Emit::flood(const Map &weights, float threshold, int start) {
  const int width = weights.width();
  const int height = weights.height();
  int left = width, top = height, right = 0, bottom = 0;
  float weight = 0;
  size_t depth = 0;
  const auto push = [&](int i) {
    if (seen_.begin()[i] == 0 && weights.begin()[i] >= threshold) {
      seen_.begin()[i] = 1;
      stack_[depth++] = i;
    }
  };
  push(start);
  while (depth > 0) {
    const int i = stack_[--depth];
    const int x = i % width;
    const int y = i / width;
    left = std::min(left, x);
    top = std::min(top, y);
    right = std::max(right, x + 1);
    bottom = std::max(bottom, y + 1);
    weight = std::max(weight, weights.begin()[i]);
    if (x > 0)
      push(i - 1);
    if (x + 1 < width)
      push(i + 1);
    if (y > 0)
      push(i - width);
    if (y + 1 < height)
      push(i + width);
  }
  return {{static_cast<float>(left), static_cast<float>(top), static_cast<float>(right), static_cast<float>(bottom)}, weight};
}

// A joined box may reach others, so look again until none overlap.
void Emit::join_overlapping() {
  for (bool joined = true; joined;) {
    joined = false;
    for (size_t a = 0; a < areas_.size(); a++) {
      for (size_t b = areas_.size() - 1; b > a; b--) {
        if (!areas_[a].box.meets(areas_[b].box))
          continue;
        areas_[a] = {areas_[a].box.join(areas_[b].box), std::max(areas_[a].weight, areas_[b].weight)};
        areas_[b] = areas_.back();
        areas_.pop_back();
        joined = true;
      }
    }
  }
}

void Emit::describe_areas(Weigh &weigh, const Partition &partition, const Settings &settings) {
  const double to_frame_x = static_cast<double>(geometry_.crop_width()) / seen_.width();
  const double to_frame_y = static_cast<double>(geometry_.crop_height()) / seen_.height();
  for (const Area &area : areas_) {
    RegionOfInterest region;
    region.x = geometry_.crop_left + static_cast<int>(std::lround(area.box.left * to_frame_x));
    region.y = geometry_.crop_top + static_cast<int>(std::lround(area.box.top * to_frame_y));
    region.width = geometry_.crop_left + static_cast<int>(std::lround(area.box.right * to_frame_x)) - region.x;
    region.height = geometry_.crop_top + static_cast<int>(std::lround(area.box.bottom * to_frame_y)) - region.y;
    region.weight = area.weight;
    if (region.width > 0 && region.height > 0) {
      region.share = share_of(region, weigh, partition);
      region.cues = weigh.explain(static_cast<int>(area.box.left), static_cast<int>(area.box.top), static_cast<int>(area.box.right),
                                  static_cast<int>(area.box.bottom), settings);
      regions_.push_back(region);
    }
  }
  std::sort(regions_.begin(), regions_.end(),
            [](const RegionOfInterest &a, const RegionOfInterest &b) { return a.share > b.share; });
  if (regions_.size() > kMaxRegionsOfInterest)
    regions_.resize(kMaxRegionsOfInterest);
}

// Sums the attention of the grid's regions over the part of each inside the box.
float Emit::share_of(const RegionOfInterest &region, const Weigh &weigh, const Partition &partition) const {
  const std::vector<double> &edges_x = partition.edges_x();
  const std::vector<double> &edges_y = partition.edges_y();
  double share = 0;
  for (int y = 0; y < result_.rows; y++) {
    const double rows = covered(edges_y[y], edges_y[y + 1], region.y, region.y + region.height);
    for (int x = 0; x < result_.columns && rows > 0; x++)
      share += rows * covered(edges_x[x], edges_x[x + 1], region.x, region.x + region.width) * weigh.attention().row(y)[x];
  }
  return static_cast<float>(std::min(share, 1.0));
}

}  // namespace attention
