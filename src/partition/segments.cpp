// SPDX-License-Identifier: LGPL-2.1-or-later
#include "partition/segments.h"

namespace attention {
namespace {

constexpr float kLumaWidth = 16, kChromaWidth = 6;  // codes a cell

/// Axis by axis: `count` runs of `length` cells lie `stride` cells apart.
void share_along(float *run, int length, int stride, int count) {
  for (int i = 0; i < count; i++) {
    float before = run[i];
    for (int k = 0; k < length; k++) {
      float *cell = run + i + static_cast<ptrdiff_t>(k) * stride;
      const float here = *cell;
      const float after = k + 1 < length ? cell[stride] : here;
      *cell = (before + 2 * here + after) / 4;
      before = here;
    }
  }
}

}  // namespace

// Chroma is read at one place for each pixel: planes are smooth, and segments share what is learned with their
// neighbours.
Segments::Segments(Size analysis, Size size) : cells_(size) {
  const auto places = [](int in, int out) {
    std::vector<int> at(static_cast<size_t>(out));
    for (int i = 0; i < out; i++)
      at[static_cast<size_t>(i)] = std::min((2 * i + 1) * in / (2 * out), in - 1);
    return at;
  };
  columns_ = places(analysis.width, size.width);
  rows_ = places(analysis.height, size.height);
}

void Segments::run(const Map &luma, const AnalysisPlanes &planes) {
  // A cell is found by truncation, so what lies below the first one must not be negative.
  const auto cell = [](float code, float width, int count) {
    return static_cast<int>(std::clamp(code / width, 0.0F, static_cast<float>(count) - 0.5F));
  };
  constexpr float kBelowGrey = kChroma * kChromaWidth / 2;
  for (int y = 0; y < cells_.height(); y++) {
    const float *cb = planes.cb.row(rows_[static_cast<size_t>(y)]), *cr = planes.cr.row(rows_[static_cast<size_t>(y)]);
    for (int x = 0; x < cells_.width(); x++) {
      const int at = columns_[static_cast<size_t>(x)];
      const int blue = cell(cb[at] + kBelowGrey, kChromaWidth, kChroma);
      const int red = cell(cr[at] + kBelowGrey, kChromaWidth, kChroma);
      cells_.row(y)[x] =
          static_cast<uint16_t>((cell(luma.row(y)[x], kLumaWidth, kLuma) * kChroma + blue) * kChroma + red);
    }
  }
}

void share_with_neighbours(SegmentTable &table) {
  constexpr int kRow = Segments::kChroma, kSlice = Segments::kChroma * Segments::kChroma;
  share_along(table.data(), Segments::kLuma, kSlice, kSlice);
  for (int y = 0; y < Segments::kLuma; y++) {
    float *slice = table.data() + static_cast<ptrdiff_t>(y) * kSlice;
    share_along(slice, kRow, kRow, kRow);
    for (int b = 0; b < kRow; b++)
      share_along(slice + static_cast<ptrdiff_t>(b) * kRow, kRow, 1, 1);
  }
}

}  // namespace attention
