// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Weights that end where the picture has an edge: guided upsampling along its luma (He, Sun & Tang, PAMI 2013; from a
/// small map, He & Sun 2015). Around each sample of the map the weight is fitted as a·luma + b; a and b are stretched
/// to the frame.
#pragma once

#include "image/blur.h"
#include "image/scale.h"
#include "recombine/canvas.h"

namespace attention {

template <class Depth>
class Guided {
 public:
  using Sample = typename Depth::Sample;
  using Value = typename Depth::Value;

  /// For luma of size `analysis`.
  Guided(const Canvas &canvas, Size analysis);
  /// Once a frame, before its pixels change. `outside` is the weight outside of the crop, `luma` that of
  /// AnalysisPlanes.
  void begin(const Map &weights, float outside, const Map &luma, const Picture &picture);
  /// The weights of row `y` of a plane, for which there is room in `scratch`; any for samples without colour.
  const Value *row(int plane, int y, Value *scratch) const;

 private:
  void fit(const Map &weights, const Map &luma);
  const Sample *luma_of(const Picture &picture, int y);

  const Canvas &canvas_;
  Resize to_map_;
  BoxBlur window_;
  Map luma_, mean_luma_, mean_weight_, slope_, base_;
  PlaneColumns pixels_;  ///< of a plane with one sample for each pixel
  Stretch<Depth16> slopes_, bases_;
  std::vector<Sample> line_;  ///< luma that lies in no row of its own
  Plane<Value> refined_;      ///< one weight for each pixel
};

}  // namespace attention
