// SPDX-License-Identifier: LGPL-2.1-or-later
// Learned fusion: a few small convolutions over the cues' features, trained on fixations of the OSIE set (Xu et al., J. Vision
// 2014) by scripts/train-fusion. Depthwise-separable layers with residuals and growing dilation; the output is exp(o), a density.
#include "fusion_learned.h"

#include <cmath>

#include "fusion.h"
#include "fusion_weights.h"
#include "kernels.h"

namespace attention {
namespace {

using namespace fusion_weights;

constexpr double kArea = 48.0 * 27.0;
constexpr float kGreatestDeviation = 5.0F;
constexpr int kPositions = 3;
constexpr int kPadding = kDilation[kLayers - 1];
constexpr float kLeastRange = 1e-6F;

Size fusion_size(Size map) {
  const Size size = fit_area(map, kArea);
  return {std::max(std::min(size.width, map.width), 2), std::max(std::min(size.height, map.height), 2)};
}

void standardise(Map &map, float least_deviation) {
  const Moments m = moments(map);
  const auto centre = static_cast<float>(m.mean);
  const float scale = 1.0F / (static_cast<float>(m.deviation) + least_deviation);
  for (float &v : map)
    v = std::min((v - centre) * scale, kGreatestDeviation);
}

/// Planes with a border of zeros on all sides, so that a shifted plane is the same plane from another address.
class Padded {
 public:
  explicit Padded(Size size)
      : size_(size),
        stride_(size.width + 2 * kPadding),
        rows_(size.height + 2 * kPadding),
        samples_(static_cast<size_t>(stride_) * rows_ + 2 * kPadding) {}

  /// From the first pixel to the last, borders between them included.
  float *data() { return samples_.data() + kPadding * stride_ + kPadding; }
  const float *data() const { return samples_.data() + kPadding * stride_ + kPadding; }
  int count() const { return (size_.height - 1) * stride_ + size_.width; }
  int stride() const { return stride_; }

  void clear_borders() {
    for (int y = 0; y + 1 < size_.height; y++)
      std::fill_n(data() + static_cast<ptrdiff_t>(y) * stride_ + size_.width, 2 * kPadding, 0.0F);
  }

 private:
  Size size_;
  int stride_, rows_;
  std::vector<float> samples_;
};

class LearnedFusion final : public FusionMethod {
 public:
  LearnedFusion(const AnalysisSizes &sizes, const Cues &cues)
      : inputs_(sizes, cues),
        in_(kInputs, Padded(inputs_.size())),
        state_(kChannels, Padded(inputs_.size())),
        filtered_(kChannels, Padded(inputs_.size())),
        sum_(inputs_.size()),
        density_(inputs_.size()),
        grow_(inputs_.size(), sizes.map) {}

  void run(const Cues &cues, const CueMaps &, Map &out) override {
    inputs_.run(cues);
    for (int i = 0; i < kInputs; i++)
      for (int y = 0; y < density_.height(); y++)
        std::copy_n(inputs_.maps()[i].row(y), density_.width(), in_[i].data() + static_cast<ptrdiff_t>(y) * in_[i].stride());
    for (int c = 0; c < kChannels; c++) {
      mix(in_, kTrained.in[c], kTrained.in_bias[c]);
      std::fill_n(state_[c].data(), state_[c].count(), 0.0F);
      add_positive(state_[c]);
    }
    for (int l = 0; l < kLayers; l++) {
      const Layer &layer = kTrained.layer[l];
      for (int c = 0; c < kChannels; c++)
        filter(state_[c], layer.depthwise[c], layer.depthwise_bias[c], kDilation[l], filtered_[c]);
      for (int c = 0; c < kChannels; c++) {
        mix(filtered_, layer.pointwise[c], layer.pointwise_bias[c]);
        add_positive(state_[c]);
      }
    }
    mix(state_, kTrained.out, kTrained.out_bias);
    for (int y = 0; y < density_.height(); y++)
      for (int x = 0; x < density_.width(); x++)
        density_.row(y)[x] = std::exp(std::clamp(sum_.data()[y * sum_.stride() + x], -12.0F, 8.0F));
    grow_.run(density_, out);
    stretch(out, kLeastRange);
  }

 private:
  /// sum_ = bias + Σ weight[i] · planes[i]
  void mix(const std::vector<Padded> &planes, const float *weights, float bias) {
    std::fill_n(sum_.data(), sum_.count(), bias);
    for (size_t i = 0; i < planes.size(); i++)
      kernels::accumulate_f(sum_.data(), planes[i].data(), weights[i], sum_.count());
  }

  /// plane += max(sum_, 0)
  void add_positive(Padded &plane) {
    float *p = plane.data();
    const float *s = sum_.data();
    for (int i = 0; i < sum_.count(); i++)
      p[i] += s[i] > 0 ? s[i] : 0.0F;
    plane.clear_borders();
  }

  static void filter(const Padded &in, const float *weights, float bias, int dilation, Padded &out) {
    std::fill_n(out.data(), out.count(), bias);
    for (int ky = -1; ky <= 1; ky++)
      for (int kx = -1; kx <= 1; kx++)
        kernels::accumulate_f(out.data(), in.data() + (ky * in.stride() + kx) * dilation, *weights++, out.count());
  }

  FusionInputs inputs_;
  std::vector<Padded> in_, state_, filtered_;
  Padded sum_;
  Map density_;
  Bilinear grow_;
};

}  // namespace

FusionInputs::FusionInputs(const AnalysisSizes &sizes, const Cues &cues) {
  const Size size = fusion_size(sizes.map);
  for (const auto &cue : cues)
    for (const Feature &feature : cue->features()) {
      resize_.emplace_back(feature.map->size(), size);
      maps_.emplace_back(size);
    }
  for (int p = 0; p < kPositions; p++)
    maps_.emplace_back(size);
  Map *position = &maps_[maps_.size() - kPositions];
  for (int y = 0; y < size.height; y++)
    for (int x = 0; x < size.width; x++) {
      const double u = (x + 0.5) / size.width - 0.5;
      const double v = (y + 0.5) / size.height - 0.5;
      position[0].row(y)[x] = static_cast<float>(2 * std::exp(-u * u / 0.18 - v * v / 0.125) - 1);
      position[1].row(y)[x] = static_cast<float>(4 * std::fabs(u) - 1);
      position[2].row(y)[x] = static_cast<float>(4 * v);
    }
}

void FusionInputs::run(const Cues &cues) {
  size_t i = 0;
  for (const auto &cue : cues)
    for (const Feature &feature : cue->features()) {
      resize_[i].run(*feature.map, maps_[i]);
      standardise(maps_[i], feature.least_deviation);
      i++;
    }
}

std::unique_ptr<FusionMethod> make_learned_fusion(const AnalysisSizes &sizes, const Cues &cues) {
  return std::make_unique<LearnedFusion>(sizes, cues);
}

}  // namespace attention
