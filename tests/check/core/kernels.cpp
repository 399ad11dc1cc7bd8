// SPDX-License-Identifier: LGPL-2.1-or-later
// Every kernel against its scalar twin: widths, alignments, guard bytes. Run under each ORC_CODE by meson.
#include "kernels/kernels.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>
#include <vector>

#include "suite.h"

using namespace attention;

namespace {

constexpr size_t kGuard = 64;
constexpr uint8_t kGuardByte = 0xa5;
constexpr int kAlignments = 16;  // in samples
std::mt19937 random_bits(1);     // the same numbers in every run

/// `n` samples that start `offset` samples past an aligned address, between guard bytes.
template <typename T>
class Row {
 public:
  Row(int n, int offset) : bytes_((n + offset) * sizeof(T) + 2 * kGuard + 64, kGuardByte), n_(n) {
    const auto start = (reinterpret_cast<uintptr_t>(bytes_.data()) + kGuard + 63) / 64 * 64;
    data_ = reinterpret_cast<T *>(start) + offset;
  }
  Row(int n, int offset, double least, double most) : Row(n, offset) {
    std::uniform_real_distribution<double> any(least, most);
    for (int i = 0; i < n; i++)
      data_[i] = static_cast<T>(std::is_integral_v<T> ? std::lround(any(random_bits)) : any(random_bits));
  }
  Row(const Row &other, int offset) : Row(other.n_, offset) { std::memcpy(data_, other.data_, n_ * sizeof(T)); }
  Row(const Row &) = delete;

  T *data() { return data_; }
  void check_guards() const {
    const auto *begin = reinterpret_cast<const uint8_t *>(data_);
    const uint8_t *end = begin + n_ * sizeof(T);
    const auto intact = [](uint8_t byte) { return byte == kGuardByte; };
    ck_assert_msg(std::all_of(bytes_.data(), begin, intact), "written before the row");
    ck_assert_msg(std::all_of(end, bytes_.data() + bytes_.size(), intact), "written behind the row");
  }
  void check_equal(const Row &other) const { check_near(other, std::is_integral_v<T> ? 0 : 1e-6); }
  void check_near(const Row &other, double tolerance) const {
    for (int i = 0; i < n_; i++) {
      const double oracle = static_cast<double>(other.data_[i]);
      const double error = std::fabs(static_cast<double>(data_[i]) - oracle);
      if (error > tolerance * (1 + std::fabs(oracle)))
        ck_abort_msg("sample %d of %d: %g, oracle %g", i, n_, static_cast<double>(data_[i]), oracle);
    }
    check_guards();
    other.check_guards();
  }

 private:
  std::vector<uint8_t> bytes_;
  T *data_;
  int n_;
};

/// Calls test(n, alignment of the first row, alignment of the second).
template <typename Test>
void for_all_shapes(Test test) {
  std::vector<int> widths;
  for (int n = 1; n <= 67; n++)
    widths.push_back(n);
  for (const int n : {160, 320, 427, 960, 1920, 3840})
    widths.push_back(n);
  for (const int n : widths)
    for (int a = 0; a < kAlignments; a++)
      test(n, a, (a * 5 + n) % kAlignments);
}

}  // namespace

START_TEST(lerp_14) {
  for_all_shapes([](int n, int a, int b) {
    Row<int16_t> out(n, a, 0, 0);
    Row<int16_t> oracle(n, 0, 0, 0);
    Row<int16_t> above(n, b, 0, kernels::kWeightOne);
    Row<int16_t> below(n, a, 0, kernels::kWeightOne);
    const int fraction = n * 7919 % 32768;
    kernels::lerp_14(out.data(), above.data(), below.data(), fraction, n);
    kernels::lerp_14_ref(oracle.data(), above.data(), below.data(), fraction, n);
    out.check_equal(oracle);
  });
}
END_TEST

// A weight a hair below 0 would turn to a large one.
START_TEST(lerp_14_stays_between) {
  for (const int fraction : {0, 1, 16384, 32766, 32767})
    for (int16_t a = 0; a <= kernels::kWeightOne; a += a < 20 || a > kernels::kWeightOne - 20 ? 1 : 97)
      for (int16_t b = 0; b <= kernels::kWeightOne; b += b < 20 || b > kernels::kWeightOne - 20 ? 1 : 89) {
        int16_t out;
        kernels::lerp_14(&out, &a, &b, fraction, 1);
        if (out < std::min(a, b) || out > std::max(a, b) || std::fabs(out - (a + (b - a) * fraction / 32768.0)) > 1.5)
          ck_abort_msg("%d of the way from %d to %d is %d", fraction, a, b, out);
      }
}
END_TEST

