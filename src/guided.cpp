// SPDX-License-Identifier: LGPL-2.1-or-later
#include "guided.h"

#include "stage_preprocess.h"

namespace attention {
namespace {

constexpr double kWindow = 4;        // standard deviation of the window in samples of the map
constexpr float kFlat = 6.0F * 6.0F; // codes²: a window whose luma varies less has no edge

/// The same frame with one sample for each pixel.
Geometry grey(Geometry geometry) {
  geometry.layout = find_layout("GRAY8");
  return geometry;
}

}  // namespace

template <class Depth>
Guided<Depth>::Guided(const Canvas &canvas)
    : canvas_(canvas),
      to_map_(AnalysisSizes::choose(canvas.geometry).analysis, canvas.map),
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
      slope_row_(line_.size()),
      base_row_(line_.size()),
      refined_({canvas.geometry.width, canvas.geometry.height}) {}

template <class Depth>
void Guided<Depth>::begin(const Map &weights, float outside, const Map &luma, const Picture &picture) {
  fit(weights, luma);
  slopes_.begin(Layer<Depth16>::all(slope_, 0));
  bases_.begin(Layer<Depth16>::all(base_, outside));
  for (int y = 0; y < refined_.height(); y++) {
    read_luma(picture, y);
    const float *a = slopes_.row(y, slope_row_.data());
    const float *b = bases_.row(y, base_row_.data());
    Value *w = refined_.row(y);
    for (int x = 0; x < refined_.width(); x++)
      w[x] = Depth::weight(std::clamp(a[x] * line_[x] + b[x], 0.0F, 1.0F));
  }
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
}

/// Fills line_ with the luma of a row, 0–255.
template <class Depth>
void Guided<Depth>::read_luma(const Picture &picture, int y) {
  const Layout &layout = canvas_.layout();
  const Colorimetry &c = canvas_.geometry.colorimetry;
  const float gain = 255.0F / static_cast<float>(c.luma_scale);
  std::fill(line_.begin(), line_.end(), -static_cast<float>(c.luma_offset) * gain);
  const auto add = [&](Role role, double share) {
    const Component &k = *layout.find(role);
    const auto *sample = row_of<Depth>(picture, k.plane, y) + k.offset;
    const float scale = static_cast<float>(share) * gain;
    for (size_t x = 0; x < line_.size(); x++)
      line_[x] += scale * static_cast<float>(sample[x * k.pixel_stride] >> layout.shift);
  };
  if (layout.is_rgb()) {
    add(Role::kR, c.kr);
    add(Role::kG, 1 - c.kr - c.kb);
    add(Role::kB, c.kb);
  } else {
    add(Role::kY, 1);
  }
}

/// A subsampled sample has the mean weight of its pixels.
template <class Depth>
auto Guided<Depth>::row(int plane, int y, Value *scratch) const -> const Value * {
  const Layout &layout = canvas_.layout();
  for (int c = 0; c < layout.components; c++) {
    const Component &k = layout.component[c];
    if (k.plane != plane || colour_slot(k.role) < 0)
      continue;
    if (k.pixel_stride == 1 && k.shift_x == 0 && k.shift_y == 0)
      return refined_.row(y);
    const int top = y << k.shift_y;
    const int bottom = std::min(top + (1 << k.shift_y), refined_.height());
    for (int x = 0; x < k.columns(refined_.width()); x++) {
      const int left = x << k.shift_x;
      const int right = std::min(left + (1 << k.shift_x), refined_.width());
      float sum = 0;
      for (int v = top; v < bottom; v++)
        for (int u = left; u < right; u++)
          sum += static_cast<float>(refined_.row(v)[u]);
      scratch[k.offset + x * k.pixel_stride] = static_cast<Value>(sum / static_cast<float>((bottom - top) * (right - left)));
    }
  }
  return scratch;
}

template class Guided<Depth8>;
template class Guided<Depth16>;

}  // namespace attention
