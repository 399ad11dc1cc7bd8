// SPDX-License-Identifier: LGPL-2.1-or-later
// Product fusion: a place counts where the cues agree. Made by hand, so that one can reason about it.
#include "image/statistics.h"
#include "weigh/fusion/fusion.h"

namespace attention {
namespace {

constexpr float kLeastRange = 0.05F;
constexpr float kMotionFloor = 0.5F;  // how much motion counts where there is no figure

class ProductFusion final : public FusionMethod {
 public:
  Manner manner() const override {
    return {kCues[first_of(CueRole::kMotion)].gain, kMotionFloor, first_of(CueRole::kFigure), 0.0F};
  }

  void run(const Cues &, const CueMaps &scores, Map &out) override {
    multiply(kNoCue, scores, out);
    range_ = range(out);
    stretch(out, range_, kLeastRange);
  }

  bool run_without(int cue, const CueMaps &scores, Map &out) override {
    if (!has_part(cue))
      return false;
    multiply(cue, scores, out);
    stretch(out, range_, kLeastRange);
    return true;
  }

 private:
  static bool has_part(int cue) { return kCues[cue].role == CueRole::kFigure || kCues[cue].role == CueRole::kTexture; }

  static void multiply(int held, const CueMaps &scores, Map &out) {
    out.fill(1.0F);
    for (int c = 0; c < kCueCount; c++) {
      if (!has_part(c))
        continue;
      const CueRow &row = kCues[c];
      const float held_at = c == held ? static_cast<float>(mean(scores[c])) : 0.0F;
      for (int i = 0; i < out.count(); i++)
        out.begin()[i] *= row.gain * (c == held ? held_at : scores[c].begin()[i]) + row.floor;
    }
  }

  Range range_{};
};

}  // namespace

std::unique_ptr<FusionMethod> make_product_fusion() { return std::make_unique<ProductFusion>(); }

}  // namespace attention
