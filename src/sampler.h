// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Looks at a map through a plane of the frame: one value for every byte of every row, whatever the layout.
#pragma once

#include "attention.h"
#include "layout.h"
#include "plane.h"

namespace attention {

/// For each byte of a plane's row: which map column it sees and which colour slot it holds.
struct PlaneColumns {
  PlaneColumns(const Geometry &geometry, Size map, int plane);

  struct Byte {
    uint16_t column;    ///< of the map; the next column exists too
    int16_t fraction;   ///< towards the next column, in 1/32768
    int8_t slot;        ///< colour slot, or kProtected
    bool outside;       ///< of the crop
  };
  static constexpr int8_t kProtected = -1;

  struct Line {
    int row;            ///< of the map
    int next;           ///< the row below
    int16_t fraction;   ///< towards the row below, in 1/32768
    bool outside;       ///< of the crop
  };

  std::vector<Byte> bytes;
  std::vector<Line> lines;
  bool has_colour = false;     ///< false where the plane holds alpha alone
  std::vector<int16_t> floor;  ///< least blend factor of each byte: 16384 for alpha and padding, else 0
};

/// A layer of map-sized planes of 14-bit values, one for each colour slot (or the same for all).
struct Layer {
  std::array<const Plane<int16_t> *, 3> slot{};
  std::array<int16_t, 3> outside{};  ///< values outside of the crop

  /// One plane for every slot, 0 outside.
  static Layer all(const Plane<int16_t> &plane) { return {{&plane, &plane, &plane}, {}}; }
};

/// Stretches a layer to the rows of one plane: columns once a map row, rows by a cheap blend of two.
class Sampler {
 public:
  explicit Sampler(const PlaneColumns &columns);
  /// Once a frame.
  void begin(const Layer &layer);
  /// The values for row `y`; valid until the next call.
  const int16_t *row(int y);
  /// Bytes, and so values, in a row.
  int width() const { return static_cast<int>(row_.size()); }

 private:
  const int16_t *stretched(int map_row);

  const PlaneColumns *columns_;
  Layer layer_;
  struct Cached {
    int map_row = -1;
    std::vector<int16_t> values;
  };
  std::array<Cached, 2> cache_;
  std::vector<int16_t> outside_, row_;
};

}  // namespace attention
