// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Effects: each supplies a target layer t and says where it shows; stage_recombine.cpp does the rest. One file
/// each, one row each in the table of effect.cpp.
#pragma once

#include <memory>

#include "attention.h"
#include "weight_rows.h"
#include "workers.h"

namespace attention {

/// The frame in hand, before any effect has touched it.
template <class Depth>
struct Frame {
  const Picture &picture;
  Weights<Depth> weights;
  Nanoseconds time;  ///< kNoTime where there is none
  Workers &workers;
};

/// Room for the rows that an effect makes up as it goes, and for weights.
template <class Depth>
struct Scratch {
  explicit Scratch(const Canvas &canvas) : values{std::vector<typename Depth::Value>(canvas.longest_row()), {}} {
    values[1] = values[0];
    for (int p = 0; p < canvas.layout().planes; p++)
      samples[p].resize(canvas.row_samples(p));
  }
  std::array<typename Depth::Value *, 2> value_rows() { return {values[0].data(), values[1].data()}; }

  std::array<std::vector<typename Depth::Sample>, kMaxPlanes> samples;
  std::array<std::vector<typename Depth::Value>, 2> values;
};

template <class Depth>
class Effect {
 public:
  using Sample = typename Depth::Sample;

  virtual ~Effect() = default;
  /// Takes the memory that so many workers need, where that has not been done.
  virtual void enable(int) {}
  /// Forgets earlier pictures.
  virtual void reset() {}
  /// Once a frame, before any targets().
  virtual void begin(const Frame<Depth> &frame, const Settings &settings) = 0;
  /// The targets of the rows at line `y` of the frame, which are given; nullptr where the effect leaves a plane alone. Planes with
  /// subsampled rows have one at their first line. Valid until `scratch` is used again; safe from many threads.
  virtual Rows<const Sample> targets(int y, const Rows<Sample> &rows, Scratch<Depth> &scratch) const = 0;
};

/// Where the target of an effect shows.
enum class Shows {
  kUnseen,      ///< where nobody looks: keeps 1 − strength · (1 − w)
  kSeen,        ///< where people look: keeps 1 − strength · w; w may be a cue's score, see Settings::heatmap_of
  kEverywhere,  ///< keeps 1 − strength
  kAlone,       ///< keeps nothing, at any strength but 0
};
constexpr int kShowsCount = 4;

Keep keep_of(Shows shows, double strength);

template <class Depth>
using EffectPointer = std::unique_ptr<Effect<Depth>>;

struct EffectRow {
  EffectInfo info;
  Shows shows;
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
