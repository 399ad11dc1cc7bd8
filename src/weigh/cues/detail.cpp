// SPDX-License-Identifier: LGPL-2.1-or-later
// Detail: the density of corners, places where brightness changes in both directions
// (smaller eigenvalue of the structure tensor; Shi & Tomasi, CVPR 1994), at every level of the pyramid.
#include <algorithm>

#include "image/blur.h"
#include "image/statistics.h"
#include "weigh/cues/cue.h"

namespace attention {
namespace {

constexpr double kSigma = 0.012;      // of the width
constexpr float kLeastCorner = 4.0F;  // of 255: a flat picture has no detail, however noisy
constexpr float kLeastDeviation = 0.3F;
constexpr const char *kInputNames[Pyramid::kLevels] = {"corners 1/1", "corners 1/2", "corners 1/4", "corners 1/8"};

class Detail final : public Cue {
 public:
  Detail(const AnalysisSizes &sizes, const Pyramid &pyramid)
      : scale_(sizes.analysis, sizes.map), blur_(sizes.map, kSigma * sizes.map.width) {
    for (int level = 0; level < Pyramid::kLevels; level++)
      inputs_.push_back({kInputNames[level], &pyramid.tensor(level).corners(), pyramid.size(level), kLeastDeviation});
  }

  void look(const Features &) override {}

  void score(Map &out) override {
    scale_.run(*inputs_.front().map, out);
    blur_.run(out);
    const float scale = 1.0F / std::max(range(out).greatest, kLeastCorner);
    for (float &v : out)
      v *= scale;
  }

  const std::vector<FusionInput> &fusion_inputs() const override { return inputs_; }

 private:
  AreaScale scale_;
  Gaussian blur_;
  std::vector<FusionInput> inputs_;
};

}  // namespace

std::unique_ptr<Cue> make_detail(const AnalysisSizes &sizes, const Features &features) {
  return std::make_unique<Detail>(sizes, features.pyramid);
}

}  // namespace attention
