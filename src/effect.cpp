// SPDX-License-Identifier: LGPL-2.1-or-later
#include "effect.h"

#include <cmath>

namespace attention {

const std::array<EffectRow, kEffectCount> kEffects = {{
    {{"freeze", "what nobody looks at stays as it was until it truly changes"}, Shows::kAlone, make_freeze<Depth8>, make_freeze<Depth16>},
    {{"blur", "what nobody looks at is out of focus"}, Shows::kUnseen, make_blur<Depth8>, make_blur<Depth16>},
    {{"pixelate", "what nobody looks at becomes a mosaic of the regions' colours"}, Shows::kUnseen, make_pixelate<Depth8>, make_pixelate<Depth16>},
    {{"desaturate", "what nobody looks at loses its colour"}, Shows::kUnseen, make_desaturate<Depth8>, make_desaturate<Depth16>},
    {{"dim", "what nobody looks at fades to background-color"}, Shows::kUnseen, make_dim<Depth8>, make_dim<Depth16>},
    {{"heatmap", "what people look at glows, from dark to hot"}, Shows::kSeen, make_heatmap<Depth8>, make_heatmap<Depth16>},
    {{"map", "the weights themselves, as grey"}, Shows::kEverywhere, make_map<Depth8>, make_map<Depth16>},
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

Keep keep_of(Shows shows, double strength) {
  switch (shows) {
    case Shows::kUnseen:
      return {1 - strength, 1};
    case Shows::kSeen:
      return {1, 1 - strength};
    case Shows::kEverywhere:
      return {1 - strength, 1 - strength};
    default:
      return {0, 0};
  }
}

std::array<float, 3> encode(const Geometry &geometry, double r, double g, double b) {
  const Colorimetry &c = geometry.colorimetry;
  const double largest = geometry.layout->largest_code();
  const auto code = [largest](double value, int scale, int offset) {
    return static_cast<float>(std::clamp(value * scale + offset, 0.0, largest));
  };
  if (geometry.layout->is_rgb())
    return {code(r, c.luma_scale, c.luma_offset), code(g, c.luma_scale, c.luma_offset), code(b, c.luma_scale, c.luma_offset)};
  const double y = c.kr * r + (1 - c.kr - c.kb) * g + c.kb * b;
  return {code(y, c.luma_scale, c.luma_offset), code((b - y) / (2 * (1 - c.kb)), c.chroma_scale, c.chroma_offset),
          code((r - y) / (2 * (1 - c.kr)), c.chroma_scale, c.chroma_offset)};
}

}  // namespace attention
