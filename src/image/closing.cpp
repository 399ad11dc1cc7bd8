// SPDX-License-Identifier: LGPL-2.1-or-later
#include "image/closing.h"

#include <algorithm>

namespace attention {
namespace {

struct Greater {
  float operator()(float a, float b) const { return a < b ? b : a; }
};
struct Lesser {
  float operator()(float a, float b) const { return b < a ? b : a; }
};

/// out[i] is chosen among in[i - way], in[i] and in[i + way]; where there is no such, the outermost stands for it.
template <typename Choose>
void choose_across(const float *in, float *out, int way, int n, Choose choose) {
  way = std::min(way, n - 1);
  std::copy_n(in, n, out);
  for (int i = 0; i < n - way; i++)
    out[i] = choose(out[i], in[i + way]);
  for (int i = n - way; i < n; i++)
    out[i] = choose(out[i], in[n - 1]);
  for (int i = 0; i < way; i++)
    out[i] = choose(out[i], in[0]);
  for (int i = way; i < n; i++)
    out[i] = choose(out[i], in[i - way]);
}

/// Each sample becomes the one that is chosen in the square around it.
template <typename Choose>
void choose_around(Map &map, int radius, Map &scratch, Choose choose) {
  const int width = map.width(), last = map.height() - 1;
  // Windows that touch or overlap make a wider one without gaps.
  for (int reached = 0, way = 0; reached < radius; reached += way) {
    way = std::min(2 * reached + 1, radius - reached);
    for (int y = 0; y <= last; y++)
      choose_across(map.row(y), scratch.row(y), way, width, choose);
    for (int y = 0; y <= last; y++) {
      const float *above = scratch.row(std::max(y - way, 0)), *here = scratch.row(y),
                  *below = scratch.row(std::min(y + way, last));
      float *out = map.row(y);
      for (int x = 0; x < width; x++)
        out[x] = choose(choose(above[x], here[x]), below[x]);
    }
  }
}

}  // namespace

Closing::Closing(Size size, int radius) : radius_(radius), scratch_(size) {}

void Closing::run(Map &map) {
  choose_around(map, radius_, scratch_, Greater{});
  choose_around(map, radius_, scratch_, Lesser{});
}

}  // namespace attention
