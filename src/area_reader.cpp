// SPDX-License-Identifier: LGPL-2.1-or-later
#include "area_reader.h"

#include <cmath>

#include "kernels.h"

namespace attention {
namespace {

constexpr int kRowWeight = 256;  ///< a whole row in the integer sums

}  // namespace

AreaReader::AreaReader(const Geometry &geometry, Size out) : out_(out), planes_(geometry.layout->planes) {
  const Layout &layout = *geometry.layout;
  for (int p = 0; p < planes_; p++)
    readers_[p].row_bytes = layout.row_bytes(p, geometry.width);
  for (int c = 0; c < layout.components; c++) {
    const Component &k = layout.component[c];
    if (colour_slot(k.role) < 0)
      continue;
    const double sx = 1.0 / (1 << k.shift_x);
    const double sy = 1.0 / (1 << k.shift_y);
    PlaneReader &reader = readers_[k.plane];
    reader.rows = divide(geometry.crop_top * sy, (geometry.height - geometry.crop_bottom) * sy, k.lines(geometry.height), out.height);
    reader.channels.push_back({k, divide(geometry.crop_left * sx, (geometry.width - geometry.crop_right) * sx,
                                         k.columns(geometry.width), out.width)});
    line_.resize(std::max(line_.size(), static_cast<size_t>(reader.row_bytes)));
  }
}

void AreaReader::run(const Picture &in, const Slots &out) {
  for (int p = 0; p < planes_; p++) {
    const PlaneReader &reader = readers_[p];
    for (int y = 0; y < out_.height && !reader.channels.empty(); y++) {
      const Span &rows = reader.rows[y];
      std::fill(line_.begin(), line_.begin() + reader.row_bytes, 0U);
      int total = 0;
      for (int i = 0; i < rows.count; i++) {
        const float share = i == 0 ? rows.head : i == rows.count - 1 ? rows.tail : 1.0F;
        const int weight = std::max(1, static_cast<int>(std::lround(share * kRowWeight)));
        total += weight;
        kernels::accumulate_8(line_.data(), in.data[p] + (rows.first + i) * in.stride[p], weight, reader.row_bytes);
      }
      for (const Channel &channel : reader.channels) {
        const Component &k = channel.component;
        float *o = out[colour_slot(k.role)]->row(y);
        for (int x = 0; x < out_.width; x++) {
          const Span &columns = channel.columns[x];
          o[x] = sum(line_.data() + k.offset, columns, k.pixel_stride) / (static_cast<float>(total) * columns.covered);
        }
      }
    }
  }
}

}  // namespace attention
