// SPDX-License-Identifier: LGPL-2.1-or-later
// Motion: what moved since a picture of a moment ago otherwise than the camera did. The change is seen relative to the
// contrast of the place, since a small error of alignment changes much where there are strong edges.
#include <algorithm>
#include <cmath>
#include <functional>

#include "image/blur.h"
#include "image/statistics.h"
#include "kernels/maps.h"
#include "kernels/sums.h"
#include "weigh/cues/cue.h"

namespace attention {
namespace {

constexpr double kSigma = 0.016;  // of the width
constexpr float kNoise = 1.5F;    // of 255: smaller changes are none, …
constexpr float kNoiseOfMean = 3.0F, kNoiseOfMost = 0.15F, kClean = 0.1F,
                kQuiet = 0.25F;         // … where all changes a little; less where little changes
constexpr float kContrastFloor = 3.0F;  // of 255 a pixel, added to the contrast
constexpr float kLeastMotion = 0.8F;    // the greatest relative change of a frame counts as at least this
constexpr double kGreatestShare = 0.995;
constexpr double kSameScene = 0.99;  // correlation of two pictures in which little but the light differs

// Quick movements show against the picture before; where they have left a place it is as it was long before.
constexpr Nanoseconds kLong = 400'000'000;
constexpr float kHalfSize = 2.0F;  // times as much do fine textures differ at full size
// Where nothing is quick, slow movements count, which show against a picture of some time before.
constexpr Nanoseconds kSlow = 120'000'000;
constexpr float kSlowNoise = 2.0F, kSlowGain = 1.3F;
constexpr Nanoseconds kQuickHolds = 5'000'000'000;     // time constant in which what was quick is forgotten
constexpr float kQuickSilences = 1.5F / kLeastMotion;  // from half of that on

constexpr float kMisaligned = 0.2F;  // px that edges may be off, and smooth, where the camera moves
// Where so much of a still picture is other than long before, it is not a thing that moves but the picture that goes
// over into another.
constexpr float kDissolved = 0.6F;
constexpr float kOther = 3.0F;  // of 255
// Rows and columns of which so much is other are wholly so; where so much of all that is other lies in them, a straight
// front runs through the picture.
constexpr float kWhole = 0.7F, kWiped = 0.8F;

// On a screen where nothing else moves, what changed draws the eye for a while (typing, a pointer).
constexpr float kNews = 0.15F;  // less is none
constexpr Nanoseconds kLingers = 1'000'000'000;

// What goes on and on in one place is got used to.
constexpr Nanoseconds kUsedTo = 5'000'000'000, kUnused = 1'500'000'000;
constexpr float kUse = 1.3F;

class Motion final : public Cue {
 public:
  Motion(const AnalysisSizes &sizes, const Features &features)
      : change_(features.pyramid.size(features.camera.level())),
        contrast_(change_.size()),
        halve_(change_.size(), halved(change_.size())),
        moved_(halved(change_.size())),
        small_contrast_(moved_.size()),
        long_change_(moved_.size()),
        slow_(moved_.size()),
        news_(moved_.size()),
        used_to_(moved_.size()),
        blur_(moved_.size(), kSigma * moved_.width()),
        resize_(moved_.size(), sizes.map),
        held_(sizes.map),
        other_across_(static_cast<size_t>(moved_.width())),
        greatest_(static_cast<size_t>(moved_.count())) {}

