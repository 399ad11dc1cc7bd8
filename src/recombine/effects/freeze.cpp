// SPDX-License-Identifier: LGPL-2.1-or-later
// Freeze: outside attention, blocks of 16 pixels show the picture last held there, to the bit, so that an encoder can
// skip them. A block follows the video while it draws attention or something moves there. What it holds then is the
// mean of the frames since its content last changed: a single one would keep its noise for good.
#include <cmath>

#include "format/frame_map.h"
#include "recombine/effects/block_changes.h"
#include "recombine/effects/effect.h"
#include "recombine/effects/held_picture.h"

namespace attention {
namespace {

constexpr float kLive = 0.5F;                      // a block with this weight somewhere follows the video …
constexpr float kAsleep = 0.4F;                    // … until it has less than this everywhere
constexpr Nanoseconds kLingers = 1'000'000'000;    // that a block follows the video after something moved there
constexpr float kDrift = 5;                        // codes of 8 bits: a cell that differs by more …
constexpr Nanoseconds kDrifts = 1'000'000'000;     // … for so long is held anew
constexpr float kWorth = 3;                        // codes of 8 bits, root mean square: less is no reason to hold anew
constexpr Nanoseconds kStandsStill = 500'000'000;  // that a camera stands before anything is held again
constexpr Nanoseconds kSettles = 500'000'000;      // over which a refreshment takes its mean
constexpr Nanoseconds kFirst = 1'000'000'000;      // over which the first frame gives way to means, after half as long

template <class Depth>
class Freeze final : public Effect<Depth> {
 public:
  using Sample = typename Depth::Sample;

  explicit Freeze(const Canvas &canvas)
      : canvas_(canvas), geometry_(canvas.geometry), held_(canvas), changes_(geometry_), blocks_(blocks_of(geometry_)) {
    for (int y = 0; y < blocks_.height(); y++)
      for (int x = 0; x < blocks_.width(); x++)
        blocks_.row(y)[x].phase = static_cast<double>((x * 73 + y * 151) % 256) / 256;
  }

  void reset() override { start_ = kNoTime; }

  void begin(const Frame<Depth> &frame, const RecombineSettings &settings) override {
    // As the weights are, not as gamma shapes them.
    live_ = std::pow(kLive, static_cast<float>(settings.gamma));
    asleep_ = std::pow(kAsleep, static_cast<float>(settings.gamma));
    const bool holds = frame.time != kNoTime && settings.freeze_refresh > 0;
    if (!holds || start_ == kNoTime) {
      begin_anew(frame.picture, settings.freeze_refresh, holds ? frame.time : kNoTime);
      return;
    }
    time_ = later(time_, time_between(frame.time, last_time_));
    last_time_ = frame.time;
    // Blocks do not follow a camera that moves; they are held again once it stands still for a while.
    if (frame.camera_moves)
      moved_ = time_;
    if (moved_ != kNoTime && time_ - moved_ < kStandsStill) {
      lets_go_ = true;
      return;
    }
    if (lets_go_) {
      begin_anew(frame.picture, settings.freeze_refresh, frame.time);
      return;
    }
    changes_.run(frame.picture);
    for (int y = 0; y < blocks_.height(); y++)
      for (int x = 0; x < blocks_.width(); x++)
        if (changes_.at(x, y).moves)
          blocks_.row(y)[x].moved = time_;
    for (int y = 0; y < blocks_.height(); y++)
      for (int x = 0; x < blocks_.width(); x++)
        update(frame, settings.freeze_refresh, x, y);
  }

  Targets<Depth> targets(int y, const Rows<Sample> &, Scratch<Depth> &) const override {
    Targets<Depth> targets{};
    for (int p = 0; p < geometry_.layout->planes && !lets_go_; p++)
      targets[p].row = held_.row(p, canvas_.row_at(p, y));
    return targets;
  }

 private:
  struct Block {
    double phase = 0;                    ///< of its refreshments, so that they never come all at once
    double period = 0;                   ///< of freeze-refresh, that it is in
    bool is_first = true;                ///< holds the first frame
    bool live = false;                   ///< draws attention
    bool follows = false;                ///< the video
    Nanoseconds moved = kNoTime;         ///< when something last did there
    Nanoseconds drifts_since = kNoTime;  ///< from what it holds
  };

  /// Holds the picture as it is; without a time, the next one again.
  void begin_anew(const Picture &picture, Nanoseconds refresh, Nanoseconds time) {
    start_ = time_ = last_time_ = time;
    moved_ = kNoTime;
    lets_go_ = false;
    for (int y = 0; y < blocks_.height(); y++)
      for (int x = 0; x < blocks_.width(); x++) {
        Block &block = blocks_.row(y)[x];
        const double phase = block.phase;
        block = Block();
        block.phase = phase;
        held_.hold(picture, x, y);
        if (time == kNoTime)
          continue;
        block.period = period_at(time, refresh, phase);
        changes_.refer(picture, x, y);
        held_.forget(x, y);
        held_.add(picture, x, y);
      }
  }

