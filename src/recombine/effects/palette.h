// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// An effect whose target is the weight itself, seen through a palette.
#pragma once

#include "recombine/effects/effect.h"

namespace attention {

using Colour = std::array<double, 3>;  ///< R, G, B in [0, 1]

/// The colour of a weight in [0, 1].
using Palette = Colour (*)(double weight);

/// What the palette is asked for.
enum class Looks {
  kAtShaped,  ///< weights as gamma and background_weight shape them
  kAtPlain,   ///< weights as they are
};

template <class Depth>
EffectPointer<Depth> make_palette(const Canvas &canvas, Palette palette, Looks looks);

}  // namespace attention
