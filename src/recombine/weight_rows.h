// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Weights for every sample of the frame, row by row: stretched evenly from the map, or along the edges of the picture.
#pragma once

#include <memory>

#include "recombine/canvas.h"
#include "recombine/guided.h"

namespace attention {

/// The weights of the frame in hand as effects are to see them.
template <class Depth>
struct Weights {
  const Map &map;                ///< of the crop, 0–1
  float outside;                 ///< outside of the crop
  const Guided<Depth> *refined;  ///< nullptr where they are not refined
};

template <class Depth>
class WeightRows {
 public:
  using Value = typename Depth::Value;

  explicit WeightRows(const Canvas &canvas);

  /// Once a frame. The rows hold what `keep` makes of the weights.
  void begin(const Weights<Depth> &weights, Keep keep = {});
  /// Row `y` of a plane; samples without colour have Depth::kOne, planes without colour any one value. There is room
  /// for a row at each pointer of `scratch`.
  RowStep<Depth> rows(int plane, int y, std::array<Value *, 2> scratch) const;
  /// The same in one row.
  const Value *row(int plane, int y, std::array<Value *, 2> scratch) const;

 private:
  const Canvas &canvas_;
  Keep keep_;
  const Guided<Depth> *refined_ = nullptr;
  Plane<Value> values_;
  std::array<std::unique_ptr<Stretch<Depth>>, kMaxPlanes> stretches_;  ///< one for all planes that are alike
};

}  // namespace attention
