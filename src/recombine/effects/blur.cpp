// SPDX-License-Identifier: LGPL-2.1-or-later
// Blur: what nobody looks at is out of focus, the less it is looked at the more. The low-passed frame is made small, of
// the background alone, so that a bright thing in focus sheds no halo (normalised convolution; Knutsson & Westin, CVPR
// 1993), at several radii, mixed as strength and weights ask for, and stretched.
#include <cmath>

#include "format/frame_map.h"
#include "image/blur.h"
#include "preprocess/area_reader.h"
#include "recombine/effects/effect.h"

namespace attention {
namespace {

constexpr double kFineArea = 320.0 * 180.0;
constexpr double kCoarseArea = 160.0 * 90.0;
constexpr double kCoarseRadius = 0.03;                        // blurred as wide as this, a coarse grid is as good
constexpr float kLeastBackground = 0.02F;                     // of a pixel that people look at
constexpr std::array<float, 3> kRadii = {0.25F, 0.5F, 1.0F};  // of the one asked for, the last

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
        background_(grid_),
        blurred_(grid_),
        blurred_background_(grid_),
        shown_(grid_) {
    for (int s = 0; s < 3; s++) {
      colour_[s] = Map(grid_);
      mixed_[s] = Map(grid_);
      layers_[s] = Plane<Value>(grid_);
    }
    for (const PlaneColumns &plane : canvas_.planes)
      stretches_.emplace_back(plane, grid_);
  }

  void enable(int workers) { reader_.enable(workers); }

  void begin(const Frame<Depth> &frame, double radius, double strength) {
    reader_.run(frame.picture, {&colour_[0], &colour_[1], &colour_[2], nullptr}, frame.workers);
    find_background(frame.weights.map);
    for (int s = 0; s < slots_; s++) {
      mixed_[s].fill(0.0F);
      for (int i = 0; i < background_.count(); i++)
        colour_[s].begin()[i] *= background_.begin()[i];
    }
    for (size_t level = 0; level < kRadii.size(); level++)
      add(level, radius / 2 * grid_.height * kRadii[level], static_cast<float>(strength));
    Layer<Depth> layer;
    const auto largest = static_cast<float>(layout_.largest_code());
    for (int s = 0; s < 3; s++) {
      layer.slot[s] = &layers_[s];
      for (int i = 0; s < slots_ && i < background_.count(); i++)
        layers_[s].begin()[i] = Depth::code(std::clamp(mixed_[s].begin()[i], 0.0F, largest));
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

  /// How much of the level a sample shows whose radius is the share `asked` of the greatest.
  static float share_of(size_t level, float asked) {
    const float here = kRadii[level];
    if (asked <= here) {
      const float below = level == 0 ? 0.0F : kRadii[level - 1];
      return level == 0 ? 1.0F : std::clamp((asked - below) / (here - below), 0.0F, 1.0F);
    }
    return level + 1 == kRadii.size()
               ? 1.0F
               : std::clamp((kRadii[level + 1] - asked) / (kRadii[level + 1] - here), 0.0F, 1.0F);
  }

  /// Adds what is shown of a level. Colour and background are smoothed the same, so that their quotient is a mean of
  /// background pixels.
  void add(size_t level, double sigma, float strength) {
    std::copy(background_.begin(), background_.end(), blurred_background_.begin());
    blur_.run(blurred_background_, sigma);
    for (int i = 0; i < shown_.count(); i++)
      shown_.begin()[i] = share_of(level, strength * background_.begin()[i]) / blurred_background_.begin()[i];
    for (int s = 0; s < slots_; s++) {
      std::copy(colour_[s].begin(), colour_[s].end(), blurred_.begin());
      blur_.run(blurred_, sigma);
      float *mixed = mixed_[s].begin();
      const float *blurred = blurred_.begin(), *shown = shown_.begin();
      for (int i = 0; i < blurred_.count(); i++)
        mixed[i] += shown[i] * blurred[i];
    }
  }

  const Layout &layout_;
  Canvas canvas_;  ///< the frame looks at the grid through this
  Size grid_;
  int slots_;
  std::vector<int> columns_, rows_;
  AreaReader reader_;
  BoxBlur blur_;
  std::array<Map, 3> colour_, mixed_;
  Map background_, blurred_, blurred_background_;
  Map shown_;  ///< of a level: its share, for each part of the blurred background
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
    background_->begin(frame, settings.blur_radius, settings.strength);
  }

  Targets<Depth> targets(int y, const Rows<Sample> &rows, Scratch<Depth> &) const override {
    Targets<Depth> targets{};
    for (int p = 0; p < canvas_.layout().planes; p++)
      if (rows[p] != nullptr)
        targets[p].codes = background_->plane(p).rows(canvas_.row_at(p, y));
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
