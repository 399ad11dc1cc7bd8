// SPDX-License-Identifier: LGPL-2.1-or-later
#include "area_reader.h"

#include <numeric>

namespace attention {
namespace {

constexpr int kMaxRows = 256;  ///< of bytes, whose sum fits into 16 bits

/// sum[i] += the `Count` rows that begin at `row`.
template <int Count>
void add_rows(uint16_t *sum, const uint8_t *row, ptrdiff_t stride, int n) {
#pragma omp simd
  for (int i = 0; i < n; i++) {
    unsigned total = sum[i];
    for (int k = 0; k < Count; k++)
      total += row[k * stride + i];
    sum[i] = static_cast<uint16_t>(total);
  }
}

/// out[x] = the sum of `Count` neighbours.
template <int Count>
void add_columns(float *out, const float *in, int n) {
#pragma omp simd
  for (int x = 0; x < n; x++) {
    float total = in[Count * x];
    for (int k = 1; k < Count; k++)
      total += in[Count * x + k];
    out[x] = total;
  }
}

/// How many whole samples each of the spans covers, where that is the same for all and they lie side by side; else 0.
int whole_samples(const std::vector<Span> &spans) {
  const int count = spans.front().count;
  for (size_t i = 0; i < spans.size(); i++)
    if (spans[i].count != count || spans[i].covered != static_cast<float>(count) ||
        spans[i].first != spans.front().first + static_cast<int>(i) * count)
      return 0;
  return count;
}

}  // namespace

AreaReader::AreaReader(const Geometry &geometry, Size out) : out_(out), planes_(geometry.layout->planes) {
  const Layout &layout = *geometry.layout;
  for (int p = 0; p < planes_; p++)
    readers_[p].row_bytes = layout.row_bytes(p, geometry.width);
  for (int c = 0; c < layout.components; c++) {
    const Component &k = layout.component[c];
    if (colour_slot(k.role) < 0)
      continue;
    const double sx = 1.0 / (1 << k.shift_x);
    const double sy = 1.0 / (1 << k.shift_y);
    PlaneReader &reader = readers_[k.plane];
    reader.rows = divide(geometry.crop_top * sy, (geometry.height - geometry.crop_bottom) * sy, k.lines(geometry.height), out.height);
    const std::vector<Span> columns =
        divide(geometry.crop_left * sx, (geometry.width - geometry.crop_right) * sx, k.columns(geometry.width), out.width);
    reader.channels.push_back({k, columns, k.pixel_stride == 1 ? whole_samples(columns) : 0});
    sums_.resize(std::max(sums_.size(), static_cast<size_t>(reader.row_bytes)));
    line_.resize(sums_.size());
    for (auto &narrow : narrow_)
      narrow.resize(sums_.size());
  }
}

void AreaReader::run(const Picture &in, const Slots &out) {
  for (int p = 0; p < planes_; p++) {
    const PlaneReader &reader = readers_[p];
    for (int y = 0; y < out_.height && !reader.channels.empty(); y++) {
      read_rows(in.data[p], in.stride[p], reader.rows[y], reader.row_bytes);
      for (const Channel &channel : reader.channels)
        read_columns(channel, out[colour_slot(channel.component.role)]->row(y));
    }
  }
}

// line_ = the mean of the rows
void AreaReader::read_rows(const uint8_t *plane, ptrdiff_t stride, const Span &rows, int n) {
  const float scale = 1.0F / rows.covered;
  const uint8_t *row = plane + rows.first * stride;
  const bool cuts_first = rows.head < 1;
  const bool cuts_last = rows.count > 1 && rows.tail < 1;
  int left = rows.count - (cuts_first ? 1 : 0) - (cuts_last ? 1 : 0);
  const uint8_t *whole = row + (cuts_first ? stride : 0);
  if (left == 0)
    std::fill_n(line_.begin(), n, 0.0F);
  for (bool is_first = true; left > 0; is_first = false) {
    const int part = std::min(left, kMaxRows);
    std::fill_n(sums_.begin(), n, uint16_t{0});
    int done = 0;
    for (; done + 4 <= part; done += 4)
      add_rows<4>(sums_.data(), whole + done * stride, stride, n);
    for (; done + 2 <= part; done += 2)
      add_rows<2>(sums_.data(), whole + done * stride, stride, n);
    for (; done < part; done++)
      add_rows<1>(sums_.data(), whole + done * stride, stride, n);
    if (is_first)
      for (int i = 0; i < n; i++)
        line_[i] = static_cast<float>(sums_[i]) * scale;
    else
      for (int i = 0; i < n; i++)
        line_[i] += static_cast<float>(sums_[i]) * scale;
    whole += part * stride;
    left -= part;
  }
  const auto add_part = [&](const uint8_t *cut, float share) {
    for (int i = 0; i < n; i++)
      line_[i] += static_cast<float>(cut[i]) * (share * scale);
  };
  if (cuts_first)
    add_part(row, rows.head);
  if (cuts_last)
    add_part(row + (rows.count - 1) * stride, rows.tail);
}

// o = the means of line_ over the channel's columns
void AreaReader::read_columns(const Channel &channel, float *o) {
  const Component &k = channel.component;
  int count = channel.whole;
  if (count == 0) {
    for (int x = 0; x < out_.width; x++)
      o[x] = sum(line_.data() + k.offset, channel.columns[x], k.pixel_stride) / channel.columns[x].covered;
    return;
  }
  // Whole columns are summed up by factors whose loops vectorise.
  const float *samples = line_.data() + k.offset + channel.columns.front().first;
  const float scale = 1.0F / static_cast<float>(count);
  int next = 0;
  const auto reduce = [&](int factor, auto add) {
    for (; count % factor == 0; next = 1 - next) {
      count /= factor;
      add(narrow_[next].data(), samples, out_.width * count);
      samples = narrow_[next].data();
    }
  };
  reduce(2, add_columns<2>);
  reduce(3, add_columns<3>);
  if (count > 1) {
    float *narrow = narrow_[next].data();
    for (int x = 0; x < out_.width; x++)
      narrow[x] = std::accumulate(samples + x * count, samples + (x + 1) * count, 0.0F);
    samples = narrow;
  }
  for (int x = 0; x < out_.width; x++)
    o[x] = samples[x] * scale;
}

}  // namespace attention
