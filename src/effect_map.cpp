// SPDX-License-Identifier: LGPL-2.1-or-later
// Map: the weight itself, as grey.
#include "effect_palette.h"

namespace attention {

std::unique_ptr<Effect> make_map(const Canvas &canvas) {
  return make_palette(canvas, [](double weight) { return Colour{weight, weight, weight}; });
}

}  // namespace attention
