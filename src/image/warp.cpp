// SPDX-License-Identifier: LGPL-2.1-or-later
#include "image/warp.h"

#include "kernels/maps.h"

namespace attention {

Similarity compose(const Similarity &outer, const Similarity &inner) {
  return {outer.a * inner.a - outer.b * inner.b, outer.b * inner.a + outer.a * inner.b,
          outer.a * inner.tx - outer.b * inner.ty + outer.tx, outer.b * inner.tx + outer.a * inner.ty + outer.ty};
}

Similarity inverse(const Similarity &motion) {
  const float square = motion.a * motion.a + motion.b * motion.b;
  const float a = motion.a / square, b = -motion.b / square;
  return {a, b, -(a * motion.tx - b * motion.ty), -(b * motion.tx + a * motion.ty)};
}

Similarity at_half_size(const Similarity &motion) {
  const float a = motion.a, b = motion.b;
  return {a, b, (motion.tx + (a - b - 1) / 2) / 2, (motion.ty + (a + b - 1) / 2) / 2};
}

void warp(const Map &before, const Similarity &motion, Map &out) {
  if (motion.is_none() && before.width() == out.width() && before.height() == out.height()) {
    std::copy(before.begin(), before.end(), out.begin());
    return;
  }
  for (int y = 0; y < out.height(); y++)
    kernels::sample_row(out.row(y), before.begin(), before.width(), before.height(), motion.a, motion.b, motion.tx,
                        motion.ty, static_cast<float>(y), kOutside, out.width());
}

}  // namespace attention
