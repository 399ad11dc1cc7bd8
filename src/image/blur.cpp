// SPDX-License-Identifier: LGPL-2.1-or-later
#include "image/blur.h"

#include <cmath>

#include "kernels/maps.h"

namespace attention {

Gaussian::Gaussian(Size size, double sigma) {
  const int radius = std::max(1, static_cast<int>(std::lround(3 * sigma)));
  const int count = 2 * radius + 1;
  double total = 0;
  for (int i = -radius; i <= radius; i++) {
    weights_.push_back(static_cast<float>(std::exp(-i * i / (2 * sigma * sigma))));
    total += weights_.back();
  }
  std::vector<double> sums{0};  // of so many weights, the first ones
  for (float &weight : weights_) {
    weight /= static_cast<float>(total);
    sums.push_back(sums.back() + weight);
  }
  const int bottom = size.height - 1;
  for (int y = 0; y <= bottom; y++) {
    Column column{std::max(y - radius, 0), {}};
    for (int v = column.first; v <= std::min(y + radius, bottom); v++) {
      const int from = v == 0 ? 0 : v - y + radius, to = v == bottom ? count - 1 : v - y + radius;
      column.weights.push_back(from == to ? weights_[from] : static_cast<float>(sums[to + 1] - sums[from]));
    }
    columns_.push_back(column);
  }
  wide_ = Map({size.width + 2 * radius, radius + 1});
}

// Down the columns whole rows are added up; the result, with its border repeated, is added up moved by 0, 1, 2 …
// samples. A row is written once no other needs what it was.
void Gaussian::run(Map &map) {
  const auto count = static_cast<int>(weights_.size());
  const int radius = count / 2;
  const int width = map.width(), height = map.height();
  const auto wide = [&](int y) { return wide_.row(y % wide_.height()); };
  for (int y = 0; y < height + radius; y++) {
    if (y < height) {
      const Column &column = columns_[y];
      float *w = wide(y);
      kernels::combine(w + radius, map.row(column.first), width, column.weights.data(),
                       static_cast<int>(column.weights.size()), width);
      std::fill_n(w, radius, w[radius]);
      std::fill_n(w + radius + width, radius, w[radius + width - 1]);
    }
    if (y >= radius)
      kernels::combine(map.row(y - radius), wide(y - radius), 1, weights_.data(), count, width);
  }
}

namespace {

/// out = the means of `in` over a box of 2 · radius + 1 samples in each column: it reaches `whole` samples up and down,
/// and the next ones count by the rest of the radius.
void blur_columns(const Map &in, float radius, std::vector<float> &sums, Map &out) {
  const int whole = static_cast<int>(radius);
  const float rest = radius - static_cast<float>(whole);
  const float scale = 1.0F / (2 * radius + 1);
  const int n = in.width();
  const auto at = [&](int y) { return in.row(std::clamp(y, 0, in.height() - 1)); };
  float *sum = sums.data();
  std::fill_n(sum, n, 0.0F);
  for (int i = -whole; i <= whole; i++) {
    const float *row = at(i);
    for (int x = 0; x < n; x++)
      sum[x] += row[x];
  }
  for (int y = 0; y < in.height(); y++) {
    const float *above = at(y - whole - 1), *first = at(y - whole), *below = at(y + whole + 1);
    kernels::slide_box(out.row(y), sum, above, first, below, rest, scale, n);
  }
}

/// Three times; the last result is in `out`.
void blur_columns_thrice(Map &map, float radius, std::vector<float> &sums, Map &out) {
  blur_columns(map, radius, sums, out);
  blur_columns(out, radius, sums, map);
  blur_columns(map, radius, sums, out);
}

void turn(const Map &map, Map &out) {
  constexpr int kTile = 8;  // both are read and written while they are in cache
  for (int top = 0; top < map.height(); top += kTile)
    for (int x = 0; x < map.width(); x++)
      for (int y = top; y < std::min(top + kTile, map.height()); y++)
        out.row(x)[y] = map.row(y)[x];
}

}  // namespace

BoxBlur::BoxBlur(Size size)
    : turned_({size.height, size.width}),
      scratch_(size),
      turned_scratch_(turned_.size()),
      sum_(std::max(size.width, size.height)) {}

// Rows are columns of the map turned, and whole rows of columns fill vectors.
void BoxBlur::run(Map &map, double sigma) {
  const auto radius = static_cast<float>((std::sqrt(4 * sigma * sigma + 1) - 1) / 2);
  blur_columns_thrice(map, radius, sum_, scratch_);
  turn(scratch_, turned_);
  blur_columns_thrice(turned_, radius, sum_, turned_scratch_);
  turn(turned_scratch_, map);
}

}  // namespace attention
