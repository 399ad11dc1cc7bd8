// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stage_recombine.h"

#include <cmath>

#include "kernels.h"
#include "stage_partition.h"

namespace attention {
namespace {

int blend_strength(const Settings &settings) {
  return static_cast<int>(std::lround(settings.strength * kernels::kWeightOne));
}

bool is_on(const Settings &settings, int effect) { return (settings.effects >> effect & 1) != 0; }

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

Recombine::Recombine(const Geometry &geometry, Size map) : canvas_{geometry, map, {}}, weights_(map) {
  const Layout &layout = *geometry.layout;
  size_t longest = 0;
  canvas_.planes.reserve(layout.planes);
  for (int p = 0; p < layout.planes; p++) {
    canvas_.planes.emplace_back(geometry, map, p);
    samplers_.emplace_back(canvas_.planes[p]);
    longest = std::max(longest, canvas_.planes[p].bytes.size());
  }
  factor_.resize(longest);
  if (!geometry.pooled) {
    for (int e = 0; e < kEffectCount; e++)
      effects_[e] = kEffects[e].create(canvas_);
    return;
  }
  for (int c = 0; c < layout.components; c++) {
    const Component &k = layout.component[c];
    std::vector<int> &byte = pooled_byte_[k.plane];
    byte.resize(canvas_.planes[k.plane].bytes.size(), -1);
    const std::vector<int> column = pooled_sample(geometry.width, geometry.columns, k.shift_x);
    for (size_t x = 0; x < column.size(); x++)
      byte[k.offset + x * k.pixel_stride] = k.offset + column[x] * k.pixel_stride;
    pooled_row_[k.plane] = pooled_sample(geometry.height, geometry.rows, k.shift_y);
  }
  weighted_.resize(longest);
  total_.resize(longest);
}

void Recombine::run(const Picture &in, const Picture &out, const Map &weights, const Settings &settings) {
  if (canvas_.geometry.pooled)
    pool(in, out, weights, settings);
  else
    blend(out, weights, settings);
}

void Recombine::quantise(const Map &weights) {
  for (int i = 0; i < weights.count(); i++)
    weights_.begin()[i] = static_cast<int16_t>(std::lround(weights.begin()[i] * kernels::kWeightOne));
  for (Sampler &sampler : samplers_)
    sampler.begin(Layer::all(weights_));
}

void Recombine::blend(const Picture &picture, const Map &weights, const Settings &settings) {
  const int strength = blend_strength(settings);
  if (settings.effects == 0 || strength == 0)
    return;
  quantise(weights);
  for (int e = 0; e < kEffectCount; e++)
    if (is_on(settings, e))
      effects_[e]->begin(settings, weights_);
  for (size_t p = 0; p < canvas_.planes.size(); p++) {
    const PlaneColumns &plane = canvas_.planes[p];
    const int bytes = samplers_[p].width();
    for (size_t y = 0; y < plane.lines.size(); y++) {
      uint8_t *pixels = picture.data[p] + static_cast<ptrdiff_t>(y) * picture.stride[p];
      const int16_t *w = samplers_[p].row(static_cast<int>(y));
      for (int e = 0; e < kEffectCount; e++) {
        if (!is_on(settings, e))
          continue;
        const uint8_t *target = effects_[e]->target(static_cast<int>(p), static_cast<int>(y), pixels);
        if (target == nullptr)
          continue;
        kEffects[e].keep(strength).factors(w, plane.floor.data(), factor_.data(), bytes);
        kernels::blend_8(pixels, target, factor_.data(), bytes);
      }
    }
  }
}

void Recombine::pool(const Picture &in, const Picture &out, const Map &weights, const Settings &settings) {
  const Keep keep = keep_inside(blend_strength(settings));
  quantise(weights);
  for (size_t p = 0; p < canvas_.planes.size(); p++) {
    const PlaneColumns &plane = canvas_.planes[p];
    const std::vector<int> &byte = pooled_byte_[p];
    const std::vector<int> &row = pooled_row_[p];
    std::fill(weighted_.begin(), weighted_.end(), uint64_t{0});
    std::fill(total_.begin(), total_.end(), uint64_t{0});
    for (size_t y = 0; y < row.size(); y++) {
      const uint8_t *pixels = in.data[p] + static_cast<ptrdiff_t>(y) * in.stride[p];
      keep.factors(samplers_[p].row(static_cast<int>(y)), plane.floor.data(), factor_.data(), samplers_[p].width());
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
