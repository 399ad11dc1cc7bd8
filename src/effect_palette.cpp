// SPDX-License-Identifier: LGPL-2.1-or-later
#include "effect_palette.h"

namespace attention {
namespace {

template <class Depth>
class PaletteEffect final : public Effect<Depth> {
 public:
  using Sample = typename Depth::Sample;

  PaletteEffect(const Canvas &canvas, Palette palette) : canvas_(canvas) {
    for (int p = 0; p < canvas.layout().planes; p++)
      rows_[p].resize(canvas.row_samples(p));
    for (auto &scale : scales_)
      scale.resize(Depth::kSteps + 1);
    for (int i = 0; i <= Depth::kSteps; i++) {
      const Colour colour = palette(static_cast<double>(i) / Depth::kSteps);
      const std::array<float, 3> code = encode(canvas.geometry, colour[0], colour[1], colour[2]);
      for (int s = 0; s < 3; s++)
        scales_[s][i] = Depth::mark(code[s]);
    }
  }

  void begin(const Frame<Depth> &frame, const Settings &) override { weights_ = &frame.rows; }

  Rows<const Sample> targets(int y, const Rows<Sample> &rows) override {
    Rows<const Sample> targets{};
    for (size_t p = 0; p < canvas_.planes.size(); p++) {
      if (rows[p] == nullptr)
        continue;
      const auto &samples = canvas_.planes[p].samples;
      const auto *w = weights_->row(static_cast<int>(p), canvas_.row_at(static_cast<int>(p), y));
      for (size_t i = 0; i < samples.size(); i++)
        if (samples[i].slot != PlaneColumns::kProtected)
          rows_[p][i] = Depth::look_up(scales_[samples[i].slot].data(), w[i], canvas_.layout());
      targets[p] = rows_[p].data();
    }
    return targets;
  }

 private:
  const Canvas &canvas_;
  WeightRows<Depth> *weights_ = nullptr;
  std::array<std::vector<typename Depth::Mark>, 3> scales_;  ///< of each colour slot, over the weight
  std::array<std::vector<Sample>, kMaxPlanes> rows_;
};

}  // namespace

template <class Depth>
EffectPointer<Depth> make_palette(const Canvas &canvas, Palette palette) {
  return std::make_unique<PaletteEffect<Depth>>(canvas, palette);
}
template EffectPointer<Depth8> make_palette(const Canvas &, Palette);
template EffectPointer<Depth16> make_palette(const Canvas &, Palette);

}  // namespace attention
