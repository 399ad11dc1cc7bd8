// SPDX-License-Identifier: LGPL-2.1-or-later
// Motion: what moved since a picture of a moment ago otherwise than the camera did. The change is seen relative to the
// contrast of the place, since a small error of alignment changes much where there are strong edges.
#include <algorithm>
#include <cmath>
#include <functional>

#include "image/blur.h"
#include "kernels/maps.h"
#include "kernels/sums.h"
#include "weigh/cues/cue.h"

namespace attention {
namespace {

constexpr double kSigma = 0.02;         // of the width
constexpr float kNoise = 1.5F;          // of 255: smaller changes are none
constexpr float kContrastFloor = 3.0F;  // of 255 a pixel, added to the contrast
constexpr float kLeastMotion = 0.8F;    // the greatest relative change of a frame counts as at least this
constexpr double kGreatestShare = 0.995;
constexpr double kSameScene = 0.99;  // correlation of two pictures in which little but the light differs

class Motion final : public Cue {
 public:
  Motion(const AnalysisSizes &sizes, const Features &features)
      : change_(features.pyramid.luma(features.camera.level()).size()),
        contrast_(change_.size()),
        halve_(change_.size(), halved(change_.size())),
        small_change_(halved(change_.size())),
        small_contrast_(small_change_.size()),
        blur_(small_change_.size(), kSigma * small_change_.width()),
        resize_(small_change_.size(), sizes.map),
        held_(sizes.map),
        moved_(static_cast<size_t>(small_change_.count())) {}

  void look(const Features &features, const WeighSettings &settings) override {
    const Map *before = features.camera.before();
    if (before == nullptr) {
      held_.fill(0.0F);
      return;
    }
    const Map &now = features.pyramid.luma(features.camera.level());
    warp(*before, features.camera.motion(), change_);
    match_light(now, change_);
    if (is_light(now, settings.lightning_threshold))
      return;
    // Blurred as wide as this, half the size is as good.
    halve_.run(change_, small_change_);
    blur_.run(small_change_);

    // Sums of 3 × 3 squared differences over two pixels, to differences a pixel.
    const Map &trace = features.pyramid.tensor(features.camera.level()).trace();
    for (int i = 0; i < contrast_.count(); i++)
      contrast_.begin()[i] = std::sqrt(trace.begin()[i]) / 6;
    halve_.run(contrast_, small_contrast_);
    blur_.run(small_contrast_);
    for (int i = 0; i < small_change_.count(); i++)
      small_change_.begin()[i] =
          std::max(small_change_.begin()[i] - kNoise, 0.0F) / (small_contrast_.begin()[i] + kContrastFloor);

    const float scale = 1.0F / std::max(greatest_but_few(small_change_), kLeastMotion);
    resize_.run(small_change_, held_);
    for (float &v : held_)
      v = std::min(v * scale, 1.0F);
  }

  void score(Map &out) override { std::copy(held_.begin(), held_.end(), out.begin()); }

 private:
  /// Turns the warped picture into how much each of its pixels has changed. When nearly everything turns brighter or
  /// darker at once it is the light, and says nothing about where.
  bool is_light(const Map &now, double threshold) {
    int brighter = 0;
    int darker = 0;
    kernels::difference(change_.begin(), now.begin(), kOutside, kNoise, &brighter, &darker, change_.count());
    return std::max(brighter, darker) > threshold * change_.count();
  }

  /// The quantile kGreatestShare, if it is above kLeastMotion; else any value that is not. Few places move.
  float greatest_but_few(const Map &change) {
    const int last = change.count() - 1;
    const ptrdiff_t rank = last - static_cast<ptrdiff_t>(kGreatestShare * last);  // from the greatest down
    const auto end =
        std::copy_if(change.begin(), change.end(), moved_.begin(), [](float v) { return v > kLeastMotion; });
    if (end - moved_.begin() <= rank)
      return kLeastMotion;
    std::nth_element(moved_.begin(), moved_.begin() + rank, end, std::greater<>());
    return moved_[static_cast<size_t>(rank)];
  }

  /// Where a picture differs from the one before by little but brightness and contrast (a fade, a flash), gives the one
  /// before those of the one now.
  static void match_light(const Map &now, Map &before) {
    double n = 0, a = 0, b = 0, aa = 0, ab = 0, bb = 0;
    for (int y = 0; y < now.height(); y++) {
      const kernels::PairSums row = kernels::sum_pairs(before.row(y), now.row(y), kOutside, now.width());
      n += row.count;
      a += row.a;
      b += row.b;
      aa += row.aa;
      ab += row.ab;
      bb += row.bb;
    }
    const double variance_before = aa - a * a / n;
    const double variance_now = bb - b * b / n;
    const double common = ab - a * b / n;
    if (!(variance_before > n && variance_now > n &&
          common * common > kSameScene * kSameScene * variance_before * variance_now))
      return;
    const auto gain = static_cast<float>(std::sqrt(variance_now / variance_before));
    const auto bias = static_cast<float>(b / n) - gain * static_cast<float>(a / n);
    for (float &x : before)
      x = x == kOutside ? kOutside : gain * x + bias;
  }

  Map change_, contrast_;
  AreaScale halve_;
  Map small_change_, small_contrast_;
  Gaussian blur_;
  Resize resize_;
  Map held_;  ///< as last found
  std::vector<float> moved_;
};

}  // namespace

std::unique_ptr<Cue> make_motion(const AnalysisSizes &sizes, const Features &features) {
  return std::make_unique<Motion>(sizes, features);
}

}  // namespace attention