  void look(const Features &features) override {
    const Camera &camera = features.camera;
    if (camera.reference() == nullptr) {
      held_.fill(0.0F);
      news_.fill(0.0F);
      used_to_.fill(0.0F);
      quickest_ = 0;
      last_time_ = camera.time();
      return;
    }
    const Map &now = features.pyramid.luma(camera.level());
    warp(*camera.reference(), camera.motion(), change_);
    match_light(now, change_);
    kernels::difference(change_.begin(), now.begin(), kOutside, 0.0F, change_.count());
    if (features.light.is_changing())
      return;
    // Blurred as wide as this, half the size is as good.
    halve_.run(change_, moved_);
    compare(features, kLong, long_change_);
    least(moved_, long_change_, kHalfSize);
    find_contrast(features.pyramid.tensor(camera.level()).trace());

    const Nanoseconds step = time_between(camera.time(), last_time_);
    last_time_ = camera.time();
    const bool is_still = camera.is_still();
    const float misaligned = is_still ? camera.misfit() : kMisaligned;
    blur_.run(moved_);
    const float little =
        std::max(kNoiseOfMean * static_cast<float>(mean(moved_)), kNoiseOfMost * range(moved_).greatest);
    const float noise = is_still ? std::clamp(little, kClean, kNoise) : kNoise;
    const float least = kLeastMotion * std::max(noise / kNoise, kQuiet);
    relate_to_contrast(moved_, noise, misaligned);
    quickest_ = std::max(range(moved_).greatest, quickest_ * (1 - share_of_way(step, kQuickHolds)));
    if (camera.before(kSlow)->motion.is_none())
      add_slow(features, misaligned);
    const float counts = is_still ? share_that_is_no_transition() : 1.0F;
    linger(step, camera.before(kLong)->motion.is_none() ? counts : 0.0F, kNews * noise / kNoise, least);
    get_used_to(step, is_still);

    const float scale = 1.0F / greatest_but_few(moved_, least);
    resize_.run(moved_, held_);
    for (float &v : held_)
      v = std::min(v * scale, 1.0F) * counts;
  }

  void score(Map &out) override { std::copy(held_.begin(), held_.end(), out.begin()); }

 private:
  /// How much each pixel of half the size differs from the picture `lag` before; kOutside where that shows nothing.
  static void compare(const Features &features, Nanoseconds lag, Map &out) {
    const Camera::Past &before = *features.camera.before(lag);
    const Map &now = features.pyramid.luma(features.camera.level() + 1);
    warp(before.half, at_half_size(before.motion), out);
    match_light(now, out);
    kernels::difference(out.begin(), now.begin(), kOutside, kOutside, out.count());
  }

  /// The lesser of a change and `factor` times another, which may be kOutside.
  static void least(Map &change, const Map &other, float factor) {
    for (int i = 0; i < change.count(); i++) {
      const float here = change.begin()[i], there = other.begin()[i];
      change.begin()[i] = there == kOutside ? here : std::min(here, factor * there);
    }
  }

  void find_contrast(const Map &trace) {
    // Sums of 3 × 3 squared differences over two pixels, to differences a pixel.
    for (int i = 0; i < contrast_.count(); i++)
      contrast_.begin()[i] = std::sqrt(trace.begin()[i]) / 6;
    halve_.run(contrast_, small_contrast_);
    blur_.run(small_contrast_);
  }

  /// From changes of luma to changes beside the contrast of the place, less what noise and edges that are
  /// `misaligned` by so many px make.
  void relate_to_contrast(Map &change, float noise, float misaligned) {
    for (int i = 0; i < change.count(); i++) {
      const float contrast = small_contrast_.begin()[i];
      change.begin()[i] =
          std::max(change.begin()[i] - noise - misaligned * contrast, 0.0F) / (contrast + kContrastFloor);
    }
  }

  void add_slow(const Features &features, float misaligned) {
    const float gain = kSlowGain * std::clamp(2 * (1 - kQuickSilences * quickest_), 0.0F, 1.0F);
    if (gain == 0)
      return;
    compare(features, kSlow, slow_);
    for (float &v : slow_)
      v = v == kOutside ? 0.0F : v;
    least(slow_, long_change_, 1.0F);
    blur_.run(slow_);
    relate_to_contrast(slow_, kSlowNoise, misaligned);
    for (int i = 0; i < moved_.count(); i++)
      moved_.begin()[i] = std::max(moved_.begin()[i], gain * slow_.begin()[i]);
  }

