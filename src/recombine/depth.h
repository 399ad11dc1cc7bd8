// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What recombination does with samples of one byte and of two, beyond reading and writing them.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "format/samples.h"
#include "kernels/blocks.h"
#include "kernels/maps.h"
#include "kernels/pixels.h"

namespace attention {

/// What a weight becomes: `unseen` where it is 0, `seen` where it is 1, in between evenly. In a blend, the share that a
/// pixel keeps.
struct Keep {
  double unseen = 0, seen = 1;
};

/// Codes of 8 bits; values have 14.
struct Depth8 : Samples8 {
  using Value = int16_t;                              ///< a weight, a blend factor or a code between two roundings
  using Fraction = int16_t;                           ///< of the way to a neighbour, in 1/32768
  static constexpr Value kOne = kernels::kWeightOne;  ///< a weight or factor of 1

  static Value weight(float w) { return static_cast<Value>(w * kOne + 0.5F); }
  static float share(Value weight) { return static_cast<float>(weight) / kOne; }
  static Value code(float code) { return static_cast<Value>(code * (1 << kernels::kCodeShift) + 0.5F); }

  static Fraction fraction(double f) { return static_cast<Fraction>(std::min(32767L, std::lround(f * 32768))); }

  /// What leads from one value to another, see lerp().
  static Value step_of(Value from, Value to) { return kernels::step_14_of(from, to); }
  static void step(Value *step, const Value *above, const Value *below, int n) {
    kernels::step_14(step, above, below, n);
  }
  static void lerp(Value *out, const Value *base, const Value *step, Fraction f, int n) {
    kernels::lerp_14(out, base, step, f, n);
  }
  static void stretch(Value *out, const std::vector<kernels::Run> &runs, const kernels::MapRows<Value> &rows,
                      const Fraction *f, const Value *floor) {
    kernels::stretch_14(out, runs.data(), static_cast<int>(runs.size()), rows, f, floor);
  }
  static void factors(Value *factor, const Value *weight, const Value *floor, Keep keep, int n) {
    const int unseen = Depth8::weight(static_cast<float>(keep.unseen));
    const int seen = Depth8::weight(static_cast<float>(keep.seen));
    kernels::mix_14(factor, weight, floor, unseen, seen, n);
  }
  static void blend(Sample *pixel, const Sample *target, const Value *base, const Value *step, Fraction f,
                    const Layout &, int n) {
    kernels::blend_8(pixel, target, base, step, f, n);
  }
  static void fade(Sample *pixel, Sample target, const Value *base, const Value *step, Fraction f, const Layout &,
                   int n) {
    kernels::fade_8(pixel, target, base, step, f, n);
  }
  static void refine(Value *weight, const Sample *luma, const kernels::FloatStep &slope, const kernels::FloatStep &base,
                     const Layout &, int n) {
    kernels::refine_8(weight, luma, slope, base, n);
  }
  static void corner_means(Value *out, const Value *top, const Value *bottom, int n) {
    kernels::corners_14(out, top, bottom, n);
  }
  using Step = kernels::Step14;
  static void blend_stretched(Sample *pixel, const Step &code, const Step &factor, const Layout &, int n) {
    kernels::blend_stretched_8(pixel, code, factor, n);
  }
  static void add_rows(Sum *sum, ptrdiff_t sum_stride, const Sample *row, ptrdiff_t stride, int rows, int n) {
    kernels::add_rows_8(sum, sum_stride, row, stride, rows, n);
  }
};

/// Codes of 9 to 16 bits; values are floats.
struct Depth16 : Samples16 {
  using Value = float;
  using Fraction = float;
  static constexpr Value kOne = 1.0F;

  static Value weight(float w) { return w; }
  static float share(Value weight) { return weight; }
  static Value code(float code) { return code; }

  static Fraction fraction(double f) { return static_cast<Fraction>(f); }

  static Value step_of(Value from, Value to) { return to - from; }
  static void step(Value *step, const Value *above, const Value *below, int n) { kernels::step(step, above, below, n); }
  static void lerp(Value *out, const Value *base, const Value *step, Fraction f, int n) {
    kernels::lerp(out, base, step, f, n);
  }
  static void stretch(Value *out, const std::vector<kernels::Run> &runs, const kernels::MapRows<Value> &rows,
                      const Fraction *f, const Value *floor) {
    kernels::stretch(out, runs.data(), static_cast<int>(runs.size()), rows, f, floor);
  }
  static void factors(Value *factor, const Value *weight, const Value *floor, Keep keep, int n) {
    kernels::mix(factor, weight, floor, static_cast<float>(keep.unseen), static_cast<float>(keep.seen - keep.unseen),
                 n);
  }
  static void blend(Sample *pixel, const Sample *target, const Value *base, const Value *step, Fraction f,
                    const Layout &layout, int n) {
    kernels::blend_16(pixel, target, base, step, f, layout.shift, n);
  }
  static void fade(Sample *pixel, Sample target, const Value *base, const Value *step, Fraction f, const Layout &layout,
                   int n) {
    kernels::fade_16(pixel, target, {base, step, f}, layout.shift, n);
  }
  static void refine(Value *weight, const Sample *luma, const kernels::FloatStep &slope, const kernels::FloatStep &base,
                     const Layout &layout, int n) {
    kernels::refine_16(weight, luma, slope, base, layout.shift, n);
  }
  static void corner_means(Value *out, const Value *top, const Value *bottom, int n) {
    kernels::corner_means(out, top, bottom, n);
  }
  using Step = kernels::FloatStep;
  static void blend_stretched(Sample *pixel, const Step &code, const Step &factor, const Layout &layout, int n) {
    kernels::blend_stretched_16(pixel, code, factor, static_cast<float>(layout.largest_code()), layout.shift, n);
  }
  static void add_rows(Sum *sum, ptrdiff_t sum_stride, const Sample *row, ptrdiff_t stride, int rows, int n) {
    kernels::add_rows_16(sum, sum_stride, row, stride, rows, n);
  }
};

}  // namespace attention
