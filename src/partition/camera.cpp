// SPDX-License-Identifier: LGPL-2.1-or-later
#include "partition/camera.h"

namespace attention {
namespace {

constexpr Nanoseconds kLag = 30'000'000;  // between the pictures compared, at least: less shows too little movement

int level_for(const AnalysisSizes &sizes, const Pyramid &pyramid) {
  int level = 0;
  while (level + 1 < Pyramid::kLevels && 2 * pyramid.luma(level).width() > 3 * sizes.map.width)
    level++;
  return level;
}

}  // namespace

Camera::Camera(const AnalysisSizes &sizes, const Pyramid &pyramid)
    : level_(level_for(sizes, pyramid)),
      levels_(std::min(kLevels, Pyramid::kLevels - level_)),
      map_scale_(static_cast<float>(sizes.map.width) / static_cast<float>(pyramid.luma(level_).width())),
      global_(levels_) {
  for (Past &past : past_)
    for (int i = 0; i < levels_; i++)
      past.luma[i] = Map(pyramid.luma(level_ + i).size());
}

void Camera::reset() {
  count_ = 0;
  before_ = nullptr;
  motion_ = {};
}

void Camera::look(const Pyramid &pyramid, Nanoseconds time) {
  if (count_ > 0) {
    before_ = &past(time);
    lag_ = time_between(time, before_->time);
    std::array<const Map *, kLevels> now{}, before{};
    for (int i = 0; i < levels_; i++) {
      now[i] = &pyramid.luma(level_ + i);
      before[i] = &before_->luma[i];
    }
    motion_ = global_.estimate(now.data(), before.data());
  }
  Past &now = past_[next_];
  now.time = time;
  for (int i = 0; i < levels_; i++)
    std::copy(pyramid.luma(level_ + i).begin(), pyramid.luma(level_ + i).end(), now.luma[i].begin());
  next_ = (next_ + 1) % static_cast<int>(past_.size());
  count_ = std::min(count_ + 1, kKept);
}

/// The newest picture that is old enough, or the oldest.
const Camera::Past &Camera::past(Nanoseconds time) const {
  const int slots = static_cast<int>(past_.size());
  int i = next_;
  for (int age = 1; age <= count_; age++) {
    i = (next_ - age + slots) % slots;
    if (time_between(time, past_[i].time) >= kLag)
      break;
  }
  return past_[i];
}

Similarity Camera::ahead(Nanoseconds step) const {
  const float share = static_cast<float>(step) / static_cast<float>(std::max(lag_, Nanoseconds{1}));
  const float scale = share * map_scale_;
  return {1 + (motion_.a - 1) * share, motion_.b * share, motion_.tx * scale, motion_.ty * scale};
}

}  // namespace attention
