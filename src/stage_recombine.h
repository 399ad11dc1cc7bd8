// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Stage 4, recombine: A = Σ wᵢ·xᵢ, over layers (effects) or over the pixels of a region (pool).
#pragma once

#include "effect.h"

namespace attention {

class Recombine {
 public:
  Recombine(const Geometry &geometry, Size map);

  /// Blends in place, or pools if the geometry says so.
  void run(const Picture &in, const Picture &out, const Map &weights, const Settings &settings);

 private:
  /// out = w'·x + (1 − w')·t for each effect in turn, in place.
  void blend(const Picture &picture, const Map &weights, const Settings &settings);

  /// Each region becomes one pixel, Σ wᵢ·xᵢ with weights w' = 1 − strength · (1 − w) that sum to 1 inside of it.
  void pool(const Picture &in, const Picture &out, const Map &weights, const Settings &settings);

  void quantise(const Map &weights);

  Canvas canvas_;
  std::array<std::unique_ptr<Effect>, kEffectCount> effects_;
  std::vector<Sampler> samplers_;
  Plane<int16_t> weights_;
  std::vector<int16_t> factor_;
  std::vector<uint64_t> weighted_, total_;
  /// The pooled sample that a byte adds to, for each plane; -1 where the byte holds no sample.
  std::array<std::vector<int>, kMaxPlanes> pooled_byte_;
  std::array<std::vector<int>, kMaxPlanes> pooled_row_;
};

}  // namespace attention
