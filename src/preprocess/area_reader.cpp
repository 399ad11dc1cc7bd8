// SPDX-License-Identifier: LGPL-2.1-or-later
#include "preprocess/area_reader.h"

#include "kernels/frame_rows.h"

namespace attention {
namespace {

/// What is read of the rows of a frame, for samples of either size.
template <class Samples>
struct Reading;

template <>
struct Reading<Samples8> {
  static constexpr auto sum_rows = kernels::sum_rows_8;
  static constexpr auto sum_pairs_of_rows = kernels::sum_pairs_of_rows_8;
  static constexpr auto pick = kernels::pick_16;
  static constexpr auto fold = kernels::fold_16;
  static constexpr auto to_floats = kernels::to_floats_16;
  static constexpr auto add_row = kernels::add_row_8;
};

template <>
struct Reading<Samples16> {
  static constexpr auto sum_rows = kernels::sum_rows_16;
  static constexpr auto sum_pairs_of_rows = kernels::sum_pairs_of_rows_16;
  static constexpr auto pick = kernels::pick_32;
  static constexpr auto fold = kernels::fold_32;
  static constexpr auto to_floats = kernels::to_floats_32;
  static constexpr auto add_row = kernels::add_row_16;
};

constexpr int kEnoughRows = 4, kEnoughOfChroma = 3;  // of a span: of twice as many every other one is read

constexpr int kSlack = 4;  // sums that are read, though not used, beyond the last: those of a packed pixel

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

AreaReader::AreaReader(const Geometry &geometry, Size out, const std::array<CodeScale, 3> &scales, bool reads_opacity)
    : layout_(*geometry.layout), out_(out) {
  for (int p = 0; p < layout_.planes; p++)
    readers_[p].samples = layout_.row_samples(p, geometry.width);
  for (int c = 0; c < layout_.components; c++) {
    const Component &k = layout_.component[c];
    const bool is_opacity = k.role == Role::kAlpha && reads_opacity;
    const int slot = is_opacity ? kOpacitySlot : colour_slot(k.role);
    if (slot < 0)
      continue;
    const CodeScale scale = is_opacity ? CodeScale{0, 1.0F / static_cast<float>(layout_.largest_code())} : scales[slot];
    const double sx = 1.0 / (1 << k.shift_x);
    const double sy = 1.0 / (1 << k.shift_y);
    PlaneReader &reader = readers_[k.plane];
    reader.rows = divide(geometry.crop_top * sy, (geometry.height - geometry.crop_bottom) * sy,
                         k.lines(geometry.height), out.height);
    const std::vector<Span> columns = divide(geometry.crop_left * sx, (geometry.width - geometry.crop_right) * sx,
                                             k.columns(geometry.width), out.width);
    reader.channels.push_back({k, slot, scale, columns, whole_samples(columns)});
    longest_ = std::max(longest_, reader.samples);
  }
  for (PlaneReader &reader : readers_) {
    const bool is_chroma = std::all_of(reader.channels.begin(), reader.channels.end(), [](const Channel &channel) {
      return channel.component.role == Role::kCb || channel.component.role == Role::kCr;
    });
    reader.enough_rows = is_chroma ? kEnoughOfChroma : kEnoughRows;
    reader.pairs = reader.channels.size() == 1 && reader.channels[0].component.pixel_stride == 1 &&
                   reader.channels[0].whole > 0 && reader.channels[0].whole % 2 == 0;
  }
  enable(1);
}

void AreaReader::enable(int workers) {
  while (static_cast<int>(scratch_.size()) < workers) {
    Scratch scratch;
    for (int i = 0; i < 2; i++)
      if (layout_.sample_bytes() == 1)
        scratch.sums<Samples8>(i).resize(longest_ + kSlack);
      else
        scratch.sums<Samples16>(i).resize(longest_ + kSlack);
    scratch.line.resize(longest_);
    scratch_.push_back(std::move(scratch));
  }
}

void AreaReader::run(const Picture &in, const Slots &out, Workers &workers) {
  workers.run(out_.height, 1, [&](int begin, int end, int worker) {
    for (int p = 0; p < layout_.planes; p++)
      for (int y = begin; y < end && !readers_[p].channels.empty(); y++)
        if (layout_.sample_bytes() == 1)
          read<Samples8>(in, p, y, scratch_[worker], out);
        else
          read<Samples16>(in, p, y, scratch_[worker], out);
  });
}

template <class Samples>
void AreaReader::read(const Picture &in, int plane, int y, Scratch &scratch, const Slots &out) const {
  const PlaneReader &reader = readers_[plane];
  const Span &rows = reader.rows[y];
  const bool whole_rows = rows.covered == static_cast<float>(rows.count);
  bool has_line = false;
  const int step = std::max(rows.count / reader.enough_rows, 1), taken = rows.count / step;
  if (whole_rows) {
    const auto *row = row_of<typename Samples::Sample>(in, plane, rows.first);
    const ptrdiff_t stride = step * in.stride[plane] / static_cast<ptrdiff_t>(sizeof(typename Samples::Sample));
    auto *sums = scratch.sums<Samples>(0).data();
    if (reader.pairs)
      Reading<Samples>::sum_pairs_of_rows(sums, row + reader.channels[0].columns.front().first, stride, taken,
                                          out_.width * reader.channels[0].whole / 2);
    else
      Reading<Samples>::sum_rows(sums, row, stride, taken, reader.samples);
  }
  for (const Channel &channel : reader.channels) {
    float *o = out[channel.slot]->row(y);
    if (whole_rows && channel.whole > 0 && taken * channel.whole <= Samples::kMaxSamples) {
      add_whole_columns<Samples>(channel, reader.pairs, taken, scratch, o);
      continue;
    }
    if (!has_line)
      read_line<Samples>(in, plane, rows, scratch.line);
    has_line = true;
    const Component &k = channel.component;
    for (int x = 0; x < out_.width; x++) {
      const float code =
          sum(scratch.line.data() + k.offset, channel.columns[x], k.pixel_stride) / channel.columns[x].covered;
      o[x] = (code - channel.scale.offset) * channel.scale.gain;
    }
  }
}

/// o = the scaled means of the sums of `rows` whole rows, or of `pairs` of columns of them, over whole columns.
template <class Samples>
void AreaReader::add_whole_columns(const Channel &channel, bool pairs, int rows, Scratch &scratch, float *o) const {
  using Sum = typename Samples::Sum;
  const Component &k = channel.component;
  const Sum *sums = scratch.sums<Samples>(0).data();
  if (!pairs)
    sums += k.offset + channel.columns.front().first * k.pixel_stride;
  Sum *folded = scratch.sums<Samples>(1).data();
  int left = pairs ? channel.whole / 2 : channel.whole, n = out_.width * left;
  if (k.pixel_stride > 1) {
    Reading<Samples>::pick(folded, sums, k.pixel_stride, n);
    sums = folded;
  }
  while (left > 1) {
    const int factor = left % 2 == 0 ? 2 : left % 3 == 0 ? 3 : left;
    left /= factor;
    n /= factor;
    Reading<Samples>::fold(folded, sums, factor, n);
    sums = folded;
  }
  const float scale = channel.scale.gain / static_cast<float>((rows * channel.whole) << layout_.shift);
  Reading<Samples>::to_floats(o, sums, scale, channel.scale.offset * channel.scale.gain, out_.width);
}

/// line = the mean of the rows.
template <class Samples>
void AreaReader::read_line(const Picture &in, int plane, const Span &rows, std::vector<float> &line) const {
  const float scale = 1.0F / (rows.covered * static_cast<float>(1 << layout_.shift));
  const int n = readers_[plane].samples;
  std::fill_n(line.begin(), n, 0.0F);
  for (int i = 0; i < rows.count; i++) {
    const float share = i == 0 ? rows.head : i == rows.count - 1 ? rows.tail : 1.0F;
    Reading<Samples>::add_row(line.data(), row_of<typename Samples::Sample>(in, plane, rows.first + i), share * scale,
                              n);
  }
}

}  // namespace attention
