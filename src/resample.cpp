// SPDX-License-Identifier: LGPL-2.1-or-later
#include "resample.h"

#include <cmath>

#include "kernels.h"

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
    : columns_(std::move(columns)), rows_(std::move(rows)), line_(in.width) {}

void AreaScale::run(const Map &in, Map &out) {
  const int n = in.width();
  for (size_t y = 0; y < rows_.size(); y++) {
    const Span &rows = rows_[y];
    std::fill(line_.begin(), line_.end(), 0.0F);
    for (int i = 0; i < rows.count; i++) {
      const float weight = i == 0 ? rows.head : i == rows.count - 1 ? rows.tail : 1.0F;
      kernels::accumulate_f(line_.data(), in.row(rows.first + i), weight, n);
    }
    float *o = out.row(static_cast<int>(y));
    for (size_t x = 0; x < columns_.size(); x++)
      o[x] = sum(line_.data(), columns_[x]) / (columns_[x].length * rows.length);
  }
}

Bilinear::Bilinear(Size in, Size out) : columns_(taps(in.width, out.width)), rows_(taps(in.height, out.height)), line_(in.width) {}

std::vector<Bilinear::Tap> Bilinear::taps(int in, int out) {
  std::vector<Tap> all;
  for (int i = 0; i < out; i++) {
    const double at = std::clamp((i + 0.5) * in / out - 0.5, 0.0, in - 1.0);
    const int first = static_cast<int>(at);
    all.push_back({first, std::min(first + 1, in - 1), static_cast<float>(at - first)});
  }
  return all;
}

void Bilinear::run(const Map &in, Map &out) {
  for (int y = 0; y < out.height(); y++) {
    const Tap &row = rows_[y];
    std::fill(line_.begin(), line_.end(), 0.0F);
    kernels::accumulate_f(line_.data(), in.row(row.first), 1.0F - row.fraction, in.width());
    kernels::accumulate_f(line_.data(), in.row(row.second), row.fraction, in.width());
    float *o = out.row(y);
    for (int x = 0; x < out.width(); x++) {
      const Tap &column = columns_[x];
      o[x] = line_[column.first] + (line_[column.second] - line_[column.first]) * column.fraction;
    }
  }
}

Gaussian::Gaussian(Size size, double sigma) : scratch_(size) {
  const int radius = std::max(1, static_cast<int>(std::lround(3 * sigma)));
  double total = 0;
  for (int i = 0; i <= radius; i++) {
    taps_.push_back(static_cast<float>(std::exp(-i * i / (2 * sigma * sigma))));
    total += taps_.back() * (i == 0 ? 1 : 2);
  }
  for (float &tap : taps_)
    tap /= static_cast<float>(total);
  line_.resize(size.width + 2 * radius);
}

void Gaussian::run(Map &map) {
  const int radius = static_cast<int>(taps_.size()) - 1;
  const int width = map.width();
  const int bottom = map.height() - 1;
  for (int y = 0; y <= bottom; y++) {
    float *o = scratch_.row(y);
    std::fill(o, o + width, 0.0F);
    for (int i = -radius; i <= radius; i++)
      kernels::accumulate_f(o, map.row(std::clamp(y + i, 0, bottom)), taps_[std::abs(i)], width);
  }
  for (int y = 0; y <= bottom; y++) {
    const float *s = scratch_.row(y);
    std::fill(line_.begin(), line_.begin() + radius, s[0]);
    std::copy(s, s + width, line_.begin() + radius);
    std::fill(line_.begin() + radius + width, line_.end(), s[width - 1]);
    float *o = map.row(y);
    std::fill(o, o + width, 0.0F);
    for (int i = -radius; i <= radius; i++)
      kernels::accumulate_f(o, line_.data() + radius + i, taps_[std::abs(i)], width);
  }
}

BoxBlur::BoxBlur(Size size) : scratch_(size), line_(size.width), sum_(size.width) {}

void BoxBlur::run(Map &map, double sigma) {
  const auto radius = static_cast<float>((std::sqrt(4 * sigma * sigma + 1) - 1) / 2);
  for (int pass = 0; pass < 3; pass++) {
    rows(map, radius);
    columns(map, radius);
  }
}

// A box reaches `whole` samples to both sides, and the next ones count by the rest of the radius.
void BoxBlur::rows(Map &map, float radius) {
  const int whole = static_cast<int>(radius);
  const float rest = radius - static_cast<float>(whole);
  const float scale = 1.0F / (2 * radius + 1);
  const int last = map.width() - 1;
  for (int y = 0; y < map.height(); y++) {
    float *row = map.row(y);
    std::copy(row, row + map.width(), line_.begin());
    const auto at = [&](int x) { return line_[std::clamp(x, 0, last)]; };
    double sum = 0;
    for (int i = -whole; i <= whole; i++)
      sum += at(i);
    for (int x = 0; x <= last; x++) {
      row[x] = static_cast<float>(sum + rest * (at(x - whole - 1) + at(x + whole + 1))) * scale;
      sum += at(x + whole + 1) - at(x - whole);
    }
  }
}

void BoxBlur::columns(Map &map, float radius) {
  const int whole = static_cast<int>(radius);
  const float rest = radius - static_cast<float>(whole);
  const float scale = 1.0F / (2 * radius + 1);
  const int last = map.height() - 1;
  const int n = map.width();
  std::copy(map.begin(), map.end(), scratch_.begin());
  const auto at = [&](int y) { return scratch_.row(std::clamp(y, 0, last)); };
  std::fill(sum_.begin(), sum_.end(), 0.0F);
  for (int i = -whole; i <= whole; i++)
    kernels::accumulate_f(sum_.data(), at(i), 1.0F, n);
  for (int y = 0; y <= last; y++) {
    float *row = map.row(y);
    std::fill(row, row + n, 0.0F);
    kernels::accumulate_f(row, sum_.data(), scale, n);
    kernels::accumulate_f(row, at(y - whole - 1), rest * scale, n);
    kernels::accumulate_f(row, at(y + whole + 1), rest * scale, n);
    kernels::accumulate_f(sum_.data(), at(y + whole + 1), 1.0F, n);
    kernels::accumulate_f(sum_.data(), at(y - whole), -1.0F, n);
  }
}

Moments moments(const Map &map) {
  double mean = 0;
  double square = 0;
  for (const float v : map)
    mean += v;
  mean /= map.count();
  for (const float v : map)
    square += (v - mean) * (v - mean);
  return {mean, std::sqrt(square / map.count())};
}

void stretch(Map &map, float least_range) {
  const auto [lo, hi] = std::minmax_element(map.begin(), map.end());
  const float base = *lo;
  const float scale = 1.0F / std::max(*hi - *lo, least_range);
  for (float &v : map)
    v = (v - base) * scale;
}

}  // namespace attention
