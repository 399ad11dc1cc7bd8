// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sampler.h"

#include <cmath>

namespace attention {
namespace {

/// Where the centre of sample `i` of a subsampled axis of `px` pixels lies, in map samples; `outside` when not in the crop. Where
/// the number of pixels is odd, the last sample lies on the last pixel.
double on_map(int i, int shift, int px, int begin, int size, int n, bool *outside) {
  const double centre = std::min((i + 0.5) * (1 << shift), px - 0.5) - begin;
  *outside = centre < 0 || centre >= size;
  return std::clamp(centre / size * n - 0.5, 0.0, n - 1.0);
}

}  // namespace

PlaneColumns::PlaneColumns(const Geometry &geometry, Size map, int plane) {
  const Layout &layout = *geometry.layout;
  samples.resize(static_cast<size_t>(layout.row_samples(plane, geometry.width)));
  const Component &first = layout.first_of(plane);
  for (int y = 0; y < first.lines(geometry.height); y++) {
    Line line;
    const double at = on_map(y, first.shift_y, geometry.height, geometry.crop_top, geometry.crop_height(), map.height, &line.outside);
    line.row = static_cast<int>(at);
    line.next = std::min(line.row + 1, map.height - 1);
    line.fraction = at - line.row;
    lines.push_back(line);
  }
  for (int c = 0; c < layout.components; c++) {
    const Component &k = layout.component[c];
    if (k.plane != plane || colour_slot(k.role) < 0)
      continue;
    has_colour = true;
    for (int x = 0; x < k.columns(geometry.width); x++) {
      Sample &sample = samples[static_cast<size_t>(k.offset + x * k.pixel_stride)];
      const double at = on_map(x, k.shift_x, geometry.width, geometry.crop_left, geometry.crop_width(), map.width, &sample.outside);
      sample.column = std::min(static_cast<int>(at), map.width - 2);
      sample.fraction = at - sample.column;
      sample.slot = colour_slot(k.role);
    }
  }
}

template <class Depth>
Sampler<Depth>::Sampler(const PlaneColumns &columns)
    : columns_(columns), outside_(columns.samples.size()), row_(columns.samples.size()) {
  for (Cached &cached : cache_)
    cached.values.resize(columns.samples.size());
  for (const PlaneColumns::Sample &sample : columns.samples)
    taps_.push_back({static_cast<uint16_t>(sample.column), Depth::fraction(sample.fraction), static_cast<int8_t>(sample.slot),
                     sample.outside});
}

template <class Depth>
void Sampler<Depth>::begin(const Layer<Depth> &layer) {
  layer_ = layer;
  for (Cached &cached : cache_)
    cached.map_row = -1;
  for (size_t i = 0; i < outside_.size(); i++) {
    const int slot = taps_[i].slot;
    outside_[i] = slot == PlaneColumns::kProtected ? Value{0} : layer_.outside[slot];
  }
}

template <class Depth>
auto Sampler<Depth>::row(int y) -> const Value * {
  const PlaneColumns::Line &line = columns_.lines[y];
  if (line.outside)
    return outside_.data();
  const Value *above = stretched(line.row);
  if (line.fraction == 0 || line.next == line.row)
    return above;
  Depth::lerp(row_.data(), above, stretched(line.next), Depth::fraction(line.fraction), width());
  return row_.data();
}

// Neighbouring rows have different parity, so each has its own place.
template <class Depth>
auto Sampler<Depth>::stretched(int map_row) -> const Value * {
  Cached &cached = cache_[map_row & 1];
  if (cached.map_row == map_row)
    return cached.values.data();
  cached.map_row = map_row;
  const std::array<const Value *, 3> rows{layer_.slot[0]->row(map_row), layer_.slot[1]->row(map_row),
                                          layer_.slot[2]->row(map_row)};
  for (size_t i = 0; i < cached.values.size(); i++) {
    const Tap &tap = taps_[i];
    if (tap.outside) {
      cached.values[i] = outside_[i];
      continue;
    }
    const Value *s = rows[tap.slot] + tap.column;
    cached.values[i] = Depth::between(s[0], s[1], tap.fraction);
  }
  return cached.values.data();
}

template class Sampler<Depth8>;
template class Sampler<Depth16>;

}  // namespace attention
