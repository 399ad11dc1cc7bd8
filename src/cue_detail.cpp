// SPDX-License-Identifier: LGPL-2.1-or-later
// Detail: the density of corners, places where brightness changes in both directions
// (smaller eigenvalue of the structure tensor; Shi & Tomasi, CVPR 1994), at every level of the pyramid.
#include <algorithm>

#include "cue.h"

namespace attention {
namespace {

constexpr double kSigma = 0.012;      // of the width
constexpr float kLeastCorner = 4.0F;  // of 255: a flat picture has no detail, however noisy
constexpr float kLeastDeviation = 0.3F;

class Detail final : public Cue {
 public:
  Detail(const AnalysisSizes &sizes, const Pyramid &pyramid)
      : scale_(pyramid.luma(0).size(), sizes.map), blur_(sizes.map, kSigma * sizes.map.width) {
    for (int level = 0; level < Pyramid::kLevels; level++)
      features_.push_back({&pyramid.tensor(level).corners(), kLeastDeviation});
  }

  void look(const Pyramid &, Nanoseconds, const Settings &) override {}

  void score(Map &out) override {
    scale_.run(*features_.front().map, out);
    blur_.run(out);
    const float scale = 1.0F / std::max(range(out).greatest, kLeastCorner);
    for (float &v : out)
      v *= scale;
  }

  const std::vector<Feature> &features() const override { return features_; }

 private:
  AreaScale scale_;
  Gaussian blur_;
  std::vector<Feature> features_;
};

}  // namespace

std::unique_ptr<Cue> make_detail(const AnalysisSizes &sizes, const Pyramid &pyramid) {
  return std::make_unique<Detail>(sizes, pyramid);
}

}  // namespace attention
