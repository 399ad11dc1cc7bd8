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
  explicit Centre(Size size) : prior_(size) {
    for (int y = 0; y < size.height; y++) {
      for (int x = 0; x < size.width; x++) {
        const double dx = ((x + 0.5) / size.width - 0.5) / kSigmaX;
        const double dy = ((y + 0.5) / size.height - 0.5) / kSigmaY;
        prior_.row(y)[x] = static_cast<float>(std::exp(-(dx * dx + dy * dy) / 2));
      }
    }
  }

  void look(const Features &) override {}
  void score(Map &out) override { std::copy(prior_.begin(), prior_.end(), out.begin()); }

 private:
  Map prior_;
};

}  // namespace

std::unique_ptr<Cue> make_centre(const AnalysisSizes &sizes, const Features &) {
  return std::make_unique<Centre>(sizes.map);
}

}  // namespace attention
