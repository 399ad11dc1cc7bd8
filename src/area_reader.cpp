// SPDX-License-Identifier: LGPL-2.1-or-later
#include "area_reader.h"

#include <cmath>

#include "depth.h"

namespace attention {
namespace {

/// What a whole row weighs in the integer sums, which hold the 256 rows of a frame 8192 px high scaled down to 32.
int row_weight(const Layout &layout) { return layout.sample_bytes() == 1 ? 256 : 128; }

}  // namespace

AreaReader::AreaReader(const Geometry &geometry, Size out) : layout_(*geometry.layout), out_(out) {
  for (int p = 0; p < layout_.planes; p++)
    readers_[p].samples = layout_.row_samples(p, geometry.width);
  for (int c = 0; c < layout_.components; c++) {
    const Component &k = layout_.component[c];
    if (colour_slot(k.role) < 0)
      continue;
    const double sx = 1.0 / (1 << k.shift_x);
    const double sy = 1.0 / (1 << k.shift_y);
    PlaneReader &reader = readers_[k.plane];
    reader.rows = divide(geometry.crop_top * sy, (geometry.height - geometry.crop_bottom) * sy, k.lines(geometry.height), out.height);
    reader.channels.push_back({k, divide(geometry.crop_left * sx, (geometry.width - geometry.crop_right) * sx,
                                         k.columns(geometry.width), out.width)});
    line_.resize(std::max(line_.size(), static_cast<size_t>(reader.samples)));
  }
}

void AreaReader::run(const Picture &in, const Slots &out) {
  layout_.sample_bytes() == 1 ? read<Depth8>(in, out) : read<Depth16>(in, out);
}

template <class Depth>
void AreaReader::read(const Picture &in, const Slots &out) {
  const auto whole = static_cast<float>(row_weight(layout_));
  const float per_code = 1.0F / static_cast<float>(1 << layout_.shift);
  for (int p = 0; p < layout_.planes; p++) {
    const PlaneReader &reader = readers_[p];
    for (int y = 0; y < out_.height && !reader.channels.empty(); y++) {
      const Span &rows = reader.rows[y];
      std::fill(line_.begin(), line_.begin() + reader.samples, 0U);
      int total = 0;
      for (int i = 0; i < rows.count; i++) {
        const float share = i == 0 ? rows.head : i == rows.count - 1 ? rows.tail : 1.0F;
        const int weight = std::max(1, static_cast<int>(std::lround(share * whole)));
        total += weight;
        Depth::accumulate(line_.data(), row_of<Depth>(in, p, rows.first + i), weight, reader.samples);
      }
      for (const Channel &channel : reader.channels) {
        const Component &k = channel.component;
        float *o = out[colour_slot(k.role)]->row(y);
        for (int x = 0; x < out_.width; x++) {
          const Span &columns = channel.columns[x];
          o[x] = sum(line_.data() + k.offset, columns, k.pixel_stride) * per_code / (static_cast<float>(total) * columns.covered);
        }
      }
    }
  }
}

}  // namespace attention
