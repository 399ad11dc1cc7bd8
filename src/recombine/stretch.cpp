// SPDX-License-Identifier: LGPL-2.1-or-later
#include "recombine/stretch.h"

#include <limits>

#include "format/frame_map.h"

namespace attention {
namespace {

constexpr int kFill = 16;  // samples that are filled at once, be the run as short as it may

}  // namespace

PlaneColumns::PlaneColumns(const Geometry &geometry, Size map, int plane) {
  const Layout &layout = *geometry.layout;
  samples.resize(static_cast<size_t>(layout.row_samples(plane, geometry.width)));
  const Component &first = layout.first_of(plane);
  const FrameMap on_map(geometry, map);
  for (int y = 0; y < first.lines(geometry.height); y++) {
    Line line;
    const double centre = sample_centre(y, first.shift_y, geometry.height);
    const double at = on_map.y.between_centres(centre);
    line.outside = !on_map.y.has(centre);
    line.row = static_cast<int>(at);
    line.next = std::min(line.row + 1, map.height - 1);
    line.fraction = at - line.row;
    lines.push_back(line);
  }
  for (int c = 0; c < layout.components; c++) {
    const Component &k = layout.component[c];
    if (k.plane != plane || colour_slot(k.role) < 0)
      continue;
    has_colour = true;
    for (int x = 0; x < k.columns(geometry.width); x++) {
      Sample &sample = samples[static_cast<size_t>(k.offset + x * k.pixel_stride)];
      const double centre = sample_centre(x, k.shift_x, geometry.width);
      const double at = on_map.x.between_centres(centre);
      sample.outside = !on_map.x.has(centre);
      sample.column = std::min(static_cast<int>(at), map.width - 2);
      sample.fraction = at - sample.column;
      sample.slot = colour_slot(k.role);
    }
  }
}

template <class Depth>
Stretch<Depth>::Stretch(const PlaneColumns &columns, Size map)
    : columns_(columns), base_(columns.samples.size() + kFill), step_(base_.size()),
      stretched_({static_cast<int>(columns.samples.size()), map.height + 1}) {
  const auto extend = [](std::vector<Run> &runs, int at, int column, int slot, bool joins) {
    if (runs.empty() || runs.back().column != column || !joins)
      runs.push_back({at, 0, column, slot});
    runs.back().length++;
  };
  const PlaneColumns::Sample *last = nullptr;  // whose column protected samples share
  for (size_t i = 0; i < columns.samples.size(); i++) {
    const PlaneColumns::Sample &sample = columns.samples[i];
    const bool is_protected = sample.slot == PlaneColumns::kProtected;
    const PlaneColumns::Sample &seen = is_protected && last != nullptr ? *last : sample;
    const int slot = std::max(seen.slot, 0);
    extend(runs_, static_cast<int>(i), seen.outside ? kOutside : seen.column, slot, true);
    extend(slot_runs_, static_cast<int>(i), seen.outside ? kOutside : seen.column, slot,
           !slot_runs_.empty() && slot_runs_.back().slot == slot);
    fraction_.push_back(Depth::fraction(seen.fraction));
    floor_.push_back(is_protected ? Depth::kOne : std::numeric_limits<Value>::lowest());
    if (!is_protected)
      last = &sample;
  }
}

template <class Depth>
void Stretch<Depth>::begin(const Layer<Depth> &layer) {
  const std::vector<Run> &runs = layer.is_one() ? runs_ : slot_runs_;
  const int outside = stretched_.height() - 1;
  for (int y = 0; y < stretched_.height(); y++) {
    for (const Run &run : runs) {
      Value base = layer.outside[run.slot];
      Value step{0};
      if (y != outside && run.column != kOutside) {
        const Value *columns = layer.slot[run.slot]->row(y) + run.column;
        base = columns[0];
        step = static_cast<Value>(columns[1] - columns[0]);
      }
      // Whole groups are quicker than exact ends; the next run covers what is too much.
      for (int i = run.begin; i < run.begin + run.length; i += kFill) {
        std::fill_n(base_.data() + i, kFill, base);
        std::fill_n(step_.data() + i, kFill, step);
      }
    }
    Depth::stretch(stretched_.row(y), base_.data(), step_.data(), fraction_.data(), floor_.data(), width());
  }
}

template <class Depth>
RowPair<Depth> Stretch<Depth>::rows(int y) const {
  const PlaneColumns::Line &line = columns_.lines[y];
  if (line.outside) {
    const Value *outside = stretched_.row(stretched_.height() - 1);
    return {outside, outside, {}};
  }
  return {stretched_.row(line.row), stretched_.row(line.next), Depth::fraction(line.fraction)};
}

template <class Depth>
auto Stretch<Depth>::row(int y, Value *scratch) const -> const Value * {
  const RowPair<Depth> pair = rows(y);
  if (pair.above == pair.below)
    return pair.above;
  Depth::lerp(scratch, pair.above, pair.below, pair.fraction, width());
  return scratch;
}

template class Stretch<Depth8>;
template class Stretch<Depth16>;

}  // namespace attention
