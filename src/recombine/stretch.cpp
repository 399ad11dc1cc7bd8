// SPDX-License-Identifier: LGPL-2.1-or-later
#include "recombine/stretch.h"

#include <limits>

#include "format/frame_map.h"

namespace attention {

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
    line.fraction = at - line.row;
    lines.push_back(line);
  }
  for (int c = 0; c < layout.components; c++) {
    const Component &k = layout.component[c];
    if (k.plane != plane || colour_slot(k.role) < 0)
      continue;
    has_colour = true;
    for (int x = 0; x < k.columns(geometry.width); x++) {
      Sample &sample = samples[static_cast<size_t>(k.offset) + static_cast<size_t>(x) * k.pixel_stride];
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
    : columns_(columns),
      stretched_({static_cast<int>(columns.samples.size()), map.height + 1}),
      steps_({stretched_.width(), map.height}) {
  for (MapRow &row : map_rows_)
    row.values = row.steps = std::vector<Value>(map.width + 1);
  const auto extend = [](std::vector<kernels::Run> &runs, int at, int column, int slot, bool joins) {
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
    const int column = seen.outside ? map.width : seen.column;
    extend(runs_, static_cast<int>(i), column, 0, true);
    extend(slot_runs_, static_cast<int>(i), column, slot, !slot_runs_.empty() && slot_runs_.back().map == slot);
    fraction_.push_back(Depth::fraction(seen.fraction));
    floor_.push_back(is_protected ? Depth::kOne : std::numeric_limits<Value>::lowest());
    if (!is_protected)
      last = &sample;
  }
  fraction_.resize(fraction_.size() + kernels::kStretchedBehind);
  floor_.resize(floor_.size() + kernels::kStretchedBehind);
}

template <class Depth>
void Stretch<Depth>::begin(const Layer<Depth> &layer) {
  const std::vector<kernels::Run> &runs = layer.is_one() ? runs_ : slot_runs_;
  const int outside = stretched_.height() - 1;
  kernels::MapRows<Value> rows{};
  for (int slot = 0; slot < 3; slot++) {
    rows.values[slot] = map_rows_[slot].values.data();
    rows.steps[slot] = map_rows_[slot].steps.data();
  }
  // What is written behind a row the next one covers.
  for (int y = 0; y < stretched_.height(); y++) {
    for (int slot = 0; slot < (layer.is_one() ? 1 : 3); slot++)
      look_at(layer, slot, y);
    Depth::stretch(stretched_.row(y), runs, rows, fraction_.data(), floor_.data());
    if (y > 0 && y != outside)
      Depth::step(steps_.row(y - 1), stretched_.row(y - 1), stretched_.row(y), width());
  }
}

template <class Depth>
void Stretch<Depth>::look_at(const Layer<Depth> &layer, int slot, int y) {
  auto &[values, steps] = map_rows_[slot];
  const auto width = static_cast<int>(values.size()) - 1;
  if (y == stretched_.height() - 1) {
    std::fill(values.begin(), values.end(), layer.outside[slot]);
    std::fill(steps.begin(), steps.end(), Value{0});
    return;
  }
  std::copy_n(layer.slot[slot]->row(y), width, values.begin());
  values[width] = layer.outside[slot];
  Depth::step(steps.data(), values.data(), values.data() + 1, width - 1);
}

template <class Depth>
RowStep<Depth> Stretch<Depth>::rows(int y) const {
  const PlaneColumns::Line &line = columns_.lines[y];
  if (line.outside)
    return {stretched_.row(stretched_.height() - 1), standstill(), {}};
  return {stretched_.row(line.row), steps_.row(line.row), Depth::fraction(line.fraction)};
}

template <class Depth>
auto Stretch<Depth>::row(int y, Value *scratch) const -> const Value * {
  const RowStep<Depth> rows = this->rows(y);
  if (rows.fraction == 0)
    return rows.base;
  Depth::lerp(scratch, rows.base, rows.step, rows.fraction, width());
  return scratch;
}

template class Stretch<Depth8>;
template class Stretch<Depth16>;

}  // namespace attention
