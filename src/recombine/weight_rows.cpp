// SPDX-License-Identifier: LGPL-2.1-or-later
#include "recombine/weight_rows.h"

namespace attention {

template <class Depth>
WeightRows<Depth>::WeightRows(const Canvas &canvas) : canvas_(canvas), values_(canvas.map) {
  for (size_t p = 0; p < canvas.planes.size(); p++)
    if (canvas.alike[p] == static_cast<int>(p))
      stretches_[p] = std::make_unique<Stretch<Depth>>(canvas.planes[p], canvas.map);
}

template <class Depth>
void WeightRows<Depth>::begin(const Weights<Depth> &weights, Keep keep) {
  keep_ = keep;
  refined_ = weights.refined;
  if (refined_ != nullptr)
    return;
  const auto unseen = static_cast<float>(keep.unseen);
  const auto span = static_cast<float>(keep.seen - keep.unseen);
  const auto value = [=](float w) { return Depth::weight(unseen + span * w); };
  std::transform(weights.map.begin(), weights.map.end(), values_.begin(), value);
  for (size_t p = 0; p < canvas_.planes.size(); p++)
    if (stretches_[p] != nullptr && canvas_.planes[p].has_colour)
      stretches_[p]->begin(Layer<Depth>::all(values_, value(weights.outside)));
}

template <class Depth>
RowStep<Depth> WeightRows<Depth>::rows(int plane, int y, std::array<Value *, 2> scratch) const {
  const Stretch<Depth> &stretch = *stretches_[canvas_.alike[plane]];
  if (refined_ == nullptr)
    return stretch.rows(y);
  Depth::factors(scratch[0], refined_->row(plane, y, scratch[1]), stretch.floor(), keep_, stretch.width());
  return {scratch[0], stretch.standstill(), {}};
}

template <class Depth>
auto WeightRows<Depth>::row(int plane, int y, std::array<Value *, 2> scratch) const -> const Value * {
  const RowStep<Depth> rows = this->rows(plane, y, scratch);
  if (rows.fraction == 0)
    return rows.base;
  Depth::lerp(scratch[0], rows.base, rows.step, rows.fraction, canvas_.row_samples(plane));
  return scratch[0];
}

template class WeightRows<Depth8>;
template class WeightRows<Depth16>;

}  // namespace attention
