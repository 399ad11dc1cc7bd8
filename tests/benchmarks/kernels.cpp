// SPDX-License-Identifier: LGPL-2.1-or-later
// What each kernel costs on rows that stay in cache, beside its plain twin, as this build compiles it, and memcpy.
#include "kernels/frame_rows.h"
#include "kernels/maps.h"
#include "kernels/network.h"
#include "kernels/pixels.h"

#include <cstring>
#include <random>
#include <type_traits>

#include "../check/src/kernels/map_twins.h"
#include "../check/src/kernels/pixel_twins.h"
#include "benchmark.h"

using namespace attention::kernels;

namespace {

constexpr int kSamples = 1920;
constexpr int kRounds = 31;
constexpr int kCalls = 500;  // in one round

template <typename T>
void fill(T (&row)[kSamples], double least, double most) {
  static std::mt19937 random(1);
  std::uniform_real_distribution<double> any(least, most);
  for (T &sample : row)
    sample = static_cast<T>(any(random));
}

template <typename Arg>
constexpr size_t kRowBytes = std::is_pointer_v<Arg> ? sizeof(std::remove_pointer_t<Arg>) * kSamples : 0;

template <typename Call>
double nanoseconds(Call call) {
  return 1e6 / kCalls * milliseconds(CLOCK_PROCESS_CPUTIME_ID, [&] {
           for (int i = 0; i < kCalls; i++)
             call();
         });
}

template <typename Kernel, typename Twin, typename... Args>
void measure(const char *name, Kernel kernel, Twin twin, Args... args) {
  constexpr size_t kBytes = (0 + ... + kRowBytes<Args>);
  std::vector<uint8_t> from(kBytes / 2, 1), to(kBytes / 2);  // memcpy reads one half of the bytes and writes the other
  std::vector<double> times[3];
  for (int round = 0; round < kRounds; round++) {
    times[0].push_back(nanoseconds([&] { kernel(args..., kSamples); }));
    times[1].push_back(nanoseconds([&] { twin(args..., kSamples); }));
    times[2].push_back(nanoseconds([&] {
      std::memcpy(to.data(), from.data(), kBytes / 2);
      asm volatile("" : : "r"(to.data()) : "memory");  // or the compiler leaves copies out
    }));
  }
  std::printf("%-16s", name);
  for (const auto &t : times) {
    const double median = quantile(t, .5);
    std::printf(" %8.3f %6.1f", median / kSamples, static_cast<double>(kBytes) / median);
  }
  std::printf(" %8.1f\n", quantile(times[1], .5) / quantile(times[0], .5));
}

uint8_t b1[kSamples], b2[kSamples];
uint16_t s1[kSamples], s2[kSamples];
int16_t w1[kSamples], w2[kSamples], w3[kSamples], w4[kSamples], w5[kSamples];
float f1[kSamples], f2[kSamples], f3[kSamples], f4[kSamples], f5[kSamples], f6[kSamples], f7[kSamples];

}  // namespace

int main() {
  print_machine();
  for (auto *row : {&b1, &b2})
    fill(*row, 0, 255);
  for (auto *row : {&w1, &w2, &w3, &w4, &w5})
    fill(*row, 0, kWeightOne);
  for (auto *row : {&f1, &f2, &f3, &f4, &f5, &f6, &f7})
    fill(*row, 0, 255);

  std::printf("medians of %d rounds: ns a sample, GB/s read and written\n", kRounds);
  std::printf("%-16s %15s %15s %15s %8s\n", "kernel", "vectors", "plain", "memcpy", "ratio");
  prepare_pixels();
  measure("step_14", step_14, twins::step_14, w1, w2, w3);
  measure("lerp_14", lerp_14, twins::lerp_14, w1, w2, w3, 12345);
  measure("mix_14", mix_14, twins::mix_14, w1, w2, w3, kWeightOne / 3, kWeightOne);
  measure("blend_8", blend_8, twins::blend_8, b1, b2, w1, w2, 12345);
  measure("fade_8", fade_8, twins::fade_8, b1, uint8_t{16}, w1, w2, 12345);
  measure("blend_stretched_8", blend_stretched_8, twins::blend_stretched_8, b1, Step14{w1, w2, 12345},
          Step14{w3, w4, 12345});
  measure("refine_8", refine_8, twins::refine_8, w1, b1, FloatStep{f1, f2, .3F}, FloatStep{f3, f4, .3F});
  measure("blend_16", blend_16, twins::blend_16, s1, s2, f1, f2, .3F, 0);
  measure("fade_16", fade_16, twins::fade_16, s1, uint16_t{16}, FloatStep{f1, f2, .3F}, 0);
  measure("blend_stretched_16", blend_stretched_16, twins::blend_stretched_16, s1, FloatStep{f1, f2, .3F},
          FloatStep{f3, f4, .3F}, 65535.F, 0);
  measure("refine_16", refine_16, twins::refine_16, f1, s1, FloatStep{f2, f3, .3F}, FloatStep{f4, f5, .3F}, 0);
  measure("mix", mix, twins::mix, f1, f2, f3, .3F, .7F);
  measure("lerp", lerp, twins::lerp, f1, f2, f3, .3F);
  measure("sum_3", sum_3, twins::sum_3, f1, f2, f3, f4);
  measure("gradients", gradients, twins::gradients, f1, f2, f3, f4, f5, f6, f7);
  measure("follow", follow, twins::follow, f1, f2, attention::kernels::Pace{.33F, .12F, .05F, .1F, .07F});
  measure("to_ycbcr", to_ycbcr, twins::to_ycbcr, f1, f2, f3, .2F, .1F, 1.8F, 1.5F);
  measure("add_row_8", add_row_8, twins::add_row<uint8_t>, f1, b1, .3F);
  measure("to_floats_16", to_floats_16, twins::to_floats<uint16_t>, f1, s1, .3F, 16.F);
}
