// SPDX-License-Identifier: LGPL-2.1-or-later
// Figure–ground: areas that their surround encloses stand out as figures (boolean maps, Zhang & Sclaroff, ICCV 2013),
// looked for at two scales in whitened colour.
#include "image/blur.h"
#include "weigh/cues/boolean_maps.h"
#include "weigh/cues/cue.h"

namespace attention {
namespace {

constexpr double kFineArea = 96.0 * 54.0;
constexpr float kLeastRange = 1e-3F;
constexpr float kLeastContrast =
    2.5F;  // standard deviations from the least to the greatest: less is noise in a channel without colour
constexpr float kCoarseGain = 0.92F;  // beside the fine scale

/// Boolean maps at one scale.
class Figures {
 public:
  Figures(Size size, int thresholds, bool dilate, double sigma)
      : maps_(size, thresholds, dilate), blur_(size, sigma * size.width), sum_(size), smooth_(size) {}

  /// How often each pixel is surrounded, as it comes.
  const Map &sum() const { return sum_; }

  void look(const Colour &colour) {
    std::array<Range, 3> ranges;
    for (int c = 0; c < 3; c++) {
      ranges[c] = range(colour[c]);
      if (!(ranges[c].greatest - ranges[c].least > kLeastContrast))
        ranges[c] = {};
    }
    maps_.run(colour, ranges, sum_);
  }

  /// The sum, blurred and stretched to 0–1.
  const Map &smoothed() {
    std::copy(sum_.begin(), sum_.end(), smooth_.begin());
    blur_.run(smooth_);
    stretch(smooth_, kLeastRange);
    return smooth_;
  }

 private:
  BooleanMaps maps_;
  Gaussian blur_;
  Map sum_, smooth_;
};

class FigureGround final : public Cue {
 public:
  FigureGround(const AnalysisSizes &sizes, Size coarse)
      : fine_colour_(sizes.analysis, kFineArea),
        coarse_(coarse, 12, false, 0.015),
        fine_(fine_colour_.size(), 16, true, 0.03),
        grow_coarse_(coarse_.sum().size(), sizes.map),
        grow_fine_(fine_.sum().size(), sizes.map),
        coarse_at_map_(sizes.map) {}

  void look(const Features &features) override {
    fine_colour_.run(*features.planes);
    fine_.look(fine_colour_.colour());
    coarse_.look(features.colour.colour());
  }

  void score(Map &out) override {
    grow_fine_.run(fine_.smoothed(), out);
    grow_coarse_.run(coarse_.smoothed(), coarse_at_map_);
    for (int i = 0; i < out.count(); i++)
      out.begin()[i] += kCoarseGain * coarse_at_map_.begin()[i];
    stretch(out, kLeastRange);
  }

 private:
  Whitened fine_colour_;
  Figures coarse_, fine_;
  Bilinear grow_coarse_, grow_fine_;
  Map coarse_at_map_;
};

}  // namespace

std::unique_ptr<Cue> make_figure_ground(const AnalysisSizes &sizes, const Features &features) {
  return std::make_unique<FigureGround>(sizes, features.colour.size());
}

}  // namespace attention
