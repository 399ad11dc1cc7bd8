// SPDX-License-Identifier: LGPL-2.1-or-later
// Map: the weight itself, as grey, whatever shape it is given for other effects.
#include "recombine/effects/palette.h"

namespace attention {

template <class Depth>
EffectPointer<Depth> make_map(const Canvas &canvas) {
  return make_palette<Depth>(
      canvas,
      [](double weight) {
        return Colour{weight, weight, weight};
      },
      Looks::kAtPlain);
}
template EffectPointer<Depth8> make_map(const Canvas &);
template EffectPointer<Depth16> make_map(const Canvas &);

}  // namespace attention
