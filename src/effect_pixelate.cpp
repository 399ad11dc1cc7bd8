// SPDX-License-Identifier: LGPL-2.1-or-later
// Pixelate: each region shows its attention-pooled colour, a mosaic of Σ wᵢ·xᵢ.
#include "kernels.h"
#include "pool.h"

namespace attention {
namespace {

class Pixelate final : public Effect {
 public:
  explicit Pixelate(const Canvas &canvas) : pool_(canvas) {
    const Layout &layout = *canvas.geometry.layout;
    for (int p = 0; p < layout.planes; p++) {
      const int bytes = layout.row_bytes(p, canvas.geometry.columns);
      mosaic_[p].resize(static_cast<size_t>(bytes) * layout.plane_rows(p, canvas.geometry.rows));
      small_.data[p] = mosaic_[p].data();
      small_.stride[p] = bytes;
      row_[p].resize(pool_.bytes(p).size());
    }
  }

  void begin(const Frame &frame, const Settings &) override {
    pool_.run(frame.picture, small_, frame.weights, kernels::kWeightOne);
    shown_.fill(-1);
  }

  const uint8_t *target(int plane, int y, const uint8_t *) override {
    const int row = pool_.rows(plane)[y];
    if (row != shown_[plane]) {
      shown_[plane] = row;
      const std::vector<int> &bytes = pool_.bytes(plane);
      const uint8_t *mosaic = small_.data[plane] + row * small_.stride[plane];
      for (size_t i = 0; i < bytes.size(); i++)
        row_[plane][i] = bytes[i] < 0 ? uint8_t{0} : mosaic[bytes[i]];
    }
    return row_[plane].data();
  }

 private:
  Pool pool_;
  std::array<std::vector<uint8_t>, kMaxPlanes> mosaic_, row_;
  std::array<int, kMaxPlanes> shown_{};  ///< the row of the mosaic that row_ holds
  Picture small_;
};

}  // namespace

std::unique_ptr<Effect> make_pixelate(const Canvas &canvas) { return std::make_unique<Pixelate>(canvas); }

}  // namespace attention
