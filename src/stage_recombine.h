// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Stage 4, recombine: A = Σ wᵢ·xᵢ, over layers (effects) or over the pixels of a region (pool).
#pragma once

#include "pool.h"

namespace attention {

class Recombine {
 public:
  Recombine(const Geometry &geometry, Size map);

  /// Takes the memory of these effects, where that has not been done.
  void enable(unsigned effects);
  /// Forgets what effects hold of earlier pictures.
  void reset();
  /// Blends in place, or pools if the geometry says so. `time` as in Engine::process().
  void run(const Picture &in, const Picture &out, const Map &weights, Nanoseconds time, const Settings &settings);

 private:
  bool is_on(const Settings &settings, int effect) const;
  /// out = w'·x + (1 − w')·t for each effect in turn, in place.
  void blend(const Picture &picture, Nanoseconds time, const Settings &settings);
  /// Gives the weights the shape that the settings ask for, in 1/16384.
  void shape(const Map &weights, const Settings &settings);

  Canvas canvas_;
  std::array<std::unique_ptr<Effect>, kEffectCount> effects_;
  std::unique_ptr<Pool> pool_;
  std::vector<Sampler> samplers_;
  Plane<int16_t> weights_;
  std::vector<int16_t> factor_;
};

}  // namespace attention
