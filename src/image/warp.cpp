// SPDX-License-Identifier: LGPL-2.1-or-later
#include "image/warp.h"

#include <array>

#include "kernels/wide.h"

namespace attention {

// Where each pixel of a piece of a row comes from, then the pixels there, then what lies between them: the first and the last of
// these vectorise.
ATTENTION_WIDE void warp(const Map &before, const Similarity &motion, Map &out) {
  constexpr int kPiece = 64;
  const auto right = static_cast<float>(before.width() - 1);
  const auto bottom = static_cast<float>(before.height() - 1);
  const auto stride = static_cast<float>(before.width());
  std::array<float, kPiece> fx, fy, a, b, c, d;
  std::array<int, kPiece> index, inside;
  for (int y = 0; y < out.height(); y++)
    for (int begin = 0; begin < out.width(); begin += kPiece) {
      const int n = std::min(kPiece, out.width() - begin);
      for (int i = 0; i < n; i++) {
        const auto x = static_cast<float>(begin + i);
        const float u = motion.a * x - motion.b * static_cast<float>(y) + motion.tx;
        const float v = motion.b * x + motion.a * static_cast<float>(y) + motion.ty;
        inside[i] = u >= 0 && v >= 0 && u <= right && v <= bottom;
        // The last row and column are seen from the ones before them.
        const auto left = static_cast<float>(static_cast<int>(std::min(std::max(u, 0.0F), right - 1)));
        const auto top = static_cast<float>(static_cast<int>(std::min(std::max(v, 0.0F), bottom - 1)));
        index[i] = static_cast<int>(top * stride + left);
        fx[i] = u - left;
        fy[i] = v - top;
      }
      for (int i = 0; i < n; i++) {
        const float *p = before.begin() + index[i];
        a[i] = p[0];
        b[i] = p[1];
        c[i] = p[before.width()];
        d[i] = p[before.width() + 1];
      }
      float *o = out.row(y) + begin;
      for (int i = 0; i < n; i++) {
        const float above = a[i] + (b[i] - a[i]) * fx[i];
        const float below = c[i] + (d[i] - c[i]) * fx[i];
        const float between = above + (below - above) * fy[i];
        o[i] = inside[i] != 0 ? between : kOutside;
      }
    }
}

}  // namespace attention
