// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Effects: each supplies a target layer t and says where it shows; stage_recombine.cpp does the rest. One file
/// each, one row each in the table of effect.cpp.
#pragma once

#include <memory>

#include "attention.h"
#include "weight_rows.h"

namespace attention {

/// The frame in hand, before any effect has touched it.
template <class Depth>
struct Frame {
  const Picture &picture;
  const Map &weights;       ///< as effects are to see them, 0–1
  WeightRows<Depth> &rows;  ///< the same, for each sample
  Nanoseconds time;         ///< kNoTime where there is none
};

template <class Depth>
class Effect {
 public:
  using Sample = typename Depth::Sample;

  virtual ~Effect() = default;
  /// Forgets earlier pictures.
  virtual void reset() {}
  /// Once a frame, before any targets().
  virtual void begin(const Frame<Depth> &frame, const Settings &settings) = 0;
  /// The targets of the rows at line `y` of the frame, which are given; nullptr where the effect leaves a plane alone. Planes with
  /// subsampled rows have one at their first line. Lines are asked for in ascending order; valid until the next call.
  virtual Rows<const Sample> targets(int y, const Rows<Sample> &rows) = 0;
};

Keep keep_inside(double strength);   ///< 1 − strength · (1 − w): the target shows where nobody looks
Keep keep_outside(double strength);  ///< 1 − strength · w: the target shows where people look
Keep keep_nowhere(double strength);  ///< 1 − strength: the target shows everywhere
Keep keep_none(double strength);     ///< 0: the target is all there is, at any strength but 0

template <class Depth>
using EffectPointer = std::unique_ptr<Effect<Depth>>;

struct EffectRow {
  EffectInfo info;
  Keep (*keep)(double strength);
  EffectPointer<Depth8> (*create_8)(const Canvas &);
  EffectPointer<Depth16> (*create_16)(const Canvas &);

  void create(const Canvas &canvas, EffectPointer<Depth8> &effect) const { effect = create_8(canvas); }
  void create(const Canvas &canvas, EffectPointer<Depth16> &effect) const { effect = create_16(canvas); }
};

constexpr int kEffectCount = 7;
extern const std::array<EffectRow, kEffectCount> kEffects;

template <class Depth> EffectPointer<Depth> make_freeze(const Canvas &);
template <class Depth> EffectPointer<Depth> make_blur(const Canvas &);
template <class Depth> EffectPointer<Depth> make_pixelate(const Canvas &);
template <class Depth> EffectPointer<Depth> make_desaturate(const Canvas &);
template <class Depth> EffectPointer<Depth> make_dim(const Canvas &);
template <class Depth> EffectPointer<Depth> make_heatmap(const Canvas &);
template <class Depth> EffectPointer<Depth> make_map(const Canvas &);

/// A colour in [0, 1]³ as the codes of the layout's three colour slots.
std::array<float, 3> encode(const Geometry &geometry, double r, double g, double b);

}  // namespace attention
