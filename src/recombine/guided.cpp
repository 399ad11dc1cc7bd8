// SPDX-License-Identifier: LGPL-2.1-or-later
#include "recombine/guided.h"

#include "format/colour.h"

namespace attention {
namespace {

constexpr double kWindow = 4;         // standard deviation of the window in samples of the map
constexpr float kFlat = 6.0F * 6.0F;  // codes²: a window whose luma varies less has no edge

/// The same frame with one sample for each pixel.
Geometry grey(Geometry geometry) {
  geometry.layout = find_layout("GRAY8");
  return geometry;
}

kernels::FloatStep step_of(const RowStep<Depth16> &row) { return {row.base, row.step, row.fraction}; }

}  // namespace

template <class Depth>
Guided<Depth>::Guided(const Canvas &canvas, Size analysis)
    : canvas_(canvas),
      to_map_(analysis, canvas.map),
      window_(canvas.map),
      luma_(canvas.map),
      mean_luma_(canvas.map),
      mean_weight_(canvas.map),
      slope_(canvas.map),
      base_(canvas.map),
      pixels_(grey(canvas.geometry), canvas.map, 0),
      slopes_(pixels_, canvas.map),
      bases_(pixels_, canvas.map),
      line_(canvas.geometry.width),
      refined_({canvas.geometry.width, canvas.geometry.height}) {}

template <class Depth>
void Guided<Depth>::begin(const Map &weights, float outside, const Map &luma, const Picture &picture) {
  fit(weights, luma);
  slopes_.begin(Layer<Depth16>::all(slope_, 0));
  bases_.begin(Layer<Depth16>::all(base_, outside));
  for (int y = 0; y < refined_.height(); y++)
    Depth::refine(refined_.row(y), luma_of(picture, y), step_of(slopes_.rows(y)), step_of(bases_.rows(y)),
                  canvas_.layout(), refined_.width());
}

template <class Depth>
void Guided<Depth>::fit(const Map &weights, const Map &luma) {
  to_map_.run(luma, luma_);
  // slope_ and base_ hold the products until their means are taken.
  for (int i = 0; i < luma_.count(); i++) {
    const float l = luma_.begin()[i];
    const float w = weights.begin()[i];
    mean_luma_.begin()[i] = l;
    mean_weight_.begin()[i] = w;
    slope_.begin()[i] = l * w;
    base_.begin()[i] = l * l;
  }
  for (Map *map : {&mean_luma_, &mean_weight_, &slope_, &base_})
    window_.run(*map, kWindow);
  for (int i = 0; i < luma_.count(); i++) {
    const float l = mean_luma_.begin()[i];
    const float w = mean_weight_.begin()[i];
    const float slope = (slope_.begin()[i] - l * w) / (std::max(base_.begin()[i] - l * l, 0.0F) + kFlat);
    slope_.begin()[i] = slope;
    base_.begin()[i] = w - slope * l;
  }
  for (Map *map : {&slope_, &base_})
    window_.run(*map, kWindow);
  // From luma of 0–255 to codes.
  const CodeScale scale = full_range(canvas_.geometry)[0];
  for (int i = 0; i < luma_.count(); i++) {
    slope_.begin()[i] *= scale.gain;
    base_.begin()[i] -= slope_.begin()[i] * scale.offset;
  }
}

/// The luma of a row, one sample for each pixel.
template <class Depth>
auto Guided<Depth>::luma_of(const Picture &picture, int y) -> const Sample * {
  const Layout &layout = canvas_.layout();
  const auto sample = [&](const Component &k) {
    return row_of<typename Depth::Sample>(picture, k.plane, y) + k.offset;
  };
  if (const Component *k = layout.find(Role::kY); k != nullptr) {
    const Sample *luma = sample(*k);
    if (k->pixel_stride == 1)
      return luma;
    for (size_t x = 0; x < line_.size(); x++)
      line_[x] = luma[x * k->pixel_stride];
    return line_.data();
  }
  const Luma<float> weights(canvas_.geometry.colorimetry);
  const Component &first = layout.component[0];
  const Sample *r = sample(*layout.find(Role::kR));
  const Sample *g = sample(*layout.find(Role::kG));
  const Sample *b = sample(*layout.find(Role::kB));
  for (size_t x = 0; x < line_.size(); x++) {
    const size_t i = x * first.pixel_stride;
    line_[x] =
        static_cast<Sample>(weights.of(static_cast<float>(r[i]), static_cast<float>(g[i]), static_cast<float>(b[i])));
  }
  return line_.data();
}

/// A subsampled sample has the mean weight of the corners of its block of pixels.
template <class Depth>
auto Guided<Depth>::row(int plane, int y, Value *scratch) const -> const Value * {
  const Layout &layout = canvas_.layout();
  for (int c = 0; c < layout.components; c++) {
    const Component &k = layout.component[c];
    if (k.plane != plane || colour_slot(k.role) < 0)
      continue;
    const Value *top = refined_.row(y << k.shift_y);
    if (k.pixel_stride == 1 && k.shift_x == 0 && k.shift_y == 0)
      return top;
    const Value *bottom = refined_.row(std::min((y + 1) << k.shift_y, refined_.height()) - 1);
    const int blocks = k.pixel_stride == 1 && k.shift_x == 1 ? refined_.width() / 2 : 0;
    Depth::corner_means(scratch + k.offset, top, bottom, blocks);
    for (int x = blocks; x < k.columns(refined_.width()); x++) {
      const int left = x << k.shift_x;
      const int right = std::min((x + 1) << k.shift_x, refined_.width()) - 1;
      scratch[k.offset + x * k.pixel_stride] =
          static_cast<Value>((top[left] + top[right] + bottom[left] + bottom[right]) / 4);
    }
  }
  return scratch;
}

template class Guided<Depth8>;
template class Guided<Depth16>;

}  // namespace attention
