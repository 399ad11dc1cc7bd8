// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// An effect whose target is the weight itself, seen through a palette.
#pragma once

#include "recombine/effects/effect.h"

namespace attention {

using Colour = std::array<double, 3>;  ///< R, G, B in [0, 1]

/// The colour of a weight in [0, 1].
using Palette = Colour (*)(double weight);

template <class Depth>
EffectPointer<Depth> make_palette(const Canvas &canvas, Palette palette);

}  // namespace attention
