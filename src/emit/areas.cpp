// SPDX-License-Identifier: LGPL-2.1-or-later
#include "emit/areas.h"

namespace attention {

Areas::Areas(Size map) : seen_(map), stack_(static_cast<size_t>(seen_.count())) { areas_.reserve(kMost); }

const std::vector<Area> &Areas::find(const Map &weights, float threshold) {
  const auto is_stronger = [](const Area &a, const Area &b) { return a.weight > b.weight; };
  seen_.fill(0);
  areas_.clear();
  for (int i = 0; i < weights.count(); i++) {
    if (seen_.begin()[i] != 0 || weights.begin()[i] < threshold)
      continue;
    const Area area = flood(weights, threshold, i);
    if (areas_.size() < kMost) {
      areas_.push_back(area);
      if (areas_.size() == kMost)
        std::make_heap(areas_.begin(), areas_.end(), is_stronger);
    } else if (is_stronger(area, areas_.front())) {
      std::pop_heap(areas_.begin(), areas_.end(), is_stronger);
      areas_.back() = area;
      std::push_heap(areas_.begin(), areas_.end(), is_stronger);
    }
  }
  join_overlapping();
  return areas_;
}

Area Areas::flood(const Map &weights, float threshold, int start) {
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
  return {{static_cast<float>(left), static_cast<float>(top), static_cast<float>(right), static_cast<float>(bottom)},
          weight};
}

// Those before `settled` overlap none of each other. One that grows by another may reach others of them, which come up
// again; each time there is one less, so no more than twice as many are looked at as there are.
void Areas::join_overlapping() {
  for (size_t settled = 0; settled < areas_.size();) {
    const Area area = areas_[settled];
    size_t other = 0;
    while (other < settled && !areas_[other].box.meets(area.box))
      other++;
    if (other == settled) {
      settled++;
      continue;
    }
    areas_[other] = {areas_[other].box.join(area.box), std::max(areas_[other].weight, area.weight)};
    areas_[settled] = areas_.back();
    areas_.pop_back();
    std::swap(areas_[other], areas_[--settled]);
  }
}

}  // namespace attention
