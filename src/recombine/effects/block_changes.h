// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Where a picture differs from an earlier one, block by block, in luma or green.
#pragma once

#include "kernels/blocks.h"
#include "recombine/effects/held_picture.h"

namespace attention {

/// How a block differs from its reference, in codes of 8 bits.
struct BlockChange {
  float rms = 0;         ///< root of the mean square over the block
  float cell = 0;        ///< the greatest difference of means over cells, which noise changes little
  int pixels = 0;        ///< that differ by more than noise
  bool differs = false;  ///< as a whole, by more than noise
  bool moves = false;    ///< lies in the box around an area of pixels that differ
};

template <class Depth>
class BlockChanges {
 public:
  explicit BlockChanges(const Geometry &geometry);

  /// Makes a block of `picture` the reference.
  void refer(const Picture &picture, int x, int y) { reference_.row(y)[x] = tile_of(picture, x, y); }
  /// Compares all blocks with their references.
  void run(const Picture &picture);

  const BlockChange &at(int x, int y) const { return changes_.row(y)[x]; }

 private:
  using Tile = std::array<uint8_t, kBlock * kBlock>;  ///< codes of 8 bits, 0 beyond the frame

  void measure_noise();
  /// A block with its reference.
  kernels::BlockDifference compare(const Picture &picture, int x, int y, int threshold) const;
  Tile tile_of(const Picture &picture, int x, int y) const;
  void find_areas();

  Geometry geometry_;
  Component luma_;
  Plane<Tile> reference_;
  Plane<BlockChange> changes_;
  Plane<uint8_t> seen_;
  std::vector<int> area_;  ///< the blocks of one
  std::vector<float> rms_;
  float noise_;  ///< what blocks that stand still differ by, root of the mean square
};

extern template class BlockChanges<Depth8>;
extern template class BlockChanges<Depth16>;

}  // namespace attention
