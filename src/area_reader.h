// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Scales a frame of any layout down by area, reading each of its rows once.
#pragma once

#include "attention.h"
#include "layout.h"
#include "resample.h"

namespace attention {

/// Three maps, one for each colour slot: Y Cb Cr or R G B.
using Slots = std::array<Map *, 3>;

class AreaReader {
 public:
  /// Reads the part of the frame that the crop of `geometry` leaves.
  AreaReader(const Geometry &geometry, Size out);
  /// Fills the slots that the layout has with mean codes.
  void run(const Picture &in, const Slots &out);

 private:
  /// One component of the layout: where to read it and how to scale it.
  struct Channel {
    Component component;
    std::vector<Span> columns;
  };
  struct PlaneReader {
    int samples;  ///< in a row
    std::vector<Span> rows;
    std::vector<Channel> channels;
  };

  template <class Depth>
  void read(const Picture &in, const Slots &out);

  const Layout &layout_;
  Size out_;
  std::array<PlaneReader, kMaxPlanes> readers_;
  std::vector<uint32_t> line_;
};

}  // namespace attention
