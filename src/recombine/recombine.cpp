// SPDX-License-Identifier: LGPL-2.1-or-later
#include "recombine/recombine.h"

#include <cmath>

#include "recombine/effects/effect.h"
#include "recombine/overlay.h"
#include "recombine/pool.h"

namespace attention {
namespace {

constexpr int kSlice = 16;  // lines: a row of chroma never falls to two workers

template <class Depth>
class RecombineSamples final : public Recombine {
 public:
  using Sample = typename Depth::Sample;
  using Value = typename Depth::Value;

  RecombineSamples(const Geometry &geometry, Size analysis, Size map)
      : canvas_(geometry, map), analysis_(analysis), shaped_(map), shaped_heatmap_(map) {
    if (geometry.pooled)
      pool_ = std::make_unique<Pool<Depth>>(canvas_);
  }

  void enable(const RecombineSettings &settings, int workers) override {
    while (static_cast<int>(scratch_.size()) < workers)
      scratch_.emplace_back(canvas_);
    if (settings.map_refine == MapRefine::kGuided && guided_ == nullptr)
      guided_ = std::make_unique<Guided<Depth>>(canvas_, analysis_);
    for (int e = 0; e < kEffectCount && pool_ == nullptr; e++)
      if ((settings.effects >> e & 1) != 0 && effects_[e] == nullptr) {
        if (factors(e) == nullptr)
          factors(e) = std::make_unique<WeightRows<Depth>>(canvas_);
        kEffects[e].create(canvas_, effects_[e]);
      }
    for (const auto &effect : effects_)
      if (effect != nullptr)
        effect->enable(workers);
  }

  void reset() override { applied_ = 0; }

  bool reads_luma(const RecombineSettings &settings) const override { return weighs(settings) && is_refined(settings); }

  void run(const Picture &in, const Picture &out, const Weighed &weighed, const RecombineSettings &settings,
           Workers &workers) override {
    if (weighs(settings)) {
      shape(weighed.weights, settings, shaped_);
      const Weights<Depth> weights{shaped_, static_cast<float>(settings.background_weight),
                                   is_refined(settings) ? guided_.get() : nullptr};
      if (weights.refined != nullptr)
        guided_->begin(shaped_, weights.outside, weighed.luma, in);
      if (pool_ != nullptr)
        pool_->run(in, out, weights, settings.strength);
      else
        apply_effects({out, weights, weighed.time, weighed.camera_moves, workers}, weighed.heatmap, settings);
    } else {
      applied_ = 0;
    }
  }

  void draw(const Picture &out, const Result &found, const RecombineSettings &settings) const override {
    if (settings.draw_regions && pool_ == nullptr)
      draw_regions(canvas_.geometry, found, out);
  }

 private:
  /// Whether anything is made of the weights.
  bool weighs(const RecombineSettings &settings) const {
    return pool_ != nullptr || (settings.effects != 0 && settings.strength > 0);
  }
  bool is_refined(const RecombineSettings &settings) const {
    return settings.map_refine == MapRefine::kGuided && guided_ != nullptr;
  }

  /// Gives the weights the shape that the settings ask for.
  static void shape(const Map &weights, const RecombineSettings &settings, Map &shaped) {
    const auto floor = static_cast<float>(settings.background_weight);
    const auto gamma = static_cast<float>(settings.gamma);
    if (gamma == 0.5F)  // the default, without the price of a power
      kernels::root(shaped.begin(), weights.begin(), weights.count());
    else
      std::transform(weights.begin(), weights.end(), shaped.begin(),
                     [=](float w) { return gamma == 1.0F ? w : std::pow(w, gamma); });
    for (float &w : shaped)
      w = floor + (1 - floor) * w;
  }

  /// The factors with which an effect blends; effects that show in the same places share them.
  std::unique_ptr<WeightRows<Depth>> &factors(int effect) { return factors_[static_cast<int>(kEffects[effect].shows)]; }

