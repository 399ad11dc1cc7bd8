// SPDX-License-Identifier: LGPL-2.1-or-later
// What is done to every sample of 8 bits against its plain twin, bit for bit, in all vectors that this machine has.
#include "kernels/blend.h"

#include "pixel_twins.h"
#include "rows.h"
#include "suite.h"

using namespace attention;

namespace {

/// Runs of all lengths, over the columns of three maps in turn.
template <typename T, typename Kernel>
void check_stretch(Kernel kernel, double least, double most, double most_fraction) {
  for_all_targets([=](int n, int a, int b) {
    constexpr int kColumns = 5;
    const int whole = n + kernels::kStretchedBehind;
    Row<T> values(3 * kColumns, a, least, most), steps(3 * kColumns, b, -most / 2, most / 2);
    Row<T> fraction(whole, a, 0, most_fraction), floor(whole, b, -2 * most, most), out(whole, a), oracle(whole, 0);
    kernels::MapRows<T> rows{};
    for (int m = 0; m < 3; m++) {
      rows.values[m] = values.data() + m * kColumns;
      rows.steps[m] = steps.data() + m * kColumns;
    }
    std::vector<kernels::Run> runs;
    for (int at = 0, length = 1 + a; at < n; at += runs.back().length, length = length % 37 + 1 + b % 3) {
      const auto r = static_cast<int>(runs.size());
      runs.push_back({at, std::min(length, n - at), r % kColumns, r % 3});
    }
    kernel(out.data(), runs.data(), static_cast<int>(runs.size()), rows, fraction.data(), floor.data());
    twins::stretch(oracle.data(), runs, rows, fraction.data(), floor.data());
    ck_assert(std::equal(out.data(), out.data() + n, oracle.data()));
    out.check_guards();
  });
}

}  // namespace

