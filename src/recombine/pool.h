// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Pooling: each region becomes one pixel, Σ wᵢ·xᵢ with weights that sum to 1 inside of it.
#pragma once

#include "recombine/weight_rows.h"

namespace attention {

template <class Depth>
class Pool {
 public:
  using Sample = typename Depth::Sample;

  explicit Pool(const Canvas &canvas);

  /// Fills `out`, one pixel a region, with weights w' = 1 − strength · (1 − w).
  void run(const Picture &in, const Picture &out, const Weights<Depth> &weights, double strength);

  /// The sample of a pooled row that sample `i` of a row adds to; -1 where it holds none.
  const std::vector<int> &samples(int plane) const { return samples_[plane]; }
  /// The pooled row that row `y` adds to.
  const std::vector<int> &rows(int plane) const { return rows_[plane]; }

 private:
  const Canvas &canvas_;
  WeightRows<Depth> weights_;
  std::array<std::vector<typename Depth::Value>, 2> scratch_;
  std::vector<uint64_t> weighted_, total_;
  std::array<std::vector<int>, kMaxPlanes> samples_, rows_;
};

}  // namespace attention
