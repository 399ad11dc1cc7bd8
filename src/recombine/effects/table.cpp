// SPDX-License-Identifier: LGPL-2.1-or-later
// What the rows of table.def stand for.
#include "recombine/effects/effect.h"

namespace attention {

#define EFFECT(name, ...) \
  template <class Depth>  \
  EffectPointer<Depth> make_##name(const Canvas &);
#include "recombine/effects/table.def"
#undef EFFECT

#define EFFECT(name, description, shows, needs) \
  {{#name, description}, shows, needs, make_##name<Depth8>, make_##name<Depth16>},
const std::array<EffectRow, kEffectCount> kEffects = {{
#include "recombine/effects/table.def"
}};
#undef EFFECT

const std::vector<EffectInfo> &effects() {
  static const std::vector<EffectInfo> infos = [] {
    std::vector<EffectInfo> all;
    all.reserve(kEffects.size());
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
    case Shows::kSoft:
      return {1 - std::min(4 * strength, 1.0), 1};
    case Shows::kHidden:
      return {0, 1};
    case Shows::kSeen:
      return {1, 1 - strength};
    default:
      return {0, 0};
  }
}

}  // namespace attention
