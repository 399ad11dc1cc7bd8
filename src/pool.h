// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Pooling: each region becomes one pixel, Σ wᵢ·xᵢ with weights that sum to 1 inside of it.
#pragma once

#include "effect.h"

namespace attention {

class Pool {
 public:
  explicit Pool(const Canvas &canvas);

  /// Fills `out`, one pixel a region, with weights w' = 1 − strength · (1 − w); strength and w in 1/16384.
  void run(const Picture &in, const Picture &out, const Plane<int16_t> &weights, int strength);

  /// The byte of a pooled row that byte `i` of a row adds to; -1 where it holds no sample.
  const std::vector<int> &bytes(int plane) const { return bytes_[plane]; }
  /// The pooled row that row `y` adds to.
  const std::vector<int> &rows(int plane) const { return rows_[plane]; }

 private:
  const Canvas &canvas_;
  std::vector<Sampler> samplers_;
  std::vector<int16_t> factor_;
  std::vector<uint64_t> weighted_, total_;
  std::array<std::vector<int>, kMaxPlanes> bytes_, rows_;
};

}  // namespace attention
