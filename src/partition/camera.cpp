// SPDX-License-Identifier: LGPL-2.1-or-later
#include "partition/camera.h"

#include <cmath>

namespace attention {
namespace {

constexpr Nanoseconds kLag = 30'000'000;      // between the pictures compared, at least: less shows too little movement
constexpr Nanoseconds kSpacing = 25'000'000;  // between the pictures kept, at least

constexpr Nanoseconds kTravel = 400'000'000;  // in which a camera that travels gets further than …
constexpr float kShake = 1.0F;                // … so many px of the level

int level_for(const AnalysisSizes &sizes, const Pyramid &pyramid) {
  int level = 0;
  // One more is left to compare at half the size.
  while (level + 2 < Pyramid::kLevels && 2 * pyramid.size(level).width > 3 * sizes.map.width)
    level++;
  return level;
}

}  // namespace

Camera::Camera(const AnalysisSizes &sizes, const Pyramid &pyramid)
    : level_(level_for(sizes, pyramid)),
      levels_(std::min(kLevels, Pyramid::kLevels - level_)),
      map_scale_(static_cast<float>(sizes.map.width) / static_cast<float>(pyramid.size(level_).width)),
      global_(levels_) {
  for (Past &past : past_)
    past.half = Map(pyramid.size(level_ + 1));
  for (Levels &whole : whole_)
    for (int i = 0; i < levels_; i++)
      whole[i] = Map(pyramid.size(level_ + i));
}

void Camera::reset() {
  count_ = 0;
  global_.forget();
  motion_ = {};
  reference_ = nullptr;
}

void Camera::look(const Pyramid &pyramid, Nanoseconds time) {
  // Of pictures that come thick and fast only some are kept.
  const bool keeps = count_ < 2 || time_between(age(0).time, age(1).time) >= kSpacing;
  if (keeps) {
    last_++;
    count_ = std::min(count_ + 1, kKept);
  }
  Past &now = age(0);
  now.time = time;
  now.motion = {};
  std::copy(pyramid.luma(level_ + 1).begin(), pyramid.luma(level_ + 1).end(), now.half.begin());
  Levels &whole = whole_[last_ % kWhole];
  std::array<const Map *, kLevels> luma{}, earlier{};
  for (int i = 0; i < levels_; i++) {
    luma[i] = &pyramid.luma(level_ + i);
    std::copy(luma[i]->begin(), luma[i]->end(), whole[i].begin());
  }
  const int pictures = pictures_back(kLag);
  if (pictures == 0)
    return;
  const Past &reference = age(pictures);
  reference_ = &whole_[(last_ - static_cast<uint32_t>(std::min(pictures, kWhole - 1))) % kWhole];
  for (int i = 0; i < levels_; i++)
    earlier[i] = &(*reference_)[i];
  motion_ = global_.estimate(luma.data(), earlier.data());
  misfit_ = global_.movement();
  lag_ = time_between(time, reference.time);
  chain(reference, motion_);
}

/// Where points were in the reference says where they were in each of the others.
void Camera::chain(const Past &reference, const Similarity &motion) {
  const Similarity step = compose(inverse(reference.motion), motion);
  for (int i = 1; i < count_; i++)
    age(i).motion = &age(i) == &reference ? motion : compose(age(i).motion, step);
}

int Camera::pictures_back(Nanoseconds lag) const {
  int pictures = count_ > 1 ? 1 : 0;
  while (pictures + 1 < count_ && time_between(age(0).time, age(pictures).time) < lag)
    pictures++;
  return pictures;
}

const Camera::Past *Camera::before(Nanoseconds lag) const {
  const int pictures = pictures_back(lag);
  return pictures > 0 ? &age(pictures) : nullptr;
}

bool Camera::is_travelling() const {
  const Past *past = before(kTravel);
  if (past == nullptr)
    return false;
  const Similarity &m = past->motion;
  const float x = static_cast<float>(past->half.width()), y = static_cast<float>(past->half.height());
  return std::hypot(m.a * x - m.b * y + m.tx - x, m.b * x + m.a * y + m.ty - y) > kShake;
}

Similarity Camera::ahead(Nanoseconds step) const {
  const float share = static_cast<float>(step) / static_cast<float>(std::max(lag_, Nanoseconds{1}));
  const float scale = share * map_scale_;
  return {1 + (motion_.a - 1) * share, motion_.b * share, motion_.tx * scale, motion_.ty * scale};
}

}  // namespace attention
