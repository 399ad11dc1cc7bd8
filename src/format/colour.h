// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Colour, between R, G and B and the codes of a frame.
#pragma once

#include "geometry.h"

namespace attention {

/// The luma of R, G and B, in whatever unit they are.
template <typename Number>
struct Luma {
  explicit Luma(const Colorimetry &c) : kr(static_cast<Number>(c.kr)), kb(static_cast<Number>(c.kb)) {}
  Number of(Number r, Number g, Number b) const { return kr * r + (1 - kr - kb) * g + kb * b; }

  Number kr, kb;
};

/// A colour in [0, 1]³ as the codes of the layout's three colour slots.
std::array<float, 3> encode(const Geometry &geometry, double r, double g, double b);

/// What becomes of the codes of a slot: (code − offset) · gain.
struct CodeScale {
  float offset = 0, gain = 1;
};

/// What brings the codes of each colour slot to the full range of 8 bits, 0 where there is no colour; R, G and B are
/// taken like luma.
std::array<CodeScale, 3> full_range(const Geometry &geometry);

}  // namespace attention
