// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Pixel formats as data: the only place that knows one format from another.
#pragma once

#include <string_view>

#include "attention.h"

namespace attention {

enum class Role : uint8_t { kNone, kY, kCb, kCr, kR, kG, kB, kAlpha, kOther };

/// Where one component of a pixel lies.
struct Component {
  Role role = Role::kNone;
  uint8_t plane = 0;
  uint8_t offset = 0;        ///< bytes from the start of the row
  uint8_t pixel_stride = 0;  ///< bytes from one sample to the next
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

  const Component *find(Role role) const;
  bool is_rgb() const { return find(Role::kR) != nullptr; }
  /// Bytes of plane `plane` that hold samples in a picture `width` px wide.
  int row_bytes(int plane, int width) const;
  /// Rows of plane `plane` in a picture `height` px high.
  int plane_rows(int plane, int height) const;
};

/// Which of the three colour slots (Y Cb Cr or R G B) a component fills; -1 for alpha and bytes without a meaning.
int colour_slot(Role role);

}  // namespace attention
