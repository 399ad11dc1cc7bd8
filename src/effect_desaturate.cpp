// SPDX-License-Identifier: LGPL-2.1-or-later
// Desaturate: what nobody looks at loses its colour; the target is the pixel's own grey.
#include <algorithm>

#include "effect.h"

namespace attention {
namespace {

template <class Depth>
class Desaturate final : public Effect<Depth> {
 public:
  using Sample = typename Depth::Sample;

  explicit Desaturate(const Canvas &canvas) : canvas_(canvas) {
    for (int p = 0; p < canvas.layout().planes; p++)
      rows_[p].resize(canvas.row_samples(p));
  }

  void begin(const Frame<Depth> &, const Settings &) override {}

  Rows<const Sample> targets(int, const Rows<Sample> &rows) override {
    Rows<const Sample> targets{};
    if (canvas_.layout().is_rgb())
      grey(rows, targets);
    else
      grey_chroma(rows, targets);
    return targets;
  }

 private:
  void grey(const Rows<Sample> &rows, Rows<const Sample> &targets) {
    const Layout &layout = canvas_.layout();
    const Component &r = *layout.find(Role::kR);
    const Component &g = *layout.find(Role::kG);
    const Component &b = *layout.find(Role::kB);
    const auto kr = static_cast<float>(canvas_.geometry.colorimetry.kr);
    const auto kb = static_cast<float>(canvas_.geometry.colorimetry.kb);
    const auto code = [&](const Component &k, int x) {
      return static_cast<float>(rows[k.plane][k.offset + x * k.pixel_stride] >> layout.shift);
    };
    for (int x = 0; x < canvas_.geometry.width; x++) {
      const float y = kr * code(r, x) + (1 - kr - kb) * code(g, x) + kb * code(b, x);
      const Sample sample = Depth::sample(y, layout);
      for (const Component *k : {&r, &g, &b})
        rows_[k->plane][k->offset + x * k->pixel_stride] = sample;
    }
    for (const Component *k : {&r, &g, &b})
      targets[k->plane] = rows_[k->plane].data();
  }

  void grey_chroma(const Rows<Sample> &rows, Rows<const Sample> &targets) {
    const Layout &layout = canvas_.layout();
    const auto neutral = Depth::sample(static_cast<float>(canvas_.geometry.colorimetry.chroma_offset), layout);
    for (const Role role : {Role::kCb, Role::kCr}) {
      const Component *k = layout.find(role);
      if (k == nullptr || rows[k->plane] == nullptr)
        continue;
      std::vector<Sample> &row = rows_[k->plane];
      if (targets[k->plane] == nullptr)  // luma between the chroma stays
        std::copy(rows[k->plane], rows[k->plane] + row.size(), row.begin());
      targets[k->plane] = row.data();
      for (int x = 0; x < k->columns(canvas_.geometry.width); x++)
        row[k->offset + x * k->pixel_stride] = neutral;
    }
  }

  const Canvas &canvas_;
  std::array<std::vector<Sample>, kMaxPlanes> rows_;
};

}  // namespace

template <class Depth>
EffectPointer<Depth> make_desaturate(const Canvas &canvas) { return std::make_unique<Desaturate<Depth>>(canvas); }
template EffectPointer<Depth8> make_desaturate(const Canvas &);
template EffectPointer<Depth16> make_desaturate(const Canvas &);

}  // namespace attention
