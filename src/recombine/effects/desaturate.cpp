// SPDX-License-Identifier: LGPL-2.1-or-later
// Desaturate: what nobody looks at loses its colour; the target is the pixel's own grey.
#include <algorithm>

#include "format/colour.h"
#include "recombine/effects/effect.h"

namespace attention {
namespace {

template <class Depth>
class Desaturate final : public Effect<Depth> {
 public:
  using Sample = typename Depth::Sample;

  explicit Desaturate(const Canvas &canvas) : canvas_(canvas) {
    const Layout &layout = canvas.layout();
    const auto neutral = Depth::sample(static_cast<float>(canvas.geometry.colorimetry.chroma_offset), layout);
    for (int p = 0; p < layout.planes; p++)
      neutral_[p].assign(canvas.row_samples(p), neutral);
  }

  void begin(const Frame<Depth> &, const RecombineSettings &) override {}

  Targets<Depth> targets(int, const Rows<Sample> &rows, Scratch<Depth> &scratch) const override {
    Targets<Depth> targets{};
    if (canvas_.layout().is_rgb())
      grey(rows, scratch, targets);
    else
      grey_chroma(rows, scratch, targets);
    return targets;
  }

 private:
  void grey(const Rows<Sample> &rows, Scratch<Depth> &scratch, Targets<Depth> &targets) const {
    const Layout &layout = canvas_.layout();
    const Component &r = *layout.find(Role::kR);
    const Component &g = *layout.find(Role::kG);
    const Component &b = *layout.find(Role::kB);
    const Luma<float> luma(canvas_.geometry.colorimetry);
    const auto code = [&](const Component &k, int x) {
      return static_cast<float>(rows[k.plane][k.offset + x * k.pixel_stride] >> layout.shift);
    };
    for (int x = 0; x < canvas_.geometry.width; x++) {
      const Sample sample = Depth::sample(luma.of(code(r, x), code(g, x), code(b, x)), layout);
      for (const Component *k : {&r, &g, &b})
        scratch.samples[k->plane][k->offset + x * k->pixel_stride] = sample;
    }
    for (const Component *k : {&r, &g, &b})
      targets[k->plane].row = scratch.samples[k->plane].data();
  }

  void grey_chroma(const Rows<Sample> &rows, Scratch<Depth> &scratch, Targets<Depth> &targets) const {
    for (const Role role : {Role::kCb, Role::kCr}) {
      const Component *k = canvas_.layout().find(role);
      if (k == nullptr || rows[k->plane] == nullptr)
        continue;
      targets[k->plane] = {neutral_[k->plane].data(), true};
      if (k->plane == canvas_.layout().find(Role::kY)->plane)
        targets[k->plane] = {luma_kept(*canvas_.layout().find(Role::kY), rows[k->plane], scratch)};
    }
  }

  /// The neutral row with the luma that lies between its chroma.
  const Sample *luma_kept(const Component &luma, const Sample *row, Scratch<Depth> &scratch) const {
    std::vector<Sample> &target = scratch.samples[luma.plane];
    std::copy(neutral_[luma.plane].begin(), neutral_[luma.plane].end(), target.begin());
    for (int x = 0; x < canvas_.geometry.width; x++)
      target[luma.offset + x * luma.pixel_stride] = row[luma.offset + x * luma.pixel_stride];
    return target.data();
  }

  const Canvas &canvas_;
  std::array<std::vector<Sample>, kMaxPlanes> neutral_;
};

}  // namespace

template <class Depth>
EffectPointer<Depth> make_desaturate(const Canvas &canvas) {
  return std::make_unique<Desaturate<Depth>>(canvas);
}
template EffectPointer<Depth8> make_desaturate(const Canvas &);
template EffectPointer<Depth16> make_desaturate(const Canvas &);

}  // namespace attention