  void update(const Frame<Depth> &frame, Nanoseconds refresh, int x, int y) {
    Block &block = blocks_.row(y)[x];
    const float w = weight(frame.weights.map, x, y);
    block.live = block.live ? w >= asleep_ : w >= live_;
    const BlockChange &change = changes_.at(x, y);
    const bool changes = change.moves || (change.differs && (block.live || moves_around(x, y)));
    const bool follows = changes || block.live || lingers(block);
    const bool is_due = becomes_due(block, refresh);
    const bool drifts = !follows && change.cell > kDrift;
    if (!drifts)
      block.drifts_since = kNoTime;
    else if (block.drifts_since == kNoTime)
      block.drifts_since = time_;
    const bool has_drifted = drifts && time_ - block.drifts_since >= kDrifts;
    if (follows) {
      held_.hold(frame.picture, x, y);
      if (changes) {
        changes_.refer(frame.picture, x, y);
        held_.forget(x, y);
      }
      held_.add(frame.picture, x, y);
    } else {
      const bool settles =
          block.is_first || drifts || period_at(later(time_, kSettles), refresh, block.phase) != block.period;
      if (settles || is_due)
        held_.add(frame.picture, x, y);
      if (block.follows || has_drifted || (is_due && held_.mean_differs(x, y, kWorth))) {
        held_.hold_mean(x, y);
        changes_.refer(held_.picture(), x, y);
        block.drifts_since = kNoTime;
      }
      if (!settles)
        held_.forget(x, y);
    }
    block.follows = follows;
  }

  bool lingers(const Block &block) const { return block.moved != kNoTime && time_ - block.moved <= kLingers; }

  bool moves_around(int x, int y) const {
    for (int v = std::max(y - 1, 0); v <= std::min(y + 1, blocks_.height() - 1); v++)
      for (int u = std::max(x - 1, 0); u <= std::min(x + 1, blocks_.width() - 1); u++)
        if (lingers(blocks_.row(v)[u]))
          return true;
    return false;
  }

  static double period_at(Nanoseconds time, Nanoseconds refresh, double phase) {
    return std::floor(static_cast<double>(time) / static_cast<double>(refresh) + phase);
  }

  /// Whether what a block holds is to be compared with the video now: the first frame soon, the others once every
  /// `refresh`.
  bool becomes_due(Block &block, Nanoseconds refresh) const {
    const double period = period_at(time_, refresh, block.phase);
    const bool first_is_over = block.is_first && static_cast<double>(time_ - start_) >= kFirst * (0.5 + block.phase);
    const bool is_due = block.is_first ? first_is_over : period != block.period;
    block.is_first = block.is_first && !first_is_over;
    block.period = period;
    return is_due;
  }

  /// The greatest weight in a block.
  float weight(const Map &weights, int x, int y) const {
    const FrameMap on_map(geometry_, weights.size());
    const double left = on_map.x.to_map(x * kBlock), right = on_map.x.to_map((x + 1) * kBlock);
    const double top = on_map.y.to_map(y * kBlock), bottom = on_map.y.to_map((y + 1) * kBlock);
    float most = 0;
    for (int v = std::max(static_cast<int>(std::floor(top)), 0);
         v < std::min(static_cast<int>(std::ceil(bottom)), weights.height()); v++)
      for (int u = std::max(static_cast<int>(std::floor(left)), 0);
           u < std::min(static_cast<int>(std::ceil(right)), weights.width()); u++)
        most = std::max(most, weights.row(v)[u]);
    return most;
  }

  const Canvas &canvas_;
  Geometry geometry_;
  HeldPicture<Depth> held_;
  BlockChanges<Depth> changes_;
  Plane<Block> blocks_;
  float live_ = kLive, asleep_ = kAsleep;  ///< of shaped weights
  Nanoseconds start_ = kNoTime;
  Nanoseconds time_ = kNoTime;       ///< goes on from the start, whichever way the stream plays
  Nanoseconds last_time_ = kNoTime;  ///< of the stream
  Nanoseconds moved_ = kNoTime;      ///< when the camera last did, on the clock of time_
  bool lets_go_ = false;             ///< of all that it held, since then
};

}  // namespace

template <class Depth>
EffectPointer<Depth> make_freeze(const Canvas &canvas) {
  return std::make_unique<Freeze<Depth>>(canvas);
}
template EffectPointer<Depth8> make_freeze(const Canvas &);
template EffectPointer<Depth16> make_freeze(const Canvas &);

}  // namespace attention
