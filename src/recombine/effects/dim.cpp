// SPDX-License-Identifier: LGPL-2.1-or-later
// Dim: what nobody looks at fades to one colour.
#include <algorithm>

#include "format/colour.h"
#include "recombine/effects/effect.h"

namespace attention {
namespace {

template <class Depth>
class Dim final : public Effect<Depth> {
 public:
  using Sample = typename Depth::Sample;

  explicit Dim(const Canvas &canvas) : canvas_(canvas) {
    for (int p = 0; p < canvas.layout().planes; p++)
      rows_[p].resize(canvas.row_samples(p));
  }

  void begin(const Frame<Depth> &, const RecombineSettings &settings) override {
    const auto channel = [&](int shift) { return static_cast<double>(settings.background >> shift & 0xff) / 255.0; };
    const std::array<float, 3> code = encode(canvas_.geometry, channel(16), channel(8), channel(0));
    for (size_t p = 0; p < canvas_.planes.size(); p++) {
      std::vector<Sample> &row = rows_[p];
      for (size_t i = 0; i < row.size(); i++) {
        const int slot = canvas_.planes[p].samples[i].slot;
        row[i] = slot == PlaneColumns::kProtected ? Sample{0} : Depth::sample(code[slot], canvas_.layout());
      }
      targets_[p] = {row.data(), std::count(row.begin(), row.end(), row.front()) == static_cast<ptrdiff_t>(row.size())};
    }
  }

  Targets<Depth> targets(int, const Rows<Sample> &, Scratch<Depth> &) const override { return targets_; }

 private:
  const Canvas &canvas_;
  std::array<std::vector<Sample>, kMaxPlanes> rows_;
  Targets<Depth> targets_;
};

}  // namespace

template <class Depth>
EffectPointer<Depth> make_dim(const Canvas &canvas) {
  return std::make_unique<Dim<Depth>>(canvas);
}
template EffectPointer<Depth8> make_dim(const Canvas &);
template EffectPointer<Depth16> make_dim(const Canvas &);

}  // namespace attention
