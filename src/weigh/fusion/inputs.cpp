// SPDX-License-Identifier: LGPL-2.1-or-later
#include "weigh/fusion/inputs.h"

#include <cmath>

#include "image/statistics.h"

namespace attention {
namespace {

constexpr double kArea = 40.0 * 22.5;
constexpr float kGreatestDeviation = 5.0F;
constexpr const char *kPositions[] = {"position middle", "position aside", "position down"};

void standardise(Map &map, float least_deviation) {
  const Moments m = moments(map);
  const auto centre = static_cast<float>(m.mean);
  const float scale = 1.0F / (static_cast<float>(m.deviation) + least_deviation);
  for (float &v : map)
    v = std::clamp((v - centre) * scale, -kGreatestDeviation, kGreatestDeviation);
}

/// A cue that is not there has none.
const std::vector<FusionInput> &inputs_of(const std::unique_ptr<Cue> &cue) {
  static const std::vector<FusionInput> none;
  return cue != nullptr ? cue->fusion_inputs() : none;
}

}  // namespace

Size FusionInputs::grid(const AnalysisSizes &sizes) {
  const Size size = fit_area(sizes.map, kArea);
  return {std::max(std::min(size.width, sizes.map.width), 2), std::max(std::min(size.height, sizes.map.height), 2)};
}

std::vector<const char *> FusionInputs::names(const Cues &cues) {
  std::vector<const char *> names;
  for (const auto &cue : cues)
    for (const FusionInput &input : inputs_of(cue))
      names.push_back(input.name);
  names.insert(names.end(), std::begin(kPositions), std::end(kPositions));
  return names;
}

FusionInputs::FusionInputs(const AnalysisSizes &sizes, const Cues &cues) {
  const Size size = grid(sizes);
  for (int c = 0; c < kCueCount; c++)
    for (const FusionInput &input : inputs_of(cues[c])) {
      const Size fine{size.width * input.detail, size.height * input.detail};
      resize_.emplace_back(input.size, fine);
      maps_.emplace_back(fine);
      owners_.push_back(c);
    }
  for (size_t p = 0; p < std::size(kPositions); p++) {
    maps_.emplace_back(size);
    owners_.push_back(first_of(CueRole::kPrior));
  }
  Map *position = &maps_[maps_.size() - std::size(kPositions)];
  for (int y = 0; y < size.height; y++)
    for (int x = 0; x < size.width; x++) {
      const double u = (x + 0.5) / size.width - 0.5;
      const double v = (y + 0.5) / size.height - 0.5;
      position[0].row(y)[x] = static_cast<float>(2 * std::exp(-u * u / 0.18 - v * v / 0.125) - 1);
      position[1].row(y)[x] = static_cast<float>(4 * std::fabs(u) - 1);
      position[2].row(y)[x] = static_cast<float>(4 * v);
    }
}

void FusionInputs::run(const Cues &cues) {
  size_t i = 0;
  for (const auto &cue : cues)
    for (const FusionInput &input : inputs_of(cue)) {
      resize_[i].run(*input.map, maps_[i]);
      standardise(maps_[i], input.least_deviation);
      i++;
    }
}

}  // namespace attention
