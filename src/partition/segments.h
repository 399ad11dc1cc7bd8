// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// The small picture divided by colour: pixels that look alike are of one segment, wherever they lie, and of the same
/// one from frame to frame.
#pragma once

#include <cstdint>

#include "image/scale.h"
#include "preprocess/preprocess.h"

namespace attention {

/// Cells of a fixed lattice in Y, Cb and Cr. On objects in video they complete a weight map better than superpixels
/// (SLIC) or a graph (Felzenszwalb & Huttenlocher, IJCV 2004) do (docs/accuracy.md): what a thing is made of shows
/// again and again, and keeps its cell when the thing moves.
class Segments {
 public:
  static constexpr int kLuma = 16, kChroma = 12;  ///< cells along each axis, 16 and 6 codes wide; beyond, the outermost
  static constexpr int kCells = kLuma * kChroma * kChroma;

  /// Of pictures whose luma has been brought to `size` already.
  Segments(Size analysis, Size size);

  void run(const Map &luma, const AnalysisPlanes &planes);

  /// The segment of each pixel.
  const Plane<uint16_t> &cells() const { return cells_; }

 private:
  std::vector<int> columns_, rows_;  ///< of the planes, that the chroma of a pixel is read from
  Plane<uint16_t> cells_;
};

/// A number for each segment, in the order of the lattice: luma, Cb, Cr.
using SegmentTable = std::array<float, Segments::kCells>;

/// Lets segments that are neighbours in colour share: each axis in turn by [1 2 1] / 4, the outermost cells repeated.
void share_with_neighbours(SegmentTable &table);

}  // namespace attention
