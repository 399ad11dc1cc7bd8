// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stage_recombine.h"

#include <cmath>

#include "kernels.h"

namespace attention {
Recombine::Recombine(const Geometry &geometry, Size map) : canvas_{geometry, map, {}}, weights_(map) {
  size_t longest = 0;
  canvas_.planes.reserve(geometry.layout->planes);
  for (int p = 0; p < geometry.layout->planes; p++) {
    canvas_.planes.emplace_back(geometry, map, p);
    samplers_.emplace_back(canvas_.planes[p]);
    longest = std::max(longest, canvas_.planes[p].bytes.size());
  }
  factor_.resize(longest);
  if (geometry.pooled)
    pool_ = std::make_unique<Pool>(canvas_);
}

void Recombine::enable(unsigned effects) {
  for (int e = 0; e < kEffectCount && pool_ == nullptr; e++)
    if ((effects >> e & 1) != 0 && effects_[e] == nullptr)
      effects_[e] = kEffects[e].create(canvas_);
}

bool Recombine::is_on(const Settings &settings, int effect) const {
  return (settings.effects >> effect & 1) != 0 && effects_[effect] != nullptr;
}

void Recombine::reset() {
  for (const auto &effect : effects_)
    if (effect != nullptr)
      effect->reset();
}

void Recombine::run(const Picture &in, const Picture &out, const Map &weights, Nanoseconds time, const Settings &settings) {
  shape(weights, settings);
  if (pool_ != nullptr)
    pool_->run(in, out, weights_, static_cast<int>(std::lround(settings.strength * kernels::kWeightOne)));
  else
    blend(out, time, settings);
}

void Recombine::shape(const Map &weights, const Settings &settings) {
  const auto floor = static_cast<float>(settings.background_weight);
  const auto gamma = static_cast<float>(settings.gamma);
  for (int i = 0; i < weights.count(); i++) {
    const float w = gamma == 1.0F ? weights.begin()[i] : std::pow(weights.begin()[i], gamma);
    weights_.begin()[i] = static_cast<int16_t>(std::lround((floor + (1 - floor) * w) * kernels::kWeightOne));
  }
}

void Recombine::blend(const Picture &picture, Nanoseconds time, const Settings &settings) {
  const auto strength = static_cast<int>(std::lround(settings.strength * kernels::kWeightOne));
  if (settings.effects == 0 || strength == 0)
    return;
  for (Sampler &sampler : samplers_)
    sampler.begin(Layer::all(weights_));
  for (int e = 0; e < kEffectCount; e++)
    if (is_on(settings, e))
      effects_[e]->begin({picture, weights_, time}, settings);
  for (size_t p = 0; p < canvas_.planes.size(); p++) {
    const PlaneColumns &plane = canvas_.planes[p];
    if (!plane.has_colour)
      continue;
    const int bytes = samplers_[p].width();
    for (size_t y = 0; y < plane.lines.size(); y++) {
      uint8_t *pixels = picture.data[p] + static_cast<ptrdiff_t>(y) * picture.stride[p];
      const int16_t *w = samplers_[p].row(static_cast<int>(y));
      for (int e = 0; e < kEffectCount; e++) {
        if (!is_on(settings, e))
          continue;
        const uint8_t *target = effects_[e]->target(static_cast<int>(p), static_cast<int>(y), pixels);
        if (target == nullptr)
          continue;
        kEffects[e].keep(strength).factors(w, plane.floor.data(), factor_.data(), bytes);
        kernels::blend_8(pixels, target, factor_.data(), bytes);
      }
    }
  }
}

}  // namespace attention
