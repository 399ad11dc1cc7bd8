// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stage_recombine.h"

#include <cmath>

#include "effect.h"
#include "pool.h"

namespace attention {
namespace {

constexpr int kSlice = 16;  // lines: a row of chroma never falls to two workers

template <class Depth>
class RecombineSamples final : public Recombine {
 public:
  using Sample = typename Depth::Sample;
  using Value = typename Depth::Value;

  RecombineSamples(const Geometry &geometry, Size map) : canvas_(geometry, map), shaped_(map), shaped_seen_(map) {
    if (geometry.pooled)
      pool_ = std::make_unique<Pool<Depth>>(canvas_);
  }

  void enable(const Settings &settings, int workers) override {
    while (static_cast<int>(scratch_.size()) < workers)
      scratch_.emplace_back(canvas_);
    if (settings.map_refine == MapRefine::kGuided && guided_ == nullptr)
      guided_ = std::make_unique<Guided<Depth>>(canvas_);
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

  void reset() override {
    for (const auto &effect : effects_)
      if (effect != nullptr)
        effect->reset();
  }

  void run(const Picture &in, const Picture &out, const Map &map, const Map &seen, const Map &luma, Nanoseconds time,
           const Settings &settings, Workers &workers) override {
    if (pool_ == nullptr && (settings.effects == 0 || settings.strength == 0))
      return;
    shape(map, settings, shaped_);
    const bool refine = settings.map_refine == MapRefine::kGuided && guided_ != nullptr;
    const Weights<Depth> weights{shaped_, static_cast<float>(settings.background_weight), refine ? guided_.get() : nullptr};
    if (refine)
      guided_->begin(shaped_, weights.outside, luma, in);
    if (pool_ != nullptr) {
      pool_->run(in, out, weights, settings.strength);
    } else if (settings.heatmap_of == kNoCue) {
      blend({out, weights, time, workers}, weights, settings);
    } else {
      shape(seen, settings, shaped_seen_);
      blend({out, weights, time, workers}, {shaped_seen_, weights.outside, nullptr}, settings);
    }
  }

 private:
  /// Gives the weights the shape that the settings ask for.
  static void shape(const Map &weights, const Settings &settings, Map &shaped) {
    const auto floor = static_cast<float>(settings.background_weight);
    const auto gamma = static_cast<float>(settings.gamma);
    std::transform(weights.begin(), weights.end(), shaped.begin(), [=](float w) {
      return floor + (1 - floor) * (gamma == 1.0F ? w : std::pow(w, gamma));
    });
  }

  /// The factors with which an effect blends; effects that show in the same places share them.
  std::unique_ptr<WeightRows<Depth>> &factors(int effect) { return factors_[static_cast<int>(kEffects[effect].shows)]; }

  /// out = w'·x + (1 − w')·t for each effect in turn, in place.
  void blend(const Frame<Depth> &frame, const Weights<Depth> &seen, const Settings &settings) {
    const Frame<Depth> frame_seen{frame.picture, seen, frame.time, frame.workers};
    const auto is_on = [&](int e) { return (settings.effects >> e & 1) != 0 && effects_[e] != nullptr; };
    unsigned begun = 0;
    for (int e = 0; e < kEffectCount; e++) {
      if (!is_on(e))
        continue;
      const Shows shows = kEffects[e].shows;
      const Frame<Depth> &shown = shows == Shows::kSeen ? frame_seen : frame;
      effects_[e]->begin(shown, settings);
      if ((begun >> static_cast<int>(shows) & 1) == 0)
        factors(e)->begin(shown.weights, keep_of(shows, settings.strength));
      begun |= 1U << static_cast<int>(shows);
    }
    frame.workers.run(canvas_.geometry.height, kSlice, [&](int begin, int end, int worker) {
      Scratch<Depth> &scratch = scratch_[worker];
      for (int y = begin; y < end; y++) {
        const Rows<Sample> rows = rows_at(frame.picture, y);
        for (int e = 0; e < kEffectCount; e++)
          if (is_on(e))
            blend_rows(rows, y, effects_[e]->targets(y, rows, scratch), *factors(e), scratch);
      }
    });
  }

  /// The rows of colour that begin at line `y` of the frame.
  Rows<Sample> rows_at(const Picture &picture, int y) const {
    Rows<Sample> rows{};
    for (int p = 0; p < canvas_.layout().planes; p++)
      if (canvas_.planes[p].has_colour && canvas_.begins_at(p, y))
        rows[p] = row_of<Depth>(picture, p, canvas_.row_at(p, y));
    return rows;
  }

  void blend_rows(const Rows<Sample> &rows, int y, const Rows<const Sample> &targets, const WeightRows<Depth> &factors,
                  Scratch<Depth> &scratch) const {
    for (int p = 0; p < canvas_.layout().planes; p++) {
      if (rows[p] == nullptr || targets[p] == nullptr)
        continue;
      const RowPair<Depth> k = factors.rows(p, canvas_.row_at(p, y), scratch.value_rows());
      Depth::blend(rows[p], targets[p], k.above, k.below, k.fraction, canvas_.layout(), canvas_.row_samples(p));
    }
  }

  Canvas canvas_;
  Map shaped_, shaped_seen_;
  std::unique_ptr<Guided<Depth>> guided_;
  std::array<std::unique_ptr<WeightRows<Depth>>, kShowsCount> factors_;
  std::array<EffectPointer<Depth>, kEffectCount> effects_;
  std::unique_ptr<Pool<Depth>> pool_;
  std::vector<Scratch<Depth>> scratch_;  ///< one for each worker
};

}  // namespace

std::unique_ptr<Recombine> make_recombine(const Geometry &geometry, Size map) {
  if (geometry.layout->sample_bytes() == 1)
    return std::make_unique<RecombineSamples<Depth8>>(geometry, map);
  return std::make_unique<RecombineSamples<Depth16>>(geometry, map);
}

}  // namespace attention
