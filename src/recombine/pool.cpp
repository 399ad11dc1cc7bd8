// SPDX-License-Identifier: LGPL-2.1-or-later
#include "recombine/pool.h"

#include "partition/grid.h"

namespace attention {
namespace {

/// A weight of 1 is 65536 in the integer sums.
template <class Depth>
constexpr float kUnit = 65536.0F / static_cast<float>(Depth::kOne);

/// The pooled sample that each sample of an axis adds to: that of the region which its centre lies in. An axis of `px`
/// pixels has `regions` regions and one sample for every 1 << shift pixels, before pooling and after.
std::vector<int> pooled_sample(int px, int regions, int shift) {
  const std::vector<double> edges = region_edges(px, regions);
  std::vector<int> pooled((px + (1 << shift) - 1) >> shift);
  int region = 0;
  for (size_t i = 0; i < pooled.size(); i++) {
    const double centre = sample_centre(static_cast<int>(i), shift, px);
    while (centre >= edges[region + 1])
      region++;
    pooled[i] = region >> shift;
  }
  return pooled;
}

}  // namespace

template <class Depth>
Pool<Depth>::Pool(const Canvas &canvas) : canvas_(canvas), weights_(canvas) {
  const Geometry &geometry = canvas.geometry;
  const Layout &layout = canvas.layout();
  for (int c = 0; c < layout.components; c++) {
    const Component &k = layout.component[c];
    std::vector<int> &sample = samples_[k.plane];
    sample.resize(canvas.row_samples(k.plane), -1);
    const std::vector<int> column = pooled_sample(geometry.width, geometry.columns, k.shift_x);
    for (size_t x = 0; x < column.size(); x++)
      sample[k.offset + x * k.pixel_stride] = k.offset + column[x] * k.pixel_stride;
    rows_[k.plane] = pooled_sample(geometry.height, geometry.rows, k.shift_y);
  }
  // A grid finer than the frame has more pooled samples than the frame has.
  int longest = canvas.longest_row();
  for (auto &row : scratch_)
    row.resize(longest);
  for (int p = 0; p < layout.planes; p++)
    longest = std::max(longest, layout.row_samples(p, geometry.columns));
  weighted_.resize(longest);
  total_.resize(longest);
}

template <class Depth>
void Pool<Depth>::run(const Picture &in, const Picture &out, const Weights<Depth> &weights, double strength) {
  const int shift = canvas_.layout().shift;
  weights_.begin(weights, {1 - strength, 1});
  for (int p = 0; p < canvas_.layout().planes; p++) {
    const std::vector<int> &sample = samples_[p];
    const std::vector<int> &row = rows_[p];
    std::fill(weighted_.begin(), weighted_.end(), uint64_t{0});
    std::fill(total_.begin(), total_.end(), uint64_t{0});
    for (size_t y = 0; y < row.size(); y++) {
      const Sample *pixels = row_of<typename Depth::Sample>(in, p, static_cast<int>(y));
      const auto *w = weights_.row(p, static_cast<int>(y), {scratch_[0].data(), scratch_[1].data()});
      for (size_t i = 0; i < sample.size(); i++) {
        if (sample[i] < 0)
          continue;
        // Every pixel counts a little, so that a region nobody looks at is the plain mean and never 0/0; so is that of
        // alpha.
        const auto share = static_cast<uint64_t>(static_cast<float>(w[i]) * kUnit<Depth>) + 1;
        weighted_[sample[i]] += share * (pixels[i] >> shift);
        total_[sample[i]] += share;
      }
      if (y + 1 < row.size() && row[y + 1] == row[y])
        continue;
      Sample *pooled = row_of<typename Depth::Sample>(out, p, row[y]);
      for (size_t i = 0; i < total_.size(); i++) {
        if (total_[i] == 0)
          continue;
        pooled[i] = static_cast<Sample>((weighted_[i] + total_[i] / 2) / total_[i] << shift);
        weighted_[i] = total_[i] = 0;
      }
    }
  }
}

template class Pool<Depth8>;
template class Pool<Depth16>;

}  // namespace attention
