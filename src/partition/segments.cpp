// SPDX-License-Identifier: LGPL-2.1-or-later
#include "partition/segments.h"

namespace attention {
namespace {

constexpr float kLumaWidth = 16, kChromaWidth = 6;  // codes a cell

/// Along one axis: `length` rows of `stride` cells lie one behind the other.
template <int stride>
void share_along(float *row, int length) {
  std::array<float, stride> before;
  std::copy_n(row, stride, before.begin());
  for (int k = 0; k < length; k++, row += stride) {
    const float *after = k + 1 < length ? row + stride : row;
    for (int i = 0; i < stride; i++) {
      const float here = row[i];
      row[i] = (before[i] + 2 * here + after[i]) / 4;
      before[i] = here;
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
  share_along<kSlice>(table.data(), Segments::kLuma);
  for (int y = 0; y < Segments::kLuma; y++)
    share_along<kRow>(table.data() + static_cast<ptrdiff_t>(y) * kSlice, kRow);
  for (int row = 0; row < Segments::kLuma * kRow; row++)
    share_along<1>(table.data() + static_cast<ptrdiff_t>(row) * kRow, kRow);
}

}  // namespace attention
