// SPDX-License-Identifier: LGPL-2.1-or-later
// Motion: what moved since a picture of a moment ago otherwise than the camera did. The change is seen relative to the contrast of
// the place, since a small error of alignment changes much where there are strong edges.
#include <algorithm>
#include <cmath>
#include <functional>

#include "cue.h"
#include "global_motion.h"
#include "wide.h"

namespace attention {
namespace {

constexpr int kTrackedLevels = 3;
constexpr int kPast = 8;                 // pictures that are kept
constexpr Nanoseconds kLag = 30'000'000; // between the pictures compared, at least: less shows too little movement
constexpr double kSigma = 0.02;          // of the width
constexpr float kNoise = 1.5F;           // of 255: smaller changes are none
constexpr float kContrastFloor = 3.0F;   // of 255 a pixel, added to the contrast
constexpr float kLeastMotion = 0.8F;     // the greatest relative change of a frame counts as at least this
constexpr double kGreatestShare = 0.995;
constexpr double kSameScene = 0.99;      // correlation of two pictures in which little but the light differs

class Motion final : public Cue {
 public:
  Motion(const AnalysisSizes &sizes, const Pyramid &pyramid)
      : level_(first_level(sizes, pyramid)),
        levels_(std::min(kTrackedLevels, Pyramid::kLevels - level_)),
        global_(levels_),
        change_(pyramid.luma(level_).size()),
        contrast_(change_.size()),
        halve_(change_.size(), halved(change_.size())),
        small_change_(halved(change_.size())),
        small_contrast_(small_change_.size()),
        blur_(small_change_.size(), kSigma * small_change_.width()),
        resize_(small_change_.size(), sizes.map),
        held_(sizes.map),
        moved_(static_cast<size_t>(small_change_.count())) {
    for (Past &past : past_)
      for (int i = 0; i < levels_; i++)
        past.luma[i] = Map(pyramid.luma(level_ + i).size());
  }

  void reset() override {
    count_ = 0;
    camera_ = {};
    held_.fill(0.0F);
  }

  Similarity camera(Nanoseconds step) const override {
    const float share = static_cast<float>(step) / static_cast<float>(std::max(lag_, Nanoseconds{1}));
    const float scale = share * static_cast<float>(held_.width()) / static_cast<float>(change_.width());
    return {1 + (camera_.a - 1) * share, camera_.b * share, camera_.tx * scale, camera_.ty * scale};
  }

  void look(const Pyramid &pyramid, Nanoseconds time, const Settings &settings) override {
    if (count_ > 0) {
      const Past &past = before(time);
      lag_ = std::abs(time - past.time);
      compare(pyramid, past, settings.lightning_threshold);
    }
    Past &now = past_[next_];
    now.time = time;
    for (int i = 0; i < levels_; i++)
      std::copy(pyramid.luma(level_ + i).begin(), pyramid.luma(level_ + i).end(), now.luma[i].begin());
    next_ = (next_ + 1) % kPast;
    count_ = std::min(count_ + 1, kPast);
  }

  void score(Map &out) override { std::copy(held_.begin(), held_.end(), out.begin()); }

 private:
  struct Past {
    Nanoseconds time = kNoTime;
    std::array<Map, kTrackedLevels> luma;
  };

  /// The newest picture that is old enough, or the oldest.
  const Past &before(Nanoseconds time) const {
    int i = next_;
    for (int age = 1; age <= count_; age++) {
      i = (next_ - age + kPast) % kPast;
      if (std::abs(time - past_[i].time) >= kLag)
        break;
    }
    return past_[i];
  }

  /// The finest level that is not much larger than the map.
  static int first_level(const AnalysisSizes &sizes, const Pyramid &pyramid) {
    int level = 0;
    while (level + 1 < Pyramid::kLevels && 2 * pyramid.luma(level).width() > 3 * sizes.map.width)
      level++;
    return level;
  }

