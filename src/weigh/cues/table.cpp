// SPDX-License-Identifier: LGPL-2.1-or-later
// What the rows of table.def stand for.
#include "weigh/cues/cue.h"

namespace attention {

#define CUE(file, ...) std::unique_ptr<Cue> make_##file(const AnalysisSizes &, const Features &);
#include "weigh/cues/table.def"
#undef CUE

#define CUE(file, name, description, role, floor, gain) {{name, description}, role, floor, gain, make_##file},
const std::array<CueRow, kCueCount> kCues = {{
#include "weigh/cues/table.def"
}};
#undef CUE

int first_of(CueRole role) {
  return static_cast<int>(
      std::find_if(kCues.begin(), kCues.end(), [&](const CueRow &row) { return row.role == role; }) - kCues.begin());
}

const std::vector<CueInfo> &cues() {
  static const std::vector<CueInfo> infos = [] {
    std::vector<CueInfo> all;
    all.reserve(kCues.size());
    for (const CueRow &row : kCues)
      all.push_back(row.info);
    return all;
  }();
  return infos;
}

}  // namespace attention
