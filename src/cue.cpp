// SPDX-License-Identifier: LGPL-2.1-or-later
#include "cue.h"

namespace attention {

const std::array<CueRow, kCueCount> kCues = {{
    {"figure-ground", CueRole::kFigure, 0.13F, 1.0F, make_figure_ground},
    {"detail", CueRole::kTexture, 0.17F, 1.0F, make_detail},
    {"contrast", CueRole::kLearned, 0.0F, 0.0F, make_contrast},
    {"motion", CueRole::kMotion, 0.0F, 3.0F, make_motion},
    {"centre", CueRole::kPrior, 0.0F, 1.0F, make_centre},
}};

const std::vector<std::string_view> &cue_names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const CueRow &row : kCues)
      all.push_back(row.name);
    return all;
  }();
  return names;
}

}  // namespace attention
