// SPDX-License-Identifier: LGPL-2.1-or-later
#include "recombine/overlay.h"

#include <algorithm>

#include "format/colour.h"
#include "format/samples.h"

namespace attention {
namespace {

constexpr int kGlyphWidth = 3, kGlyphHeight = 5;
// A dot of a glyph, and the line of a box, is one pixel for each so many lines of the frame, or a part of them.
constexpr int kLinesPerDot = 240;

/// Digits of three dots by five, row by row from the top left.
constexpr const char *kDigits[10] = {"####.##.##.####", ".#.##..#..#.###", "###..#####..###", "###..#.##..####",
                                     "#.##.####..#..#", "####..###..####", "####..####.####", "###..#.#..#..#.",
                                     "####.#####.####", "####.####..####"};

struct Rectangle {
  int left, top, right, bottom;  ///< px; right and bottom outside

  Rectangle grown(int by) const { return {left - by, top - by, right + by, bottom + by}; }
};

/// Fills rectangles with one grey, in every component that they touch.
template <class Samples>
class Brush {
 public:
  Brush(const Geometry &geometry, const Picture &picture, double grey)
      : geometry_(geometry), picture_(picture), code_(encode(geometry, grey, grey, grey)) {}

  void fill(const Rectangle &r) const {
    const Layout &layout = *geometry_.layout;
    for (int c = 0; c < layout.components; c++) {
      const Component &k = layout.component[c];
      const int slot = colour_slot(k.role);
      if (slot < 0)
        continue;
      const auto sample = Samples::sample(code_[slot], layout);
      const auto within = [](int px, int most) { return std::clamp(px, 0, most); };
      const int right = k.columns(within(r.right, geometry_.width));
      const int bottom = k.lines(within(r.bottom, geometry_.height));
      for (int y = within(r.top, geometry_.height) >> k.shift_y; y < bottom; y++)
        for (int x = within(r.left, geometry_.width) >> k.shift_x; x < right; x++)
          row_of<typename Samples::Sample>(picture_, k.plane, y)[k.offset + x * k.pixel_stride] = sample;
    }
  }

  void frame(const Rectangle &r, int line) const {
    fill({r.left, r.top, r.right, r.top + line});
    fill({r.left, r.bottom - line, r.right, r.bottom});
    fill({r.left, r.top, r.left + line, r.bottom});
    fill({r.right - line, r.top, r.right, r.bottom});
  }

 private:
  const Geometry &geometry_;
  const Picture &picture_;
  std::array<float, 3> code_;
};

/// The decimal digits of a number, the last first.
struct Digits {
  explicit Digits(uint32_t number) {
    do
      digit[count++] = static_cast<int>(number % 10);
    while ((number /= 10) != 0);
  }
  std::array<int, 10> digit{};
  int count = 0;
};

template <class Samples>
void draw(const Geometry &geometry, const Result &result, const Picture &picture) {
  const Brush<Samples> white(geometry, picture, 1), black(geometry, picture, 0);
  const int dot = (geometry.height + kLinesPerDot - 1) / kLinesPerDot;
  for (int i = result.region_count - 1; i >= 0; i--) {  // the most important on top
    const RegionOfInterest &region = result.regions[i];
    const Rectangle box{region.x, region.y, region.x + region.width, region.y + region.height};
    black.frame(box.grown(dot), 3 * dot);
    white.frame(box, dot);

    const Digits id(region.id);
    const int width = id.count * (kGlyphWidth + 1) + 1;
    const int left = std::max(std::min(box.left + 2 * dot, geometry.width - width * dot), 0);
    const int top = std::max(std::min(box.top + 2 * dot, geometry.height - (kGlyphHeight + 2) * dot), 0);
    black.fill({left, top, left + width * dot, top + (kGlyphHeight + 2) * dot});
    for (int d = 0; d < id.count; d++)
      for (int at = 0; at < kGlyphWidth * kGlyphHeight; at++) {
        const int x = left + ((id.count - 1 - d) * (kGlyphWidth + 1) + 1 + at % kGlyphWidth) * dot;
        const int y = top + (1 + at / kGlyphWidth) * dot;
        if (kDigits[id.digit[d]][at] == '#')
          white.fill({x, y, x + dot, y + dot});
      }
  }
}

}  // namespace

void draw_regions(const Geometry &geometry, const Result &result, const Picture &picture) {
  geometry.layout->sample_bytes() == 1 ? draw<Samples8>(geometry, result, picture)
                                       : draw<Samples16>(geometry, result, picture);
}

}  // namespace attention
