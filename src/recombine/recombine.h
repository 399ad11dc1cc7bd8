// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Stage 4, recombine: A = Σ wᵢ·xᵢ, over layers (effects) or over the pixels of a region (pool).
#pragma once

#include <memory>

#include "base/plane.h"
#include "base/workers.h"
#include "geometry.h"
#include "result.h"

namespace attention {

/// What the frame in hand is recombined by.
struct Weighed {
  const Map &weights;  ///< 0–1, of the crop
  const Map *heatmap;  ///< what effect heatmap shows in place of the weights, or nullptr
  const Map &luma;     ///< that of AnalysisPlanes, of this very frame where reads_luma() says so
  Nanoseconds time;    ///< as in Engine::process()
  bool camera_moves;   ///< so that no place of the frame is what it was
};

class Recombine {
 public:
  virtual ~Recombine() = default;
  /// Takes the memory that these settings and so many workers need, where that has not been done.
  virtual void enable(const RecombineSettings &settings, int workers) = 0;
  /// Forgets what effects hold of earlier pictures.
  virtual void reset() = 0;
  /// Whether run() looks at the luma of the frame.
  virtual bool reads_luma(const RecombineSettings &settings) const = 0;
  /// Blends in place, or pools if the geometry says so.
  virtual void run(const Picture &in, const Picture &out, const Weighed &weighed, const RecombineSettings &settings,
                   Workers &workers) = 0;
  /// Draws what was found, where that is asked for and the picture is not pooled.
  virtual void draw(const Picture &out, const Result &found, const RecombineSettings &settings) const = 0;
};

/// For frames of this geometry and weights of size `map`, beside luma of size `analysis`.
std::unique_ptr<Recombine> make_recombine(const Geometry &geometry, Size analysis, Size map);

}  // namespace attention
