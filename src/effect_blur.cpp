// SPDX-License-Identifier: LGPL-2.1-or-later
// Blur: what nobody looks at is out of focus. The low-passed frame is made small, of the background alone, so that a bright
// thing in focus sheds no halo (normalised convolution; Knutsson & Westin, CVPR 1993), and stretched.
#include <cmath>

#include "area_reader.h"
#include "effect.h"

namespace attention {
namespace {

constexpr double kArea = 320.0 * 180.0;
constexpr float kLeastBackground = 0.02F;  // of a pixel that people look at

/// The same frame, nothing cropped.
Geometry whole(Geometry geometry) {
  geometry.crop_left = geometry.crop_top = geometry.crop_right = geometry.crop_bottom = 0;
  return geometry;
}

Size grid_of(const Geometry &geometry) {
  const Size size = fit_area({geometry.width, geometry.height}, kArea);
  return {std::clamp(size.width, 2, std::max(geometry.width, 2)), std::clamp(size.height, 2, std::max(geometry.height, 2))};
}

template <class Depth>
class Blur final : public Effect<Depth> {
 public:
  using Sample = typename Depth::Sample;
  using Value = typename Depth::Value;

  explicit Blur(const Canvas &canvas)
      : canvas_(canvas),
        geometry_(canvas.geometry),
        blurred_(whole(geometry_), grid_of(geometry_)),
        grid_(blurred_.map),
        slots_(geometry_.layout->find(Role::kY) != nullptr && geometry_.layout->find(Role::kCb) == nullptr ? 1 : 3),
        reader_(whole(geometry_), grid_),
        blur_(grid_),
        background_(grid_) {
    for (int s = 0; s < 3; s++) {
      colour_[s] = Map(grid_);
      layers_[s] = Plane<Value>(grid_);
    }
    for (const PlaneColumns &plane : blurred_.planes)
      stretches_.emplace_back(plane, grid_);
  }

  void enable(int workers) override { reader_.enable(workers); }

  void begin(const Frame<Depth> &frame, const Settings &settings) override {
    reader_.run(frame.picture, {&colour_[0], &colour_[1], &colour_[2]}, frame.workers);
    find_background(frame.weights.map);
    // Smoothed the same, so that their quotient is a mean of background pixels.
    const double sigma = settings.blur_radius / 2 * grid_.height;
    for (int s = 0; s < slots_; s++) {
      for (int i = 0; i < background_.count(); i++)
        colour_[s].begin()[i] *= background_.begin()[i];
      blur_.run(colour_[s], sigma);
    }
    blur_.run(background_, sigma);
    Layer<Depth> layer;
    const auto largest = static_cast<float>(geometry_.layout->largest_code());
    for (int s = 0; s < 3; s++) {
      layer.slot[s] = &layers_[s];
      for (int i = 0; s < slots_ && i < background_.count(); i++) {
        const float code = std::clamp(colour_[s].begin()[i] / background_.begin()[i], 0.0F, largest);
        layers_[s].begin()[i] = Depth::code(code);
      }
    }
    for (Stretch<Depth> &stretch : stretches_)
      stretch.begin(layer);
  }

  Rows<const Sample> targets(int y, const Rows<Sample> &rows, Scratch<Depth> &scratch) const override {
    Rows<const Sample> targets{};
    for (size_t p = 0; p < stretches_.size(); p++) {
      if (rows[p] == nullptr)
        continue;
      const Value *codes = stretches_[p].row(canvas_.row_at(static_cast<int>(p), y), scratch.values[0].data());
      Depth::to_samples(scratch.samples[p].data(), codes, *geometry_.layout, stretches_[p].width());
      targets[p] = scratch.samples[p].data();
    }
    return targets;
  }

 private:
  /// 1 − w at each sample of the grid; all of what lies outside of the crop.
  void find_background(const Map &weights) {
    for (int y = 0; y < grid_.height; y++) {
      const double v = ((y + 0.5) * geometry_.height / grid_.height - geometry_.crop_top) / geometry_.crop_height();
      for (int x = 0; x < grid_.width; x++) {
        const double u = ((x + 0.5) * geometry_.width / grid_.width - geometry_.crop_left) / geometry_.crop_width();
        float w = 0;
        if (u >= 0 && u < 1 && v >= 0 && v < 1)
          w = weights.row(static_cast<int>(v * weights.height()))[static_cast<int>(u * weights.width())];
        background_.row(y)[x] = std::max(1 - w, kLeastBackground);
      }
    }
  }

  const Canvas &canvas_;
  const Geometry &geometry_;
  Canvas blurred_;  ///< the frame looks at the small picture through this
  Size grid_;
  int slots_;
  AreaReader reader_;
  BoxBlur blur_;
  std::array<Map, 3> colour_;
  Map background_;
  std::array<Plane<Value>, 3> layers_;
  std::vector<Stretch<Depth>> stretches_;
};

}  // namespace

template <class Depth>
EffectPointer<Depth> make_blur(const Canvas &canvas) { return std::make_unique<Blur<Depth>>(canvas); }
template EffectPointer<Depth8> make_blur(const Canvas &);
template EffectPointer<Depth16> make_blur(const Canvas &);

}  // namespace attention
