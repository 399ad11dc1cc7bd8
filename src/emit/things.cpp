// SPDX-License-Identifier: LGPL-2.1-or-later
#include "emit/things.h"

#include <array>

#include "image/statistics.h"

namespace attention {
namespace {

constexpr float kEnclosed = 0.5F;  // of the lesser of two boxes
constexpr float kSaddle = 0.25F;   // of the lesser of two peaks: a higher saddle joins them

}  // namespace

Things::Things(Size map) : hill_of_(map), order_(static_cast<size_t>(hill_of_.count())) {
  hills_.reserve(static_cast<size_t>(hill_of_.count()));
  things_.reserve(static_cast<size_t>(hill_of_.count()));
}

const std::vector<Thing> &Things::find(const Map &weights, float threshold) {
  const float least_peak = threshold * range(weights).greatest;
  hills_.clear();
  hill_of_.fill(-1);
  sort(weights, threshold * least_peak);
  for (const int sample : order_)
    add(weights, sample, threshold, least_peak);

  things_.clear();
  for (int h = 0; h < static_cast<int>(hills_.size()); h++)
    if (hills_[h].parent == h)
      things_.push_back({outline(weights, h, threshold * hills_[h].peak), hills_[h].peak});
  std::sort(things_.begin(), things_.end(), [](const Thing &a, const Thing &b) { return a.weight > b.weight; });
  join_enclosed();
  return things_;
}

/// What lies for the most part inside of another's box is a part of it. Those before `settled` are no parts of each
/// other; one that grows is looked at again, and each time there is one less.
void Things::join_enclosed() {
  const auto is_part = [](const Box &a, const Box &b) {
    return a.meet(b).area() > kEnclosed * std::min(a.area(), b.area());
  };
  for (size_t settled = 0; settled < things_.size();) {
    size_t other = 0;
    while (other < settled && !is_part(things_[other].box, things_[settled].box))
      other++;
    if (other == settled) {
      settled++;
      continue;
    }
    things_[other].box = things_[other].box.join(things_[settled].box);
    things_.erase(things_.begin() + static_cast<ptrdiff_t>(settled));
    settled = other;
  }
}

/// By counting: samples of one of 256 levels come as they lie.
void Things::sort(const Map &weights, float least) {
  const auto level = [](float w) { return static_cast<int>(std::clamp(w, 0.0F, 1.0F) * (kLevels - 1)); };
  std::array<int, kLevels + 1> begin{};
  for (const float w : weights)
    if (w >= least && w > 0)
      begin[kLevels - 1 - level(w) + 1]++;
  for (int l = 1; l <= kLevels; l++)
    begin[l] += begin[l - 1];
  order_.resize(static_cast<size_t>(begin[kLevels]));
  for (int i = 0; i < weights.count(); i++)
    if (const float w = weights.begin()[i]; w >= least && w > 0)
      order_[begin[kLevels - 1 - level(w)]++] = i;
}

/// A sample joins the hill of its greatest neighbour that reaches down to it, or begins one.
void Things::add(const Map &weights, int sample, float threshold, float least_peak) {
  const float weight = weights.begin()[sample];
  const int x = sample % weights.width(), y = sample / weights.width();
  const int left = std::max(x - 1, 0), right = std::min(x + 1, weights.width() - 1);
  std::array<int, 8> around;
  int count = 0, mine = -1;
  float greatest = -1;
  for (int v = std::max(y - 1, 0); v <= std::min(y + 1, weights.height() - 1); v++)
    for (int u = left; u <= right; u++) {
      const int hill = hill_at(v * weights.width() + u);
      if (hill < 0 || weight < threshold * hills_[hill].peak)
        continue;
      if (count == 0 || around[count - 1] != hill)
        around[count++] = hill;
      if (const float neighbour = weights.row(v)[u]; neighbour > greatest) {
        greatest = neighbour;
        mine = hill;
      }
    }
  if (mine < 0) {
    if (weight < least_peak)
      return;
    mine = static_cast<int>(hills_.size());
    hills_.push_back({mine, weight, x, y, x + 1, y + 1});
  }
  hill_of_.begin()[sample] = mine;
  Hill &hill = hills_[mine];
  hill.left = std::min(hill.left, x);
  hill.top = std::min(hill.top, y);
  hill.right = std::max(hill.right, x + 1);
  hill.bottom = std::max(hill.bottom, y + 1);
  for (int i = 0; i < count; i++) {
    const int other = found(around[i]), own = found(mine);
    if (other != own && weight >= kSaddle * std::min(hills_[other].peak, hills_[own].peak))
      join(own, other);
  }
}

int Things::hill_at(int sample) {
  const int hill = hill_of_.begin()[sample];
  return hill < 0 ? hill : found(hill);
}

int Things::found(int hill) {
  while (hills_[hill].parent != hill)
    hill = hills_[hill].parent = hills_[hills_[hill].parent].parent;
  return hill;
}

/// The lower becomes part of the higher.
void Things::join(int hill, int other) {
  if (hills_[hill].peak < hills_[other].peak)
    std::swap(hill, other);
  Hill &to = hills_[hill];
  const Hill &from = hills_[other];
  to = {hill,
        to.peak,
        std::min(to.left, from.left),
        std::min(to.top, from.top),
        std::max(to.right, from.right),
        std::max(to.bottom, from.bottom)};
  hills_[other].parent = hill;
}

/// Where the weights go below `cut` beyond the outermost samples of a hill.
Box Things::outline(const Map &weights, int hill, float cut) {
  const Hill &h = hills_[hill];
  // The greatest of a column or row of the hill; beyond it, of what belongs to no hill.
  const auto greatest = [&](int left, int top, int right, int bottom, bool inside) {
    float most = inside ? cut : 0.0F;
    for (int y = top; y < bottom; y++)
      for (int x = left; x < right; x++) {
        const int at = hill_at(y * weights.width() + x);
        if (inside ? at == hill : at != hill)
          most = std::max(most, weights.row(y)[x]);
      }
    return most;
  };
  const auto beyond = [&](float inside, float outside) {
    const float fall = inside - std::min(outside, cut);
    return fall > 0 ? (inside - cut) / fall - 0.5F : -0.5F;
  };
  Box box{static_cast<float>(h.left), static_cast<float>(h.top), static_cast<float>(h.right),
          static_cast<float>(h.bottom)};
  if (h.left > 0)
    box.left -= beyond(greatest(h.left, h.top, h.left + 1, h.bottom, true),
                       greatest(h.left - 1, h.top, h.left, h.bottom, false));
  if (h.right < weights.width())
    box.right += beyond(greatest(h.right - 1, h.top, h.right, h.bottom, true),
                        greatest(h.right, h.top, h.right + 1, h.bottom, false));
  if (h.top > 0)
    box.top -=
        beyond(greatest(h.left, h.top, h.right, h.top + 1, true), greatest(h.left, h.top - 1, h.right, h.top, false));
  if (h.bottom < weights.height())
    box.bottom += beyond(greatest(h.left, h.bottom - 1, h.right, h.bottom, true),
                         greatest(h.left, h.bottom, h.right, h.bottom + 1, false));
  return box;
}

}  // namespace attention
