// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Looks at a map through a plane of the frame: one value for every sample of every row, whatever the layout.
#pragma once

#include "depth.h"
#include "plane.h"

namespace attention {

/// For each sample of a plane's row: which map column it sees and which colour slot it holds.
struct PlaneColumns {
  PlaneColumns(const Geometry &geometry, Size map, int plane);

  struct Sample {
    int column = 0;       ///< of the map; the next column exists too
    double fraction = 0;  ///< towards the next column
    int slot = kProtected;  ///< colour slot, or kProtected for alpha and what lies between the samples
    bool outside = true;  ///< of the crop
  };
  static constexpr int kProtected = -1;

  struct Line {
    int row;          ///< of the map
    int next;         ///< the row below
    double fraction;  ///< towards the row below
    bool outside;     ///< of the crop
  };

  std::vector<Sample> samples;
  std::vector<Line> lines;
  bool has_colour = false;  ///< false where the plane holds alpha alone
};

/// A layer of map-sized planes of values, one for each colour slot (or the same for all).
template <class Depth>
struct Layer {
  using Value = typename Depth::Value;
  std::array<const Plane<Value> *, 3> slot{};
  std::array<Value, 3> outside{};  ///< values outside of the crop

  /// One plane for every slot.
  static Layer all(const Plane<Value> &plane, Value outside) { return {{&plane, &plane, &plane}, {outside, outside, outside}}; }
};

/// Stretches a layer to the rows of one plane: columns once a map row, rows by a cheap blend of two.
template <class Depth>
class Sampler {
 public:
  using Value = typename Depth::Value;

  explicit Sampler(const PlaneColumns &columns);
  /// Once a frame.
  void begin(const Layer<Depth> &layer);
  /// The values for row `y`; valid until the next call.
  const Value *row(int y);
  /// Samples, and so values, in a row.
  int width() const { return static_cast<int>(row_.size()); }

 private:
  const Value *stretched(int map_row);

  /// What of PlaneColumns::Sample every row needs, closely packed.
  struct Tap {
    uint16_t column;
    typename Depth::Fraction fraction;
    int8_t slot;
    bool outside;
  };
  struct Cached {
    int map_row = -1;
    std::vector<Value> values;
  };

  const PlaneColumns &columns_;
  Layer<Depth> layer_;
  std::vector<Tap> taps_;
  std::array<Cached, 2> cache_;
  std::vector<Value> outside_, row_;
};

}  // namespace attention
