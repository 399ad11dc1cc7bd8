// SPDX-License-Identifier: LGPL-2.1-or-later
// Freeze: outside attention, blocks of 16 pixels show the picture last held there, to the bit, so that an encoder can skip
// them. A block follows the video while it draws attention or truly changes, and is taken anew from time to time.
#include <cmath>
#include <cstdlib>

#include "effect.h"

namespace attention {
namespace {

constexpr int kBlock = 16;                              // px, as encoders have them
constexpr float kLive = 0.5F;                           // a block with this weight somewhere follows the video …
constexpr float kAsleep = 0.4F;                         // … until it has less than this everywhere
constexpr int kNoise = 7;                               // codes of 8 bits: a mean over a cell that differs by less has not changed
constexpr int kCell = 4;                                // px
constexpr Nanoseconds kLingers = 500'000'000;           // that a block follows the video after a change

template <class Depth>
class Freeze final : public Effect<Depth> {
 public:
  using Sample = typename Depth::Sample;

  explicit Freeze(const Canvas &canvas)
      : canvas_(canvas),
        geometry_(canvas.geometry),
        blocks_({(geometry_.width + kBlock - 1) / kBlock, (geometry_.height + kBlock - 1) / kBlock}) {
    for (int p = 0; p < geometry_.layout->planes; p++)
      held_[p] = Plane<Sample>({canvas.row_samples(p), geometry_.layout->plane_rows(p, geometry_.height)});
    for (int y = 0; y < blocks_.height(); y++)
      for (int x = 0; x < blocks_.width(); x++)
        blocks_.row(y)[x].phase = static_cast<double>((x * 73 + y * 151) % 256) / 256;
  }

  void reset() override {
    holds_ = false;
    for (Block &block : blocks_)
      block.last_change = kNoTime;
  }

  void begin(const Frame<Depth> &frame, const Settings &settings) override {
    for (int y = 0; y < blocks_.height(); y++)
      for (int x = 0; x < blocks_.width(); x++) {
        Block &block = blocks_.row(y)[x];
        block.due = is_due(block, frame.time, settings.freeze_refresh);
        const float w = weight(frame.weights.map, x, y);
        block.live = block.live ? w >= kAsleep : w >= kLive;
        if (holds_ && has_changed(frame.picture, x, y))
          block.last_change = frame.time;
        block.released = block.last_change != kNoTime && std::abs(frame.time - block.last_change) <= kLingers;
      }
    for (int y = 0; y < blocks_.height(); y++)
      for (int x = 0; x < blocks_.width(); x++)
        if (!holds_ || blocks_.row(y)[x].live || blocks_.row(y)[x].due || changes_around(x, y))
          hold(frame.picture, x, y);
    holds_ = true;
  }

  Rows<const Sample> targets(int y, const Rows<Sample> &, Scratch<Depth> &) const override {
    Rows<const Sample> targets{};
    for (int p = 0; p < geometry_.layout->planes; p++)
      targets[p] = held_[p].row(canvas_.row_at(p, y));
    return targets;
  }

 private:
  struct Block {
    double phase = 0;      ///< of its refreshments, so that they never come all at once
    Nanoseconds period = -1;
    bool live = false;
    bool due = false;      ///< for a refreshment
    bool released = false; ///< because it changes
    Nanoseconds last_change = kNoTime;
  };

  /// Whether this block or a neighbour truly changes: the outline of what moves reaches a little further than its change.
  bool changes_around(int x, int y) const {
    for (int v = std::max(y - 1, 0); v <= std::min(y + 1, blocks_.height() - 1); v++)
      for (int u = std::max(x - 1, 0); u <= std::min(x + 1, blocks_.width() - 1); u++)
        if (blocks_.row(v)[u].released)
          return true;
    return false;
  }

  static bool is_due(Block &block, Nanoseconds time, Nanoseconds refresh) {
    if (time == kNoTime || refresh <= 0)
      return true;
    const auto period = static_cast<Nanoseconds>(static_cast<double>(time) / static_cast<double>(refresh) + block.phase);
    const bool due = period != block.period;
    block.period = period;
    return due;
  }

  /// The greatest weight in a block.
  float weight(const Map &weights, int x, int y) const {
    const auto on_map = [](int px, int begin, int size, int n) { return static_cast<double>(px - begin) / size * n; };
    const double left = on_map(x * kBlock, geometry_.crop_left, geometry_.crop_width(), weights.width());
    const double right = on_map((x + 1) * kBlock, geometry_.crop_left, geometry_.crop_width(), weights.width());
    const double top = on_map(y * kBlock, geometry_.crop_top, geometry_.crop_height(), weights.height());
    const double bottom = on_map((y + 1) * kBlock, geometry_.crop_top, geometry_.crop_height(), weights.height());
    float most = 0;
    for (int v = std::max(static_cast<int>(std::floor(top)), 0); v < std::min(static_cast<int>(std::ceil(bottom)), weights.height()); v++)
      for (int u = std::max(static_cast<int>(std::floor(left)), 0); u < std::min(static_cast<int>(std::ceil(right)), weights.width()); u++)
        most = std::max(most, weights.row(v)[u]);
    return most;
  }

  /// Compares the means of luma, or green, over cells of 4 × 4 pixels, which noise changes little.
  bool has_changed(const Picture &picture, int x, int y) {
    const Layout &layout = *geometry_.layout;
    const Component &k = *layout.find(layout.is_rgb() ? Role::kG : Role::kY);
    const int right = std::min((x + 1) * kBlock, geometry_.width);
    const int bottom = std::min((y + 1) * kBlock, geometry_.height);
    const int noise = kNoise * kCell * kCell << (layout.depth - 8);
    for (int top = y * kBlock; top < bottom; top += kCell) {
      std::array<int, kBlock / kCell> change{};
      const int end = std::min(top + kCell, bottom);
      for (int v = top; v < end; v++) {
        const Sample *now = row_of<Depth>(picture, k.plane, v) + k.offset;
        const Sample *held = held_[k.plane].row(v) + k.offset;
        for (int u = x * kBlock; u < right; u++)
          change[(u - x * kBlock) / kCell] += (now[u * k.pixel_stride] - held[u * k.pixel_stride]) >> layout.shift;
      }
      for (const int c : change)
        if (std::abs(c) > noise)
          return true;
    }
    return false;
  }

  void hold(const Picture &picture, int x, int y) {
    const Layout &layout = *geometry_.layout;
    for (int p = 0; p < layout.planes; p++) {
      const Component &k = layout.first_of(p);
      const int begin = (x * kBlock >> k.shift_x) * k.pixel_stride;
      const int end = x + 1 == blocks_.width() ? held_[p].width() : ((x + 1) * kBlock >> k.shift_x) * k.pixel_stride;
      const int bottom = y + 1 == blocks_.height() ? held_[p].height() : (y + 1) * kBlock >> k.shift_y;
      for (int v = y * kBlock >> k.shift_y; v < bottom; v++)
        std::copy(row_of<Depth>(picture, p, v) + begin, row_of<Depth>(picture, p, v) + end, held_[p].row(v) + begin);
    }
  }

  const Canvas &canvas_;
  Geometry geometry_;
  Plane<Block> blocks_;
  std::array<Plane<Sample>, kMaxPlanes> held_;
  bool holds_ = false;
};

}  // namespace

template <class Depth>
EffectPointer<Depth> make_freeze(const Canvas &canvas) { return std::make_unique<Freeze<Depth>>(canvas); }
template EffectPointer<Depth8> make_freeze(const Canvas &);
template EffectPointer<Depth16> make_freeze(const Canvas &);

}  // namespace attention
