// SPDX-License-Identifier: LGPL-2.1-or-later
// Form: the picture itself, its luma alone, for a network that has seen faces and things. It scores nothing by itself:
// FusionMethod::owed_to() tells what the network makes of it.
#include <cmath>

#include "weigh/cues/cue.h"
#include "weigh/fusion/inputs.h"
#include "weigh/fusion/weights.h"

namespace attention {
namespace {

constexpr float kLeastDeviation = 4.0F;  // of 255: less is noise

class Form final : public Cue {
 public:
  Form(const AnalysisSizes &sizes, const Pyramid &pyramid) {
    const float wanted = static_cast<float>(FusionInputs::grid(sizes).width * fusion_weights::kDetail);
    const auto off = [&](int level) {
      return std::fabs(std::log2(static_cast<float>(pyramid.size(level).width) / wanted));
    };
    for (int level = 1; level < Pyramid::kLevels; level++)
      if (off(level) < off(level_))
        level_ = level;
    inputs_.push_back({"luma", nullptr, pyramid.size(level_), kLeastDeviation, fusion_weights::kDetail});
    look_at(pyramid);
  }

  void look(const Features &features) override { look_at(features.pyramid); }
  void score(Map &out) override { out.fill(0.0F); }
  const std::vector<FusionInput> &fusion_inputs() const override { return inputs_; }

 private:
  void look_at(const Pyramid &pyramid) { inputs_.front().map = &pyramid.luma(level_); }

  int level_ = 0;  ///< of the pyramid, about as fine as the network sees it
  std::vector<FusionInput> inputs_;
};

}  // namespace

std::unique_ptr<Cue> make_form(const AnalysisSizes &sizes, const Features &features) {
  return std::make_unique<Form>(sizes, features.pyramid);
}

}  // namespace attention
