// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Scales a frame of any layout down by area, reading each of its rows once, or where it is scaled down by much, every
/// so manieth.
#pragma once

#include <tuple>

#include "base/workers.h"
#include "format/colour.h"
#include "format/samples.h"
#include "image/scale.h"

namespace attention {

/// A map for each colour slot, Y Cb Cr or R G B, and one of the opacity or nullptr.
using Slots = std::array<Map *, 4>;
constexpr int kOpacitySlot = 3;

class AreaReader {
 public:
  /// Reads the part of the frame that the crop of `geometry` leaves. Opacity, from 0 to 1, is read where
  /// `reads_opacity` says so and the layout has it.
  AreaReader(const Geometry &geometry, Size out, const std::array<CodeScale, 3> &scales = {},
             bool reads_opacity = false);
  /// Takes the memory that more than one worker needs, where that has not been done.
  void enable(int workers);
  /// Fills the slots that the layout has with scaled mean codes.
  void run(const Picture &in, const Slots &out, Workers &workers);

 private:
  /// One component of the layout: where to read it and how to scale it.
  struct Channel {
    Component component;
    int slot;
    CodeScale scale;
    std::vector<Span> columns;
    int whole;  ///< how many neighbours each column is the mean of, or 0
  };
  struct PlaneReader {
    int samples;  ///< in a row
    std::vector<Span> rows;
    std::vector<Channel> channels;
    int enough_rows;
    bool pairs;  ///< whether its samples are of one component, of which an even number makes a column
  };
  /// What one worker needs.
  struct Scratch {
    std::array<std::tuple<std::vector<uint16_t>, std::vector<uint32_t>>, 2> all_sums;
    std::vector<float> line;  ///< the mean of all rows

    /// Of whole rows (0), and of columns of them (1).
    template <class Samples>
    auto &sums(int i) {
      return std::get<std::vector<typename Samples::Sum>>(all_sums[i]);
    }
  };

  template <class Samples>
  void read(const Picture &in, int plane, int y, Scratch &scratch, const Slots &out) const;
  template <class Samples>
  void add_whole_columns(const Channel &channel, bool pairs, int rows, Scratch &scratch, float *o) const;
  template <class Samples>
  void read_line(const Picture &in, int plane, const Span &rows, std::vector<float> &line) const;

  const Layout &layout_;
  Size out_;
  std::array<PlaneReader, kMaxPlanes> readers_;
  int longest_ = 0;
  std::vector<Scratch> scratch_;
};

}  // namespace attention
