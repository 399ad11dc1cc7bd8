// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What differs between samples of one byte and of two: everything that touches pixels is written once, over one of these.
#pragma once

#include <cmath>

#include "attention.h"
#include "kernels.h"
#include "layout.h"

namespace attention {

/// The share that a pixel keeps in a blend: `unseen` where its weight is 0, `seen` where it is 1, in between evenly.
struct Keep {
  double unseen, seen;
};

/// Codes of 8 bits; values have 14.
struct Depth8 {
  using Sample = uint8_t;
  using Value = int16_t;     ///< a weight, a blend factor or a code between two roundings
  using Fraction = int16_t;  ///< of the way to a neighbour, in 1/32768
  static constexpr Value kOne = kernels::kWeightOne;  ///< a weight or factor of 1

  static Value weight(float w) { return static_cast<Value>(std::lround(w * kOne)); }
  static Value code(double code) { return static_cast<Value>(std::lround(code * (1 << kernels::kCodeShift))); }
  static Sample sample(float code, const Layout &) { return static_cast<Sample>(code + 0.5F); }

  using Mark = Sample;                 ///< what a scale says at one of its steps
  static constexpr int kSteps = kOne;  ///< of a scale over weights from 0 to 1
  static Mark mark(double code) { return static_cast<Mark>(std::lround(code)); }
  static Sample look_up(const Mark *scale, Value weight, const Layout &) { return scale[weight]; }

  static Fraction fraction(double f) { return static_cast<Fraction>(std::min(32767L, std::lround(f * 32768))); }
  static Value between(Value a, Value b, Fraction f) { return static_cast<Value>(a + (((b - a) * f) >> 15)); }

  static void lerp(Value *out, const Value *above, const Value *below, Fraction f, int n) {
    kernels::lerp_14(out, above, below, f, n);
  }
  static void factors(Value *factor, const Value *weight, const Value *floor, Keep keep, int n) {
    const int unseen = static_cast<int>(std::lround(keep.unseen * kOne));
    const int seen = static_cast<int>(std::lround(keep.seen * kOne));
    kernels::mix_14(factor, weight, floor, unseen, 2 * std::abs(seen - unseen), seen < unseen ? -1 : 0, n);
  }
  static void blend(Sample *pixel, const Sample *target, const Value *factor, const Layout &, int n) {
    kernels::blend_8(pixel, target, factor, n);
  }
  static void to_samples(Sample *out, const Value *code, const Layout &, int n) { kernels::narrow_14(out, code, n); }
  static void accumulate(uint32_t *sum, const Sample *row, int weight, int n) { kernels::accumulate_8(sum, row, weight, n); }
};

/// Codes of 9 to 16 bits in samples of two bytes; values are floats.
struct Depth16 {
  using Sample = uint16_t;
  using Value = float;
  using Fraction = float;
  static constexpr Value kOne = 1.0F;

  static Value weight(float w) { return w; }
  static Value code(double code) { return static_cast<Value>(code); }
  static Sample sample(float code, const Layout &layout) {
    return static_cast<Sample>(static_cast<int>(code + 0.5F) << layout.shift);
  }

  using Mark = float;
  static constexpr int kSteps = 1 << 8;
  static Mark mark(double code) { return static_cast<Mark>(code); }
  static Sample look_up(const Mark *scale, Value weight, const Layout &layout) {
    const float at = weight * kSteps;
    const int step = std::min(static_cast<int>(at), kSteps - 1);
    return sample(between(scale[step], scale[step + 1], at - static_cast<float>(step)), layout);
  }

  static Fraction fraction(double f) { return static_cast<Fraction>(f); }
  static Value between(Value a, Value b, Fraction f) { return a + (b - a) * f; }

  static void lerp(Value *out, const Value *above, const Value *below, Fraction f, int n) {
    kernels::lerp_f(out, above, below, f, n);
  }
  static void factors(Value *factor, const Value *weight, const Value *floor, Keep keep, int n) {
    kernels::mix_f(factor, weight, floor, static_cast<float>(keep.unseen), static_cast<float>(keep.seen - keep.unseen), n);
  }
  static void blend(Sample *pixel, const Sample *target, const Value *factor, const Layout &layout, int n) {
    kernels::blend_16(pixel, target, factor, layout.shift, n);
  }
  static void to_samples(Sample *out, const Value *code, const Layout &layout, int n) {
    kernels::narrow_16(out, code, static_cast<float>(layout.largest_code()), layout.shift, n);
  }
  static void accumulate(uint32_t *sum, const Sample *row, int weight, int n) { kernels::accumulate_16(sum, row, weight, n); }
};

/// A row of each plane; nullptr where a plane has none.
template <typename Sample>
using Rows = std::array<Sample *, kMaxPlanes>;

/// Row `y` of a plane.
template <class Depth>
typename Depth::Sample *row_of(const Picture &picture, int plane, int y) {
  return reinterpret_cast<typename Depth::Sample *>(picture.data[plane] + y * picture.stride[plane]);
}

}  // namespace attention
