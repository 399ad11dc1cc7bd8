// SPDX-License-Identifier: LGPL-2.1-or-later
// Desaturate: what nobody looks at loses its colour; the target is the pixel's own grey.
#include <algorithm>
#include <cmath>

#include "effect.h"

namespace attention {
namespace {

constexpr int kOne = 1 << 15;

class Desaturate final : public Effect {
 public:
  explicit Desaturate(const Canvas &canvas)
      : canvas_(canvas), rgb_(canvas.geometry.layout->is_rgb()) {
    for (int p = 0; p < canvas.geometry.layout->planes; p++)
      row_.resize(std::max(row_.size(), static_cast<size_t>(canvas.row_bytes(p))));
    const Colorimetry &c = canvas.geometry.colorimetry;
    red_ = static_cast<int>(std::lround(c.kr * kOne));
    blue_ = static_cast<int>(std::lround(c.kb * kOne));
  }

  void begin(const Frame &, const Settings &) override {}

  const uint8_t *target(int plane, int, const uint8_t *pixels) override {
    const Layout &layout = *canvas_.geometry.layout;
    std::copy(pixels, pixels + canvas_.row_bytes(plane), row_.begin());
    if (rgb_) {
      grey(*layout.find(Role::kR), *layout.find(Role::kG), *layout.find(Role::kB), pixels);
      return row_.data();
    }
    bool has_chroma = false;
    for (const Role role : {Role::kCb, Role::kCr}) {
      const Component *k = layout.find(role);
      if (k == nullptr || k->plane != plane)
        continue;
      has_chroma = true;
      for (int x = 0; x < k->columns(canvas_.geometry.width); x++)
        row_[k->offset + x * k->pixel_stride] = static_cast<uint8_t>(canvas_.geometry.colorimetry.chroma_offset);
    }
    return has_chroma ? row_.data() : nullptr;
  }

 private:
  void grey(const Component &r, const Component &g, const Component &b, const uint8_t *pixels) {
    for (int x = 0; x < canvas_.geometry.width; x++) {
      const uint8_t *p = pixels + x * r.pixel_stride;
      uint8_t *t = row_.data() + x * r.pixel_stride;
      const int y = (red_ * p[r.offset] + (kOne - red_ - blue_) * p[g.offset] + blue_ * p[b.offset] + kOne / 2) / kOne;
      t[r.offset] = t[g.offset] = t[b.offset] = static_cast<uint8_t>(y);
    }
  }

  const Canvas &canvas_;
  bool rgb_;
  int red_, blue_;
  std::vector<uint8_t> row_;
};

}  // namespace

std::unique_ptr<Effect> make_desaturate(const Canvas &canvas) { return std::make_unique<Desaturate>(canvas); }

}  // namespace attention