START_TEST(step_14) {
  for_all_targets([](int n, int a, int b) {
    Row<int16_t> out(n, a), oracle(n, 0);
    Row<int16_t> above(n, b, 0, kernels::kWeightOne), below(n, a, 0, kernels::kWeightOne);
    above[0] = 0;
    below[0] = kernels::kWeightOne;
    kernels::step_14(out.data(), above.data(), below.data(), n);
    twins::step_14(oracle.data(), above.data(), below.data(), n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(mix_14) {
  for_all_targets([](int n, int a, int b) {
    Row<int16_t> out(n, a), oracle(n, 0);
    Row<int16_t> weight(n, b, 0, kernels::kWeightOne), floor(n, a, -32768, kernels::kWeightOne);
    weight[0] = kernels::kWeightOne;
    const int unseen = n * 997 % (kernels::kWeightOne + 1), seen = b * 4099 % (kernels::kWeightOne + 1);
    for (const auto &[from, to] :
         {std::pair{unseen, seen}, std::pair{kernels::kWeightOne, 0}, std::pair{0, kernels::kWeightOne}}) {
      kernels::mix_14(out.data(), weight.data(), floor.data(), from, to, n);
      twins::mix_14(oracle.data(), weight.data(), floor.data(), from, to, n);
      out.check_equal(oracle);
    }
  });
}
END_TEST

START_TEST(stretch) {
  check_stretch<int16_t>(kernels::stretch_14, 0, kernels::kWeightOne, 32767);
  check_stretch<float>(kernels::stretch, 0, 1, 1);
}
END_TEST

START_TEST(lerp_14) {
  for_all_targets([](int n, int a, int b) {
    Row<int16_t> out(n, a), oracle(n, 0);
    Row<int16_t> base(n, b, 0, kernels::kWeightOne), step(n, a);
    fill_with_steps(step, base);
    const int fraction = n * 7919 % 32768;
    kernels::lerp_14(out.data(), base.data(), step.data(), fraction, n);
    twins::lerp_14(oracle.data(), base.data(), step.data(), fraction, n);
    out.check_equal(oracle);
  });
}
END_TEST

// A weight a hair below 0 would turn to a large one.
START_TEST(lerp_14_stays_between) {
  for (const int fraction : {0, 1, 16384, 32766, 32767})
    for (int16_t a = 0; a <= kernels::kWeightOne; a += a < 20 || a > kernels::kWeightOne - 20 ? 1 : 97)
      for (int16_t b = 0; b <= kernels::kWeightOne; b += b < 20 || b > kernels::kWeightOne - 20 ? 1 : 89) {
        const int16_t step = kernels::step_14_of(a, b);
        int16_t out;
        kernels::lerp_14(&out, &a, &step, fraction, 1);
        if (out < std::min(a, b) || out > std::max(a, b) || std::fabs(out - (a + (b - a) * fraction / 32768.0)) > 1.5)
          ck_abort_msg("%d of the way from %d to %d is %d", fraction, a, b, out);
      }
}
END_TEST

START_TEST(blend_and_fade_8) {
  for_all_targets([](int n, int a, int b) {
    Row<uint8_t> pixel(n, a, 0, 255);
    Row<uint8_t> oracle(pixel, 0);
    Row<uint8_t> target(n, b, 0, 255);
    Row<int16_t> base(n, a, 0, kernels::kWeightOne), step(n, b);
    fill_with_steps(step, base);
    const int fraction = n * 7919 % 32768;
    kernels::blend_8(pixel.data(), target.data(), base.data(), step.data(), fraction, n);
    twins::blend_8(oracle.data(), target.data(), base.data(), step.data(), fraction, n);
    pixel.check_equal(oracle);
    const auto even = static_cast<uint8_t>(n + 16 * a);
    kernels::fade_8(pixel.data(), even, base.data(), step.data(), fraction, n);
    twins::fade_8(oracle.data(), even, base.data(), step.data(), fraction, n);
    pixel.check_equal(oracle);
  });
}
END_TEST

START_TEST(fade_16) {
  for_all_targets([](int n, int a, int b) {
    Row<uint16_t> pixel(n, a, 0, 65535);
    Row<uint16_t> oracle(pixel, 0);
    Row<float> base(n, a, 0, 1), step(n, b, 0, 1);
    for (int i = 0; i < n; i++)
      step[i] -= base[i];
    const kernels::FloatStep factor{base.data(), step.data(), static_cast<float>(n % 10) / 10.0F};
    const auto target = static_cast<uint16_t>(n * 997 + 4096 * a);
    const int shift = n % 3 * 3;
    kernels::fade_16(pixel.data(), target, factor, shift, n);
    twins::fade_16(oracle.data(), target, factor, shift, n);
    pixel.check_equal(oracle);
  });
}
END_TEST

START_TEST(blend_stretched) {
  for_all_targets([](int n, int a, int b) {
    Row<uint8_t> pixel_8(n, a, 0, 255);
    Row<uint8_t> oracle_8(pixel_8, 0);
    Row<int16_t> code(n, b, 0, kernels::kWeightOne), code_step(n, a), base(n, a, 0, kernels::kWeightOne), step(n, b);
    fill_with_steps(code_step, code);
    fill_with_steps(step, base);
    const kernels::Step14 codes{code.data(), code_step.data(), n * 7919 % 32768};
    const kernels::Step14 factors{base.data(), step.data(), n * 104729 % 32768};
    kernels::blend_stretched_8(pixel_8.data(), codes, factors, n);
    twins::blend_stretched_8(oracle_8.data(), codes, factors, n);
    pixel_8.check_equal(oracle_8);

    const int shift = n % 3 * 3;
    const auto largest = static_cast<float>((1 << (16 - shift)) - 1);
    Row<uint16_t> pixel_16(n, a, 0, 65535);
    Row<uint16_t> oracle_16(pixel_16, 0);
    Row<float> from(n, b, 0, largest * 0.6), by(n, a, 0, largest * 0.6), keep(n, a, 0, 0.5), more(n, b, 0, 0.5);
    const kernels::FloatStep values{from.data(), by.data(), 0.7F}, shares{keep.data(), more.data(), 0.3F};
    kernels::blend_stretched_16(pixel_16.data(), values, shares, largest, shift, n);
    twins::blend_stretched_16(oracle_16.data(), values, shares, largest, shift, n);
    pixel_16.check_equal(oracle_16);
  });
}
END_TEST

START_TEST(refine) {
  for_all_targets([](int n, int a, int b) {
    Row<float> slope(n, a, -0.01, 0.01), slope_step(n, b, -0.01, 0.01), base(n, b, -1, 2), base_step(n, a, -1, 1);
    const kernels::FloatStep slopes{slope.data(), slope_step.data(), 0.3F}, bases{base.data(), base_step.data(), 0.7F};
    Row<int16_t> out_8(n, a), oracle_8(n, 0);
    Row<uint8_t> luma_8(n, b, 0, 255);
    kernels::refine_8(out_8.data(), luma_8.data(), slopes, bases, n);
    twins::refine_8(oracle_8.data(), luma_8.data(), slopes, bases, n);
    out_8.check_equal(oracle_8);
    Row<float> out_16(n, a), oracle_16(n, 0);
    Row<uint16_t> luma_16(n, b, 0, 65535);
    const int shift = n % 3 * 3;
    kernels::refine_16(out_16.data(), luma_16.data(), slopes, bases, shift, n);
    twins::refine_16(oracle_16.data(), luma_16.data(), slopes, bases, shift, n);
    out_16.check_equal(oracle_16);
  });
}
END_TEST

START_TEST(corners) {
  for_all_targets([](int n, int a, int b) {
    Row<int16_t> out_14(n, a), oracle_14(n, 0);
    Row<int16_t> top_14(2 * n, b, 0, kernels::kWeightOne), bottom_14(2 * n, a, 0, kernels::kWeightOne);
    for (int i = 0; i < 2 && b % 2 == 0; i++)
      top_14[i] = bottom_14[i] = kernels::kWeightOne;
    kernels::corners_14(out_14.data(), top_14.data(), bottom_14.data(), n);
    twins::corners(oracle_14.data(), top_14.data(), bottom_14.data(), n);
    out_14.check_equal(oracle_14);
    Row<float> out(n, a), oracle(n, 0), top(2 * n, b, 0, 1), bottom(2 * n, a, 0, 1);
    kernels::corner_means(out.data(), top.data(), bottom.data(), n);
    twins::corners(oracle.data(), top.data(), bottom.data(), n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(ends_of_the_scale_are_exact) {
  for (int strength = 0; strength <= kernels::kWeightOne; strength++) {
    const int16_t weight[] = {0, kernels::kWeightOne};
    const int16_t floor[] = {0, 0};
    int16_t factor[2];
    kernels::mix_14(factor, weight, floor, kernels::kWeightOne - strength, kernels::kWeightOne, 2);
    if (factor[0] != kernels::kWeightOne - strength || factor[1] != kernels::kWeightOne)
      ck_abort_msg("strength %d keeps %d and %d", strength, factor[0], factor[1]);
  }
  for_each_target([] {
    for (int code = 0; code < 256; code++) {
      uint8_t pixel[] = {static_cast<uint8_t>(code), static_cast<uint8_t>(code)};
      const uint8_t target[] = {static_cast<uint8_t>(255 - code), static_cast<uint8_t>(255 - code)};
      const int16_t factor[] = {kernels::kWeightOne, 0};
      const int16_t step[] = {0, 0};
      kernels::blend_8(pixel, target, factor, step, 0, 2);
      ck_assert_uint_eq(pixel[0], code);
      ck_assert_uint_eq(pixel[1], 255 - code);
    }
  });
}
END_TEST

int main() {
  return run_suite("kernels/blend", {step_14, mix_14, stretch, lerp_14, lerp_14_stays_between, blend_and_fade_8,
                                     fade_16, blend_stretched, refine, corners, ends_of_the_scale_are_exact});
}
