// SPDX-License-Identifier: LGPL-2.1-or-later
// Learned fusion against the network in double precision, product fusion against the product.
#include "weigh/fusion/fusion.h"

#include <cstring>

#include "image/statistics.h"
#include "scored.h"
#include "weigh/fusion/inputs.h"
#include "weigh/fusion/weights.h"

using namespace attention;

namespace {

constexpr float kLeastDensity = 1e-6F;

/// Planes of a network, one after the other.
using Samples = std::vector<std::vector<double>>;

FusionInputs inputs_of(const Scored &frame) {
  FusionInputs inputs(frame.sizes, frame.cues);
  inputs.run(frame.cues);
  ck_assert_uint_eq(inputs.maps().size(), fusion_weights::kInputs);
  return inputs;
}

Samples samples_of(const FusionInputs &inputs) {
  Samples samples;
  for (const Map &map : inputs.maps())
    samples.emplace_back(map.begin(), map.end());
  return samples;
}

/// The density that the network of learned fusion makes of its inputs, grown to a map.
Map network(const Samples &in, Size size, Size map) {
  using namespace fusion_weights;
  const auto n = static_cast<size_t>(size.width) * size.height;
  const auto mixed = [&](const Samples &planes, size_t i, const float *weights, double bias) {
    for (size_t c = 0; c < planes.size(); c++)
      bias += planes[c][i] * weights[c];
    return bias;
  };
  Samples state(kChannels, std::vector<double>(n));
  for (int c = 0; c < kChannels; c++)
    for (size_t i = 0; i < n; i++)
      state[c][i] = std::max(mixed(in, i, kTrained.in[c], kTrained.in_bias[c]), 0.0);
  for (int l = 0; l < kLayers; l++) {
    const Layer &layer = kTrained.layer[l];
    Samples filtered(kChannels, std::vector<double>(n));
    for (int c = 0; c < kChannels; c++)
      for (int y = 0; y < size.height; y++)
        for (int x = 0; x < size.width; x++) {
          double sum = layer.depthwise_bias[c];
          for (int k = 0; k < 9; k++) {
            const int u = x + (k % 3 - 1) * kDilation[l];
            const int v = y + (k / 3 - 1) * kDilation[l];
            if (u >= 0 && v >= 0 && u < size.width && v < size.height)
              sum += layer.depthwise[c][k] * state[c][static_cast<size_t>(v) * size.width + u];
          }
          filtered[c][static_cast<size_t>(y) * size.width + x] = sum;
        }
    for (int c = 0; c < kChannels; c++)
      for (size_t i = 0; i < n; i++)
        state[c][i] += std::max(mixed(filtered, i, layer.pointwise[c], layer.pointwise_bias[c]), 0.0);
  }
  Map density(size), grown(map);
  for (size_t i = 0; i < n; i++)
    density.begin()[i] =
        static_cast<float>(std::exp(std::clamp(mixed(state, i, kTrained.out, kTrained.out_bias), -12.0, 8.0)));
  Bilinear(size, map).run(density, grown);
  return grown;
}

}  // namespace

// The network once more, written as the sums that it stands for.
START_TEST(learned_fusion_computes_the_network) {
  const Scored frame(frame_of(640, 360));
  const FusionInputs inputs = inputs_of(frame);
  Map expected = network(samples_of(inputs), inputs.size(), frame.sizes.map);
  stretch(expected, kLeastDensity);
  Map out(frame.sizes.map);
  make_learned_fusion(frame.sizes, frame.cues)->run(frame.cues, frame.scores, out);
  check_near(out, expected);
}
END_TEST

START_TEST(learned_fusion_without_a_cue_is_the_network_at_its_mean) {
  const Scored frame(frame_of(640, 360));
  const FusionInputs inputs = inputs_of(frame);
  const Range whole = range(network(samples_of(inputs), inputs.size(), frame.sizes.map));
  const auto fusion = make_learned_fusion(frame.sizes, frame.cues);
  Map with_all(frame.sizes.map);
  fusion->run(frame.cues, frame.scores, with_all);
  for (int c = 0; c < kCueCount; c++) {
    Samples samples = samples_of(inputs);
    for (int i = 0; i < fusion_weights::kInputs; i++)
      if (inputs.owners()[i] == c) {
        // Features are in standard deviations from their mean.
        const bool is_feature = !frame.cues[c]->fusion_inputs().empty();
        const double mean =
            std::accumulate(samples[i].begin(), samples[i].end(), 0.0) / static_cast<double>(samples[i].size());
        std::fill(samples[i].begin(), samples[i].end(), is_feature ? 0.0 : mean);
      }
    Map out(frame.sizes.map);
    const bool has_part = fusion->run_without(c, frame.scores, out);
    ck_assert(has_part == (kCues[c].role != CueRole::kMotion));
    if (!has_part)
      continue;
    Map expected = network(samples, inputs.size(), frame.sizes.map);
    stretch(expected, whole, kLeastDensity);
    check_near(out, expected);
    ck_assert_float_gt(greatest_difference(out, with_all), 0.05F);
  }
}
END_TEST

START_TEST(product_fusion_without_a_cue_is_the_product_at_its_mean) {
  const Scored frame(frame_of(640, 360));
  const auto fusion = make_product_fusion();
  Map with_all(frame.sizes.map), out(frame.sizes.map);
  fusion->run(frame.cues, frame.scores, with_all);
  const auto product = [&](int held) {
    return painted(frame.sizes.map, [&](int x, int y) {
      double all = 1;
      for (int c = 0; c < 2; c++)
        all *= kCues[c].gain * (c == held ? moments(frame.scores[c]).mean : frame.scores[c].row(y)[x]) + kCues[c].floor;
      return static_cast<float>(all);
    });
  };
  const Range whole = range(product(kNoCue));
  for (int c = 0; c < kCueCount; c++) {
    ck_assert(fusion->run_without(c, frame.scores, out) == (c < 2));
    if (c >= 2)
      continue;
    Map expected = product(c);
    stretch(expected, whole, 0.05F);
    check_near(out, expected);
    ck_assert_float_gt(greatest_difference(out, with_all), 0.05F);
  }
}
END_TEST

START_TEST(learned_fusion_refuses_what_it_was_not_trained_on) {
  Scored frame(frame_of(640, 360));
  ck_assert(check_learned_fusion(frame.cues).is_ok());
  // The same inputs in another order would be read for each other.
  std::swap(frame.cues[0], frame.cues[1]);
  const Status status = check_learned_fusion(frame.cues);
  ck_assert(!status.is_ok());
  ck_assert_msg(std::strstr(status.message(), FusionInputs::names(frame.cues)[0]) != nullptr, "%s", status.message());
  // Used all the same, it reads nothing that is not there.
  ck_assert(make_learned_fusion(frame.sizes, frame.cues) == nullptr);
}
END_TEST

int main() {
  return run_suite(
      "weigh/fusion",
      {learned_fusion_computes_the_network, learned_fusion_without_a_cue_is_the_network_at_its_mean,
       product_fusion_without_a_cue_is_the_product_at_its_mean, learned_fusion_refuses_what_it_was_not_trained_on});
}
