// SPDX-License-Identifier: LGPL-2.1-or-later
#include "recombine/effects/palette.h"

#include <cmath>

#include "format/colour.h"

namespace attention {
namespace {

template <class Depth>
class PaletteEffect final : public Effect<Depth> {
 public:
  using Sample = typename Depth::Sample;

  PaletteEffect(const Canvas &canvas, Palette palette, Looks looks)
      : canvas_(canvas), palette_(palette), looks_(looks), weights_(canvas) {
    for (size_t p = 0; p < canvas.planes.size(); p++)
      for (const PlaneColumns::Sample &sample : canvas.planes[p].samples)
        slots_[p].push_back(static_cast<uint8_t>(std::max(sample.slot, 0)));
    for (auto &scale : scales_)
      scale.resize(Depth::kSteps + 1);
    make_scales(gamma_, floor_);
  }

  void begin(const Frame<Depth> &frame, const RecombineSettings &settings) override {
    if (looks_ == Looks::kAtPlain && (settings.gamma != gamma_ || settings.background_weight != floor_))
      make_scales(settings.gamma, settings.background_weight);
    weights_.begin(frame.weights);
  }

  Targets<Sample> targets(int y, const Rows<Sample> &rows, Scratch<Depth> &scratch) const override {
    Targets<Sample> targets{};
    for (size_t p = 0; p < canvas_.planes.size(); p++) {
      if (rows[p] == nullptr)
        continue;
      const auto *w = weights_.row(static_cast<int>(p), canvas_.row_at(static_cast<int>(p), y), scratch.value_rows());
      for (size_t i = 0; i < slots_[p].size(); i++)
        scratch.samples[p][i] = Depth::look_up(scales_[slots_[p][i]].data(), w[i], canvas_.layout());
      targets[p].row = scratch.samples[p].data();
    }
    return targets;
  }

 private:
  /// For weights that `gamma` and `floor` have shaped.
  void make_scales(double gamma, double floor) {
    gamma_ = gamma;
    floor_ = floor;
    for (int i = 0; i <= Depth::kSteps; i++) {
      const double shaped = static_cast<double>(i) / Depth::kSteps;
      const double plain = floor < 1 ? std::pow(std::max(shaped - floor, 0.0) / (1 - floor), 1 / gamma) : shaped;
      const Colour colour = palette_(plain);
      const std::array<float, 3> code = encode(canvas_.geometry, colour[0], colour[1], colour[2]);
      for (int s = 0; s < 3; s++)
        scales_[s][i] = Depth::mark(code[s]);
    }
  }

  const Canvas &canvas_;
  Palette palette_;
  Looks looks_;
  double gamma_ = 1, floor_ = 0;  ///< that the scales are made for
  WeightRows<Depth> weights_;
  std::array<std::vector<uint8_t>, kMaxPlanes> slots_;       ///< of each sample of a row
  std::array<std::vector<typename Depth::Mark>, 3> scales_;  ///< of each colour slot, over the weight
};

}  // namespace

template <class Depth>
EffectPointer<Depth> make_palette(const Canvas &canvas, Palette palette, Looks looks) {
  return std::make_unique<PaletteEffect<Depth>>(canvas, palette, looks);
}
template EffectPointer<Depth8> make_palette(const Canvas &, Palette, Looks);
template EffectPointer<Depth16> make_palette(const Canvas &, Palette, Looks);

}  // namespace attention
