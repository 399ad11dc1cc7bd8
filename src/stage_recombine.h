// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Stage 4, recombine: A = Σ wᵢ·xᵢ, over layers (effects) or over the pixels of a region (pool).
#pragma once

#include <memory>

#include "attention.h"
#include "plane.h"
#include "workers.h"

namespace attention {

class Recombine {
 public:
  virtual ~Recombine() = default;
  /// Takes the memory that these settings and so many workers need, where that has not been done.
  virtual void enable(const Settings &settings, int workers) = 0;
  /// Forgets what effects hold of earlier pictures.
  virtual void reset() = 0;
  /// Blends in place, or pools if the geometry says so. `seen` takes the place of `weights` in effects that show where people look; `luma` is that of AnalysisPlanes, `time` as in Engine::process().
  virtual void run(const Picture &in, const Picture &out, const Map &weights, const Map &seen, const Map &luma, Nanoseconds time,
                   const Settings &settings, Workers &workers) = 0;
};

/// For frames of this geometry and weights of size `map`.
std::unique_ptr<Recombine> make_recombine(const Geometry &geometry, Size map);

}  // namespace attention
