// SPDX-License-Identifier: LGPL-2.1-or-later
// Freeze: outside attention, blocks of 16 pixels show the picture last held there, to the bit, so that an encoder can skip
// them. A block follows the video while it draws attention or truly changes, and is taken anew from time to time.
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "effect.h"
#include "kernels.h"

namespace attention {
namespace {

constexpr int kBlock = 16;                              // px, as encoders have them
constexpr int kLive = kernels::kWeightOne / 2;          // a block with this weight somewhere follows the video …
constexpr int kAsleep = kernels::kWeightOne * 40 / 100; // … until it has less than this everywhere
constexpr int kNoise = 7;                               // codes: a mean over a cell that differs by less has not changed
constexpr int kCell = 4;                                // px
constexpr Nanoseconds kLingers = 500'000'000;           // that a block follows the video after a change

class Freeze final : public Effect {
 public:
  explicit Freeze(const Canvas &canvas)
      : canvas_(canvas),
        geometry_(canvas.geometry),
        blocks_({(geometry_.width + kBlock - 1) / kBlock, (geometry_.height + kBlock - 1) / kBlock}) {
    for (int p = 0; p < geometry_.layout->planes; p++)
      held_[p].resize(static_cast<size_t>(canvas.row_bytes(p)) * geometry_.layout->plane_rows(p, geometry_.height));
    for (int y = 0; y < blocks_.height(); y++)
      for (int x = 0; x < blocks_.width(); x++)
        blocks_.row(y)[x].phase = static_cast<double>((x * 73 + y * 151) % 256) / 256;
  }

  void reset() override {
    holds_ = false;
    for (Block &block : blocks_)
      block.last_change = kNoTime;
  }

  void begin(const Frame &frame, const Settings &settings) override {
    for (int y = 0; y < blocks_.height(); y++)
      for (int x = 0; x < blocks_.width(); x++) {
        Block &block = blocks_.row(y)[x];
        block.due = is_due(block, frame.time, settings.freeze_refresh);
        const int w = weight(frame.weights, x, y);
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

  const uint8_t *target(int plane, int y, const uint8_t *) override { return held_row(plane, y); }

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

  uint8_t *held_row(int plane, int y) { return held_[plane].data() + static_cast<size_t>(y) * canvas_.row_bytes(plane); }

  static bool is_due(Block &block, Nanoseconds time, Nanoseconds refresh) {
    if (time == kNoTime || refresh <= 0)
      return true;
    const auto period = static_cast<Nanoseconds>(static_cast<double>(time) / static_cast<double>(refresh) + block.phase);
    const bool due = period != block.period;
    block.period = period;
    return due;
  }

  /// The greatest weight in a block.
  int weight(const Plane<int16_t> &weights, int x, int y) const {
    const auto on_map = [](int px, int begin, int size, int n) { return static_cast<double>(px - begin) / size * n; };
    const double left = on_map(x * kBlock, geometry_.crop_left, geometry_.crop_width(), weights.width());
    const double right = on_map((x + 1) * kBlock, geometry_.crop_left, geometry_.crop_width(), weights.width());
    const double top = on_map(y * kBlock, geometry_.crop_top, geometry_.crop_height(), weights.height());
    const double bottom = on_map((y + 1) * kBlock, geometry_.crop_top, geometry_.crop_height(), weights.height());
    int most = 0;
    for (int v = std::max(static_cast<int>(std::floor(top)), 0); v < std::min(static_cast<int>(std::ceil(bottom)), weights.height()); v++)
      for (int u = std::max(static_cast<int>(std::floor(left)), 0); u < std::min(static_cast<int>(std::ceil(right)), weights.width()); u++)
        most = std::max(most, static_cast<int>(weights.row(v)[u]));
    return most;
  }

  /// Compares the means of luma, or green, over cells of 4 × 4 pixels, which noise changes little.
  bool has_changed(const Picture &picture, int x, int y) {
    const Layout &layout = *geometry_.layout;
    const Component &k = *layout.find(layout.is_rgb() ? Role::kG : Role::kY);
    const int right = std::min((x + 1) * kBlock, geometry_.width);
    const int bottom = std::min((y + 1) * kBlock, geometry_.height);
    for (int top = y * kBlock; top < bottom; top += kCell) {
      std::array<int, kBlock / kCell> change{};
      const int end = std::min(top + kCell, bottom);
      for (int v = top; v < end; v++) {
        const uint8_t *now = picture.data[k.plane] + static_cast<ptrdiff_t>(v) * picture.stride[k.plane] + k.offset;
        const uint8_t *held = held_row(k.plane, v) + k.offset;
        for (int u = x * kBlock; u < right; u++)
          change[(u - x * kBlock) / kCell] += now[u * k.pixel_stride] - held[u * k.pixel_stride];
      }
      for (const int c : change)
        if (std::abs(c) > kNoise * kCell * kCell)
          return true;
    }
    return false;
  }

  void hold(const Picture &picture, int x, int y) {
    const Layout &layout = *geometry_.layout;
    for (int p = 0; p < layout.planes; p++) {
      const Component *k = layout.component.data();
      while (k->plane != p)
        k++;
      const int bytes = canvas_.row_bytes(p);
      const int begin = (x * kBlock >> k->shift_x) * k->pixel_stride;
      const int end = x + 1 == blocks_.width() ? bytes : ((x + 1) * kBlock >> k->shift_x) * k->pixel_stride;
      const int rows = layout.plane_rows(p, geometry_.height);
      const int bottom = y + 1 == blocks_.height() ? rows : (y + 1) * kBlock >> k->shift_y;
      for (int v = y * kBlock >> k->shift_y; v < bottom; v++)
        std::memcpy(held_row(p, v) + begin, picture.data[p] + static_cast<ptrdiff_t>(v) * picture.stride[p] + begin,
                    static_cast<size_t>(end - begin));
    }
  }

  const Canvas &canvas_;
  Geometry geometry_;
  Plane<Block> blocks_;
  std::array<std::vector<uint8_t>, kMaxPlanes> held_;
  bool holds_ = false;
};

}  // namespace

std::unique_ptr<Effect> make_freeze(const Canvas &canvas) { return std::make_unique<Freeze>(canvas); }

}  // namespace attention