  ATTENTION_WIDE void compare(const Pyramid &pyramid, const Past &past, double lightning_threshold) {
    const Map &now = pyramid.luma(level_);
    std::array<const Map *, kTrackedLevels> a{}, b{};
    for (int i = 0; i < levels_; i++) {
      a[i] = &pyramid.luma(level_ + i);
      b[i] = &past.luma[i];
    }
    camera_ = global_.estimate(a.data(), b.data());
    warp(past.luma[0], camera_, change_);
    match_light(now, change_);
    int brighter = 0;
    int darker = 0;
    for (int i = 0; i < change_.count(); i++) {
      const float before = change_.begin()[i];
      const float change = before == kOutside ? 0.0F : now.begin()[i] - before;
      brighter += change > kNoise ? 1 : 0;
      darker += change < -kNoise ? 1 : 0;
      change_.begin()[i] = std::fabs(change);
    }
    // When nearly everything turns brighter or darker at once it is the light, and says nothing about where.
    if (std::max(brighter, darker) > lightning_threshold * change_.count())
      return;
    // Blurred as wide as this, half the size is as good.
    halve_.run(change_, small_change_);
    blur_.run(small_change_);

    // Sums of 3 × 3 squared differences over two pixels, to differences a pixel.
    const Map &trace = pyramid.tensor(level_).trace();
    for (int i = 0; i < contrast_.count(); i++)
      contrast_.begin()[i] = std::sqrt(trace.begin()[i]) / 6;
    halve_.run(contrast_, small_contrast_);
    blur_.run(small_contrast_);
    for (int i = 0; i < small_change_.count(); i++)
      small_change_.begin()[i] = std::max(small_change_.begin()[i] - kNoise, 0.0F) / (small_contrast_.begin()[i] + kContrastFloor);

    const float scale = 1.0F / std::max(greatest_but_few(small_change_), kLeastMotion);
    resize_.run(small_change_, held_);
    for (float &v : held_)
      v = std::min(v * scale, 1.0F);
  }

  /// The quantile kGreatestShare, if it is above kLeastMotion; else any value that is not. Few places move.
  float greatest_but_few(const Map &change) {
    const int last = change.count() - 1;
    const ptrdiff_t rank = last - static_cast<ptrdiff_t>(kGreatestShare * last);  // from the greatest down
    const auto end = std::copy_if(change.begin(), change.end(), moved_.begin(), [](float v) { return v > kLeastMotion; });
    if (end - moved_.begin() <= rank)
      return kLeastMotion;
    std::nth_element(moved_.begin(), moved_.begin() + rank, end, std::greater<>());
    return moved_[static_cast<size_t>(rank)];
  }

  /// Where a picture differs from the one before by little but brightness and contrast (a fade, a flash), gives the one before
  /// those of the one now.
  ATTENTION_WIDE static void match_light(const Map &now, Map &before) {
    double n = 0, a = 0, b = 0, aa = 0, ab = 0, bb = 0;
    for (int y = 0; y < now.height(); y++) {
      const float *v = before.row(y);
      const float *w = now.row(y);
      float count = 0, sum_v = 0, sum_w = 0, sum_vv = 0, sum_vw = 0, sum_ww = 0;
#pragma omp simd reduction(+ : count, sum_v, sum_w, sum_vv, sum_vw, sum_ww)
      for (int x = 0; x < now.width(); x++) {
        const float p = v[x] == kOutside ? 0.0F : v[x];
        const float q = v[x] == kOutside ? 0.0F : w[x];
        count += v[x] == kOutside ? 0.0F : 1.0F;
        sum_v += p;
        sum_w += q;
        sum_vv += p * p;
        sum_vw += p * q;
        sum_ww += q * q;
      }
      n += count;
      a += sum_v;
      b += sum_w;
      aa += sum_vv;
      ab += sum_vw;
      bb += sum_ww;
    }
    const double variance_before = aa - a * a / n;
    const double variance_now = bb - b * b / n;
    const double common = ab - a * b / n;
    if (!(variance_before > n && variance_now > n && common * common > kSameScene * kSameScene * variance_before * variance_now))
      return;
    const auto gain = static_cast<float>(std::sqrt(variance_now / variance_before));
    const auto bias = static_cast<float>(b / n) - gain * static_cast<float>(a / n);
    for (float &x : before)
      x = x == kOutside ? kOutside : gain * x + bias;
  }

  int level_, levels_;
  GlobalMotion global_;
  Similarity camera_;      ///< to where a point was …
  Nanoseconds lag_ = 0;    ///< … so long before
  std::array<Past, kPast> past_;
  int next_ = 0, count_ = 0;
  Map change_, contrast_;
  AreaScale halve_;
  Map small_change_, small_contrast_;
  Gaussian blur_;
  Resize resize_;
  Map held_;
  std::vector<float> moved_;
};

}  // namespace

std::unique_ptr<Cue> make_motion(const AnalysisSizes &sizes, const Pyramid &pyramid) {
  return std::make_unique<Motion>(sizes, pyramid);
}

}  // namespace attention
