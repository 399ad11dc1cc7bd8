// SPDX-License-Identifier: LGPL-2.1-or-later
// Learned fusion: a small network over luma and the cues' features, trained on fixations by scripts/train-fusion; its
// output is a density.
#include "image/statistics.h"
#include "weigh/fusion/fusion.h"
#include "weigh/fusion/inputs.h"
#include "weigh/fusion/network.h"

namespace attention {
namespace {

using namespace fusion_weights;

constexpr float kLeastRange = 1e-6F;
constexpr float kLeastOwed = 0.05F;
constexpr Manner kManner{2.5F, 0.5F, kNoCue, 0.3F};

class LearnedFusion final : public FusionMethod {
 public:
  LearnedFusion(const AnalysisSizes &sizes, const Cues &cues)
      : inputs_(sizes, cues),
        network_(FusionInputs::grid(sizes)),
        seen_(Network::kPairs, FusionInputs::grid(sizes)),
        density_(FusionInputs::grid(sizes)),
        grow_(density_.size(), sizes.map),
        whole_(sizes.map) {
    // Features, which are 0 as yet, have a mean of 0 in every frame; positions are always the same.
    for (const Map &map : inputs_.maps()) {
      means_.emplace_back(map.size());
      means_.back().fill(static_cast<float>(mean(map)));
    }
  }

  Manner manner() const override { return kManner; }

  void run(const Cues &cues, const CueMaps &, Map &out) override {
    inputs_.run(cues);
    infer([](int) { return true; }, out);
    range_ = range(out);
    stretch(out, range_, kLeastRange);
  }

  bool run_without(int cue, const CueMaps &, Map &out) override {
    if (std::find(inputs_.owners().begin(), inputs_.owners().end(), cue) == inputs_.owners().end())
      return false;
    infer([cue](int owner) { return owner != cue; }, out);
    stretch(out, range_, kLeastRange);
    return true;
  }

  void owed_to(int cue, const Cues &cues, Map &out) override {
    run(cues, {}, whole_);
    run_without(cue, {}, out);
    std::transform(whole_.begin(), whole_.end(), out.begin(), out.begin(),
                   [](float with, float without) { return std::max(with - without, 0.0F); });
    stretch(out, kLeastOwed);
  }

 private:
  /// The density at the map size, with the inputs of all cues but those that are `shown` at their mean.
  template <class Shown>
  void infer(const Shown &shown, Map &out) {
    const Map *last = nullptr;  // the one that waits for a second to be a pair with
    int next = Network::kLumaPairs;
    for (size_t i = 0; i < means_.size(); i++) {
      const Map &map = shown(inputs_.owners()[i]) ? inputs_.maps()[i] : means_[i];
      if (map.width() > density_.width()) {
        see_luma(map);
      } else if (last == nullptr) {
        last = &map;
      } else {
        for (int y = 0; y < map.height(); y++)
          kernels::to_pairs(seen_.row(next, y), last->row(y), map.row(y), Network::scale(), map.width());
        last = nullptr;
        next++;
      }
    }
    network_.run(seen_.rows(), density_);
    grow_.run(density_, out);
  }

  void see_luma(const Map &luma) {
    static_assert(kDetail == 4);
    for (int y = 0; y < luma.height(); y++) {
      const int pair = y % kDetail * kDetail / 2;
      kernels::four_to_pairs(seen_.row(pair, y / kDetail), seen_.row(pair + 1, y / kDetail), luma.row(y),
                             Network::scale(), density_.width());
    }
  }

  FusionInputs inputs_;
  std::vector<Map> means_;
  Network network_;
  Planes<kernels::Pair> seen_;
  Map density_;
  Bilinear grow_;
  Map whole_;
  Range range_{};
};

}  // namespace

Status check_learned_fusion(const Cues &cues) {
  const std::vector<const char *> names = FusionInputs::names(cues);
  for (size_t i = 0; i < std::max(names.size(), std::size(kInputNames)); i++) {
    const std::string_view offered = i < names.size() ? names[i] : "nothing";
    const std::string_view trained = i < std::size(kInputNames) ? kInputNames[i] : "nothing";
    if (offered != trained)
      return Status::error(
          "fusion=learned was trained with '%s' as input %d and the cues offer '%s'; train it anew with "
          "scripts/train-fusion, or set fusion=product",
          trained.data(), static_cast<int>(i), offered.data());
  }
  return Status::ok();
}

std::unique_ptr<FusionMethod> make_learned_fusion(const AnalysisSizes &sizes, const Cues &cues) {
  return check_learned_fusion(cues).is_ok() ? std::make_unique<LearnedFusion>(sizes, cues) : nullptr;
}

}  // namespace attention
