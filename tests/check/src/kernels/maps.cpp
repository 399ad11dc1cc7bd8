// SPDX-License-Identifier: LGPL-2.1-or-later
// Each kernel for float maps against its plain twin, bit for bit, in all vectors that this machine has: widths,
// alignments, guard bytes.
#include "kernels/maps.h"

#include "map_twins.h"
#include "rows.h"
#include "suite.h"

using namespace attention;

namespace {

constexpr float kOutside = -1000;

/// For each place in a row, one of `choices` others.
Row<int> places(int n, int choices) { return Row<int>(n, 0, 0, choices - 1); }

}  // namespace

START_TEST(combine) {
  for_all_targets([](int n, int a, int b) {
    const int count = 1 + (a + n) % 9;
    const int stride = a % 3 == 0 ? n : n / 2;  // rows may overlap
    Row<float> out(n, a), oracle(n, 0);
    Row<float> rows(stride * (count - 1) + n, b, -1, 1), weights(count, 0, -1, 1);
    kernels::combine(out.data(), rows.data(), stride, weights.data(), count, n);
    twins::combine(oracle.data(), rows.data(), stride, weights.data(), count, n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(interleave) {
  for_all_targets([](int n, int a, int b) {
    const int stride = n + a % 4;
    Row<float> rows(3 * stride + n, b, -1, 1), back(rows, a);
    Row<float> out(4 * n, a), oracle(4 * n, 0);
    kernels::interleave(out.data(), rows.data(), stride, n);
    twins::interleave(oracle.data(), rows.data(), stride, n);
    out.check_equal(oracle);
    for (int r = 0; r < 4; r++)
      std::fill_n(back.data() + r * stride, n, 0.0F);
    kernels::deinterleave(back.data(), stride, out.data(), n);
    back.check_equal(rows);
  });
}
END_TEST

START_TEST(gather_columns) {
  for_all_targets([](int n, int a, int b) {
    const int reach = 1 + b % 5;
    Row<int> first = places(n, 20);
    Row<float> in(4 * (20 + reach), b, -1, 1), shares(n * reach, a, 0, 1), out(4 * n, a), oracle(4 * n, 0);
    kernels::gather_columns(out.data(), in.data(), first.data(), shares.data(), reach, n);
    twins::gather_columns(oracle.data(), in.data(), first.data(), shares.data(), reach, n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(between_columns) {
  for_all_targets([](int n, int a, int b) {
    Row<int> first = places(n, 20), second = places(n, 20);
    Row<float> in(4 * 20, b, -1, 1), fraction(n, a, 0, 1), out(4 * n, a), oracle(4 * n, 0);
    kernels::between_columns(out.data(), in.data(), first.data(), second.data(), fraction.data(), n);
    twins::between_columns(oracle.data(), in.data(), first.data(), second.data(), fraction.data(), n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(step_lerp_and_between) {
  for_all_targets([](int n, int a, int b) {
    Row<float> above(n, b, 0, 1), below(n, a, 0, 1);
    Row<float> out(n, a), oracle(n, 0), step(n, b), oracle_step(n, 0);
    kernels::step(step.data(), above.data(), below.data(), n);
    twins::step(oracle_step.data(), above.data(), below.data(), n);
    step.check_equal(oracle_step);
    kernels::lerp(out.data(), above.data(), step.data(), 0.37F, n);
    twins::lerp(oracle.data(), above.data(), step.data(), 0.37F, n);
    out.check_equal(oracle);
    kernels::between(out.data(), above.data(), below.data(), 0.61F, n);
    twins::between(oracle.data(), above.data(), below.data(), 0.61F, n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(slide_box) {
  for_all_targets([](int n, int a, int b) {
    Row<float> out(n, a), oracle(n, 0), sum(n, b, 0, 900);
    Row<float> oracle_sum(sum, 0);
    Row<float> above(n, a, 0, 255), first(n, b, 0, 255), below(n, a, 0, 255);
    kernels::slide_box(out.data(), sum.data(), above.data(), first.data(), below.data(), 0.3F, 0.27F, n);
    twins::slide_box(oracle.data(), oracle_sum.data(), above.data(), first.data(), below.data(), 0.3F, 0.27F, n);
    out.check_equal(oracle);
    sum.check_equal(oracle_sum);
  });
}
END_TEST

START_TEST(mix) {
  for_all_targets([](int n, int a, int b) {
    Row<float> out(n, a), oracle(n, 0);
    Row<float> weight(n, b, 0, 1), floor(n, a, 0, 1);
    const float strength = static_cast<float>(n % 11) / 10.0F;
    const float base = a % 2 == 0 ? 1 - strength : 1;
    const float span = a % 2 == 0 ? strength : -strength;
    kernels::mix(out.data(), weight.data(), floor.data(), base, span, n);
    twins::mix(oracle.data(), weight.data(), floor.data(), base, span, n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(halve) {
  for_all_targets([](int n, int a, int b) {
    Row<float> out(n, a), oracle(n, 0), in(2 * n, b, -1, 1);
    kernels::halve(out.data(), in.data(), n);
    twins::halve(oracle.data(), in.data(), n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(gradients) {
  for_all_targets([](int n, int a, int b) {
    Row<float> xx(n, a), xy(n, b), yy(n, a), oracle_xx(n, 0), oracle_xy(n, 0), oracle_yy(n, 0);
    Row<float> left(n, b, 0, 255), right(n, a, 0, 255), up(n, b, 0, 255), down(n, a, 0, 255);
    kernels::gradients(xx.data(), xy.data(), yy.data(), left.data(), right.data(), up.data(), down.data(), n);
    twins::gradients(oracle_xx.data(), oracle_xy.data(), oracle_yy.data(), left.data(), right.data(), up.data(),
                     down.data(), n);
    xx.check_equal(oracle_xx);
    xy.check_equal(oracle_xy);
    yy.check_equal(oracle_yy);
  });
}
END_TEST

START_TEST(sum_3) {
  for_all_targets([](int n, int a, int b) {
    Row<float> out(n, a), oracle(n, 0);
    Row<float> x(n, b, -100, 100), y(n, a, -100, 100), z(n, b, -100, 100);
    kernels::sum_3(out.data(), x.data(), y.data(), z.data(), n);
    twins::sum_3(oracle.data(), x.data(), y.data(), z.data(), n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(corners) {
  for_all_targets([](int n, int a, int b) {
    Row<float> corner(n, a), trace(n, b), oracle(n, 0), oracle_trace(n, 0);
    Row<float> xx(n + 2, a, 0, 1000), xy(n + 2, a, -500, 500), yy(n + 2, b, 0, 1000);
    kernels::corners(corner.data(), trace.data(), xx.data(), xy.data(), yy.data(), n);
    twins::corners(oracle.data(), oracle_trace.data(), xx.data(), xy.data(), yy.data(), n);
    corner.check_equal(oracle);
    trace.check_equal(oracle_trace);
  });
}
END_TEST

START_TEST(follow) {
  for_all_targets([](int n, int a, int b) {
    Row<float> value(n, a, 0, 1), oracle(value, 0), goal(n, b, 0, 1);
    const kernels::Pace pace{0.33F, 0.12F, 0.05F, 0.1F, 0.07F};
    kernels::follow(value.data(), goal.data(), pace, n);
    twins::follow(oracle.data(), goal.data(), pace, n);
    value.check_equal(oracle);
  });
}
END_TEST

START_TEST(root_add_motion_and_prior) {
  for_all_targets([](int n, int a, int b) {
    Row<float> out(n, a, -1, 1), oracle(out, 0), motion(n, b, 0, 1), figure(n, a, 0, 1);
    kernels::add_motion(out.data(), motion.data(), figure.data(), 0.7F, 0.2F, n);
    twins::add_motion(oracle.data(), motion.data(), figure.data(), 0.7F, 0.2F, n);
    out.check_equal(oracle);
    kernels::root(out.data(), figure.data(), n);
    twins::root(oracle.data(), figure.data(), n);
    out.check_equal(oracle);
    kernels::apply_prior(out.data(), figure.data(), 0.1F, 0.3F, n);
    twins::apply_prior(oracle.data(), figure.data(), 0.1F, 0.3F, n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(sample_row) {
  for_all_targets([](int n, int a, int b) {
    const int width = 2 + n % 31, height = 2 + b;
    Row<float> map(width * height, b, 0, 255), out(n, a), oracle(n, 0);
    const float turn = static_cast<float>(a - 8) / 100, scale = 0.9F + static_cast<float>(b) / 64;
    for (const float y : {-1.0F, 0.0F, 3.0F, static_cast<float>(height)}) {
      kernels::sample_row(out.data(), map.data(), width, height, scale, turn, 0.3F, 0.4F, y, kOutside, n);
      twins::sample_row(oracle.data(), map.data(), width, height, scale, turn, 0.3F, 0.4F, y, kOutside, n);
      int elsewhere = 0;  // at a border, the last bit of a place decides
      for (int i = 0; i < n; i++)
        if (std::fabs(out[i] - oracle[i]) > 0.05F) {
          elsewhere += (out[i] == kOutside) != (oracle[i] == kOutside);
          ck_assert_msg((out[i] == kOutside) != (oracle[i] == kOutside), "%g, oracle %g", out[i], oracle[i]);
        }
      ck_assert_int_le(elsewhere, 1);
      out.check_guards();
    }
  });
}
END_TEST

START_TEST(difference) {
  for_all_targets([](int n, int a, int b) {
    Row<float> change(n, a, 0, 255), now(n, b, 0, 255);
    for (int i = 0; i < n; i += 5)
      change[i] = kOutside;
    Row<float> oracle(change, 0);
    kernels::difference(change.data(), now.data(), kOutside, 7, n);
    twins::difference(oracle.data(), now.data(), kOutside, 7, n);
    change.check_equal(oracle);
  });
}
END_TEST

START_TEST(to_ycbcr) {
  for_all_targets([](int n, int a, int b) {
    Row<float> red(n, a, 0, 1), green(n, b, 0, 1), blue(n, a, 0, 1);
    Row<float> oracle_red(red, 0), oracle_green(green, 0), oracle_blue(blue, 0);
    kernels::to_ycbcr(red.data(), green.data(), blue.data(), 0.2126F, 0.0722F, 1.8556F, 1.5748F, n);
    twins::to_ycbcr(oracle_red.data(), oracle_green.data(), oracle_blue.data(), 0.2126F, 0.0722F, 1.8556F, 1.5748F, n);
    red.check_equal(oracle_red);
    green.check_equal(oracle_green);
    blue.check_equal(oracle_blue);
  });
}
END_TEST

int main() {
  return run_suite("maps",
                   {combine, interleave, gather_columns, between_columns, step_lerp_and_between, slide_box, mix, halve,
                    gradients, sum_3, corners, follow, root_add_motion_and_prior, sample_row, difference, to_ycbcr});
}
