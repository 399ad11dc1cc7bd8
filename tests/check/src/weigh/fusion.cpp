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

using namespace fusion_weights;

/// A plane of a network: 0 beyond its edges.
struct Samples {
  Samples(Size size) : size(size), values(static_cast<size_t>(size.width) * size.height) {}
  explicit Samples(const Map &map) : size(map.size()), values(map.begin(), map.end()) {}

  double at(int x, int y) const {
    const bool is_inside = x >= 0 && y >= 0 && x < size.width && y < size.height;
    return is_inside ? values[static_cast<size_t>(y) * size.width + x] : 0;
  }
  double &operator()(int x, int y) { return values[static_cast<size_t>(y) * size.width + x]; }
  double mean() const {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  }

  Size size;
  std::vector<double> values;
};
using Layer = std::vector<Samples>;

/// What the network sees: the luma, and the maps at the grid's size.
struct Seen {
  explicit Seen(const FusionInputs &inputs) : luma(Size{1, 1}) {
    const auto most = [](const Map &a, const Map &b) { return a.width() < b.width(); };
    const auto finest = std::max_element(inputs.maps().begin(), inputs.maps().end(), most);
    for (auto map = inputs.maps().begin(); map != inputs.maps().end(); map++) {
      const int owner = inputs.owners()[map - inputs.maps().begin()];
      if (map == finest) {
        luma = Samples(*map);
        luma_owner = owner;
      } else {
        maps.emplace_back(*map);
        owners.push_back(owner);
      }
    }
    ck_assert_uint_eq(maps.size(), kMaps);
    ck_assert_int_eq(luma.size.width, kDetail * maps[0].size.width);
  }
  /// Leaves nothing of the inputs but their means where `is_held` says so.
  template <class Held>
  void hold(const Held &is_held) {
    const auto flatten = [](Samples &map, bool is_feature) {
      // Features are in standard deviations from their mean.
      std::fill(map.values.begin(), map.values.end(), is_feature ? 0.0 : map.mean());
    };
    if (is_held(luma_owner))
      flatten(luma, true);
    for (int i = 0; i < kMaps; i++)
      if (is_held(owners[i]))
        flatten(maps[i], kCues[owners[i]].role != CueRole::kPrior);
  }

  Samples luma;
  int luma_owner = 0;
  Layer maps;
  std::vector<int> owners;
};

template <int kIn, int kOut, class Value>
Layer mixed(const Mix<kIn, kOut> &mix, Size size, const Value &value) {
  Layer out(kOut, Samples(size));
  for (int o = 0; o < kOut; o++)
    for (int y = 0; y < size.height; y++)
      for (int x = 0; x < size.width; x++) {
        double sum = mix.bias[o];
        for (int i = 0; i < kIn; i++)
          sum += static_cast<double>(mix.weight[o][i]) * mix.scale[o] * value(i, x, y);
        out[o](x, y) = std::max(sum, 0.0);
      }
  return out;
}

template <int kIn, int kOut>
Layer mixed(const Mix<kIn, kOut> &mix, const Layer &in) {
  return mixed(mix, in[0].size, [&](int i, int x, int y) { return in[i].at(x, y); });
}

template <int kIn, int kOut>
Layer block(const Block<kIn, kOut> &block, const Layer &in) {
  Layer filtered(kIn, Samples(in[0].size));
  for (int c = 0; c < kIn; c++)
    for (int y = 0; y < in[0].size.height; y++)
      for (int x = 0; x < in[0].size.width; x++)
        for (int k = 0; k < 9; k++)
          filtered[c](x, y) += block.filter[c][k] * in[c].at(x + k % 3 - 1, y + k / 3 - 1);
  return mixed(block.mix, filtered);
}

Layer sum(Layer a, const Layer &b) {
  for (size_t c = 0; c < a.size(); c++)
    for (size_t i = 0; i < a[c].values.size(); i++)
      a[c].values[i] += b[c].values[i];
  return a;
}

/// Means of two by two samples, or of those of them that there are.
Layer pooled(const Layer &in) {
  const Size from = in[0].size;
  Layer out(in.size(), Samples({(from.width + 1) / 2, (from.height + 1) / 2}));
  for (size_t c = 0; c < in.size(); c++)
    for (int y = 0; y < out[c].size.height; y++)
      for (int x = 0; x < out[c].size.width; x++) {
        const int across = std::min(2, from.width - 2 * x), down = std::min(2, from.height - 2 * y);
        for (int i = 0; i < 4; i++)
          out[c](x, y) += in[c].at(2 * x + i % 2, 2 * y + i / 2) / (across * down);
      }
  return out;
}

Layer grown(const Layer &in, Size size) {
  Layer out(in.size(), Samples(size));
  for (size_t c = 0; c < in.size(); c++)
    for (int y = 0; y < size.height; y++)
      for (int x = 0; x < size.width; x++)
        out[c](x, y) = in[c].at(x / 2, y / 2);
  return out;
}

