// SPDX-License-Identifier: LGPL-2.1-or-later
#include "weight_rows.h"

namespace attention {

template <class Depth>
WeightRows<Depth>::WeightRows(const Canvas &canvas) : canvas_(canvas), weights_(canvas.map) {
  for (const PlaneColumns &plane : canvas.planes)
    samplers_.emplace_back(plane);
}

template <class Depth>
void WeightRows<Depth>::enable(MapRefine refine) {
  if (refine == MapRefine::kGuided && guided_ == nullptr)
    guided_ = std::make_unique<Guided<Depth>>(canvas_);
}

template <class Depth>
void WeightRows<Depth>::begin(const Map &weights, float outside, const Map &luma, const Picture &picture, MapRefine refine) {
  refined_ = refine == MapRefine::kGuided && guided_ != nullptr;
  if (refined_) {
    guided_->begin(weights, outside, luma, picture);
    return;
  }
  std::transform(weights.begin(), weights.end(), weights_.begin(), Depth::weight);
  for (Sampler<Depth> &sampler : samplers_)
    sampler.begin(Layer<Depth>::all(weights_, Depth::weight(outside)));
}

template class WeightRows<Depth8>;
template class WeightRows<Depth16>;

}  // namespace attention
