// SPDX-License-Identifier: LGPL-2.1-or-later
// What each kernel costs on rows that stay in cache: Orc beside its C++ twin, as this build compiles it, and memcpy.
#include "kernels/kernels.h"

#include <cstring>
#include <random>
#include <type_traits>

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

template <typename Orc, typename Twin, typename... Args>
void measure(const char *name, Orc orc, Twin twin, Args... args) {
  constexpr size_t kBytes = (0 + ... + kRowBytes<Args>);
  std::vector<uint8_t> from(kBytes / 2, 1), to(kBytes / 2);  // memcpy reads one half of the bytes and writes the other
  std::vector<double> times[3];
  for (int round = 0; round < kRounds; round++) {
    times[0].push_back(nanoseconds([&] { orc(args..., kSamples); }));
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
  std::printf("%-16s %15s %15s %15s %8s\n", "kernel", "Orc", "C++", "memcpy", "C++/Orc");
  measure("lerp_14", attention_lerp_14_orc, lerp_14_ref, w1, w2, w3, 12345);
  measure("mix_14", attention_mix_14_orc, mix_14_ref, w1, w2, w3, kWeightOne / 3, kWeightOne, 0);
  measure("stretch_14", attention_stretch_14_orc, stretch_14_ref, w1, w2, w3, w4, w5);
  measure("blend_8", attention_blend_8_orc, blend_8_ref, b1, b2, w1, w2, 12345);
  measure("blend_16", attention_blend_16_orc, blend_16_ref, s1, s2, f1, f2, .3F, 0, .5F);
  measure("stretch_f", attention_stretch_f_orc, stretch_f_ref, f1, f2, f3, f4, f5);
  measure("mix_f", attention_mix_f_orc, mix_f_ref, f1, f2, f3, .3F, .7F);
  measure("lerp_f", attention_lerp_f_orc, lerp_f_ref, f1, f2, f3, .3F);
  measure("narrow_16", attention_narrow_16_orc, narrow_16_ref, s1, f1, 65535.F, 0, .5F);
  measure("refine_8", attention_refine_8_orc, refine_8_ref, w1, b1, f1, f2, 0.F, 1.F, 16384.F, .5F);
  measure("refine_16", attention_refine_16_orc, refine_16_ref, f1, s1, f2, f3, 0, 0.F, 1.F);
  measure("narrow_14", attention_narrow_14_orc, narrow_14_ref, b1, w1);
  measure("sum_3_f", attention_sum_3_f_orc, sum_3_f_ref, f1, f2, f3, f4);
  measure("tensor_f", attention_tensor_f_orc, tensor_f_ref, f1, f2, f3, f4, f5, f6, f7);
  measure("corner_f", attention_corner_f_orc, corner_f_ref, f1, f2, f3, f4, f5, .5F, 0.F);
  measure("follow_f", attention_follow_f_orc, follow_f_ref, f1, f2, .33F, .12F, .05F, -.05F, 0.F);
}
