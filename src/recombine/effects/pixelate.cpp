// SPDX-License-Identifier: LGPL-2.1-or-later
// Pixelate: each region shows its attention-pooled colour, a mosaic of Σ wᵢ·xᵢ.
#include "recombine/effects/effect.h"
#include "recombine/pool.h"

namespace attention {
namespace {

template <class Depth>
class Pixelate final : public Effect<Depth> {
 public:
  using Sample = typename Depth::Sample;

  explicit Pixelate(const Canvas &canvas) : canvas_(canvas), pool_(canvas) {
    const Layout &layout = canvas.layout();
    for (int p = 0; p < layout.planes; p++) {
      mosaic_[p] =
          Plane<Sample>({layout.row_samples(p, canvas.geometry.columns), layout.plane_rows(p, canvas.geometry.rows)});
      small_.data[p] = reinterpret_cast<uint8_t *>(mosaic_[p].begin());
      small_.stride[p] = mosaic_[p].width() * static_cast<ptrdiff_t>(sizeof(Sample));
      spread_[p] = Plane<Sample>({canvas.row_samples(p), mosaic_[p].height()});
    }
  }

  void begin(const Frame<Depth> &frame, const RecombineSettings &) override {
    pool_.run(frame.picture, small_, frame.weights, 1);
    for (int p = 0; p < canvas_.layout().planes; p++)
      for (int y = 0; y < spread_[p].height(); y++)
        for (int i = 0; i < spread_[p].width(); i++)
          if (const int from = pool_.samples(p)[i]; from >= 0)
            spread_[p].row(y)[i] = mosaic_[p].row(y)[from];
  }

  Targets<Depth> targets(int y, const Rows<Sample> &, Scratch<Depth> &) const override {
    Targets<Depth> targets{};
    for (int p = 0; p < canvas_.layout().planes; p++)
      targets[p].row = spread_[p].row(pool_.rows(p)[canvas_.row_at(p, y)]);
    return targets;
  }

 private:
  const Canvas &canvas_;
  Pool<Depth> pool_;
  std::array<Plane<Sample>, kMaxPlanes> mosaic_, spread_;  ///< one sample a region; over the width of the frame
  Picture small_;
};

}  // namespace

template <class Depth>
EffectPointer<Depth> make_pixelate(const Canvas &canvas) {
  return std::make_unique<Pixelate<Depth>>(canvas);
}
template EffectPointer<Depth8> make_pixelate(const Canvas &);
template EffectPointer<Depth16> make_pixelate(const Canvas &);

}  // namespace attention