START_TEST(mix_14) {
  for_all_shapes([](int n, int a, int b) {
    Row<int16_t> out(n, a, 0, 0);
    Row<int16_t> oracle(n, 0, 0, 0);
    Row<int16_t> weight(n, b, 0, kernels::kWeightOne);
    Row<int16_t> floor(n, a, 0, kernels::kWeightOne);
    const int strength = (n * 31 + b * 997) % (kernels::kWeightOne + 1);
    const int flip = a % 2 == 0 ? 0 : -1;
    const int base = flip == 0 ? kernels::kWeightOne - strength : kernels::kWeightOne;
    kernels::mix_14(out.data(), weight.data(), floor.data(), base, 2 * strength, flip, n);
    kernels::mix_14_ref(oracle.data(), weight.data(), floor.data(), base, 2 * strength, flip, n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(stretch_14) {
  for_all_shapes([](int n, int a, int b) {
    Row<int16_t> out(n, a, 0, 0), oracle(n, 0, 0, 0);
    Row<int16_t> base(n, b, 0, kernels::kWeightOne), step(n, a, 0, kernels::kWeightOne);
    for (int i = 0; i < n; i++)
      step.data()[i] = static_cast<int16_t>(step.data()[i] - base.data()[i]);
    Row<int16_t> fraction(n, b, 0, 32767), floor(n, a, -32768, kernels::kWeightOne);
    kernels::stretch_14(out.data(), base.data(), step.data(), fraction.data(), floor.data(), n);
    kernels::stretch_14_ref(oracle.data(), base.data(), step.data(), fraction.data(), floor.data(), n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(stretch_f) {
  for_all_shapes([](int n, int a, int b) {
    Row<float> out(n, a, 0, 0), oracle(n, 0, 0, 0);
    Row<float> base(n, b, 0, 1), step(n, a, -1, 1), fraction(n, b, 0, 1), floor(n, a, -1, 1);
    kernels::stretch_f(out.data(), base.data(), step.data(), fraction.data(), floor.data(), n);
    kernels::stretch_f_ref(oracle.data(), base.data(), step.data(), fraction.data(), floor.data(), n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(blend_8) {
  for_all_shapes([](int n, int a, int b) {
    Row<uint8_t> pixel(n, a, 0, 255);
    Row<uint8_t> oracle(pixel, 0);
    Row<uint8_t> target(n, b, 0, 255);
    Row<int16_t> above(n, a, 0, kernels::kWeightOne), below(n, b, 0, kernels::kWeightOne);
    const int fraction = n * 7919 % 32768;
    kernels::blend_8(pixel.data(), target.data(), above.data(), below.data(), fraction, n);
    kernels::blend_8_ref(oracle.data(), target.data(), above.data(), below.data(), fraction, n);
    pixel.check_equal(oracle);
  });
}
END_TEST

START_TEST(narrow_14) {
  for_all_shapes([](int n, int a, int b) {
    Row<uint8_t> out(n, a, 0, 0);
    Row<uint8_t> oracle(n, 0, 0, 0);
    Row<int16_t> value(n, b, 0, kernels::kWeightOne);
    kernels::narrow_14(out.data(), value.data(), n);
    kernels::narrow_14_ref(oracle.data(), value.data(), n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(lerp_f) {
  for_all_shapes([](int n, int a, int b) {
    Row<float> out(n, a, 0, 0), oracle(n, 0, 0, 0);
    Row<float> above(n, b, 0, 1), below(n, a, 0, 1);
    kernels::lerp_f(out.data(), above.data(), below.data(), 0.37F, n);
    kernels::lerp_f_ref(oracle.data(), above.data(), below.data(), 0.37F, n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(mix_f) {
  for_all_shapes([](int n, int a, int b) {
    Row<float> out(n, a, 0, 0), oracle(n, 0, 0, 0);
    Row<float> weight(n, b, 0, 1), floor(n, a, 0, 1);
    const float strength = static_cast<float>(n % 11) / 10.0F;
    const float base = a % 2 == 0 ? 1 - strength : 1;
    const float span = a % 2 == 0 ? strength : -strength;
    kernels::mix_f(out.data(), weight.data(), floor.data(), base, span, n);
    kernels::mix_f_ref(oracle.data(), weight.data(), floor.data(), base, span, n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(blend_16) {
  for_all_shapes([](int n, int a, int b) {
    Row<uint16_t> pixel(n, a, 0, 65535);
    Row<uint16_t> oracle(pixel, 0);
    Row<uint16_t> target(n, b, 0, 65535);
    Row<float> above(n, a, 0, 1), below(n, b, 0, 1);
    const float fraction = static_cast<float>(n % 10) / 10.0F;
    const int shift = n % 3 * 3;
    kernels::blend_16(pixel.data(), target.data(), above.data(), below.data(), fraction, shift, n);
    kernels::blend_16_ref(oracle.data(), target.data(), above.data(), below.data(), fraction, shift, 0.5F, n);
    pixel.check_equal(oracle);
  });
}
END_TEST

START_TEST(refine_8) {
  for_all_shapes([](int n, int a, int b) {
    Row<int16_t> out(n, a, 0, 0), oracle(n, 0, 0, 0);
    Row<uint8_t> luma(n, b, 0, 255);
    Row<float> slope(n, a, -0.01, 0.01), base(n, b, -1, 2);
    kernels::refine_8(out.data(), luma.data(), slope.data(), base.data(), n);
    kernels::refine_8_ref(oracle.data(), luma.data(), slope.data(), base.data(), 0, 1, kernels::kWeightOne, 0.5F, n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(refine_16) {
  for_all_shapes([](int n, int a, int b) {
    Row<float> out(n, a, 0, 0), oracle(n, 0, 0, 0);
    Row<uint16_t> luma(n, b, 0, 65535);
    Row<float> slope(n, a, -0.01, 0.01), base(n, b, -1, 2);
    const int shift = n % 3 * 3;
    kernels::refine_16(out.data(), luma.data(), slope.data(), base.data(), shift, n);
    kernels::refine_16_ref(oracle.data(), luma.data(), slope.data(), base.data(), shift, 0, 1, n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(narrow_16) {
  for_all_shapes([](int n, int a, int b) {
    Row<uint16_t> out(n, a, 0, 0), oracle(n, 0, 0, 0);
    const int shift = n % 3 * 3;
    const float largest = static_cast<float>((1 << (16 - shift)) - 1);
    Row<float> value(n, b, 0, largest * 1.01);
    kernels::narrow_16(out.data(), value.data(), largest, shift, n);
    kernels::narrow_16_ref(oracle.data(), value.data(), largest, shift, 0.5F, n);
    out.check_equal(oracle);
  });
}
END_TEST

START_TEST(combine_f) {
  for_all_shapes([](int n, int a, int b) {
    const int count = 1 + (n + a) % 17;
    Row<float> sum(n, a, 0, 0);
    Row<float> oracle(n, 0, 0, 0);
    Row<float> samples(n + count, b, -1, 1);
    std::vector<const float *> rows;
    std::vector<float> weights;
    for (int k = 0; k < count; k++) {
      rows.push_back(samples.data() + k);
      weights.push_back(static_cast<float>(k + 1) / 16);
    }
    kernels::combine_f(sum.data(), rows.data(), weights.data(), count, n);
    for (int i = 0; i < n; i++)
      for (int k = 0; k < count; k++)
        oracle.data()[i] += rows[k][i] * weights[k];
    sum.check_near(oracle, 1e-5);
    samples.check_guards();
  });
}
END_TEST

START_TEST(tensor_f) {
  for_all_shapes([](int n, int a, int b) {
    Row<float> xx(n, a, 0, 0), xy(n, b, 0, 0), yy(n, a, 0, 0);
    Row<float> oracle_xx(n, 0, 0, 0), oracle_xy(n, 0, 0, 0), oracle_yy(n, 0, 0, 0);
    Row<float> left(n, a, 0, 255), right(n, b, 0, 255), up(n, a, 0, 255), down(n, b, 0, 255);
    kernels::tensor_f(xx.data(), xy.data(), yy.data(), left.data(), right.data(), up.data(), down.data(), n);
    kernels::tensor_f_ref(oracle_xx.data(), oracle_xy.data(), oracle_yy.data(), left.data(), right.data(), up.data(), down.data(), n);
    xx.check_equal(oracle_xx);
    xy.check_equal(oracle_xy);
    yy.check_equal(oracle_yy);
  });
}
END_TEST

START_TEST(sum_3_f) {
  for_all_shapes([](int n, int a, int b) {
    Row<float> sum(n, a, 0, 0);
    Row<float> oracle(n, 0, 0, 0);
    Row<float> x(n, b, -100, 100), y(n, a, -100, 100), z(n, b, -100, 100);
    kernels::sum_3_f(sum.data(), x.data(), y.data(), z.data(), n);
    kernels::sum_3_f_ref(oracle.data(), x.data(), y.data(), z.data(), n);
    sum.check_equal(oracle);
  });
}
END_TEST

START_TEST(corner_f) {
  for_all_shapes([](int n, int a, int b) {
    Row<float> out(n, a, 0, 0), trace(n, b, 0, 0);
    Row<float> oracle(n, 0, 0, 0), oracle_trace(n, 0, 0, 0);
    Row<float> xx(n, a, 0, 1000), yy(n, b, 0, 1000), xy(n, a, -500, 500);
    kernels::corner_f(out.data(), trace.data(), xx.data(), xy.data(), yy.data(), n);
    kernels::corner_f_ref(oracle.data(), oracle_trace.data(), xx.data(), xy.data(), yy.data(), 0.5F, 0.0F, n);
    for (int i = 0; i < n; i++)  // a square root near 0 magnifies the last bit of a difference of large numbers
      if (std::fabs(out.data()[i] - oracle.data()[i]) > 0.02F)
        ck_abort_msg("sample %d of %d: %g, oracle %g", i, n, out.data()[i], oracle.data()[i]);
    out.check_guards();
    trace.check_equal(oracle_trace);
  });
}
END_TEST

START_TEST(follow_f) {
  for_all_shapes([](int n, int a, int b) {
    Row<float> value(n, a, 0, 1);
    Row<float> oracle(value, 0);
    Row<float> goal(n, b, 0, 1);
    kernels::follow_f(value.data(), goal.data(), 0.33F, 0.12F, 0.05F, n);
    kernels::follow_f_ref(oracle.data(), goal.data(), 0.33F, 0.12F, 0.05F, -0.05F, 0.0F, n);
    value.check_equal(oracle);
  });
}
END_TEST

START_TEST(ends_of_the_scale_are_exact) {
  for (int strength = 0; strength <= kernels::kWeightOne; strength++) {
    const int16_t weight[] = {0, kernels::kWeightOne};
    const int16_t floor[] = {0, 0};
    int16_t factor[2];
    kernels::mix_14(factor, weight, floor, kernels::kWeightOne - strength, 2 * strength, 0, 2);
    if (factor[0] != kernels::kWeightOne - strength || factor[1] != kernels::kWeightOne)
      ck_abort_msg("strength %d keeps %d and %d", strength, factor[0], factor[1]);
  }
  for (int code = 0; code < 256; code++) {
    uint8_t pixel[] = {static_cast<uint8_t>(code), static_cast<uint8_t>(code)};
    const uint8_t target[] = {static_cast<uint8_t>(255 - code), static_cast<uint8_t>(255 - code)};
    const int16_t factor[] = {kernels::kWeightOne, 0};
    kernels::blend_8(pixel, target, factor, factor, 0, 2);
    ck_assert_uint_eq(pixel[0], code);
    ck_assert_uint_eq(pixel[1], 255 - code);
  }
  for (int code = 0; code < 65536; code += 15) {
    uint16_t pixel[] = {static_cast<uint16_t>(code), static_cast<uint16_t>(code)};
    const uint16_t target[] = {static_cast<uint16_t>(65535 - code), static_cast<uint16_t>(65535 - code)};
    const float factor[] = {1, 0};
    kernels::blend_16(pixel, target, factor, factor, 0, 0, 2);
    ck_assert_uint_eq(pixel[0], code);
    ck_assert_uint_eq(pixel[1], 65535 - code);
  }
}
END_TEST

int main() {
  return run_suite("kernels", {lerp_14, lerp_14_stays_between, lerp_f, mix_14, mix_f, stretch_14, stretch_f, blend_8, blend_16,
                               narrow_14, narrow_16, refine_8, refine_16, combine_f, tensor_f,
                               sum_3_f, corner_f,
                               follow_f, ends_of_the_scale_are_exact});
}
