// SPDX-License-Identifier: LGPL-2.1-or-later
// Contrast: how far the colour of a place is from that of its surround, at three scales
// (centre–surround differences; Itti, Koch & Niebur, PAMI 1998).
#include <cmath>

#include "image/blur.h"
#include "image/statistics.h"
#include "weigh/cues/cue.h"

namespace attention {
namespace {

constexpr int kScales = 3;
constexpr const char *kInputNames[kScales] = {"contrast fine", "contrast middle", "contrast coarse"};
constexpr double kCentre = 0.011;  // σ of the finest centre, of the width; each scale doubles it
constexpr int kSurround = 2;       // the surround is this many doublings wider than the centre
constexpr int kBlurs = kScales + kSurround;
constexpr float kLeastDeviation = 0.05F;
constexpr float kLeastContrast = 0.5F;  // in standard deviations of the frame's colour

class Contrast final : public Cue {
 public:
  Contrast(const AnalysisSizes &sizes, const Pyramid &pyramid) : grow_(pyramid.coarse()[0].size(), sizes.map) {
    const Size size = pyramid.coarse()[0].size();
    for (int b = 0; b < kBlurs; b++) {
      blurs_[b] = Gaussian(size, kCentre * (1 << b) * size.width);
      blurred_[b] = Map(size);
    }
    for (int s = 0; s < kScales; s++) {
      contrasts_[s] = Map(size);
      inputs_.push_back({kInputNames[s], &contrasts_[s], kLeastDeviation});
    }
    sum_ = Map(size);
  }

  void look(const Features &features) override {
    for (Map &map : contrasts_)
      map.fill(0.0F);
    for (const Map &channel : features.pyramid.coarse()) {
      for (int b = 0; b < kBlurs; b++) {
        std::copy(channel.begin(), channel.end(), blurred_[b].begin());
        blurs_[b].run(blurred_[b]);
      }
      for (int s = 0; s < kScales; s++)
        for (int i = 0; i < sum_.count(); i++) {
          const float d = blurred_[s].begin()[i] - blurred_[s + kSurround].begin()[i];
          contrasts_[s].begin()[i] += d * d;
        }
    }
    for (Map &map : contrasts_)
      for (float &v : map)
        v = std::sqrt(v);
  }

  void score(Map &out) override {
    for (int i = 0; i < sum_.count(); i++)
      sum_.begin()[i] = contrasts_[0].begin()[i] + contrasts_[1].begin()[i] + contrasts_[2].begin()[i];
    static_assert(kScales == 3);
    grow_.run(sum_, out);
    stretch(out, kLeastContrast);
  }

  const std::vector<FusionInput> &fusion_inputs() const override { return inputs_; }

 private:
  std::array<Gaussian, kBlurs> blurs_;
  std::array<Map, kBlurs> blurred_;
  std::array<Map, kScales> contrasts_;
  Map sum_;
  Bilinear grow_;
  std::vector<FusionInput> inputs_;
};

}  // namespace

std::unique_ptr<Cue> make_contrast(const AnalysisSizes &sizes, const Features &features) {
  return std::make_unique<Contrast>(sizes, features.pyramid);
}

}  // namespace attention