/// The density that the network of learned fusion makes of what it sees, grown to a map.
Map network(const Seen &seen, Size map) {
  const Size size = seen.maps[0].size;
  const auto look = [&](int i, int x, int y) {
    return i < kPatch * kPatch ? seen.luma.at(kDetail * x - kReach + i % kPatch, kDetail * y - kReach + i / kPatch)
                               : seen.maps[i - kPatch * kPatch].at(x, y);
  };
  const Weights &w = kTrained;
  Layer fine = mixed(w.look, size, look);
  fine = sum(fine, block(w.fine, fine));
  Layer middle = block(w.to_middle, pooled(fine));
  middle = sum(middle, block(w.middle, middle));
  Layer coarse = block(w.to_coarse, pooled(middle));
  for (const auto &again : w.coarse)
    coarse = sum(coarse, block(again, coarse));
  middle = sum(middle, grown(mixed(w.from_coarse, coarse), middle[0].size));
  middle = sum(middle, block(w.middle_again, middle));
  fine = sum(fine, grown(mixed(w.from_middle, middle), size));
  fine = sum(fine, block(w.fine_again, fine));

  const Map density = painted(size, [&](int x, int y) {
    double o = w.out_bias;
    for (int c = 0; c < kFine; c++)
      o += w.out[c] * fine[c].at(x, y);
    return static_cast<float>(std::exp(std::clamp(o, -12.0, 8.0)));
  });
  Map all(map);
  Bilinear(size, map).run(density, all);
  return all;
}

/// What learned fusion sees of a frame.
Seen seen_of(const Scored &frame) {
  FusionInputs inputs(frame.sizes, frame.cues);
  inputs.run(frame.cues);
  return Seen(inputs);
}

}  // namespace

// The network once more, written as the sums that it stands for; sizes that are odd at every level, and the least.
START_TEST(learned_fusion_computes_the_network) {
  std::vector<Geometry> frames;
  for (const Size size : {Size{640, 360}, Size{400, 300}, Size{300, 400}, Size{16, 16}, Size{70, 16}})
    frames.push_back(frame_of(size.width, size.height));
  for (const int height : {45, 90, 360, 540}) {
    frames.push_back(frame_of(1280, 720));
    frames.back().analysis_height = height;
  }
  for (const Geometry &of_frame : frames) {
    const Scored frame(of_frame);
    Map expected = network(seen_of(frame), frame.sizes.map);
    stretch(expected, kLeastDensity);
    Map out(frame.sizes.map);
    const auto fusion = make_learned_fusion(frame.sizes, frame.cues);
    fusion->run(frame.cues, frame.scores, out);
    check_near(out, expected);
    fusion->run(frame.cues, frame.scores, out);  // nothing of a frame is left in the next
    check_near(out, expected);
  }
}
END_TEST

START_TEST(learned_fusion_without_a_cue_is_the_network_at_its_mean) {
  const Scored frame(frame_of(640, 360));
  const Range whole = range(network(seen_of(frame), frame.sizes.map));
  const auto fusion = make_learned_fusion(frame.sizes, frame.cues);
  Map with_all(frame.sizes.map);
  fusion->run(frame.cues, frame.scores, with_all);
  for (int c = 0; c < kCueCount; c++) {
    Seen seen = seen_of(frame);
    const bool is_seen = seen.luma_owner == c || std::count(seen.owners.begin(), seen.owners.end(), c) > 0;
    seen.hold([c](int owner) { return owner == c; });
    Map out(frame.sizes.map);
    const bool has_part = fusion->run_without(c, frame.scores, out);
    ck_assert(has_part == is_seen);
    ck_assert(has_part == (kCues[c].role != CueRole::kMotion && kCues[c].role != CueRole::kFigure));
    if (!has_part)
      continue;
    Map expected = network(seen, frame.sizes.map);
    stretch(expected, whole, kLeastDensity);
    check_near(out, expected);
    ck_assert_float_gt(greatest_difference(out, with_all), 0.05F);
  }
}
END_TEST

// So that it learns nobody's skin.
START_TEST(form_is_luma_without_colour) {
  Scored frame(frame_of(640, 360));
  const auto luma = [&] {
    FusionInputs inputs(frame.sizes, frame.cues);
    inputs.run(frame.cues);
    for (size_t i = 0; i < inputs.maps().size(); i++)
      if (inputs.owners()[i] == first_of(CueRole::kForm))
        return inputs.maps()[i];
    return Map();
  };
  const Map in_colour = luma();
  AnalysisPlanes grey = frame.planes;
  grey.cb.fill(128);
  grey.cr.fill(128);
  frame.show(grey, 0);
  Map in_grey = luma();
  ck_assert_int_gt(in_grey.count(), 0);
  ck_assert(std::equal(in_grey.begin(), in_grey.end(), in_colour.begin()));
}
END_TEST

START_TEST(what_is_owed_to_a_cue_is_what_its_mean_lacks) {
  const Scored frame(frame_of(640, 360));
  const int form = first_of(CueRole::kForm);
  Seen seen = seen_of(frame);
  Map with = network(seen, frame.sizes.map);
  seen.hold([form](int owner) { return owner == form; });
  Map without = network(seen, frame.sizes.map);
  stretch(without, range(with), kLeastDensity);
  stretch(with, kLeastDensity);
  Map expected =
      painted(frame.sizes.map, [&](int x, int y) { return std::max(with.row(y)[x] - without.row(y)[x], 0.0F); });
  stretch(expected, 0.05F);
  Map out(frame.sizes.map);
  make_learned_fusion(frame.sizes, frame.cues)->owed_to(form, frame.cues, out);
  check_near(out, expected);
  ck_assert_float_eq(range(out).greatest, 1);
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
  std::swap(frame.cues[1], frame.cues[2]);
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
       form_is_luma_without_colour, what_is_owed_to_a_cue_is_what_its_mean_lacks,
       product_fusion_without_a_cue_is_the_product_at_its_mean, learned_fusion_refuses_what_it_was_not_trained_on});
}
