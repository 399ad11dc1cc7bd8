// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Samples of one byte and of two: everything that touches pixels is written once, over one of these.
#pragma once

#include <type_traits>

#include "format/layout.h"

namespace attention {

/// Codes of 8 bits.
struct Samples8 {
  using Sample = uint8_t;
  using Sum = uint16_t;  ///< of so many samples:
  static constexpr int kMaxSamples = 256;

  /// The sample of a code of 0 or more, rounded.
  static Sample sample(float code, const Layout &) { return static_cast<Sample>(code + 0.5F); }
};

/// Codes of 9 to 16 bits in samples of two bytes.
struct Samples16 {
  using Sample = uint16_t;
  using Sum = uint32_t;
  static constexpr int kMaxSamples = 32768;

  static Sample sample(float code, const Layout &layout) {
    return static_cast<Sample>(static_cast<int>(code + 0.5F) << layout.shift);
  }
};

/// A row of each plane; nullptr where a plane has none.
template <typename Sample>
using Rows = std::array<Sample *, kMaxPlanes>;

/// Row `y` of a plane.
template <typename Sample>
Sample *row_of(const Picture &picture, int plane, int y) {
  return reinterpret_cast<Sample *>(picture.data[plane] + y * picture.stride[plane]);
}

}  // namespace attention
