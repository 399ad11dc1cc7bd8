// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Rows between guard bytes, and the shapes and targets that each kernel is tried with.
#pragma once

#include <check.h>
#include <hwy/targets.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "kernels/blend.h"

constexpr size_t kGuard = 64;
constexpr uint8_t kGuardByte = 0xa5;
constexpr int kAlignments = 16;         // in samples
inline std::mt19937 random_numbers(1);  // the same in every run

/// `n` samples that start `offset` samples past an aligned address, between guard bytes; between `least` and `most`.
template <typename T>
class Row {
 public:
  Row(int n, int offset, double least = 0, double most = 0)
      : bytes_((n + offset) * sizeof(T) + 2 * kGuard + 64, kGuardByte), n_(n) {
    const auto start = (reinterpret_cast<uintptr_t>(bytes_.data()) + kGuard + 63) / 64 * 64;
    data_ = reinterpret_cast<T *>(start) + offset;
    std::uniform_real_distribution<double> any(least, most);
    for (int i = 0; i < n; i++)
      data_[i] = static_cast<T>(std::is_integral_v<T> ? std::round(any(random_numbers)) : any(random_numbers));
  }
  Row(const Row &other, int offset) : Row(other.n_, offset) { std::copy_n(other.data_, n_, data_); }
  Row(const Row &) = delete;

  T *data() { return data_; }
  T &operator[](int i) { return data_[i]; }
  int size() const { return n_; }

  void check_guards() const {
    const auto *begin = reinterpret_cast<const uint8_t *>(data_);
    const uint8_t *end = begin + n_ * sizeof(T);
    const auto intact = [](uint8_t byte) { return byte == kGuardByte; };
    ck_assert_msg(std::all_of(bytes_.data(), begin, intact), "written before the row");
    ck_assert_msg(std::all_of(end, bytes_.data() + bytes_.size(), intact), "written behind the row");
  }
  /// The same bits, and nothing written around them.
  void check_equal(const Row &oracle) const { check_near(oracle, 0); }
  void check_near(const Row &oracle, double tolerance) const {
    for (int i = 0; i < n_; i++) {
      const auto expected = static_cast<double>(oracle.data_[i]);
      const double error = std::fabs(static_cast<double>(data_[i]) - expected);
      if (!(error <= tolerance * (1 + std::fabs(expected))))
        ck_abort_msg("sample %d of %d: %.9g, oracle %.9g", i, n_, static_cast<double>(data_[i]), expected);
    }
    check_guards();
    oracle.check_guards();
  }

 private:
  std::vector<uint8_t> bytes_;
  T *data_;
  int n_;
};

/// Calls test(n, alignment of one row, alignment of another).
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

/// Steps from each base to another weight, 0 to 1 both.
inline void fill_with_steps(Row<int16_t> &step, Row<int16_t> &base) {
  Row<int16_t> other(step.size(), 0, 0, attention::kernels::kWeightOne);
  for (int i = 0; i < step.size(); i++)
    step[i] = attention::kernels::step_14_of(base[i], other[i]);
}

/// Calls test() with each set of vectors that Highway was built for and this machine has.
template <typename Test>
void for_each_target(Test test) {
  const std::vector<int64_t> targets = hwy::SupportedAndGeneratedTargets();
  ck_assert(!targets.empty());
  for (const int64_t target : targets) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(target);
    random_numbers.seed(1);
    test();
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().DeInit();
}

/// As for_all_shapes, with each of them.
template <typename Test>
void for_all_targets(Test test) {
  for_each_target([&] { for_all_shapes(test); });
}
