// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sampler.h"

#include <cmath>

#include "kernels.h"

namespace attention {
namespace {

/// Where the centre of sample `i` of a subsampled axis of `px` pixels lies, in map samples; `outside` when not in the crop. Where
/// the number of pixels is odd, the last sample lies on the last pixel.
double on_map(int i, int shift, int px, int begin, int size, int n, bool *outside) {
  const double centre = std::min((i + 0.5) * (1 << shift), px - 0.5) - begin;
  *outside = centre < 0 || centre >= size;
  return std::clamp(centre / size * n - 0.5, 0.0, n - 1.0);
}

int16_t fraction_of(double position, int whole) {
  return static_cast<int16_t>(std::min(32767L, std::lround((position - whole) * 32768)));
}

}  // namespace

PlaneColumns::PlaneColumns(const Geometry &geometry, Size map, int plane) {
  const Layout &layout = *geometry.layout;
  const size_t count = static_cast<size_t>(layout.row_bytes(plane, geometry.width));
  bytes.resize(count, {0, 0, kProtected, true});
  floor.resize(count, kernels::kWeightOne);
  for (int c = 0; c < layout.components; c++) {
    const Component &k = layout.component[c];
    if (k.plane != plane)
      continue;
    lines.clear();
    for (int y = 0; y < k.lines(geometry.height); y++) {
      Line line;
      const double at = on_map(y, k.shift_y, geometry.height, geometry.crop_top, geometry.crop_height(), map.height, &line.outside);
      line.row = static_cast<int>(at);
      line.next = std::min(line.row + 1, map.height - 1);
      line.fraction = fraction_of(at, line.row);
      lines.push_back(line);
    }
    if (colour_slot(k.role) < 0)
      continue;
    has_colour = true;
    for (int x = 0; x < k.columns(geometry.width); x++) {
      Byte &byte = bytes[static_cast<size_t>(k.offset + x * k.pixel_stride)];
      const double at = on_map(x, k.shift_x, geometry.width, geometry.crop_left, geometry.crop_width(), map.width, &byte.outside);
      byte.column = static_cast<uint16_t>(std::min(static_cast<int>(at), map.width - 2));
      byte.fraction = fraction_of(at, byte.column);
      byte.slot = static_cast<int8_t>(colour_slot(k.role));
      floor[static_cast<size_t>(k.offset + x * k.pixel_stride)] = 0;
    }
  }
}

Sampler::Sampler(const PlaneColumns &columns)
    : columns_(&columns), outside_(columns.bytes.size()), row_(columns.bytes.size()) {
  for (Cached &cached : cache_)
    cached.values.resize(columns.bytes.size());
}

void Sampler::begin(const Layer &layer) {
  layer_ = layer;
  for (Cached &cached : cache_)
    cached.map_row = -1;
  for (size_t i = 0; i < outside_.size(); i++) {
    const int slot = columns_->bytes[i].slot;
    outside_[i] = slot == PlaneColumns::kProtected ? int16_t{0} : layer_.outside[slot];
  }
}

const int16_t *Sampler::row(int y) {
  const PlaneColumns::Line &line = columns_->lines[y];
  if (line.outside)
    return outside_.data();
  const int16_t *above = stretched(line.row);
  if (line.fraction == 0 || line.next == line.row)
    return above;
  kernels::lerp_14(row_.data(), above, stretched(line.next), line.fraction, static_cast<int>(row_.size()));
  return row_.data();
}

// Neighbouring rows have different parity, so each has its own place.
const int16_t *Sampler::stretched(int map_row) {
  Cached &cached = cache_[map_row & 1];
  if (cached.map_row == map_row)
    return cached.values.data();
  cached.map_row = map_row;
  const std::array<const int16_t *, 3> rows{layer_.slot[0]->row(map_row), layer_.slot[1]->row(map_row),
                                            layer_.slot[2]->row(map_row)};
  for (size_t i = 0; i < cached.values.size(); i++) {
    const PlaneColumns::Byte &byte = columns_->bytes[i];
    if (byte.outside) {
      cached.values[i] = outside_[i];
      continue;
    }
    const int16_t *s = rows[byte.slot] + byte.column;
    cached.values[i] = static_cast<int16_t>(s[0] + (((s[1] - s[0]) * byte.fraction) >> 15));
  }
  return cached.values.data();
}

}  // namespace attention
