// SPDX-License-Identifier: LGPL-2.1-or-later
#include "recombine/effects/block_changes.h"

#include <cmath>

#include "kernels/blocks.h"

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
kernels::BlockDifference BlockChanges<Depth>::compare(const Picture &picture, int x, int y, int threshold) const {
  const uint8_t *then = reference_.row(y)[x].data();
  if constexpr (sizeof(typename Depth::Sample) == 1)
    if (luma_.pixel_stride == 1 && (x + 1) * kBlock <= geometry_.width && (y + 1) * kBlock <= geometry_.height)
      return kernels::compare_blocks(row_of<uint8_t>(picture, luma_.plane, y * kBlock) + luma_.offset + x * kBlock,
                                     picture.stride[luma_.plane], then, threshold);
  return kernels::compare_blocks(tile_of(picture, x, y).data(), kBlock, then, threshold);
}

template <class Depth>
void BlockChanges<Depth>::run(const Picture &picture) {
  const auto threshold = static_cast<int>(std::max(kChange, kChangeNoise * noise_));
  const float block_threshold = std::max(kBlockChange, kBlockChangeNoise * noise_);
  for (int y = 0; y < changes_.height(); y++)
    for (int x = 0; x < changes_.width(); x++) {
      const int pixels =
          std::min(kBlock, geometry_.width - x * kBlock) * std::min(kBlock, geometry_.height - y * kBlock);
      const kernels::BlockDifference difference = compare(picture, x, y, threshold);
      BlockChange &change = changes_.row(y)[x];
      change.rms = std::sqrt(static_cast<float>(difference.squares) / static_cast<float>(pixels));
      change.cell = static_cast<float>(difference.cell) / (kernels::kCellSide * kernels::kCellSide);
      change.pixels = difference.samples;
      change.differs = change.rms > block_threshold;
      change.moves = false;
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
