// SPDX-License-Identifier: LGPL-2.1-or-later
// Motion: what changed since the last analysed picture.
#include <algorithm>

#include "cue.h"
#include "kernels.h"

namespace attention {
namespace {

constexpr double kSigma = 0.02;      // of the width
constexpr float kLeastChange = 6.0F;  // of 255: a smaller greatest change is noise
constexpr double kGreatestShare = 0.995;

class Motion final : public Cue {
 public:
  explicit Motion(const AnalysisSizes &sizes)
      : scale_(sizes.analysis, sizes.map),
        blur_(sizes.map, kSigma * sizes.map.width),
        now_(sizes.map),
        before_(sizes.map),
        sorted_(static_cast<size_t>(now_.count())) {}

  void reset() override { has_before_ = false; }

  void score(const AnalysisPlanes &planes, Map &out) override {
    std::swap(now_, before_);
    scale_.run(planes.y, now_);
    if (!has_before_) {
      has_before_ = true;
      out.fill(0.0F);
      return;
    }
    kernels::difference_f(out.begin(), now_.begin(), before_.begin(), out.count());
    blur_.run(out);
    std::copy(out.begin(), out.end(), sorted_.begin());
    const auto nth = sorted_.begin() + static_cast<ptrdiff_t>(kGreatestShare * static_cast<double>(sorted_.size() - 1));
    std::nth_element(sorted_.begin(), nth, sorted_.end());
    const float scale = 1.0F / std::max(*nth, kLeastChange);
    for (float &v : out)
      v = std::min(v * scale, 1.0F);
  }

 private:
  AreaScale scale_;
  Gaussian blur_;
  Map now_, before_;
  std::vector<float> sorted_;
  bool has_before_ = false;
};

}  // namespace

std::unique_ptr<Cue> make_motion(const AnalysisSizes &sizes) { return std::make_unique<Motion>(sizes); }

}  // namespace attention
