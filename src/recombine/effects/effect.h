// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Effects: each supplies a target layer t and says where it shows; recombine.cpp does the rest. One file each, one row
/// each in table.def.
#pragma once

#include <memory>

#include "base/workers.h"
#include "recombine/weight_rows.h"
#include "settings.h"

namespace attention {

/// The frame in hand.
template <class Depth>
struct Frame {
  const Picture &picture;
  Weights<Depth> weights;
  Nanoseconds time;  ///< kNoTime where there is none
  bool camera_moves;
  Workers &workers;
};

/// A row that an effect leads to: samples, or codes that are stretched.
template <class Depth>
struct Target {
  const typename Depth::Sample *row = nullptr;
  bool is_even = false;  ///< all samples are the same: the first says it all
  RowStep<Depth> codes{};
};
template <class Depth>
using Targets = std::array<Target<Depth>, kMaxPlanes>;

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
  virtual void begin(const Frame<Depth> &frame, const RecombineSettings &settings) = 0;
  /// The targets of the rows at line `y` of the frame, which are given; nothing where the effect leaves a plane alone.
  /// Planes with subsampled rows have one at their first line. Valid until `scratch` is used again; safe from many
  /// threads.
  virtual Targets<Depth> targets(int y, const Rows<Sample> &rows, Scratch<Depth> &scratch) const = 0;
};

/// Where the target of an effect shows.
enum class Shows {
  kUnseen,  ///< where nobody looks: keeps 1 − strength · (1 − w)
  kSoft,    ///< the same, of four times the strength, 1 at most: the target is softer where more is asked for
  kHidden,  ///< where nobody looks: keeps w, at any strength but 0
  kSeen,    ///< where people look: keeps 1 − strength · w; w may be a cue's score, see Weighed::heatmap
  kAlone,   ///< keeps nothing, at any strength but 0
};
constexpr int kShowsCount = 5;

/// What an effect looks at, beside the weights, to find its target for a pixel. All see what the effects before them
/// made of it.
enum class Needs {
  kPixel,  ///< no more than the rows that targets() is given
  kFrame,  ///< the picture that begin() is given
};

Keep keep_of(Shows shows, double strength);

template <class Depth>
using EffectPointer = std::unique_ptr<Effect<Depth>>;

struct EffectRow {
  EffectInfo info;
  Shows shows;
  Needs needs;
  EffectPointer<Depth8> (*create_8)(const Canvas &);
  EffectPointer<Depth16> (*create_16)(const Canvas &);

  void create(const Canvas &canvas, EffectPointer<Depth8> &effect) const { effect = create_8(canvas); }
  void create(const Canvas &canvas, EffectPointer<Depth16> &effect) const { effect = create_16(canvas); }
};

#define EFFECT(...) +1
constexpr int kEffectCount = 0
#include "recombine/effects/table.def"
    ;
#undef EFFECT
extern const std::array<EffectRow, kEffectCount> kEffects;

}  // namespace attention
