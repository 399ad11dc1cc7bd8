// SPDX-License-Identifier: LGPL-2.1-or-later
#include "area_reader.h"

#include <numeric>

#include "depth.h"

namespace attention {
namespace {

/// sum[i] += the `Count` rows that begin at `row`.
template <int Count, typename Sum, typename Sample>
void add_rows(Sum *sum, const Sample *row, ptrdiff_t stride, int n) {
#pragma omp simd
  for (int i = 0; i < n; i++) {
    unsigned total = sum[i];
    for (int k = 0; k < Count; k++)
      total += row[k * stride + i];
    sum[i] = static_cast<Sum>(total);
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

AreaReader::AreaReader(const Geometry &geometry, Size out) : layout_(*geometry.layout), out_(out) {
  for (int p = 0; p < layout_.planes; p++)
    readers_[p].samples = layout_.row_samples(p, geometry.width);
  for (int c = 0; c < layout_.components; c++) {
    const Component &k = layout_.component[c];
    if (colour_slot(k.role) < 0)
      continue;
    const double sx = 1.0 / (1 << k.shift_x);
    const double sy = 1.0 / (1 << k.shift_y);
    PlaneReader &reader = readers_[k.plane];
    reader.rows = divide(geometry.crop_top * sy, (geometry.height - geometry.crop_bottom) * sy, k.lines(geometry.height), out.height);
    const std::vector<Span> columns =
        divide(geometry.crop_left * sx, (geometry.width - geometry.crop_right) * sx, k.columns(geometry.width), out.width);
    reader.channels.push_back({k, columns, k.pixel_stride == 1 ? whole_samples(columns) : 0});
    longest_ = std::max(longest_, reader.samples);
  }
  enable(1);
}

void AreaReader::enable(int workers) {
  while (static_cast<int>(scratch_.size()) < workers) {
    Scratch scratch;
    if (layout_.sample_bytes() == 1)
      scratch.sums<Depth8>().resize(longest_);
    else
      scratch.sums<Depth16>().resize(longest_);
    scratch.line.resize(longest_);
    for (auto &narrow : scratch.narrow)
      narrow.resize(longest_);
    scratch_.push_back(std::move(scratch));
  }
}

void AreaReader::run(const Picture &in, const Slots &out, Workers &workers) {
  workers.run(out_.height, 1, [&](int begin, int end, int worker) {
    Scratch &scratch = scratch_[worker];
    for (int p = 0; p < layout_.planes; p++)
      for (int y = begin; y < end && !readers_[p].channels.empty(); y++) {
        if (layout_.sample_bytes() == 1)
          read_rows<Depth8>(in, p, readers_[p].rows[y], scratch);
        else
          read_rows<Depth16>(in, p, readers_[p].rows[y], scratch);
        for (const Channel &channel : readers_[p].channels)
          read_columns(channel, scratch, out[colour_slot(channel.component.role)]->row(y));
      }
  });
}

// line = the mean of the rows
template <class Depth>
void AreaReader::read_rows(const Picture &in, int plane, const Span &rows, Scratch &scratch) const {
  using Sample = typename Depth::Sample;
  const int n = readers_[plane].samples;
  const ptrdiff_t stride = in.stride[plane] / static_cast<ptrdiff_t>(sizeof(Sample));
  const float scale = 1.0F / (rows.covered * static_cast<float>(1 << layout_.shift));
  const Sample *row = row_of<Depth>(in, plane, rows.first);
  const bool cuts_first = rows.head < 1;
  const bool cuts_last = rows.count > 1 && rows.tail < 1;
  int left = rows.count - (cuts_first ? 1 : 0) - (cuts_last ? 1 : 0);
  const Sample *whole = row + (cuts_first ? stride : 0);
  auto &sums = scratch.sums<Depth>();
  auto &line = scratch.line;
  std::fill_n(line.begin(), n, 0.0F);
  while (left > 0) {
    const int part = std::min(left, Depth::kMaxRows);
    std::fill_n(sums.begin(), n, typename Depth::Sum{0});
    int done = 0;
    for (; done + 4 <= part; done += 4)
      add_rows<4>(sums.data(), whole + done * stride, stride, n);
    for (; done + 2 <= part; done += 2)
      add_rows<2>(sums.data(), whole + done * stride, stride, n);
    for (; done < part; done++)
      add_rows<1>(sums.data(), whole + done * stride, stride, n);
    for (int i = 0; i < n; i++)
      line[i] += static_cast<float>(sums[i]) * scale;
    whole += part * stride;
    left -= part;
  }
  const auto add_part = [&](const Sample *cut, float share) {
    for (int i = 0; i < n; i++)
      line[i] += static_cast<float>(cut[i]) * (share * scale);
  };
  if (cuts_first)
    add_part(row, rows.head);
  if (cuts_last)
    add_part(row + (rows.count - 1) * stride, rows.tail);
}

// o = the means of line over the channel's columns
void AreaReader::read_columns(const Channel &channel, Scratch &scratch, float *o) const {
  const Component &k = channel.component;
  int count = channel.whole;
  if (count == 0) {
    for (int x = 0; x < out_.width; x++)
      o[x] = sum(scratch.line.data() + k.offset, channel.columns[x], k.pixel_stride) / channel.columns[x].covered;
    return;
  }
  // Whole columns are summed up by factors whose loops vectorise.
  const float *samples = scratch.line.data() + k.offset + channel.columns.front().first;
  const float scale = 1.0F / static_cast<float>(count);
  int next = 0;
  const auto reduce = [&](int factor, auto add) {
    for (; count % factor == 0; next = 1 - next) {
      count /= factor;
      add(scratch.narrow[next].data(), samples, out_.width * count);
      samples = scratch.narrow[next].data();
    }
  };
  reduce(2, add_columns<2>);
  reduce(3, add_columns<3>);
  if (count > 1) {
    float *narrow = scratch.narrow[next].data();
    for (int x = 0; x < out_.width; x++)
      narrow[x] = std::accumulate(samples + x * count, samples + (x + 1) * count, 0.0F);
    samples = narrow;
  }
  for (int x = 0; x < out_.width; x++)
    o[x] = samples[x] * scale;
}

}  // namespace attention
