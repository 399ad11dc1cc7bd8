// SPDX-License-Identifier: LGPL-2.1-or-later
#include "image/scale.h"

#include <cmath>

#include "kernels/kernels.h"
#include "kernels/wide.h"

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

}  // namespace attention
