// SPDX-License-Identifier: LGPL-2.1-or-later
#include "weigh/fusion/network.h"

#include <cmath>

#include "kernels/maps.h"

namespace attention {
namespace {

using namespace fusion_weights;

constexpr float kLeast = -12, kGreatest = 8;  // of the density's logarithm

Size half(Size size) { return {(size.width + 1) / 2, (size.height + 1) / 2}; }

/// out = the means of 2 × 2 samples of `in`, of fewer at the last column and row of an odd size.
void pool(Planes<float> &in, Planes<float> &out) {
  const Size from = in.size(), to = out.size();
  for (int p = 0; p < out.planes(); p++)
    for (int y = 0; y < to.height; y++) {
      const float *above = in.row(p, 2 * y), *below = in.row(p, std::min(2 * y + 1, from.height - 1));
      float *row = out.row(p, y);
      for (int x = 0; x < from.width / 2; x++)
        row[x] = (above[2 * x] + above[2 * x + 1] + (below[2 * x] + below[2 * x + 1])) / 4;
      if (from.width % 2 == 1)
        row[to.width - 1] = (above[from.width - 1] + below[from.width - 1]) / 2;
    }
}

/// out += each sample of `in` as 2 × 2.
void add_grown(Planes<float> &in, Planes<float> &out) {
  const Size to = out.size();
  for (int p = 0; p < out.planes(); p++)
    for (int y = 0; y < to.height; y++) {
      kernels::add_twice(out.row(p, y), in.row(p, y / 2), to.width / 2);
      if (to.width % 2 == 1)
        out.row(p, y)[to.width - 1] += in.row(p, y / 2)[to.width / 2];
    }
}

float scale_within(float reach) { return kernels::kGreatestOfPair / reach; }

}  // namespace

template <int kIn, int kOut>
Network::Mix::Mix(const fusion_weights::Mix<kIn, kOut> &trained)
    : pairs(kIn / 2), reach(trained.reach), bias(std::begin(trained.bias), std::end(trained.bias)) {
  static_assert(kIn % 2 == 0 && kOut % kernels::kMixedAtOnce == 0);
  static_assert(kIn * 127.0 * kernels::kGreatestOfPair < 0x7fffffff);
  for (int first = 0; first < kOut; first += kernels::kMixedAtOnce)
    for (int i = 0; i < kIn; i += 2)
      for (int o = first; o < first + kernels::kMixedAtOnce; o++)
        weights.push_back(kernels::pair(trained.weight[o][i], trained.weight[o][i + 1]));
  for (const float of_plane : trained.scale)
    scale.push_back(of_plane / scale_within(reach));
}

template <typename Kernel>
void Network::Mix::run(Kernel kernel, Planes<float> &out, const kernels::Pair *const *in) const {
  for (int o = 0; o < out.planes(); o += kernels::kMixedAtOnce)
    kernel(out.rows() + o, in, weights.data() + static_cast<ptrdiff_t>(o) * pairs, scale.data() + o, bias.data() + o,
           pairs, out.count());
  out.clear_borders();
}

template <int kIn, int kOut>
Network::Block::Block(const fusion_weights::Block<kIn, kOut> &trained) : mix(trained.mix) {
  for (const auto &filter : trained.filter)
    for (const float weight : filter)
      filters.push_back(weight * scale_within(mix.reach));
}

void Network::Level::refine(const Block &block) {
  filter(state, block);
  block.mix.run(kernels::add_mixed_pairs, state, mixed.rows());
}

void Network::Level::gather(Level &finer, const Block &block) {
  pool(finer.state, pooled);
  filter(pooled, block);
  block.mix.run(kernels::mix_pairs, state, mixed.rows());
}

void Network::Level::filter(Planes<float> &in, const Block &block) {
  for (int p = 0; p < in.planes(); p += 2)
    kernels::filter_to_pairs(mixed.rows()[p / 2], in.rows()[p], in.rows()[p + 1], in.row_stride(),
                             block.filters.data() + static_cast<ptrdiff_t>(9) * p, in.count());
}

void Network::Level::grow_to(Level &finer, const Mix &mix) {
  for (int p = 0; p < state.planes(); p += 2)
    kernels::to_pairs(mixed.rows()[p / 2], state.rows()[p], state.rows()[p + 1], scale_within(mix.reach),
                      state.count());
  mix.run(kernels::mix_pairs, pooled, mixed.rows());
  add_grown(pooled, finer.state);
}

float Network::scale() { return scale_within(kTrained.look.reach); }

Network::Layers::Layers()
    : look(kTrained.look),
      fine(kTrained.fine),
      to_middle(kTrained.to_middle),
      middle(kTrained.middle),
      to_coarse(kTrained.to_coarse),
      coarse(kTrained.coarse[0]),
      coarse_too(kTrained.coarse[1]),
      from_coarse(kTrained.from_coarse),
      middle_again(kTrained.middle_again),
      from_middle(kTrained.from_middle),
      fine_again(kTrained.fine_again) {}

const Network::Layers &Network::layers() {
  static const Layers layers;
  return layers;
}

Network::Network(Size grid)
    : at_grid_(grid, 0, kFine),
      at_half_(half(grid), kFine, kMiddle),
      at_quarter_(half(half(grid)), kMiddle, kCoarse),
      sum_(1, grid),
      rows_(kPatch * kPatch / 2 + kMaps / 2) {
  layers();  // memory is taken here
}

void Network::run(const kernels::Pair *const *inputs, Map &out) {
  const Layers &layers = Network::layers();
  look(inputs);
  at_grid_.refine(layers.fine);
  at_half_.gather(at_grid_, layers.to_middle);
  at_half_.refine(layers.middle);
  at_quarter_.gather(at_half_, layers.to_coarse);
  at_quarter_.refine(layers.coarse);
  at_quarter_.refine(layers.coarse_too);
  at_quarter_.grow_to(at_half_, layers.from_coarse);
  at_half_.refine(layers.middle_again);
  at_half_.grow_to(at_grid_, layers.from_middle);
  at_grid_.refine(layers.fine_again);

  Planes<float> &state = at_grid_.state;
  kernels::combine(sum_.row(0, 0), state.row(0, 0), state.plane_stride(), kTrained.out, kFine, state.count());
  for (int y = 0; y < out.height(); y++)
    for (int x = 0; x < out.width(); x++)
      out.row(y)[x] = std::exp(std::clamp(sum_.row(0, y)[x] + kTrained.out_bias, kLeast, kGreatest));
}

void Network::look(const kernels::Pair *const *inputs) {
  // A sample of the patch beyond its cell is one of the same place in the cell beside it.
  static_assert(kDetail % 2 == 0 && kReach % 2 == 0);
  constexpr int kFrom = kDetail - kReach, kTo = kFrom + kPatch;
  const ptrdiff_t stride = at_grid_.state.row_stride();
  auto *row = rows_.data();
  for (int y = kFrom; y < kTo; y++)
    for (int x = kFrom; x < kTo; x += 2)
      *row++ = inputs[(y % kDetail * kDetail + x % kDetail) / 2] + (y / kDetail - 1) * stride + (x / kDetail - 1);
  std::copy_n(inputs + kLumaPairs, kMaps / 2, row);
  layers().look.run(kernels::mix_pairs, at_grid_.state, rows_.data());
}

}  // namespace attention
