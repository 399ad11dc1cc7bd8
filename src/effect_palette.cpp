// SPDX-License-Identifier: LGPL-2.1-or-later
#include "effect_palette.h"

#include <cmath>

#include "kernels.h"

namespace attention {
namespace {

constexpr int kSteps = 256;

class PaletteEffect final : public Effect {
 public:
  PaletteEffect(const Canvas &canvas, Palette palette)
      : layers_{Plane<int16_t>(canvas.map), Plane<int16_t>(canvas.map), Plane<int16_t>(canvas.map)},
        row_(0) {
    for (int i = 0; i <= kSteps; i++) {
      const Colour colour = palette(static_cast<double>(i) / kSteps);
      const std::array<float, 3> code = encode(canvas.geometry, colour[0], colour[1], colour[2]);
      for (int s = 0; s < 3; s++)
        table_[s][i] = static_cast<int16_t>(std::lround(code[s] * (1 << kernels::kCodeShift)));
    }
    for (const PlaneColumns &columns : canvas.planes) {
      samplers_.emplace_back(columns);
      row_.resize(std::max(row_.size(), columns.bytes.size()));
    }
  }

  // The palette is applied to the map and the colours are stretched, not the weights: far fewer look-ups.
  void begin(const Frame &frame, const Settings &) override {
    const Plane<int16_t> &weights = frame.weights;
    Layer layer;
    for (int s = 0; s < 3; s++) {
      for (int i = 0; i < weights.count(); i++)
        layers_[s].begin()[i] = table_[s][weights.begin()[i] / (kernels::kWeightOne / kSteps)];
      layer.slot[s] = &layers_[s];
      layer.outside[s] = table_[s][0];
    }
    for (Sampler &sampler : samplers_)
      sampler.begin(layer);
  }

  const uint8_t *target(int plane, int y, const uint8_t *) override {
    const int16_t *codes = samplers_[plane].row(y);
    kernels::narrow_14(row_.data(), codes, samplers_[plane].width());
    return row_.data();
  }

 private:
  std::array<std::array<int16_t, kSteps + 1>, 3> table_{};
  std::array<Plane<int16_t>, 3> layers_;
  std::vector<Sampler> samplers_;
  std::vector<uint8_t> row_;
};

}  // namespace

std::unique_ptr<Effect> make_palette(const Canvas &canvas, Palette palette) {
  return std::make_unique<PaletteEffect>(canvas, palette);
}

}  // namespace attention
