// SPDX-License-Identifier: LGPL-2.1-or-later
#include "resample.h"

#include <cmath>

#include "kernels.h"
#include "wide.h"

namespace attention {
namespace {

constexpr double kLongestShape = 4.0;

}  // namespace

double aspect(Size shape) {
  return std::clamp(static_cast<double>(shape.width) / shape.height, 1 / kLongestShape, kLongestShape);
}

Size fit_area(Size shape, double area) {
  const double height = std::sqrt(area / aspect(shape));
  return {static_cast<int>(std::lround(height * aspect(shape))), static_cast<int>(std::lround(height))};
}

Size halved(Size size) { return {std::max((size.width + 1) / 2, 2), std::max((size.height + 1) / 2, 2)}; }

Span Span::cover(double begin, double end, int n) {
  Span span;
  span.length = static_cast<float>(end - begin);
  begin = std::max(begin, 0.0);
  end = std::min(end, static_cast<double>(n));
  // Edges that are whole but for rounding must not reach into a neighbour.
  const int first = static_cast<int>(std::floor(begin + 1e-6));
  const int last = static_cast<int>(std::ceil(end - 1e-6));
  if (last <= first)
    return span;
  span.covered = static_cast<float>(end - begin);
  span.first = first;
  span.count = last - first;
  span.head = static_cast<float>(std::min(end, first + 1.0) - begin);
  span.tail = static_cast<float>(end - (last - 1));
  return span;
}

std::vector<Span> divide(double begin, double end, int n, int out) {
  std::vector<Span> spans;
  for (int i = 0; i < out; i++)
    spans.push_back(Span::cover(begin + (end - begin) * i / out, begin + (end - begin) * (i + 1) / out, n));
  return spans;
}

std::vector<Span> between(const std::vector<double> &edges, int n) {
  std::vector<Span> spans;
  for (size_t i = 1; i < edges.size(); i++)
    spans.push_back(Span::cover(edges[i - 1], edges[i], n));
  return spans;
}

AreaScale::AreaScale(Size in, Size out)
    : AreaScale(in, divide(0, in.width, in.width, out.width), divide(0, in.height, in.height, out.height)) {}

AreaScale::AreaScale(Size in, std::vector<Span> columns, std::vector<Span> rows)
    : rows_(std::move(rows)), columns_(static_cast<int>(columns.size())), line_(in.width) {
  for (const Span &span : columns)
    reach_ = std::max(reach_, span.count);
  shares_.resize(columns.size() * reach_);
  for (int x = 0; x < columns_; x++) {
    const Span &span = columns[x];
    first_.push_back(std::min(span.first, in.width - reach_));
    for (int i = 0; i < span.count; i++) {
      const float share = i == 0 ? span.head : i == span.count - 1 ? span.tail : 1.0F;
      shares_[x * reach_ + span.first - first_.back() + i] = share / span.length;
    }
  }
  constexpr decltype(&AreaScale::gather<0>) kGathers[] = {&AreaScale::gather<0>, &AreaScale::gather<1>, &AreaScale::gather<2>,
                                                          &AreaScale::gather<3>, &AreaScale::gather<4>, &AreaScale::gather<5>};
  gather_ = kGathers[reach_ < static_cast<int>(std::size(kGathers)) ? reach_ : 0];
  if (columns_ * 2 == in.width && std::all_of(shares_.begin(), shares_.end(), [](float share) { return share == 0.5F; }))
    gather_ = &AreaScale::halve;
  int most = 1;
  for (const Span &span : rows_)
    most = std::max(most, span.count);
  taps_.resize(most);
  weights_.resize(most);
}

void AreaScale::run(const Map &in, Map &out) {
  const int n = in.width();
  for (size_t y = 0; y < rows_.size(); y++) {
    const Span &rows = rows_[y];
    float *o = out.row(static_cast<int>(y));
    if (rows.count == 0) {
      std::fill(o, o + columns_, 0.0F);
      continue;
    }
    for (int i = 0; i < rows.count; i++) {
      taps_[i] = in.row(rows.first + i);
      weights_[i] = (i == 0 ? rows.head : i == rows.count - 1 ? rows.tail : 1.0F) / rows.length;
    }
    float *line = line_.data();
    kernels::combine_f(line, taps_.data(), weights_.data(), rows.count, n);
    (this->*gather_)(o);
  }
}

// The same number of samples for each column: nothing could foresee where spans of two and three take turns.
template <int kReach>
void AreaScale::gather(float *out) const {
  const int reach = kReach != 0 ? kReach : reach_;
  const float *share = shares_.data();
  for (int x = 0; x < columns_; x++) {
    const float *samples = line_.data() + first_[x];
    float total = 0;
    for (int k = 0; k < reach; k++)
      total += samples[k] * *share++;
    out[x] = total;
  }
}

ATTENTION_WIDE void AreaScale::halve(float *out) const {
  const float *line = line_.data();
  for (int x = 0; x < columns_; x++)
    out[x] = (line[2 * x] + line[2 * x + 1]) * 0.5F;
}

Bilinear::Bilinear(Size in, Size out)
    : columns_(taps(in.width, out.width)), rows_(taps(in.height, out.height)), wide_({out.width, in.height}) {}

std::vector<Bilinear::Tap> Bilinear::taps(int in, int out) {
  std::vector<Tap> all;
  for (int i = 0; i < out; i++) {
    const double at = std::clamp((i + 0.5) * in / out - 0.5, 0.0, in - 1.0);
    const int first = static_cast<int>(at);
    all.push_back({first, std::min(first + 1, in - 1), static_cast<float>(at - first)});
  }
  return all;
}

// Columns first: there are fewer rows before they are enlarged, and what is left mixes whole rows.
ATTENTION_WIDE void Bilinear::run(const Map &in, Map &out) {
  for (int y = 0; y < in.height(); y++) {
    const float *line = in.row(y);
    float *o = wide_.row(y);
    for (int x = 0; x < out.width(); x++) {
      const Tap &column = columns_[x];
      o[x] = line[column.first] + (line[column.second] - line[column.first]) * column.fraction;
    }
  }
  for (int y = 0; y < out.height(); y++) {
    const Tap &row = rows_[y];
    kernels::lerp_f(out.row(y), wide_.row(row.first), wide_.row(row.second), row.fraction, out.width());
  }
}

Gaussian::Gaussian(Size size, double sigma) {
  const int radius = std::max(1, static_cast<int>(std::lround(3 * sigma)));
  double total = 0;
  for (int i = -radius; i <= radius; i++) {
    weights_.push_back(static_cast<float>(std::exp(-i * i / (2 * sigma * sigma))));
    total += weights_.back();
  }
  for (float &weight : weights_)
    weight /= static_cast<float>(total);
  wide_ = Map({size.width + 2 * radius, size.height});
  taps_.resize(weights_.size());
}

// Down the columns whole rows are added up; the result, with its border repeated, is added up moved by 0, 1, 2 … samples.
void Gaussian::run(Map &map) {
  const int count = static_cast<int>(weights_.size());
  const int radius = count / 2;
  const int width = map.width();
  const int bottom = map.height() - 1;
  for (int y = 0; y <= bottom; y++) {
    for (int k = 0; k < count; k++)
      taps_[k] = map.row(std::clamp(y + k - radius, 0, bottom));
    float *w = wide_.row(y);
    kernels::combine_f(w + radius, taps_.data(), weights_.data(), count, width);
    std::fill_n(w, radius, w[radius]);
    std::fill_n(w + radius + width, radius, w[radius + width - 1]);
  }
  for (int y = 0; y <= bottom; y++) {
    for (int k = 0; k < count; k++)
      taps_[k] = wide_.row(y) + k;
    kernels::combine_f(map.row(y), taps_.data(), weights_.data(), count, width);
  }
}

namespace {

/// out = the means of `in` over a box of 2 · radius + 1 samples in each column: it reaches `whole` samples up and down, and the next
/// ones count by the rest of the radius.
ATTENTION_WIDE void blur_columns(const Map &in, float radius, std::vector<float> &sums, Map &out) {
  const int whole = static_cast<int>(radius);
  const float rest = radius - static_cast<float>(whole);
  const float scale = 1.0F / (2 * radius + 1);
  const int n = in.width();
  const auto at = [&](int y) { return in.row(std::clamp(y, 0, in.height() - 1)); };
  float *__restrict sum = sums.data();
  std::fill_n(sum, n, 0.0F);
  for (int i = -whole; i <= whole; i++) {
    const float *row = at(i);
    for (int x = 0; x < n; x++)
      sum[x] += row[x];
  }
  for (int y = 0; y < in.height(); y++) {
    const float *above = at(y - whole - 1), *first = at(y - whole), *below = at(y + whole + 1);
    float *__restrict o = out.row(y);
    for (int x = 0; x < n; x++) {
      o[x] = (sum[x] + rest * (above[x] + below[x])) * scale;
      sum[x] += below[x] - first[x];
    }
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
    : turned_({size.height, size.width}), scratch_(size), turned_scratch_(turned_.size()), sum_(std::max(size.width, size.height)) {}

// Rows are columns of the map turned, and whole rows of columns fill vectors.
void BoxBlur::run(Map &map, double sigma) {
  const auto radius = static_cast<float>((std::sqrt(4 * sigma * sigma + 1) - 1) / 2);
  blur_columns_thrice(map, radius, sum_, scratch_);
  turn(scratch_, turned_);
  blur_columns_thrice(turned_, radius, sum_, turned_scratch_);
  turn(turned_scratch_, map);
}

ATTENTION_WIDE double mean(const Map &map) {
  const int n = map.count();
  const float *v = map.begin();
  double sum = 0;
#pragma omp simd reduction(+ : sum)
  for (int i = 0; i < n; i++)
    sum += v[i];
  return sum / n;
}

ATTENTION_WIDE Moments moments(const Map &map) {
  const int n = map.count();
  const float *v = map.begin();
  const double centre = mean(map);
  double square = 0;
#pragma omp simd reduction(+ : square)
  for (int i = 0; i < n; i++)
    square += (v[i] - centre) * (v[i] - centre);
  return {centre, std::sqrt(square / n)};
}

ATTENTION_WIDE double dot(const Map &a, const Map &b) {
  double sum = 0;
  for (int y = 0; y < a.height(); y++) {
    const float *v = a.row(y);
    const float *w = b.row(y);
    float row = 0;
#pragma omp simd reduction(+ : row)
    for (int x = 0; x < a.width(); x++)
      row += v[x] * w[x];
    sum += row;
  }
  return sum;
}

ATTENTION_WIDE Range range(const Map &map) {
  const int n = map.count();
  const float *v = map.begin();
  float least = v[0];
  float greatest = v[0];
#pragma omp simd reduction(min : least) reduction(max : greatest)
  for (int i = 0; i < n; i++) {
    least = v[i] < least ? v[i] : least;
    greatest = v[i] > greatest ? v[i] : greatest;
  }
  return {least, greatest};
}

void stretch(Map &map, float least_range) {
  stretch(map, range(map), least_range);
}

void stretch(Map &map, Range range, float least_range) {
  const float scale = 1.0F / std::max(range.greatest - range.least, least_range);
  for (float &v : map)
    v = (v - range.least) * scale;
}

}  // namespace attention
