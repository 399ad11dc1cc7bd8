// SPDX-License-Identifier: LGPL-2.1-or-later
// Contrast: how far the colour of a place is from that of its surround, at three scales
// (centre–surround differences; Itti, Koch & Niebur, PAMI 1998).
#include <cmath>
#include <functional>

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
constexpr int kHalvings = 3;
constexpr int kSizeOf[kBlurs] = {0, 0, 1, 2, 2};  // how often the picture is halved before it is blurred so wide
constexpr float kLeastDeviation = 0.05F;
constexpr float kLeastContrast = 0.5F;  // in standard deviations of the frame's colour

class Contrast final : public Cue {
 public:
  Contrast(const AnalysisSizes &sizes, Size size) : grown_(sizes.map) {
    for (int h = 0; h < kHalvings; h++) {
      pictures_[h] = Map(size);
      if (h + 1 < kHalvings)
        halve_[h] = AreaScale(size, halved(size));
      size = halved(size);
    }
    for (int b = 0; b < kBlurs; b++) {
      const Size of_blur = pictures_[kSizeOf[b]].size();
      blurs_[b] = Gaussian(of_blur, kCentre * (1 << b) * of_blur.width);
      blurred_[b] = Map(of_blur);
    }
    for (int s = 0; s < kScales; s++) {
      contrasts_[s] = surrounds_[s] = Map(blurred_[s].size());
      grow_surround_[s] = Bilinear(blurred_[s + kSurround].size(), blurred_[s].size());
      grow_[s] = Bilinear(blurred_[s].size(), sizes.map);
      inputs_.push_back({kInputNames[s], &contrasts_[s], contrasts_[s].size(), kLeastDeviation});
    }
  }

  void look(const Features &features) override {
    for (Map &map : contrasts_)
      map.fill(0.0F);
    for (const Map &channel : features.colour.colour()) {
      std::copy(channel.begin(), channel.end(), pictures_[0].begin());
      for (int h = 0; h + 1 < kHalvings; h++)
        halve_[h].run(pictures_[h], pictures_[h + 1]);
      for (int b = 0; b < kBlurs; b++) {
        const Map &picture = pictures_[kSizeOf[b]];
        std::copy(picture.begin(), picture.end(), blurred_[b].begin());
        blurs_[b].run(blurred_[b]);
      }
      for (int s = 0; s < kScales; s++) {
        grow_surround_[s].run(blurred_[s + kSurround], surrounds_[s]);
        for (int i = 0; i < contrasts_[s].count(); i++) {
          const float d = blurred_[s].begin()[i] - surrounds_[s].begin()[i];
          contrasts_[s].begin()[i] += d * d;
        }
      }
    }
    for (Map &map : contrasts_)
      for (float &v : map)
        v = std::sqrt(v);
  }

  void score(Map &out) override {
    out.fill(0.0F);
    for (int s = 0; s < kScales; s++) {
      grow_[s].run(contrasts_[s], grown_);
      std::transform(out.begin(), out.end(), grown_.begin(), out.begin(), std::plus<>());
    }
    stretch(out, kLeastContrast);
  }

  const std::vector<FusionInput> &fusion_inputs() const override { return inputs_; }

 private:
  std::array<Map, kHalvings> pictures_;
  std::array<AreaScale, kHalvings> halve_;
  std::array<Gaussian, kBlurs> blurs_;
  std::array<Map, kBlurs> blurred_;
  std::array<Map, kScales> contrasts_, surrounds_;
  std::array<Bilinear, kScales> grow_surround_, grow_;
  Map grown_;
  std::vector<FusionInput> inputs_;
};

}  // namespace

std::unique_ptr<Cue> make_contrast(const AnalysisSizes &sizes, const Features &features) {
  return std::make_unique<Contrast>(sizes, features.colour.size());
}

}  // namespace attention
