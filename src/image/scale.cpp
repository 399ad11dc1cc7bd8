// SPDX-License-Identifier: LGPL-2.1-or-later
#include "image/scale.h"

#include <cmath>

#include "kernels/maps.h"

namespace attention {
namespace {

constexpr double kLongestShape = 4.0;

/// What sample `i` of a span weighs in its mean.
float share_of(const Span &span, int i) {
  return (i == 0 ? span.head : i == span.count - 1 ? span.tail : 1.0F) / span.length;
}

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
  spans.reserve(static_cast<size_t>(out));
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
    : rows_(std::move(rows)),
      columns_(static_cast<int>(columns.size())),
      lines_({std::max(in.width, columns_), kAtOnce}),
      interleaved_(static_cast<size_t>(kAtOnce) * in.width),
      gathered_(static_cast<size_t>(kAtOnce) * columns_) {
  for (const Span &span : columns)
    reach_ = std::max(reach_, span.count);
  shares_.resize(columns.size() * reach_);
  for (int x = 0; x < columns_; x++) {
    const Span &span = columns[x];
    first_.push_back(std::min(span.first, in.width - reach_));
    for (int i = 0; i < span.count; i++)
      shares_[x * reach_ + span.first - first_.back() + i] = share_of(span, i);
  }
  halves_ = columns_ * 2 == in.width &&
            std::all_of(shares_.begin(), shares_.end(), [](float share) { return share == 0.5F; });
  int most = 1;
  for (const Span &span : rows_)
    most = std::max(most, span.count);
  weights_.resize(most);
}

void AreaScale::run(const Map &in, Map &out) {
  const auto height = static_cast<int>(rows_.size());
  for (int y = 0; y < height; y += kAtOnce) {
    const int rows = std::min(kAtOnce, height - y);
    for (int r = 0; r < rows; r++)
      add_rows(in, rows_[y + r], lines_.row(r));
    for (int r = 0; r < rows && halves_; r++)
      kernels::halve(out.row(y + r), lines_.row(r), columns_);
    if (!halves_)
      gather(rows, out.row(y));
  }
}

/// line = the weighted sum of the rows of a span.
void AreaScale::add_rows(const Map &in, const Span &rows, float *line) {
  if (rows.count == 0) {
    std::fill_n(line, in.width(), 0.0F);
    return;
  }
  for (int i = 0; i < rows.count; i++)
    weights_[i] = share_of(rows, i);
  kernels::combine(line, in.row(rows.first), in.width(), weights_.data(), rows.count, in.width());
}

/// Makes so many rows of the output of the lines. The same number of samples for each column: nothing could foresee
/// where spans of two and three take turns.
void AreaScale::gather(int rows, float *out) {
  kernels::interleave(interleaved_.data(), lines_.begin(), lines_.width(),
                      static_cast<int>(interleaved_.size()) / kAtOnce);
  kernels::gather_columns(gathered_.data(), interleaved_.data(), first_.data(), shares_.data(), reach_, columns_);
  if (rows == kAtOnce) {
    kernels::deinterleave(out, columns_, gathered_.data(), columns_);
    return;
  }
  kernels::deinterleave(lines_.begin(), lines_.width(), gathered_.data(), columns_);
  for (int r = 0; r < rows; r++)
    std::copy_n(lines_.row(r), columns_, out + static_cast<ptrdiff_t>(r) * columns_);
}

Bilinear::Bilinear(Size in, Size out)
    : columns_(in.width, out.width),
      rows_(in.height, out.height),
      lines_({in.width, kAtOnce}),
      interleaved_(static_cast<size_t>(kAtOnce) * in.width),
      gathered_(static_cast<size_t>(kAtOnce) * out.width),
      wide_({out.width, 2 * kAtOnce}) {}

Bilinear::Taps::Taps(int in, int out) {
  for (int i = 0; i < out; i++) {
    const double at = std::clamp((i + 0.5) * in / out - 0.5, 0.0, in - 1.0);
    first.push_back(static_cast<int>(at));
    second.push_back(std::min(first.back() + 1, in - 1));
    fraction.push_back(static_cast<float>(at - first.back()));
  }
}

// Columns first: there are fewer rows before they are enlarged, and what is left mixes whole rows.
void Bilinear::run(const Map &in, Map &out) {
  const auto wide = [&](int y) { return wide_.row(y % wide_.height()); };
  int widened = 0;
  for (int y = 0; y < out.height(); y++) {
    for (; widened <= rows_.second[y]; widened += kAtOnce)
      widen(in, widened, wide(widened));
    kernels::between(out.row(y), wide(rows_.first[y]), wide(rows_.second[y]), rows_.fraction[y], out.width());
  }
}

/// Enlarges the columns of kAtOnce rows from row `y` on.
void Bilinear::widen(const Map &in, int y, float *out) {
  const float *rows = in.row(y);
  if (y + kAtOnce > in.height()) {
    std::copy(in.row(y), in.end(), lines_.begin());
    rows = lines_.begin();
  }
  kernels::interleave(interleaved_.data(), rows, in.width(), in.width());
  kernels::between_columns(gathered_.data(), interleaved_.data(), columns_.first.data(), columns_.second.data(),
                           columns_.fraction.data(), wide_.width());
  kernels::deinterleave(out, wide_.width(), gathered_.data(), wide_.width());
}

}  // namespace attention
