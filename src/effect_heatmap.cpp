// SPDX-License-Identifier: LGPL-2.1-or-later
// Heatmap: the weight as a colour from cold to hot, laid over what people look at.
#include "effect_palette.h"

namespace attention {
namespace {

constexpr Colour kColours[] = {{0.0, 0.0, 0.5}, {0.0, 0.6, 1.0}, {0.2, 0.85, 0.5}, {1.0, 0.9, 0.0}, {1.0, 0.15, 0.0}};
constexpr int kIntervals = 4;

Colour heat(double weight) {
  const double at = weight * kIntervals;
  const int i = std::min(static_cast<int>(at), kIntervals - 1);
  Colour colour;
  for (int c = 0; c < 3; c++)
    colour[c] = kColours[i][c] + (kColours[i + 1][c] - kColours[i][c]) * (at - i);
  return colour;
}

}  // namespace

std::unique_ptr<Effect> make_heatmap(const Canvas &canvas) { return make_palette(canvas, heat); }

}  // namespace attention
