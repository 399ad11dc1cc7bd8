// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/colour.h"

#include <algorithm>

#include "format/layout.h"

namespace attention {

std::array<float, 3> encode(const Geometry &geometry, double r, double g, double b) {
  const Colorimetry &c = geometry.colorimetry;
  const double largest = geometry.layout->largest_code();
  const auto code = [largest](double value, int scale, int offset) {
    return static_cast<float>(std::clamp(value * scale + offset, 0.0, largest));
  };
  if (geometry.layout->is_rgb())
    return {code(r, c.luma_scale, c.luma_offset), code(g, c.luma_scale, c.luma_offset),
            code(b, c.luma_scale, c.luma_offset)};
  const double y = Luma<double>(c).of(r, g, b);
  return {code(y, c.luma_scale, c.luma_offset), code((b - y) / (2 * (1 - c.kb)), c.chroma_scale, c.chroma_offset),
          code((r - y) / (2 * (1 - c.kr)), c.chroma_scale, c.chroma_offset)};
}

std::array<CodeScale, 3> full_range(const Geometry &geometry) {
  const Colorimetry &c = geometry.colorimetry;
  const auto stretched = [](int offset, int scale) {
    return CodeScale{static_cast<float>(offset), 255.0F / static_cast<float>(scale)};
  };
  const CodeScale luma = stretched(c.luma_offset, c.luma_scale);
  const CodeScale chroma = geometry.layout->is_rgb() ? luma : stretched(c.chroma_offset, c.chroma_scale);
  return {luma, chroma, chroma};
}

}  // namespace attention
