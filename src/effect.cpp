// SPDX-License-Identifier: LGPL-2.1-or-later
#include "effect.h"

#include <cmath>

#include "kernels.h"

namespace attention {

const std::array<EffectRow, kEffectCount> kEffects = {{
    {{"freeze", "what nobody looks at stays as it was until it truly changes"}, keep_none, make_freeze},
    {{"blur", "what nobody looks at is out of focus"}, keep_inside, make_blur},
    {{"pixelate", "what nobody looks at becomes a mosaic of the regions' colours"}, keep_inside, make_pixelate},
    {{"desaturate", "what nobody looks at loses its colour"}, keep_inside, make_desaturate},
    {{"dim", "what nobody looks at fades to background-color"}, keep_inside, make_dim},
    {{"heatmap", "what people look at glows, from dark to hot"}, keep_outside, make_heatmap},
    {{"map", "the weights themselves, as grey"}, keep_nowhere, make_map},
}};

const std::vector<EffectInfo> &effects() {
  static const std::vector<EffectInfo> infos = [] {
    std::vector<EffectInfo> all;
    for (const EffectRow &row : kEffects)
      all.push_back(row.info);
    return all;
  }();
  return infos;
}

unsigned find_effect(std::string_view name) {
  for (int e = 0; e < kEffectCount; e++)
    if (kEffects[e].info.name == name)
      return 1U << e;
  return 0;
}

void Keep::factors(const int16_t *weight, const int16_t *floor, int16_t *factor, int n) const {
  kernels::mix_14(factor, weight, floor, base, 2 * strength, negative ? -1 : 0, n);
}

Keep keep_inside(int strength) { return {kernels::kWeightOne - strength, strength, false}; }
Keep keep_outside(int strength) { return {kernels::kWeightOne, strength, true}; }
Keep keep_nowhere(int strength) { return {kernels::kWeightOne - strength, 0, false}; }
Keep keep_none(int) { return {0, 0, false}; }

std::array<float, 3> encode(const Geometry &geometry, double r, double g, double b) {
  const Colorimetry &c = geometry.colorimetry;
  const auto code = [](double value, int scale, int offset) {
    return static_cast<float>(std::clamp(value * scale + offset, 0.0, 255.0));
  };
  if (geometry.layout->is_rgb())
    return {code(r, c.luma_scale, c.luma_offset), code(g, c.luma_scale, c.luma_offset), code(b, c.luma_scale, c.luma_offset)};
  const double y = c.kr * r + (1 - c.kr - c.kb) * g + c.kb * b;
  return {code(y, c.luma_scale, c.luma_offset), code((b - y) / (2 * (1 - c.kb)), c.chroma_scale, c.chroma_offset),
          code((r - y) / (2 * (1 - c.kr)), c.chroma_scale, c.chroma_offset)};
}

void fill_row(const Canvas &canvas, int plane, const std::array<float, 3> &code, uint8_t *row) {
  const Layout &layout = *canvas.geometry.layout;
  for (int c = 0; c < layout.components; c++) {
    const Component &k = layout.component[c];
    const int slot = colour_slot(k.role);
    if (k.plane != plane || slot < 0)
      continue;
    const auto value = static_cast<uint8_t>(std::lround(code[slot]));
    for (int x = 0; x < k.columns(canvas.geometry.width); x++)
      row[k.offset + x * k.pixel_stride] = value;
  }
}

}  // namespace attention
