// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Effects: each supplies a target layer t and says where it shows; stage_recombine.cpp does the rest. One file
/// each, one row each in the table of effect.cpp.
#pragma once

#include <memory>

#include "attention.h"
#include "sampler.h"

namespace attention {

/// What an effect needs to know of the frames it will see.
struct Canvas {
  Geometry geometry;
  Size map;
  std::vector<PlaneColumns> planes;

  int row_bytes(int plane) const { return geometry.layout->row_bytes(plane, geometry.width); }
};

/// The frame in hand, before any effect has touched it.
struct Frame {
  const Picture &picture;
  const Plane<int16_t> &weights;  ///< of the map, in 1/16384
  Nanoseconds time;               ///< kNoTime where there is none
};

class Effect {
 public:
  virtual ~Effect() = default;
  /// Forgets earlier pictures.
  virtual void reset() {}
  /// Once a frame, before any target().
  virtual void begin(const Frame &frame, const Settings &settings) = 0;
  /// The target of row `y` of a plane, whose pixels are given; nullptr where the effect leaves the plane alone. Rows
  /// are asked for in ascending order.
  virtual const uint8_t *target(int plane, int y, const uint8_t *pixels) = 0;
};

/// The share that the pixel keeps, base ± strength · w; 16384 = 1.
struct Keep {
  int base;
  int strength;
  bool negative;

  void factors(const int16_t *weight, const int16_t *floor, int16_t *factor, int n) const;
};

Keep keep_inside(int strength);   ///< 1 − strength · (1 − w): the target shows where nobody looks
Keep keep_outside(int strength);  ///< 1 − strength · w: the target shows where people look
Keep keep_nowhere(int strength);  ///< 1 − strength: the target shows everywhere
Keep keep_none(int strength);     ///< 0: the target is all there is, at any strength but 0

struct EffectRow {
  EffectInfo info;
  Keep (*keep)(int strength);
  std::unique_ptr<Effect> (*create)(const Canvas &);
};

constexpr int kEffectCount = 7;
extern const std::array<EffectRow, kEffectCount> kEffects;

std::unique_ptr<Effect> make_freeze(const Canvas &);
std::unique_ptr<Effect> make_blur(const Canvas &);
std::unique_ptr<Effect> make_pixelate(const Canvas &);
std::unique_ptr<Effect> make_dim(const Canvas &);
std::unique_ptr<Effect> make_desaturate(const Canvas &);
std::unique_ptr<Effect> make_heatmap(const Canvas &);
std::unique_ptr<Effect> make_map(const Canvas &);

/// A colour in [0, 1]³ as the codes of the layout's three colour slots, 0–255.
std::array<float, 3> encode(const Geometry &geometry, double r, double g, double b);

/// Fills the colour samples of one row with the codes of one colour.
void fill_row(const Canvas &canvas, int plane, const std::array<float, 3> &code, uint8_t *row);

}  // namespace attention
