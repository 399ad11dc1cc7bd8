// SPDX-License-Identifier: LGPL-2.1-or-later
#include "recombine/effects/held_picture.h"

namespace attention {

template <class Depth>
HeldPicture<Depth>::HeldPicture(const Canvas &canvas) : layout_(canvas.layout()), counts_(blocks_of(canvas.geometry)) {
  for (int p = 0; p < layout_.planes; p++) {
    held_[p] = Plane<Sample>({canvas.row_samples(p), layout_.plane_rows(p, canvas.geometry.height)});
    sums_[p] = Plane<Sum>(held_[p].size());
    picture_.data[p] = reinterpret_cast<uint8_t *>(held_[p].begin());
    picture_.stride[p] = static_cast<ptrdiff_t>(held_[p].width() * sizeof(Sample));
  }
}

template <class Depth>
auto HeldPicture<Depth>::part_of(int plane, int x, int y) const -> Part {
  const Component &k = layout_.first_of(plane);
  const auto column = [&](int block) { return (block * kBlock >> k.shift_x) * k.pixel_stride; };
  const auto row = [&](int block) { return block * kBlock >> k.shift_y; };
  return {column(x), row(y), x + 1 == counts_.width() ? held_[plane].width() : column(x + 1),
          y + 1 == counts_.height() ? held_[plane].height() : row(y + 1)};
}

template <class Depth>
template <class F>
void HeldPicture<Depth>::for_rows(int x, int y, const F &f) const {
  for (int p = 0; p < layout_.planes; p++) {
    const Part part = part_of(p, x, y);
    for (int v = part.top; v < part.bottom; v++)
      f(p, v, part.left, part.right);
  }
}

template <class Depth>
void HeldPicture<Depth>::hold(const Picture &picture, int x, int y) {
  for_rows(x, y, [&](int p, int v, int begin, int end) {
    const Sample *row = row_of<typename Depth::Sample>(picture, p, v);
    std::copy(row + begin, row + end, held_[p].row(v) + begin);
  });
}

template <class Depth>
void HeldPicture<Depth>::add(const Picture &picture, int x, int y) {
  uint16_t &count = counts_.row(y)[x];
  if (count == kMostAdded)
    count = 0;
  if (count == 0)
    for_rows(x, y, [&](int p, int v, int begin, int end) {
      std::fill(sums_[p].row(v) + begin, sums_[p].row(v) + end, Sum{0});
    });
  for (int p = 0; p < layout_.planes; p++) {
    const Part part = part_of(p, x, y);
    Depth::add_rows(sums_[p].row(part.top) + part.left, sums_[p].width(),
                    row_of<typename Depth::Sample>(picture, p, part.top) + part.left,
                    picture.stride[p] / static_cast<ptrdiff_t>(sizeof(Sample)), part.bottom - part.top,
                    part.right - part.left);
  }
  count++;
}

template <class Depth>
void HeldPicture<Depth>::hold_mean(int x, int y) {
  const float codes = 1.0F / static_cast<float>(counts_.row(y)[x] << layout_.shift);
  for_rows(x, y, [&](int p, int v, int begin, int end) {
    const Sum *sum = sums_[p].row(v);
    Sample *held = held_[p].row(v);
    for (int i = begin; i < end; i++)
      held[i] = Depth::sample(static_cast<float>(sum[i]) * codes, layout_);
  });
}

template <class Depth>
bool HeldPicture<Depth>::mean_differs(int x, int y, float codes) const {
  const float share = 1.0F / counts_.row(y)[x];
  const float least = codes * static_cast<float>(1 << (layout_.depth - 8 + layout_.shift));
  for (int c = 0; c < layout_.components; c++) {
    const Component &k = layout_.component[c];
    if (colour_slot(k.role) < 0)
      continue;
    float squares = 0;
    int samples = 0;
    for_rows(x, y, [&](int p, int v, int begin, int end) {
      for (int i = begin + k.offset; p == k.plane && i < end; i += k.pixel_stride, samples++) {
        const float difference =
            static_cast<float>(sums_[p].row(v)[i]) * share - static_cast<float>(held_[p].row(v)[i]);
        squares += difference * difference;
      }
    });
    if (squares > least * least * static_cast<float>(samples))
      return true;
  }
  return false;
}

template class HeldPicture<Depth8>;
template class HeldPicture<Depth16>;

}  // namespace attention
