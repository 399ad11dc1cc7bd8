// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// The weights of a map for every sample of the frame, row by row: stretched evenly, or along the edges of the picture.
#pragma once

#include <memory>

#include "canvas.h"
#include "guided.h"

namespace attention {

template <class Depth>
class WeightRows {
 public:
  using Value = typename Depth::Value;

  explicit WeightRows(const Canvas &canvas);

  /// Takes the memory that this needs, where that has not been done.
  void enable(MapRefine refine);
  /// Once a frame, before its pixels change. `outside` is the weight outside of the crop, `luma` that of AnalysisPlanes.
  void begin(const Map &weights, float outside, const Map &luma, const Picture &picture, MapRefine refine);
  /// The weights of row `y` of a plane, 0 for samples without colour; valid until the next call for this plane.
  const Value *row(int plane, int y) { return refined_ ? guided_->row(plane, y) : samplers_[plane].row(y); }

 private:
  const Canvas &canvas_;
  Plane<Value> weights_;
  std::vector<Sampler<Depth>> samplers_;
  std::unique_ptr<Guided<Depth>> guided_;
  bool refined_ = false;
};

}  // namespace attention
