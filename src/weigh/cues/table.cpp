// SPDX-License-Identifier: LGPL-2.1-or-later
// All cues, in the order in which they are told.
#include "weigh/cues/cue.h"

namespace attention {

std::unique_ptr<Cue> make_figure_ground(const AnalysisSizes &, const Features &);
std::unique_ptr<Cue> make_detail(const AnalysisSizes &, const Features &);
std::unique_ptr<Cue> make_contrast(const AnalysisSizes &, const Features &);
std::unique_ptr<Cue> make_motion(const AnalysisSizes &, const Features &);
std::unique_ptr<Cue> make_centre(const AnalysisSizes &, const Features &);

const std::array<CueRow, kCueCount> kCues = {{
    {{"figure-ground", "areas that their surround encloses"}, CueRole::kFigure, 0.13F, 1.0F, make_figure_ground},
    {{"detail", "density of corners"}, CueRole::kTexture, 0.17F, 1.0F, make_detail},
    {{"contrast", "colours that differ from their surround"}, CueRole::kLearned, 0.0F, 0.0F, make_contrast},
    {{"motion", "what moves otherwise than the camera"}, CueRole::kMotion, 0.0F, 3.0F, make_motion},
    {{"centre", "the place in the frame"}, CueRole::kPrior, 0.0F, 1.0F, make_centre},
}};

int first_of(CueRole role) {
  return static_cast<int>(std::find_if(kCues.begin(), kCues.end(), [&](const CueRow &row) { return row.role == role; }) - kCues.begin());
}

const std::vector<CueInfo> &cues() {
  static const std::vector<CueInfo> infos = [] {
    std::vector<CueInfo> all;
    for (const CueRow &row : kCues)
      all.push_back(row.info);
    return all;
  }();
  return infos;
}

}  // namespace attention