  /// Where all has come to rest, what changed last by more than `news` is that for a while, by the share `counts`;
  /// `most` counts fully.
  void linger(Nanoseconds step, float counts, float news, float most) {
    const bool rests = range(moved_).greatest <= news;
    const float stays = counts * (1 - share_of_way(step, kLingers));
    for (int i = 0; i < moved_.count(); i++) {
      float &moved = moved_.begin()[i], &last = news_.begin()[i];
      last = rests ? stays * last : std::min(moved, counts * most);
      moved = std::max(moved, last);
    }
  }

  /// Takes from each place what it has long shown. Where the camera moves, places change and nothing is got used to.
  void get_used_to(Nanoseconds step, bool is_still) {
    const float rise = is_still ? share_of_way(step, kUsedTo) : 0.0F;
    const float fall = share_of_way(step, kUnused);
    for (int i = 0; i < moved_.count(); i++) {
      float &used = used_to_.begin()[i];
      const float moved = moved_.begin()[i];
      moved_.begin()[i] = std::max(moved - kUse * used, 0.0F);
      used = follow(used, moved, rise, fall, 0.0F);
    }
  }

  /// 0 where the picture goes over into another: where most of it is other than long before (a dissolve), or all of
  /// it between two straight lines (a wipe); 1 where a thing moves.
  float share_that_is_no_transition() {
    std::fill(other_across_.begin(), other_across_.end(), 0);
    const int width = long_change_.width(), height = long_change_.height();
    int *across = other_across_.data();
    int seen = 0, other = 0, in_rows = 0;
    for (int y = 0; y < height; y++) {
      const float *row = long_change_.row(y);
      int of_row = 0;
      for (int x = 0; x < width; x++) {
        const int is_other = row[x] > kOther ? 1 : 0;
        seen += row[x] != kOutside ? 1 : 0;
        of_row += is_other;
        across[x] += is_other;
      }
      other += of_row;
      in_rows += static_cast<float>(of_row) > kWhole * static_cast<float>(width) ? of_row : 0;
    }
    int in_columns = 0;
    for (const int of_column : other_across_)
      in_columns += static_cast<float>(of_column) > kWhole * static_cast<float>(height) ? of_column : 0;
    const auto share = [](int part, int whole) {
      return static_cast<float>(part) / static_cast<float>(std::max(whole, 1));
    };
    const float dissolved = share(other, seen) / kDissolved;
    const float wiped = share(std::max(in_rows, in_columns), other) / kWiped;
    return std::clamp(2 * (1 - std::max(dissolved, wiped)), 0.0F, 1.0F);
  }

  /// The quantile kGreatestShare, or `least` if that is more. Few places move.
  float greatest_but_few(const Map &change, float least) {
    const int last = change.count() - 1;
    const ptrdiff_t rank = last - static_cast<ptrdiff_t>(kGreatestShare * last);  // from the greatest down
    const auto end = std::copy_if(change.begin(), change.end(), greatest_.begin(), [&](float v) { return v > least; });
    if (end - greatest_.begin() <= rank)
      return least;
    std::nth_element(greatest_.begin(), greatest_.begin() + rank, end, std::greater<>());
    return greatest_[static_cast<size_t>(rank)];
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
  Map moved_, small_contrast_, long_change_, slow_;
  Map news_;     ///< what moved last
  Map used_to_;  ///< what moved_ has long been
  Gaussian blur_;
  Resize resize_;
  Map held_;                       ///< as last found
  std::vector<int> other_across_;  ///< how many of each column
  std::vector<float> greatest_;
  float quickest_ = 0;  ///< the greatest relative change of the last seconds
  Nanoseconds last_time_ = kNoTime;
};

}  // namespace

std::unique_ptr<Cue> make_motion(const AnalysisSizes &sizes, const Features &features) {
  return std::make_unique<Motion>(sizes, features);
}

}  // namespace attention
