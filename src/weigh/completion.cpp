// SPDX-License-Identifier: LGPL-2.1-or-later
#include "weigh/completion.h"

#include <cmath>

#include "image/statistics.h"
#include "kernels/maps.h"
#include "kernels/sums.h"

namespace attention {
namespace {

constexpr Nanoseconds kMemory = 400'000'000;   // time constant in which colours are learned
constexpr Nanoseconds kSteadies = 60'000'000;  // time constant in which a thing's weights become its own
constexpr double kSigma = 0.01;                // of the width, of what the colours say
// What is attended is small, and the colours around it are many of those that it is learned from: 0 holds the rest of
// the picture against them by shares, 1 by numbers.
constexpr float kRarity = 0.4F;
constexpr float kAttended = 0.2F;                     // a weight
constexpr float kUnusual = 1.05F;                     // times the mean
constexpr float kNoTrust = 0.05F, kFullTrust = 0.2F;  // distinctness with which colours say nothing, and all
constexpr float kSurely = 0.8F;                       // so far to one side, a colour belongs to what is attended

/// Makes the sum 1; returns what it was.
float scale_to_sum_one(SegmentTable &table) {
  const float sum = std::max(static_cast<float>(kernels::sum(table.data(), Segments::kCells)), 1e-6F);
  for (float &v : table)
    v /= sum;
  return sum;
}

}  // namespace

Completion::Completion(Size map, Size segments)
    : shrink_(map, segments),
      now_(segments),
      steady_(segments),
      completed_(segments),
      blur_(segments, kSigma * segments.width),
      outline_(map, segments) {}

void Completion::run(const Map &weights, const Map *motion, const Segments &segments, Nanoseconds time, bool fresh) {
  const Nanoseconds step = time_between(time, last_time_);
  last_time_ = time;
  shrink_.run(weights, now_);
  const float way = fresh ? 1.0F : share_of_way(step, kSteadies);
  kernels::follow(steady_.begin(), now_.begin(), {way, way, 0.0F, 0.0F, 0.0F}, steady_.count());
  const float rarity = learn(segments, fresh ? 1.0F : share_of_way(step, kMemory));

  SegmentTable belongs;
  for (int s = 0; s < Segments::kCells; s++)
    belongs[s] = std::min(figure_[s] / (figure_[s] + rarity * ground_[s] + 1e-9F) / kSurely, 1.0F);
  for (int i = 0; i < completed_.count(); i++)
    completed_.begin()[i] = belongs[segments.cells().begin()[i]];
  blur_.run(completed_);
  const auto usual = static_cast<float>(mean(completed_));
  distinctness_ = 0;
  for (int i = 0; i < completed_.count(); i++)
    if (steady_.begin()[i] >= kAttended)
      distinctness_ = std::max(distinctness_, completed_.begin()[i] - usual);
  // What looks like the rest of the picture does is not of the thing, unless all of it looks alike.
  const float trust = std::clamp((distinctness_ - kNoTrust) / (kFullTrust - kNoTrust), 0.0F, 1.0F);
  for (float &belonging : completed_)
    belonging = 1 - trust + trust * (belonging < kUnusual * usual ? 0.0F : belonging);
  for (int i = 0; i < completed_.count(); i++) {
    const float root = std::sqrt(steady_.begin()[i]);
    completed_.begin()[i] *= root * std::sqrt(root);
  }
  if (motion != nullptr)
    outline_.run(*motion, steady_, completed_);
  const float scale = 1 / std::max(range(completed_).greatest, 1e-6F);
  for (float &v : completed_)
    v *= scale;
}

/// Returns how much the ground counts.
float Completion::learn(const Segments &segments, float share) {
  SegmentTable figure{}, ground{};
  for (int i = 0; i < steady_.count(); i += 2) {  // every other pixel tells as much
    const float w = steady_.begin()[i];
    const uint16_t s = segments.cells().begin()[i];
    figure[s] += w * w;
    ground[s] += (1 - w) * (1 - w);
  }
  share_with_neighbours(figure);
  share_with_neighbours(ground);
  const float attended = scale_to_sum_one(figure), rest = scale_to_sum_one(ground);
  for (int s = 0; s < Segments::kCells; s++) {
    figure_[s] += (figure[s] - figure_[s]) * share;
    ground_[s] += (ground[s] - ground_[s]) * share;
  }
  return std::pow(rest / attended, kRarity);
}

}  // namespace attention