  /// In as few passes over the frame as they can do with. An effect that was not applied to the frame before begins
  /// anew.
  void apply_effects(const Frame<Depth> &frame, const Map *heatmap, const RecombineSettings &settings) {
    if (heatmap != nullptr)
      shape(*heatmap, settings, shaped_heatmap_);
    const Frame<Depth> frame_seen{
        frame.picture,
        heatmap == nullptr ? frame.weights : Weights<Depth>{shaped_heatmap_, frame.weights.outside, nullptr},
        frame.time, frame.camera_moves, frame.workers};
    unsigned applied = 0, pass = 0, begun = 0;
    for (int e = 0; e < kEffectCount; e++) {
      if ((settings.effects >> e & 1) == 0 || effects_[e] == nullptr)
        continue;
      // It sees the whole frame as the effects before it left it.
      if (kEffects[e].needs == Needs::kFrame && pass != 0) {
        blend(frame, pass);
        pass = 0;
      }
      if ((applied_ >> e & 1) == 0)
        effects_[e]->reset();
      const Shows shows = kEffects[e].shows;
      const Frame<Depth> &shown = shows == Shows::kSeen ? frame_seen : frame;
      effects_[e]->begin(shown, settings);
      if ((begun >> static_cast<int>(shows) & 1) == 0)
        factors(e)->begin(shown.weights, keep_of(shows, settings.strength));
      begun |= 1U << static_cast<int>(shows);
      pass |= 1U << e;
      applied |= 1U << e;
    }
    blend(frame, pass);
    applied_ = applied;
  }

  /// out = w'·x + (1 − w')·t for each effect of a pass in turn, in place.
  void blend(const Frame<Depth> &frame, unsigned pass) {
    frame.workers.run(canvas_.geometry.height, kSlice, [&](int begin, int end, int worker) {
      Scratch<Depth> &scratch = scratch_[worker];
      for (int y = begin; y < end; y++) {
        const Rows<Sample> rows = rows_at(frame.picture, y);
        for (int e = 0; e < kEffectCount; e++)
          if ((pass >> e & 1) != 0)
            blend_rows(rows, y, effects_[e]->targets(y, rows, scratch), *factors(e), scratch);
      }
    });
  }

  /// The rows of colour that begin at line `y` of the frame.
  Rows<Sample> rows_at(const Picture &picture, int y) const {
    Rows<Sample> rows{};
    for (int p = 0; p < canvas_.layout().planes; p++)
      if (canvas_.planes[p].has_colour && canvas_.begins_at(p, y))
        rows[p] = row_of<Sample>(picture, p, canvas_.row_at(p, y));
    return rows;
  }

  void blend_rows(const Rows<Sample> &rows, int y, const Targets<Depth> &targets, const WeightRows<Depth> &factors,
                  Scratch<Depth> &scratch) const {
    for (int p = 0; p < canvas_.layout().planes; p++) {
      const Target<Depth> &target = targets[p];
      if (rows[p] == nullptr || (target.row == nullptr && target.codes.base == nullptr))
        continue;
      const RowStep<Depth> k = factors.rows(p, canvas_.row_at(p, y), scratch.value_rows());
      const int n = canvas_.row_samples(p);
      if (target.is_even)
        Depth::fade(rows[p], *target.row, k.base, k.step, k.fraction, canvas_.layout(), n);
      else if (target.row != nullptr)
        Depth::blend(rows[p], target.row, k.base, k.step, k.fraction, canvas_.layout(), n);
      else
        Depth::blend_stretched(rows[p], {target.codes.base, target.codes.step, target.codes.fraction},
                               {k.base, k.step, k.fraction}, canvas_.layout(), n);
    }
  }

  Canvas canvas_;
  Size analysis_;
  Map shaped_, shaped_heatmap_;
  std::unique_ptr<Guided<Depth>> guided_;
  std::array<std::unique_ptr<WeightRows<Depth>>, kShowsCount> factors_;
  std::array<EffectPointer<Depth>, kEffectCount> effects_;
  unsigned applied_ = 0;  ///< bits of the effects applied to the last frame
  std::unique_ptr<Pool<Depth>> pool_;
  std::vector<Scratch<Depth>> scratch_;  ///< one for each worker
};

}  // namespace

std::unique_ptr<Recombine> make_recombine(const Geometry &geometry, Size analysis, Size map) {
  if (geometry.layout->sample_bytes() == 1)
    return std::make_unique<RecombineSamples<Depth8>>(geometry, analysis, map);
  return std::make_unique<RecombineSamples<Depth16>>(geometry, analysis, map);
}

}  // namespace attention
