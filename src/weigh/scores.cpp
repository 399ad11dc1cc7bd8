// SPDX-License-Identifier: LGPL-2.1-or-later
#include "weigh/scores.h"

#include "kernels/maps.h"

namespace attention {
namespace {

constexpr float kBlank = 0.004F;  // what a picture without any cue has everywhere: the centre prior decides

}  // namespace

void Scores::fuse(int held, int begin, int count, double center_bias, float *out) const {
  const auto score = [&](int c) { return c == held ? means.row(c) : maps[c].begin() + begin; };
  const float *where = manner.figure == kNoCue ? figure.begin() + begin : score(manner.figure);
  const auto bias = static_cast<float>(center_bias);
  std::copy_n(still.begin() + begin, count, out);
  const bool drops = held != kNoCue && this->drops[held].count() > 0;
  for (int i = 0; i < count && drops; i++)
    out[i] -= this->drops[held].begin()[begin + i];
  for (int c = 0; c < kCueCount; c++)
    if (kCues[c].role == CueRole::kMotion)
      kernels::add_motion(out, score(c), where, manner.gain, manner.floor, count);
  for (int c = 0; c < kCueCount; c++)
    if (kCues[c].role == CueRole::kPrior)
      kernels::apply_prior(out, score(c), kBlank, bias, count);
}

}  // namespace attention
