// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Pixel formats as data: the only place that knows one format from another.
#pragma once

#include <string_view>

#include "geometry.h"

namespace attention {

enum class Role : uint8_t { kNone, kY, kCb, kCr, kR, kG, kB, kAlpha, kOther };

/// Where one component of a pixel lies. A sample has one byte, or two where codes have more than 8 bits.
struct Component {
  Role role = Role::kNone;
  uint8_t plane = 0;
  uint8_t offset = 0;        ///< samples from the start of the row
  uint8_t pixel_stride = 0;  ///< samples from one to the next
  uint8_t shift_x = 0;       ///< log2 of the horizontal subsampling
  uint8_t shift_y = 0;       ///< log2 of the vertical subsampling

  /// Samples in a row or column of a picture that is `n` px wide or high; odd sizes round up.
  int columns(int n) const { return (n + (1 << shift_x) - 1) >> shift_x; }
  int lines(int n) const { return (n + (1 << shift_y) - 1) >> shift_y; }
};

/// One row of the table. The first component is luma or, in RGB, the first in memory order.
struct Layout {
  std::string_view name;
  int planes;
  int components;
  std::array<Component, 4> component;
  int depth = 8;  ///< bits of a code
  int shift = 0;  ///< spare bits below the code in its sample

  const Component *find(Role role) const;
  bool is_rgb() const { return find(Role::kR) != nullptr; }
  int sample_bytes() const { return depth > 8 ? 2 : 1; }
  int largest_code() const { return (1 << depth) - 1; }
  /// Samples in a row of plane `plane`, spare ones between them included, in a picture `width` px wide.
  int row_samples(int plane, int width) const;
  int row_bytes(int plane, int width) const { return row_samples(plane, width) * sample_bytes(); }
  /// Rows of plane `plane` in a picture `height` px high.
  int plane_rows(int plane, int height) const { return first_of(plane).lines(height); }
  /// The first component of a plane; all components of a plane have the same rows.
  const Component &first_of(int plane) const;
};

/// Which of the three colour slots (Y Cb Cr or R G B) a component fills; -1 for alpha and bytes without a meaning.
int colour_slot(Role role);

}  // namespace attention
