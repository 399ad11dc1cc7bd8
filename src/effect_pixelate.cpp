// SPDX-License-Identifier: LGPL-2.1-or-later
// Pixelate: each region shows its attention-pooled colour, a mosaic of Σ wᵢ·xᵢ.
#include "effect.h"
#include "pool.h"

namespace attention {
namespace {

template <class Depth>
class Pixelate final : public Effect<Depth> {
 public:
  using Sample = typename Depth::Sample;

  explicit Pixelate(const Canvas &canvas) : canvas_(canvas), pool_(canvas) {
    const Layout &layout = canvas.layout();
    for (int p = 0; p < layout.planes; p++) {
      mosaic_[p] = Plane<Sample>({layout.row_samples(p, canvas.geometry.columns), layout.plane_rows(p, canvas.geometry.rows)});
      small_.data[p] = reinterpret_cast<uint8_t *>(mosaic_[p].begin());
      small_.stride[p] = mosaic_[p].width() * static_cast<ptrdiff_t>(sizeof(Sample));
      rows_[p].resize(canvas.row_samples(p));
    }
  }

  void begin(const Frame<Depth> &frame, const Settings &) override {
    pool_.run(frame.picture, small_, frame.rows, 1);
    shown_.fill(-1);
  }

  Rows<const Sample> targets(int y, const Rows<Sample> &rows) override {
    Rows<const Sample> targets{};
    for (int p = 0; p < canvas_.layout().planes; p++)
      if (rows[p] != nullptr)
        targets[p] = spread(p, pool_.rows(p)[canvas_.row_at(p, y)]);
    return targets;
  }

 private:
  /// A row of the mosaic over the width of the frame.
  const Sample *spread(int plane, int mosaic_row) {
    if (mosaic_row != shown_[plane]) {
      shown_[plane] = mosaic_row;
      const std::vector<int> &samples = pool_.samples(plane);
      for (size_t i = 0; i < samples.size(); i++)
        rows_[plane][i] = samples[i] < 0 ? Sample{0} : mosaic_[plane].row(mosaic_row)[samples[i]];
    }
    return rows_[plane].data();
  }

  const Canvas &canvas_;
  Pool<Depth> pool_;
  std::array<Plane<Sample>, kMaxPlanes> mosaic_;
  std::array<std::vector<Sample>, kMaxPlanes> rows_;
  std::array<int, kMaxPlanes> shown_{};  ///< the row of the mosaic that rows_ holds
  Picture small_;
};

}  // namespace

template <class Depth>
EffectPointer<Depth> make_pixelate(const Canvas &canvas) { return std::make_unique<Pixelate<Depth>>(canvas); }
template EffectPointer<Depth8> make_pixelate(const Canvas &);
template EffectPointer<Depth16> make_pixelate(const Canvas &);

}  // namespace attention
