// SPDX-License-Identifier: LGPL-2.1-or-later
// All effects, in the order in which they apply.
#include "recombine/effects/effect.h"

namespace attention {

template <class Depth> EffectPointer<Depth> make_freeze(const Canvas &);
template <class Depth> EffectPointer<Depth> make_blur(const Canvas &);
template <class Depth> EffectPointer<Depth> make_pixelate(const Canvas &);
template <class Depth> EffectPointer<Depth> make_desaturate(const Canvas &);
template <class Depth> EffectPointer<Depth> make_dim(const Canvas &);
template <class Depth> EffectPointer<Depth> make_heatmap(const Canvas &);
template <class Depth> EffectPointer<Depth> make_map(const Canvas &);

const std::array<EffectRow, kEffectCount> kEffects = {{
    {{"freeze", "what nobody looks at stays as it was until it truly changes"}, Shows::kAlone, Needs::kFrame,
     make_freeze<Depth8>, make_freeze<Depth16>},
    {{"blur", "what nobody looks at is out of focus"}, Shows::kUnseen, Needs::kFrame,
     make_blur<Depth8>, make_blur<Depth16>},
    {{"pixelate", "what nobody looks at becomes a mosaic of the regions' colours"}, Shows::kUnseen, Needs::kFrame,
     make_pixelate<Depth8>, make_pixelate<Depth16>},
    {{"desaturate", "what nobody looks at loses its colour"}, Shows::kUnseen, Needs::kPixel,
     make_desaturate<Depth8>, make_desaturate<Depth16>},
    {{"dim", "what nobody looks at fades to background-color"}, Shows::kUnseen, Needs::kPixel,
     make_dim<Depth8>, make_dim<Depth16>},
    {{"heatmap", "what people look at glows, from dark to hot"}, Shows::kSeen, Needs::kPixel,
     make_heatmap<Depth8>, make_heatmap<Depth16>},
    {{"map", "the weights themselves, as grey"}, Shows::kEverywhere, Needs::kPixel,
     make_map<Depth8>, make_map<Depth16>},
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

}  // namespace attention
