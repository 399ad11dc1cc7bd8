// SPDX-License-Identifier: LGPL-2.1-or-later
#include "recombine/effects/block_changes.h"

#include <cmath>
#include <cstdlib>

namespace attention {
namespace {

// A difference counts where it is more than so many codes of 8 bits, and so many times what blocks that stand still
// differ by: that is noise over a mean of frames, and a reference of one frame has √2 times as much.
constexpr float kChange = 16, kChangeNoise = 5.5F;               // of a pixel
constexpr float kBlockChange = 3.5F, kBlockChangeNoise = 1.75F;  // of a block, root mean square
constexpr float kMostNoise = 6;  // codes of 8 bits, root mean square: what differs by more all over is no noise
constexpr int kQuiet = 4;        // one block in so many, or more, is taken to stand still
constexpr int kLeastInBlock =
    2;  // px that change in a block, or it is left out: noise alone would join all blocks to one area
constexpr int kLeastInArea = 16;  // px that change in an area of blocks, or it is none
constexpr int kCell = 4;          // px

BlockChange compare(const uint8_t *now, const uint8_t *then, int pixels, int threshold) {
  BlockChange change;
  int squares = 0;
  for (int top = 0; top < kBlock; top += kCell) {
    // Column by column, so that the compiler takes a row at once.
    std::array<int16_t, kBlock> sums{}, changed{};
    std::array<int, kBlock> squared{};
    for (int y = top; y < top + kCell; y++)
      for (int x = 0; x < kBlock; x++) {
        const int d = now[y * kBlock + x] - then[y * kBlock + x];
        sums[x] = static_cast<int16_t>(sums[x] + d);
        changed[x] = static_cast<int16_t>(changed[x] + (std::abs(d) > threshold ? 1 : 0));
        squared[x] += d * d;
      }
    for (int cell = 0; cell < kBlock; cell += kCell) {
      int sum = 0;
      for (int x = cell; x < cell + kCell; x++) {
        sum += sums[x];
        change.pixels += changed[x];
        squares += squared[x];
      }
      change.cell = std::max(change.cell, static_cast<float>(std::abs(sum)) / (kCell * kCell));
    }
  }
  change.rms = std::sqrt(static_cast<float>(squares) / static_cast<float>(pixels));
  return change;
}

}  // namespace

template <class Depth>
BlockChanges<Depth>::BlockChanges(const Geometry &geometry)
    : geometry_(geometry),
      luma_(*geometry.layout->find(geometry.layout->is_rgb() ? Role::kG : Role::kY)),
      reference_(blocks_of(geometry)),
      changes_(reference_.size()),
      seen_(reference_.size()),
      area_(static_cast<size_t>(seen_.count())),
      rms_(area_.size()),
      noise_(kMostNoise) {}

template <class Depth>
typename BlockChanges<Depth>::Tile BlockChanges<Depth>::tile_of(const Picture &picture, int x, int y) const {
  Tile tile{};
  const int columns = std::min(kBlock, geometry_.width - x * kBlock);
  const int lines = std::min(kBlock, geometry_.height - y * kBlock);
  const int shift = geometry_.layout->shift + geometry_.layout->depth - 8;
  for (int v = 0; v < lines; v++) {
    const auto *row = row_of<typename Depth::Sample>(picture, luma_.plane, y * kBlock + v) + luma_.offset +
                      x * kBlock * luma_.pixel_stride;
    uint8_t *out = &tile[v * kBlock];
    for (int u = 0; u < columns; u++)
      out[u] = static_cast<uint8_t>(row[u * luma_.pixel_stride] >> shift);
  }
  return tile;
}

template <class Depth>
void BlockChanges<Depth>::run(const Picture &picture) {
  const auto threshold = static_cast<int>(std::max(kChange, kChangeNoise * noise_));
  const float block_threshold = std::max(kBlockChange, kBlockChangeNoise * noise_);
  for (int y = 0; y < changes_.height(); y++)
    for (int x = 0; x < changes_.width(); x++) {
      const int pixels =
          std::min(kBlock, geometry_.width - x * kBlock) * std::min(kBlock, geometry_.height - y * kBlock);
      const Tile now = tile_of(picture, x, y);
      BlockChange &change = changes_.row(y)[x];
      change = compare(now.data(), reference_.row(y)[x].data(), pixels, threshold);
      change.differs = change.rms > block_threshold;
    }
  find_areas();
  measure_noise();
}

// For the next frame: noise is alike from one to the next.
template <class Depth>
void BlockChanges<Depth>::measure_noise() {
  std::transform(changes_.begin(), changes_.end(), rms_.begin(), [](const BlockChange &change) { return change.rms; });
  const auto quiet = rms_.begin() + changes_.count() / kQuiet;
  std::nth_element(rms_.begin(), quiet, rms_.end());
  noise_ = std::min(*quiet, kMostNoise);
}

// What moves is followed whole, also where it looks as before: in the box around it.
template <class Depth>
void BlockChanges<Depth>::find_areas() {
  seen_.fill(0);
  for (int start = 0; start < seen_.count(); start++) {
    int found = 0;
    const auto take = [&](int x, int y) {
      if (seen_.row(y)[x] == 0 && at(x, y).pixels >= kLeastInBlock) {
        seen_.row(y)[x] = 1;
        area_[found++] = y * seen_.width() + x;
      }
    };
    take(start % seen_.width(), start / seen_.width());
    int left = seen_.width(), right = -1, top = seen_.height(), bottom = -1, pixels = 0;
    for (int i = 0; i < found; i++) {
      const int x = area_[i] % seen_.width();
      const int y = area_[i] / seen_.width();
      left = std::min(left, x);
      right = std::max(right, x);
      top = std::min(top, y);
      bottom = std::max(bottom, y);
      pixels += at(x, y).pixels;
      for (int v = std::max(y - 1, 0); v <= std::min(y + 1, seen_.height() - 1); v++)
        for (int u = std::max(x - 1, 0); u <= std::min(x + 1, seen_.width() - 1); u++)
          take(u, v);
    }
    if (pixels < kLeastInArea)
      continue;
    for (int y = top; y <= bottom; y++)
      for (int x = left; x <= right; x++)
        changes_.row(y)[x].moves = true;
  }
}

template class BlockChanges<Depth8>;
template class BlockChanges<Depth16>;

}  // namespace attention
