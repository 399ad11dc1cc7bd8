// SPDX-License-Identifier: LGPL-2.1-or-later
#include "recombine/effects/palette.h"

#include <cmath>

#include "format/colour.h"

namespace attention {
namespace {

constexpr int kSteps = 1 << 12;  // of a scale over weights from 0 to 1

/// The palette is looked at for each sample of the map, and its colours are stretched; for each sample of the frame
/// where weights end at the edges of the picture.
template <class Depth>
class PaletteEffect final : public Effect<Depth> {
 public:
  using Sample = typename Depth::Sample;
  using Value = typename Depth::Value;

  PaletteEffect(const Canvas &canvas, Palette palette, Looks looks)
      : canvas_(canvas), palette_(palette), looks_(looks), weights_(canvas) {
    for (int s = 0; s < 3; s++) {
      scales_[s].resize(kSteps + 1);
      colours_[s] = Plane<Value>(canvas.map);
    }
    for (const PlaneColumns &plane : canvas.planes)
      stretches_.emplace_back(plane, canvas.map);
    make_scales(gamma_, floor_);
  }

  void begin(const Frame<Depth> &frame, const RecombineSettings &settings) override {
    if (looks_ == Looks::kAtPlain && (settings.gamma != gamma_ || settings.background_weight != floor_))
      make_scales(settings.gamma, settings.background_weight);
    is_refined_ = frame.weights.refined != nullptr;
    if (is_refined_)
      weights_.begin(frame.weights);
    else
      stretch(frame.weights);
  }

  Targets<Depth> targets(int y, const Rows<Sample> &rows, Scratch<Depth> &scratch) const override {
    Targets<Depth> targets{};
    for (size_t p = 0; p < canvas_.planes.size(); p++) {
      if (rows[p] == nullptr)
        continue;
      const int row = canvas_.row_at(static_cast<int>(p), y);
      if (is_refined_)
        targets[p].row = look_up(static_cast<int>(p), row, scratch);
      else
        targets[p].codes = stretches_[p].rows(row);
    }
    return targets;
  }

 private:
  /// For weights that `gamma` and `floor` have shaped.
  void make_scales(double gamma, double floor) {
    gamma_ = gamma;
    floor_ = floor;
    for (int i = 0; i <= kSteps; i++) {
      const double shaped = static_cast<double>(i) / kSteps;
      const double plain = floor < 1 ? std::pow(std::max(shaped - floor, 0.0) / (1 - floor), 1 / gamma) : shaped;
      const Colour colour = palette_(plain);
      const std::array<float, 3> code = encode(canvas_.geometry, colour[0], colour[1], colour[2]);
      for (int s = 0; s < 3; s++)
        scales_[s][i] = code[s];
    }
  }

  float code_at(int slot, float weight) const {
    const float at = weight * kSteps;
    const int step = std::min(static_cast<int>(at), kSteps - 1);
    const float *scale = scales_[slot].data() + step;
    return scale[0] + (scale[1] - scale[0]) * (at - static_cast<float>(step));
  }

  void stretch(const Weights<Depth> &weights) {
    Layer<Depth> layer;
    for (int s = 0; s < 3; s++) {
      layer.slot[s] = &colours_[s];
      layer.outside[s] = Depth::code(code_at(s, weights.outside));
      std::transform(weights.map.begin(), weights.map.end(), colours_[s].begin(),
                     [&](float w) { return Depth::code(code_at(s, w)); });
    }
    for (size_t p = 0; p < canvas_.planes.size(); p++)
      if (canvas_.planes[p].has_colour)
        stretches_[p].begin(layer);
  }

  const Sample *look_up(int plane, int row, Scratch<Depth> &scratch) const {
    const Value *w = weights_.row(plane, row, scratch.value_rows());
    Sample *out = scratch.samples[plane].data();
    for (const PlaneColumns::Sample &sample : canvas_.planes[plane].samples)
      *out++ = Depth::sample(code_at(std::max(sample.slot, 0), Depth::share(*w++)), canvas_.layout());
    return scratch.samples[plane].data();
  }

  const Canvas &canvas_;
  Palette palette_;
  Looks looks_;
  double gamma_ = 1, floor_ = 0;  ///< that the scales are made for
  bool is_refined_ = false;
  std::array<std::vector<float>, 3> scales_;  ///< codes of each colour slot, over the weight
  WeightRows<Depth> weights_;                 ///< where they are refined
  std::array<Plane<Value>, 3> colours_;
  std::vector<Stretch<Depth>> stretches_;  ///< of the colours to each plane, else
};

}  // namespace

template <class Depth>
EffectPointer<Depth> make_palette(const Canvas &canvas, Palette palette, Looks looks) {
  return std::make_unique<PaletteEffect<Depth>>(canvas, palette, looks);
}
template EffectPointer<Depth8> make_palette(const Canvas &, Palette, Looks);
template EffectPointer<Depth16> make_palette(const Canvas &, Palette, Looks);

}  // namespace attention
