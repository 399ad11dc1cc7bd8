// SPDX-License-Identifier: LGPL-2.1-or-later
// Learned fusion: a few small convolutions over the cues' features, trained on fixations of the OSIE set (Xu et al., J. Vision
// 2014) by scripts/train-fusion. Depthwise-separable layers with residuals and growing dilation; the output is exp(o), a density.
#include <cmath>

#include "image/statistics.h"
#include "kernels/kernels.h"
#include "kernels/wide.h"
#include "weigh/fusion/fusion.h"
#include "weigh/fusion/inputs.h"
#include "weigh/fusion/weights.h"

namespace attention {
namespace {

using namespace fusion_weights;

constexpr int kPadding = kDilation[kLayers - 1];
constexpr float kLeastRange = 1e-6F;
constexpr int kAtOnce = 4;  // planes
constexpr int kBehind = 16; // samples behind the last pixel of a plane, for whole vectors
static_assert(kChannels % kAtOnce == 0);

/// Planes with zeros above, below and between their rows, so that a shifted plane is the same plane from another address.
class Padded {
 public:
  explicit Padded(Size size)
      : size_(size), stride_(size.width + kPadding), samples_(static_cast<size_t>(stride_) * (size.height + 2 * kPadding) + kPadding + kBehind) {}

  /// From the first pixel to the last, what is between their rows included.
  float *data() { return row(0); }
  float *row(int y) { return samples_.data() + kPadding + static_cast<ptrdiff_t>(y + kPadding) * stride_; }
  int count() const { return (size_.height - 1) * stride_ + size_.width; }
  int stride() const { return stride_; }

  /// Also what a loop over whole vectors has written behind the last pixel.
  void clear_borders() {
    for (int y = 0; y + 1 < size_.height; y++)
      std::fill_n(row(y) + size_.width, kPadding, 0.0F);
    std::fill_n(row(size_.height - 1) + size_.width, kBehind, 0.0F);
  }

 private:
  Size size_;
  int stride_;
  std::vector<float> samples_;
};

class LearnedFusion final : public FusionMethod {
 public:
  LearnedFusion(const AnalysisSizes &sizes, const Cues &cues)
      : inputs_(sizes, cues),
        in_(kInputs, Padded(inputs_.size())),
        mean_(kInputs, Padded(inputs_.size())),
        state_(kChannels, Padded(inputs_.size())),
        filtered_(kChannels, Padded(inputs_.size())),
        sum_(inputs_.size()),
        density_(inputs_.size()),
        grow_(inputs_.size(), sizes.map) {
    // Features, which are 0 as yet, have a mean of 0 in every frame; positions are always the same.
    for (int i = 0; i < kInputs; i++)
      for (int y = 0; y < density_.height(); y++)
        std::fill_n(mean_[i].row(y), density_.width(), static_cast<float>(mean(inputs_.maps()[i])));
    for (int c = 0; c < kChannels; c++) {
      state_rows_[c] = state_[c].data();
      filtered_rows_[c] = filtered_[c].data();
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
      for (int y = 0; y < density_.height(); y++)
        std::copy_n(inputs_.maps()[i].row(y), density_.width(), in_[i].row(y));
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
      in_rows[i] = (inputs_.owners()[i] == held ? mean_ : in_)[i].data();
    for (Padded &plane : state_)
      std::fill_n(plane.data(), plane.count(), 0.0F);
    add_mixed<kInputs>(in_rows.data(), kTrained.in, kTrained.in_bias);
    for (int l = 0; l < kLayers; l++) {
      const Layer &layer = kTrained.layer[l];
      for (int c = 0; c < kChannels; c++)
        filter(state_[c], layer.depthwise[c], kDilation[l], filtered_[c]);
      add_mixed<kChannels>(filtered_rows_.data(), layer.pointwise, bias_[l].data());
    }
    kernels::combine_f(sum_.data(), state_rows_.data(), kTrained.out, kChannels, sum_.count());
    for (int y = 0; y < density_.height(); y++)
      for (int x = 0; x < density_.width(); x++)
        density_.row(y)[x] = std::exp(std::clamp(sum_.row(y)[x] + kTrained.out_bias, -12.0F, 8.0F));
    grow_.run(density_, out);
  }

  /// state[c] += max(bias[c] + Σ weights[c][i] · rows[i], 0)
  template <int kRows>
  void add_mixed(const float *const *rows, const float (*weights)[kRows], const float *bias) {
    for (int c = 0; c < kChannels; c += kAtOnce)
      run_with_vectors<AddMixed<kRows>>(rows, weights + c, bias + c, &state_[c]);
    for (Padded &plane : state_)
      plane.clear_borders();
  }

  /// The same for kAtOnce planes: what is loaded of a row serves all of them. Whole vectors; what is too much lies behind the plane.
  template <int kRows>
  struct AddMixed {
    template <class Vector>
    ATTENTION_INLINE static void run(const float *const *rows, const float (*weights)[kRows], const float *bias, Padded *planes) {
      constexpr int kVectors = 2;
      static_assert(kVectors * kLanes<Vector> <= kBehind);
      for (int i = 0; i < planes->count(); i += kVectors * kLanes<Vector>) {
        Vector sums[kAtOnce][kVectors];
        for (int c = 0; c < kAtOnce; c++)
          for (int v = 0; v < kVectors; v++)
            sums[c][v] = Vector{} + bias[c];
        for (int k = 0; k < kRows; k++)
          for (int v = 0; v < kVectors; v++) {
            const Vector row = lanes_at<Vector>(rows[k] + i + v * kLanes<Vector>).v;
            for (int c = 0; c < kAtOnce; c++)
              sums[c][v] += row * weights[c][k];
          }
        for (int c = 0; c < kAtOnce; c++)
          for (int v = 0; v < kVectors; v++)
            lanes_at<Vector>(planes[c].data() + i + v * kLanes<Vector>).v += sums[c][v] > 0 ? sums[c][v] : Vector{};
      }
    }
  };

  static void filter(Padded &in, const float *weights, int dilation, Padded &out) {
    std::array<const float *, 9> moved;
    for (int k = 0; k < 9; k++)
      moved[k] = in.data() + ((k / 3 - 1) * in.stride() + k % 3 - 1) * dilation;
    kernels::combine_f(out.data(), moved.data(), weights, 9, out.count());
  }

  FusionInputs inputs_;
  std::vector<Padded> in_, mean_, state_, filtered_;
  std::array<const float *, kChannels> state_rows_, filtered_rows_;
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
      return Status::error("fusion=learned was trained with '%s' as input %d and the cues offer '%s'; train it anew with "
                           "scripts/train-fusion, or set fusion=product",
                           trained.data(), static_cast<int>(i), offered.data());
  }
  return Status::ok();
}

std::unique_ptr<FusionMethod> make_learned_fusion(const AnalysisSizes &sizes, const Cues &cues) {
  return check_learned_fusion(cues).is_ok() ? std::make_unique<LearnedFusion>(sizes, cues) : nullptr;
}

}  // namespace attention
