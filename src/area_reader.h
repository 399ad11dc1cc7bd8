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
  /// Fills the slots that the layout has with mean code values, 0–255.
  void run(const Picture &in, const Slots &out);

 private:
  /// One component of the layout: where to read it and how to scale it.
  struct Channel {
    Component component;
    std::vector<Span> columns;
    int whole;  ///< how many neighbours each column is the mean of, or 0
  };
  struct PlaneReader {
    int row_bytes;
    std::vector<Span> rows;
    std::vector<Channel> channels;
  };

  void read_rows(const uint8_t *plane, ptrdiff_t stride, const Span &rows, int n);
  void read_columns(const Channel &channel, float *o);

  Size out_;
  std::array<PlaneReader, kMaxPlanes> readers_;
  int planes_;
  std::vector<uint16_t> sums_;  ///< of whole rows
  std::vector<float> line_;     ///< the mean of all rows
  std::array<std::vector<float>, 2> narrow_;  ///< line_, fewer and fewer columns of it
};

}  // namespace attention
