// SPDX-License-Identifier: LGPL-2.1-or-later
// Blur: what nobody looks at is out of focus. The low-passed frame is made small, of the background alone, so that a bright
// thing in focus sheds no halo (normalised convolution; Knutsson & Westin, CVPR 1993), and stretched.
#include <cmath>

#include "area_reader.h"
#include "effect.h"
#include "kernels.h"

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

class Blur final : public Effect {
 public:
  explicit Blur(const Canvas &canvas)
      : geometry_(canvas.geometry),
        grid_(grid_of(geometry_)),
        slots_(geometry_.layout->find(Role::kY) != nullptr && geometry_.layout->find(Role::kCb) == nullptr ? 1 : 3),
        reader_(whole(geometry_), grid_),
        blur_(grid_),
        background_(grid_) {
    for (int s = 0; s < 3; s++) {
      colour_[s] = Map(grid_);
      layers_[s] = Plane<int16_t>(grid_);
    }
    columns_.reserve(canvas.planes.size());
    for (size_t p = 0; p < canvas.planes.size(); p++) {
      columns_.emplace_back(whole(geometry_), grid_, static_cast<int>(p));
      samplers_.emplace_back(columns_[p]);
      row_.resize(std::max(row_.size(), columns_[p].bytes.size()));
    }
  }

  void begin(const Frame &frame, const Settings &settings) override {
    reader_.run(frame.picture, {&colour_[0], &colour_[1], &colour_[2]});
    find_background(frame.weights);
    // Smoothed the same, so that their quotient is a mean of background pixels.
    const double sigma = settings.blur_radius / 2 * grid_.height;
    for (int s = 0; s < slots_; s++) {
      for (int i = 0; i < background_.count(); i++)
        colour_[s].begin()[i] *= background_.begin()[i];
      blur_.run(colour_[s], sigma);
    }
    blur_.run(background_, sigma);
    Layer layer;
    for (int s = 0; s < 3; s++) {
      layer.slot[s] = &layers_[s];
      for (int i = 0; s < slots_ && i < background_.count(); i++) {
        const float code = std::clamp(colour_[s].begin()[i] / background_.begin()[i], 0.0F, 255.0F);
        layers_[s].begin()[i] = static_cast<int16_t>(std::lround(code * (1 << kernels::kCodeShift)));
      }
    }
    for (Sampler &sampler : samplers_)
      sampler.begin(layer);
  }

  const uint8_t *target(int plane, int y, const uint8_t *) override {
    kernels::narrow_14(row_.data(), samplers_[plane].row(y), samplers_[plane].width());
    return row_.data();
  }

 private:
  /// 1 − w at each sample of the grid; all of what lies outside of the crop.
  void find_background(const Plane<int16_t> &weights) {
    for (int y = 0; y < grid_.height; y++) {
      const double v = ((y + 0.5) * geometry_.height / grid_.height - geometry_.crop_top) / geometry_.crop_height();
      for (int x = 0; x < grid_.width; x++) {
        const double u = ((x + 0.5) * geometry_.width / grid_.width - geometry_.crop_left) / geometry_.crop_width();
        float w = 0;
        if (u >= 0 && u < 1 && v >= 0 && v < 1)
          w = static_cast<float>(weights.row(static_cast<int>(v * weights.height()))[static_cast<int>(u * weights.width())]) /
              kernels::kWeightOne;
        background_.row(y)[x] = std::max(1 - w, kLeastBackground);
      }
    }
  }

  Geometry geometry_;
  Size grid_;
  int slots_;
  AreaReader reader_;
  BoxBlur blur_;
  std::array<Map, 3> colour_;
  Map background_;
  std::array<Plane<int16_t>, 3> layers_;
  std::vector<PlaneColumns> columns_;
  std::vector<Sampler> samplers_;
  std::vector<uint8_t> row_;
};

}  // namespace

std::unique_ptr<Effect> make_blur(const Canvas &canvas) { return std::make_unique<Blur>(canvas); }

}  // namespace attention
