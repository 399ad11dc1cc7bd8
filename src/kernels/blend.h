// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What is done to every sample that an effect changes, in the widest vectors that the machine has (Google Highway);
/// Orc up to 0.4.33 writes none of more than 16 bytes. One row of `n` samples at a time; no alignment is asked of any
/// pointer, and an out row overlaps no in row. All machines see the same bits.
#pragma once

#include <cstdint>

namespace attention::kernels {

constexpr int kWeightOne = 1 << 14;  ///< a weight or a blend factor of exactly 1
constexpr int kCodeShift = 6;        ///< codes 0–255 are carried as 14-bit values, shifted by this

/// The step from one value to another, 0–16384 both: twice their difference, 32767 where that is too much.
constexpr int16_t step_14_of(int above, int below) {
  const int twice = 2 * (below - above);
  return static_cast<int16_t>(twice < 32767 ? twice : 32767);
}
/// out[i] = base[i] + step[i] * fraction / 65536, a value between the two that the step is of; fraction 0–32767.
void lerp_14(int16_t *out, const int16_t *base, const int16_t *step, int fraction, int n);

/// step[i] = step_14_of(above[i], below[i]).
void step_14(int16_t *step, const int16_t *above, const int16_t *below, int n);

/// factor[i] = max(unseen + weight[i] * (seen - unseen) / 16384, floor[i]), rounded towards unseen; unseen and seen
/// 0–16384.
void mix_14(int16_t *factor, const int16_t *weight, const int16_t *floor, int unseen, int seen, int n);

/// Neighbouring samples of a row that lie between the same two columns of a map, of one of up to three maps.
struct Run {
  int begin, length;
  int column, map;
};
/// A row of each map: the value of each column, and the step to the next.
template <typename T>
struct MapRows {
  const T *values[3], *steps[3];
};
/// Samples behind the last that stretch() may read and write, as it takes whole vectors.
constexpr int kStretchedBehind = 16;
/// out[i] = max(value + step * fraction[i] / 65536, floor[i]), as in lerp_14, with the value and the step of the run
/// that has sample i. `count` runs follow one another without a gap.
void stretch_14(int16_t *out, const Run *runs, int count, const MapRows<int16_t> &rows, const int16_t *fraction,
                const int16_t *floor);
/// The same of floats: out[i] = max(value + step * fraction[i], floor[i]).
void stretch(float *out, const Run *runs, int count, const MapRows<float> &rows, const float *fraction,
             const float *floor);

/// pixel[i] = target[i] + (pixel[i] - target[i]) * factor[i] / 16384, rounded; the factors are those of lerp_14.
void blend_8(uint8_t *pixel, const uint8_t *target, const int16_t *base, const int16_t *step, int fraction, int n);
/// As blend_8 with one target for all.
void fade_8(uint8_t *pixel, uint8_t target, const int16_t *base, const int16_t *step, int fraction, int n);

/// What lerp_14 makes.
struct Step14 {
  const int16_t *base, *step;
  int fraction;
};
/// As blend_8 with targets of 14 bits, each taken as min((code + 32) / 64, 255).
void blend_stretched_8(uint8_t *pixel, const Step14 &code, const Step14 &factor, int n);

/// base[i] + step[i] * fraction.
struct FloatStep {
  const float *base, *step;
  float fraction;
};
/// As fade_8 for codes that lie `shift` bits up in their samples, with factors of 0 to 1.
void fade_16(uint16_t *pixel, uint16_t target, const FloatStep &factor, int shift, int n);
/// As blend_stretched_8 for codes of 0 to `largest`, rounded, that lie `shift` bits up in their samples.
void blend_stretched_16(uint16_t *pixel, const FloatStep &code, const FloatStep &factor, float largest, int shift,
                        int n);

/// out[i] = slope[i] * luma[i] + base[i] as a weight of 14 bits, held between 0 and 1.
void refine_8(int16_t *out, const uint8_t *luma, const FloatStep &slope, const FloatStep &base, int n);
/// As refine_8 with weights 0–1, for luma that lies `shift` bits up in its samples.
void refine_16(float *out, const uint16_t *luma, const FloatStep &slope, const FloatStep &base, int shift, int n);
/// out[i] = a fourth of top[2 · i] + top[2 · i + 1] + bottom[2 · i] + bottom[2 · i + 1], rounded down.
void corners_14(int16_t *out, const int16_t *top, const int16_t *bottom, int n);
void corner_means(float *out, const float *top, const float *bottom, int n);

}  // namespace attention::kernels
