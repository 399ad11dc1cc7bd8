// SPDX-License-Identifier: LGPL-2.1-or-later
// Learned fusion: a few small convolutions over the cues' features, trained on fixations of the OSIE set (Xu et al., J.
// Vision 2014) by scripts/train-fusion. Depthwise-separable layers with residuals and growing dilation; the output is
// exp(o), a density.
#include <cmath>

#include "image/statistics.h"
#include "kernels/maps.h"
#include "kernels/network.h"
#include "weigh/fusion/fusion.h"
#include "weigh/fusion/inputs.h"
#include "weigh/fusion/weights.h"

namespace attention {
namespace {

using namespace fusion_weights;

constexpr int kPadding = kDilation[kLayers - 1];
constexpr float kLeastRange = 1e-6F;
static_assert(kChannels % kernels::kMixedAtOnce == 0);

/// Planes with zeros above, below and between their rows, so that a shifted plane is the same plane from another
/// address.
class Padded {
 public:
  Padded(int planes, Size size)
      : planes_(planes),
        size_(size),
        stride_(size.width + kPadding),
        plane_(stride_ * (size.height + 2 * kPadding) + kPadding + kernels::kMixedBehind),
        samples_(static_cast<size_t>(planes) * plane_) {}

  /// From the first pixel of a plane to the last, what is between their rows included.
  float *data(int plane) { return row(plane, 0); }
  float *row(int plane, int y) {
    return samples_.data() + static_cast<ptrdiff_t>(plane) * plane_ + kPadding + (y + kPadding) * stride_;
  }
  int count() const { return (size_.height - 1) * stride_ + size_.width; }
  /// Samples from one row to the next, and from one plane to the next.
  int row_stride() const { return stride_; }
  int plane_stride() const { return plane_; }

  void clear() { std::fill(samples_.begin(), samples_.end(), 0.0F); }
  /// Also what a loop over whole vectors has written behind the last pixels.
  void clear_borders() {
    for (int p = 0; p < planes_; p++) {
      for (int y = 0; y + 1 < size_.height; y++)
        std::fill_n(row(p, y) + size_.width, kPadding, 0.0F);
      std::fill_n(row(p, size_.height - 1) + size_.width, kernels::kMixedBehind, 0.0F);
    }
  }
  void set(int plane, const Map &map) {
    for (int y = 0; y < size_.height; y++)
      std::copy_n(map.row(y), size_.width, row(plane, y));
  }

 private:
  int planes_;
  Size size_;
  int stride_, plane_;
  std::vector<float> samples_;
};

class LearnedFusion final : public FusionMethod {
 public:
  LearnedFusion(const AnalysisSizes &sizes, const Cues &cues)
      : inputs_(sizes, cues),
        in_(kInputs, inputs_.size()),
        mean_(kInputs, inputs_.size()),
        state_(kChannels, inputs_.size()),
        filtered_(kChannels, inputs_.size()),
        sum_(1, inputs_.size()),
        density_(inputs_.size()),
        grow_(inputs_.size(), sizes.map) {
    // Features, which are 0 as yet, have a mean of 0 in every frame; positions are always the same.
    for (int i = 0; i < kInputs; i++) {
      density_.fill(static_cast<float>(mean(inputs_.maps()[i])));
      mean_.set(i, density_);
    }
    for (int c = 0; c < kChannels; c++) {
      state_rows_[c] = state_.data(c);
      filtered_rows_[c] = filtered_.data(c);
    }
    // What a filter adds everywhere, the mix after it can add instead.
    for (int l = 0; l < kLayers; l++)
      for (int c = 0; c < kChannels; c++) {
        bias_[l][c] = kTrained.layer[l].pointwise_bias[c];
        for (int i = 0; i < kChannels; i++)
          bias_[l][c] += kTrained.layer[l].pointwise[c][i] * kTrained.layer[l].depthwise_bias[i];
      }
  }

  void run(const Cues &cues, const CueMaps &, Map &out) override {
    inputs_.run(cues);
    for (int i = 0; i < kInputs; i++)
      in_.set(i, inputs_.maps()[i]);
    infer(kNoCue, out);
    range_ = range(out);
    stretch(out, range_, kLeastRange);
  }

  bool run_without(int cue, const CueMaps &, Map &out) override {
    if (std::find(inputs_.owners().begin(), inputs_.owners().end(), cue) == inputs_.owners().end())
      return false;
    infer(cue, out);
    stretch(out, range_, kLeastRange);
    return true;
  }

 private:
  /// The density at the map size, with all inputs of cue `held` at their mean.
  void infer(int held, Map &out) {
    std::array<const float *, kInputs> in_rows;
    for (int i = 0; i < kInputs; i++)
      in_rows[i] = (inputs_.owners()[i] == held ? mean_ : in_).data(i);
    state_.clear();
    add_mixed<kInputs>(in_rows.data(), kTrained.in, kTrained.in_bias);
    for (int l = 0; l < kLayers; l++) {
      const Layer &layer = kTrained.layer[l];
      for (int c = 0; c < kChannels; c++)
        kernels::filter_3x3(filtered_rows_[c], state_rows_[c], kDilation[l] * state_.row_stride(), kDilation[l],
                            layer.depthwise[c], state_.count());
      add_mixed<kChannels>(filtered_rows_.data(), layer.pointwise, bias_[l].data());
    }
    kernels::combine(sum_.data(0), state_.data(0), state_.plane_stride(), kTrained.out, kChannels, sum_.count());
    for (int y = 0; y < density_.height(); y++)
      for (int x = 0; x < density_.width(); x++)
        density_.row(y)[x] = std::exp(std::clamp(sum_.row(0, y)[x] + kTrained.out_bias, -12.0F, 8.0F));
    grow_.run(density_, out);
  }

  /// state[c] += max(bias[c] + Σ weights[c][i] · rows[i], 0)
  template <int kRows>
  void add_mixed(const float *const *rows, const float (*weights)[kRows], const float *bias) {
    for (int c = 0; c < kChannels; c += kernels::kMixedAtOnce)
      kernels::mix_rows(state_rows_.data() + c, rows, weights[c], bias + c, kRows, state_.count());
    state_.clear_borders();
  }

  FusionInputs inputs_;
  Padded in_, mean_, state_, filtered_;
  std::array<float *, kChannels> state_rows_, filtered_rows_;
  std::array<std::array<float, kChannels>, kLayers> bias_;
  Padded sum_;
  Map density_;
  Bilinear grow_;
  Range range_{};
};

}  // namespace

Status check_learned_fusion(const Cues &cues) {
  const std::vector<const char *> names = FusionInputs::names(cues);
  for (size_t i = 0; i < std::max(names.size(), std::size(kInputNames)); i++) {
    const std::string_view offered = i < names.size() ? names[i] : "nothing";
    const std::string_view trained = i < std::size(kInputNames) ? kInputNames[i] : "nothing";
    if (offered != trained)
      return Status::error(
          "fusion=learned was trained with '%s' as input %d and the cues offer '%s'; train it anew with "
          "scripts/train-fusion, or set fusion=product",
          trained.data(), static_cast<int>(i), offered.data());
  }
  return Status::ok();
}

std::unique_ptr<FusionMethod> make_learned_fusion(const AnalysisSizes &sizes, const Cues &cues) {
  return check_learned_fusion(cues).is_ok() ? std::make_unique<LearnedFusion>(sizes, cues) : nullptr;
}

}  // namespace attention
