// SPDX-License-Identifier: LGPL-2.1-or-later
#include "weigh/softmax.h"

#include <cmath>

#include "image/statistics.h"

namespace attention {
namespace {

constexpr double kLeastDeviation = 1e-3;

}  // namespace

void softmax(const Map &weights, double temperature, Map &attention) {
  const double deviation = std::max(moments(weights).deviation, kLeastDeviation);
  const double greatest = *std::max_element(weights.begin(), weights.end());
  double total = 0;
  for (int i = 0; i < weights.count(); i++) {
    const float e = std::exp(static_cast<float>((weights.begin()[i] - greatest) / (deviation * temperature)));
    attention.begin()[i] = e;
    total += e;
  }
  for (float &a : attention)
    a = static_cast<float>(a / total);
}

}  // namespace attention
