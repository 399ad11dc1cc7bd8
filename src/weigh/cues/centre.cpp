// SPDX-License-Identifier: LGPL-2.1-or-later
// Centre prior: people look at the middle of a picture before they know what is in it (Tatler, J. Vision 2007).
#include <cmath>

#include "weigh/cues/cue.h"

namespace attention {
namespace {

constexpr double kSigmaX = 0.30;  // of the width
constexpr double kSigmaY = 0.25;  // of the height

class Centre final : public Cue {
 public:
  void look(const Features &) override {}
  void score(Map &out) override {
    for (int y = 0; y < out.height(); y++)
      for (int x = 0; x < out.width(); x++) {
        const double dx = ((x + 0.5) / out.width() - 0.5) / kSigmaX;
        const double dy = ((y + 0.5) / out.height() - 0.5) / kSigmaY;
        out.row(y)[x] = static_cast<float>(std::exp(-(dx * dx + dy * dy) / 2));
      }
  }
  bool never_changes() const override { return true; }
};

}  // namespace

std::unique_ptr<Cue> make_centre(const AnalysisSizes &, const Features &) { return std::make_unique<Centre>(); }

}  // namespace attention
