// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// A picture that is held block by block: frames as they came, or the mean of several, in which their noise fades.
#pragma once

#include "kernels/blocks.h"
#include "recombine/depth.h"
#include "recombine/canvas.h"

namespace attention {

constexpr int kBlock = kernels::kBlockSide;  ///< px, as encoders have them

/// How many blocks a frame has; those at the right and bottom edges may be smaller.
inline Size blocks_of(const Geometry &geometry) {
  return {(geometry.width + kBlock - 1) / kBlock, (geometry.height + kBlock - 1) / kBlock};
}

template <class Depth>
class HeldPicture {
 public:
  using Sample = typename Depth::Sample;

  explicit HeldPicture(const Canvas &canvas);

  /// Holds a block as it is in `picture`.
  void hold(const Picture &picture, int x, int y);
  /// Takes a block of `picture` into the mean.
  void add(const Picture &picture, int x, int y);
  /// Begins the mean of a block anew.
  void forget(int x, int y) { counts_.row(y)[x] = 0; }
  /// Holds the mean of what was added since, at least one picture.
  void hold_mean(int x, int y);
  /// Whether the mean differs from what is held by more than `codes` of 8 bits, as the root of the mean square in a
  /// component.
  bool mean_differs(int x, int y, float codes) const;

  const Picture &picture() const { return picture_; }
  const Sample *row(int plane, int y) const { return held_[plane].row(y); }

 private:
  using Sum = typename Depth::Sum;
  static constexpr int kMostAdded = 256;  ///< pictures, of which a Sum can hold the greatest samples

  /// The samples of a block in a plane: right and bottom exclusive.
  struct Part {
    int left, top, right, bottom;
  };
  Part part_of(int plane, int x, int y) const;
  /// Calls f(plane, row, first sample, sample after the last) for each row of a block.
  template <class F>
  void for_rows(int x, int y, const F &f) const;

  const Layout &layout_;
  Plane<uint16_t> counts_;  ///< of pictures added
  std::array<Plane<Sample>, kMaxPlanes> held_;
  std::array<Plane<Sum>, kMaxPlanes> sums_;
  Picture picture_;
};

extern template class HeldPicture<Depth8>;
extern template class HeldPicture<Depth16>;

}  // namespace attention
