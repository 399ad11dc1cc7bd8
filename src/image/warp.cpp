// SPDX-License-Identifier: LGPL-2.1-or-later
#include "image/warp.h"

#include "kernels/maps.h"

namespace attention {

void warp(const Map &before, const Similarity &motion, Map &out) {
  for (int y = 0; y < out.height(); y++)
    kernels::sample_row(out.row(y), before.begin(), before.width(), before.height(), motion.a, motion.b, motion.tx,
                        motion.ty, static_cast<float>(y), kOutside, out.width());
}

}  // namespace attention
