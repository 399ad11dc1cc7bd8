// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pool.h"

#include "stage_partition.h"

namespace attention {
namespace {

/// The pooled sample that each sample of an axis adds to: that of the region which its centre lies in. An axis of `px` pixels
/// has `regions` regions and one sample for every 1 << shift pixels, before pooling and after.
std::vector<int> pooled_sample(int px, int regions, int shift) {
  const std::vector<double> edges = region_edges(px, regions);
  std::vector<int> pooled((px + (1 << shift) - 1) >> shift);
  int region = 0;
  for (size_t i = 0; i < pooled.size(); i++) {
    const double centre = std::min((static_cast<double>(i) + 0.5) * (1 << shift), px - 0.5);
    while (centre >= edges[region + 1])
      region++;
    pooled[i] = region >> shift;
  }
  return pooled;
}

}  // namespace

Pool::Pool(const Canvas &canvas) : canvas_(canvas) {
  const Geometry &geometry = canvas.geometry;
  size_t longest = 0;
  for (const PlaneColumns &plane : canvas.planes) {
    samplers_.emplace_back(plane);
    longest = std::max(longest, plane.bytes.size());
  }
  for (int c = 0; c < geometry.layout->components; c++) {
    const Component &k = geometry.layout->component[c];
    std::vector<int> &byte = bytes_[k.plane];
    byte.resize(canvas.planes[k.plane].bytes.size(), -1);
    const std::vector<int> column = pooled_sample(geometry.width, geometry.columns, k.shift_x);
    for (size_t x = 0; x < column.size(); x++)
      byte[k.offset + x * k.pixel_stride] = k.offset + column[x] * k.pixel_stride;
    rows_[k.plane] = pooled_sample(geometry.height, geometry.rows, k.shift_y);
  }
  factor_.resize(longest);
  // A grid finer than the frame has more pooled bytes than the frame has.
  for (int p = 0; p < geometry.layout->planes; p++)
    longest = std::max(longest, static_cast<size_t>(geometry.layout->row_bytes(p, geometry.columns)));
  weighted_.resize(longest);
  total_.resize(longest);
}

void Pool::run(const Picture &in, const Picture &out, const Plane<int16_t> &weights, int strength) {
  const Keep keep = keep_inside(strength);
  for (size_t p = 0; p < canvas_.planes.size(); p++) {
    Sampler &sampler = samplers_[p];
    const std::vector<int> &byte = bytes_[p];
    const std::vector<int> &row = rows_[p];
    sampler.begin(Layer::all(weights));
    std::fill(weighted_.begin(), weighted_.end(), uint64_t{0});
    std::fill(total_.begin(), total_.end(), uint64_t{0});
    for (size_t y = 0; y < row.size(); y++) {
      const uint8_t *pixels = in.data[p] + static_cast<ptrdiff_t>(y) * in.stride[p];
      keep.factors(sampler.row(static_cast<int>(y)), canvas_.planes[p].floor.data(), factor_.data(), sampler.width());
      for (size_t i = 0; i < byte.size(); i++) {
        if (byte[i] < 0)
          continue;
        // Every pixel counts a little, so that a region nobody looks at is the plain mean and never 0/0.
        const auto w = static_cast<uint64_t>(factor_[i]) * 4 + 1;
        weighted_[byte[i]] += w * pixels[i];
        total_[byte[i]] += w;
      }
      if (y + 1 < row.size() && row[y + 1] == row[y])
        continue;
      uint8_t *pooled = out.data[p] + row[y] * out.stride[p];
      for (size_t i = 0; i < total_.size(); i++) {
        if (total_[i] == 0)
          continue;
        pooled[i] = static_cast<uint8_t>((weighted_[i] + total_[i] / 2) / total_[i]);
        weighted_[i] = total_[i] = 0;
      }
    }
  }
}

}  // namespace attention
