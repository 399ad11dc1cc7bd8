// SPDX-License-Identifier: LGPL-2.1-or-later
// Dim: what nobody looks at fades to one colour.
#include "effect.h"

namespace attention {
namespace {

class Dim final : public Effect {
 public:
  explicit Dim(const Canvas &canvas) : canvas_(canvas) {
    for (int p = 0; p < canvas.geometry.layout->planes; p++)
      rows_[p].resize(canvas.row_bytes(p));
  }

  void begin(const Frame &, const Settings &settings) override {
    const auto channel = [&](int shift) { return static_cast<double>(settings.background >> shift & 0xff) / 255.0; };
    const std::array<float, 3> code = encode(canvas_.geometry, channel(16), channel(8), channel(0));
    for (int p = 0; p < canvas_.geometry.layout->planes; p++)
      fill_row(canvas_, p, code, rows_[p].data());
  }

  const uint8_t *target(int plane, int, const uint8_t *) override { return rows_[plane].data(); }

 private:
  const Canvas &canvas_;
  std::array<std::vector<uint8_t>, kMaxPlanes> rows_;
};

}  // namespace

std::unique_ptr<Effect> make_dim(const Canvas &canvas) { return std::make_unique<Dim>(canvas); }

}  // namespace attention
