// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stage_recombine.h"

#include <cmath>

#include "effect.h"
#include "pool.h"

namespace attention {
namespace {

template <class Depth>
class RecombineSamples final : public Recombine {
 public:
  using Sample = typename Depth::Sample;
  using Value = typename Depth::Value;

  RecombineSamples(const Geometry &geometry, Size map)
      : canvas_(geometry, map), shaped_(map), weights_(canvas_), factor_(canvas_.longest_row()) {
    for (const PlaneColumns &plane : canvas_.planes) {
      floor_.emplace_back();
      for (const PlaneColumns::Sample &sample : plane.samples)
        floor_.back().push_back(sample.slot == PlaneColumns::kProtected ? Depth::kOne : Value{0});
    }
    if (geometry.pooled)
      pool_ = std::make_unique<Pool<Depth>>(canvas_);
  }

  void enable(const Settings &settings) override {
    weights_.enable(settings.map_refine);
    for (int e = 0; e < kEffectCount && pool_ == nullptr; e++)
      if ((settings.effects >> e & 1) != 0 && effects_[e] == nullptr)
        kEffects[e].create(canvas_, effects_[e]);
  }

  void reset() override {
    for (const auto &effect : effects_)
      if (effect != nullptr)
        effect->reset();
  }

  void run(const Picture &in, const Picture &out, const Map &weights, const Map &luma, Nanoseconds time,
           const Settings &settings) override {
    if (pool_ == nullptr && (settings.effects == 0 || settings.strength == 0))
      return;
    shape(weights, settings);
    weights_.begin(shaped_, static_cast<float>(settings.background_weight), luma, in, settings.map_refine);
    if (pool_ != nullptr)
      pool_->run(in, out, weights_, settings.strength);
    else
      blend(out, time, settings);
  }

 private:
  /// Gives the weights the shape that the settings ask for.
  void shape(const Map &weights, const Settings &settings) {
    const auto floor = static_cast<float>(settings.background_weight);
    const auto gamma = static_cast<float>(settings.gamma);
    std::transform(weights.begin(), weights.end(), shaped_.begin(), [=](float w) {
      return floor + (1 - floor) * (gamma == 1.0F ? w : std::pow(w, gamma));
    });
  }

  /// out = w'·x + (1 − w')·t for each effect in turn, in place.
  void blend(const Picture &picture, Nanoseconds time, const Settings &settings) {
    const auto is_on = [&](int e) { return (settings.effects >> e & 1) != 0 && effects_[e] != nullptr; };
    for (int e = 0; e < kEffectCount; e++)
      if (is_on(e))
        effects_[e]->begin({picture, shaped_, weights_, time}, settings);
    for (int y = 0; y < canvas_.geometry.height; y++) {
      const Rows<Sample> rows = rows_at(picture, y);
      for (int e = 0; e < kEffectCount; e++)
        if (is_on(e))
          blend_rows(rows, y, effects_[e]->targets(y, rows), kEffects[e].keep(settings.strength));
    }
  }

  /// The rows of colour that begin at line `y` of the frame.
  Rows<Sample> rows_at(const Picture &picture, int y) const {
    Rows<Sample> rows{};
    for (int p = 0; p < canvas_.layout().planes; p++)
      if (canvas_.planes[p].has_colour && canvas_.begins_at(p, y))
        rows[p] = row_of<Depth>(picture, p, canvas_.row_at(p, y));
    return rows;
  }

  void blend_rows(const Rows<Sample> &rows, int y, const Rows<const Sample> &targets, Keep keep) {
    for (int p = 0; p < canvas_.layout().planes; p++) {
      if (rows[p] == nullptr || targets[p] == nullptr)
        continue;
      const int n = static_cast<int>(floor_[p].size());
      Depth::factors(factor_.data(), weights_.row(p, canvas_.row_at(p, y)), floor_[p].data(), keep, n);
      Depth::blend(rows[p], targets[p], factor_.data(), canvas_.layout(), n);
    }
  }

  Canvas canvas_;
  Map shaped_;
  WeightRows<Depth> weights_;
  std::vector<Value> factor_;
  std::vector<std::vector<Value>> floor_;  ///< the least factor of each sample: 1 where alpha or a spare byte lies
  std::array<EffectPointer<Depth>, kEffectCount> effects_;
  std::unique_ptr<Pool<Depth>> pool_;
};

}  // namespace

std::unique_ptr<Recombine> make_recombine(const Geometry &geometry, Size map) {
  if (geometry.layout->sample_bytes() == 1)
    return std::make_unique<RecombineSamples<Depth8>>(geometry, map);
  return std::make_unique<RecombineSamples<Depth16>>(geometry, map);
}

}  // namespace attention
