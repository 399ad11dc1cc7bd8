// SPDX-License-Identifier: LGPL-2.1-or-later
// Heatmap: the weight as a colour from dark to hot, laid over what people look at.
#include "recombine/effects/palette.h"

namespace attention {
namespace {

// Perceptually even steps from black over red to pale yellow, after inferno (Smith & van der Walt 2015, CC0).
constexpr int kIntervals = 8;
constexpr Colour kColours[kIntervals + 1] = {{0.001, 0.000, 0.014}, {0.123, 0.047, 0.282}, {0.342, 0.062, 0.429},
                                             {0.543, 0.135, 0.413}, {0.736, 0.216, 0.330}, {0.890, 0.350, 0.197},
                                             {0.976, 0.557, 0.035}, {0.977, 0.790, 0.194}, {0.988, 0.998, 0.645}};

Colour heat(double weight) {
  const double at = weight * kIntervals;
  const int i = std::min(static_cast<int>(at), kIntervals - 1);
  Colour colour;
  for (int c = 0; c < 3; c++)
    colour[c] = kColours[i][c] + (kColours[i + 1][c] - kColours[i][c]) * (at - i);
  return colour;
}

}  // namespace

template <class Depth>
EffectPointer<Depth> make_heatmap(const Canvas &canvas) {
  return make_palette<Depth>(canvas, heat, Looks::kAtShaped);
}
template EffectPointer<Depth8> make_heatmap(const Canvas &);
template EffectPointer<Depth16> make_heatmap(const Canvas &);

}  // namespace attention
