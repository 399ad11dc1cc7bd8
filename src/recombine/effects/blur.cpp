// SPDX-License-Identifier: LGPL-2.1-or-later
// Blur: what nobody looks at is out of focus. The low-passed frame is made small, of the background alone, so that a
// bright thing in focus sheds no halo (normalised convolution; Knutsson & Westin, CVPR 1993), and stretched.
#include <cmath>

#include "format/frame_map.h"
#include "image/blur.h"
#include "preprocess/area_reader.h"
#include "recombine/effects/effect.h"

namespace attention {
namespace {

constexpr double kFineArea = 320.0 * 180.0;
constexpr double kCoarseArea = 160.0 * 90.0;
constexpr double kCoarseRadius = 0.03;     // blurred as wide as this, a coarse grid is as good
constexpr float kLeastBackground = 0.02F;  // of a pixel that people look at

/// The same frame, nothing cropped.
Geometry whole(Geometry geometry) {
  geometry.crop_left = geometry.crop_top = geometry.crop_right = geometry.crop_bottom = 0;
  return geometry;
}

Size grid_of(const Geometry &geometry, double area) {
  const Size size = fit_area({geometry.width, geometry.height}, area);
  return {std::clamp(size.width, 2, std::max(geometry.width, 2)),
          std::clamp(size.height, 2, std::max(geometry.height, 2))};
}

/// The map's sample that the centre of each of `n` samples over `size` pixels lies in, or kOutside of the crop.
constexpr int kOutside = -1;
std::vector<int> nearest(int n, int size, const MapAxis &axis) {
  std::vector<int> samples;
  for (int i = 0; i < n; i++) {
    const double px = (i + 0.5) * size / n;
    samples.push_back(axis.has(px) ? static_cast<int>(axis.to_map(px)) : kOutside);
  }
  return samples;
}

/// The background, low-passed on a grid of about `area` samples.
template <class Depth>
class Background {
 public:
  using Value = typename Depth::Value;

  Background(const Canvas &canvas, double area)
      : layout_(canvas.layout()),
        canvas_(whole(canvas.geometry), grid_of(canvas.geometry, area)),
        grid_(canvas_.map),
        slots_(layout_.find(Role::kY) != nullptr && layout_.find(Role::kCb) == nullptr ? 1 : 3),
        columns_(nearest(grid_.width, canvas.geometry.width, FrameMap(canvas.geometry, canvas.map).x)),
        rows_(nearest(grid_.height, canvas.geometry.height, FrameMap(canvas.geometry, canvas.map).y)),
        reader_(canvas_.geometry, grid_),
        blur_(grid_),
        background_(grid_) {
    for (int s = 0; s < 3; s++) {
      colour_[s] = Map(grid_);
      layers_[s] = Plane<Value>(grid_);
    }
    for (const PlaneColumns &plane : canvas_.planes)
      stretches_.emplace_back(plane, grid_);
  }

  void enable(int workers) { reader_.enable(workers); }

  void begin(const Frame<Depth> &frame, double radius) {
    reader_.run(frame.picture, {&colour_[0], &colour_[1], &colour_[2]}, frame.workers);
    find_background(frame.weights.map);
    // Smoothed the same, so that their quotient is a mean of background pixels.
    const double sigma = radius / 2 * grid_.height;
    for (int s = 0; s < slots_; s++) {
      for (int i = 0; i < background_.count(); i++)
        colour_[s].begin()[i] *= background_.begin()[i];
      blur_.run(colour_[s], sigma);
    }
    blur_.run(background_, sigma);
    Layer<Depth> layer;
    const auto largest = static_cast<float>(layout_.largest_code());
    for (int s = 0; s < 3; s++) {
      layer.slot[s] = &layers_[s];
      for (int i = 0; s < slots_ && i < background_.count(); i++) {
        const float code = std::min(std::max(colour_[s].begin()[i] / background_.begin()[i], 0.0F), largest);
        layers_[s].begin()[i] = Depth::code(code);
      }
    }
    for (Stretch<Depth> &stretch : stretches_)
      stretch.begin(layer);
  }

  const Stretch<Depth> &plane(int p) const { return stretches_[static_cast<size_t>(p)]; }

 private:
  /// 1 − w at each sample of the grid; all of what lies outside of the crop.
  void find_background(const Map &weights) {
    for (int y = 0; y < grid_.height; y++)
      for (int x = 0; x < grid_.width; x++) {
        const float w = rows_[y] == kOutside || columns_[x] == kOutside ? 0 : weights.row(rows_[y])[columns_[x]];
        background_.row(y)[x] = std::max(1 - w, kLeastBackground);
      }
  }

  const Layout &layout_;
  Canvas canvas_;  ///< the frame looks at the grid through this
  Size grid_;
  int slots_;
  std::vector<int> columns_, rows_;
  AreaReader reader_;
  BoxBlur blur_;
  std::array<Map, 3> colour_;
  Map background_;
  std::array<Plane<Value>, 3> layers_;
  std::vector<Stretch<Depth>> stretches_;
};

template <class Depth>
class Blur final : public Effect<Depth> {
 public:
  using Sample = typename Depth::Sample;

  explicit Blur(const Canvas &canvas) : canvas_(canvas), fine_(canvas, kFineArea), coarse_(canvas, kCoarseArea) {}

  void enable(int workers) override {
    fine_.enable(workers);
    coarse_.enable(workers);
  }

  void begin(const Frame<Depth> &frame, const RecombineSettings &settings) override {
    background_ = settings.blur_radius < kCoarseRadius ? &fine_ : &coarse_;
    background_->begin(frame, settings.blur_radius);
  }

  Targets<Sample> targets(int y, const Rows<Sample> &rows, Scratch<Depth> &scratch) const override {
    Targets<Sample> targets{};
    for (int p = 0; p < canvas_.layout().planes; p++) {
      if (rows[p] == nullptr)
        continue;
      const Stretch<Depth> &plane = background_->plane(p);
      Depth::to_samples(scratch.samples[p].data(), plane.row(canvas_.row_at(p, y), scratch.values[0].data()),
                        canvas_.layout(), plane.width());
      targets[p].row = scratch.samples[p].data();
    }
    return targets;
  }

 private:
  const Canvas &canvas_;
  Background<Depth> fine_, coarse_;
  Background<Depth> *background_ = &fine_;
};

}  // namespace

template <class Depth>
EffectPointer<Depth> make_blur(const Canvas &canvas) {
  return std::make_unique<Blur<Depth>>(canvas);
}
template EffectPointer<Depth8> make_blur(const Canvas &);
template EffectPointer<Depth16> make_blur(const Canvas &);

}  // namespace attention
