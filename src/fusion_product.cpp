// SPDX-License-Identifier: LGPL-2.1-or-later
// Product fusion: a place counts where the cues agree. Made by hand, so that one can reason about it.
#include "fusion.h"

namespace attention {
namespace {

constexpr float kLeastRange = 0.05F;

class ProductFusion final : public FusionMethod {
 public:
  void run(const Cues &, const CueMaps &scores, Map &out) override {
    out.fill(1.0F);
    for (int c = 0; c < kCueCount; c++) {
      const CueRow &row = kCues[c];
      if (row.role == CueRole::kFigure || row.role == CueRole::kTexture)
        for (int i = 0; i < out.count(); i++)
          out.begin()[i] *= row.gain * scores[c].begin()[i] + row.floor;
    }
    stretch(out, kLeastRange);
  }
};

}  // namespace

std::unique_ptr<FusionMethod> make_product_fusion() { return std::make_unique<ProductFusion>(); }

}  // namespace attention
