// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Looks at a map through a plane of the frame: one value for every sample of every row, whatever the layout.
#pragma once

#include "base/plane.h"
#include "recombine/depth.h"

namespace attention {

/// For each sample of a plane's row: which map column it sees and which colour slot it holds.
struct PlaneColumns {
  PlaneColumns(const Geometry &geometry, Size map, int plane);

  struct Sample {
    int column = 0;         ///< of the map; the next column exists too
    double fraction = 0;    ///< towards the next column
    int slot = kProtected;  ///< colour slot, or kProtected for alpha and what lies between the samples
    bool outside = false;   ///< of the crop
  };
  static constexpr int kProtected = -1;

  struct Line {
    int row;          ///< of the map
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
  static Layer all(const Plane<Value> &plane, Value outside) {
    return {{&plane, &plane, &plane}, {outside, outside, outside}};
  }
  bool is_one() const { return slot[0] == slot[1] && slot[0] == slot[2]; }
};

/// The values of a row of the frame: `fraction` of a step from a row of values, see Depth::lerp().
template <class Depth>
struct RowStep {
  const typename Depth::Value *base, *step;
  typename Depth::Fraction fraction;  ///< 0 where the values are those of `base`
};

/// A layer stretched to the width of one plane. Protected samples have the value Depth::kOne. Reading is safe from many
/// threads.
template <class Depth>
class Stretch {
 public:
  using Value = typename Depth::Value;

  Stretch(const PlaneColumns &columns, Size map);
  /// Once a frame.
  void begin(const Layer<Depth> &layer);
  /// The values for row `y` of the plane.
  RowStep<Depth> rows(int y) const;
  /// The same in one row, for which there is room in `scratch`.
  const Value *row(int y, Value *scratch) const;
  /// No step at all, for as many samples.
  const Value *standstill() const { return steps_.row(steps_.height() - 1); }
  /// Depth::kOne for protected samples, less than any value for others.
  const Value *floor() const { return floor_.data(); }
  /// Samples, and so values, in a row.
  int width() const { return stretched_.width(); }

 private:
  /// A row of the map: each value and the step to the next; behind them what lies outside of the crop.
  struct MapRow {
    std::vector<Value> values, steps;
  };

  void look_at(const Layer<Depth> &layer, int slot, int y);

  const PlaneColumns &columns_;
  /// Of samples of any slot, taken as the first, and of one slot each; those outside of the crop see the column behind
  /// the map.
  std::vector<kernels::Run> runs_, slot_runs_;
  std::array<MapRow, 3> map_rows_;  ///< in hand, of each slot
  std::vector<typename Depth::Fraction> fraction_;
  std::vector<Value> floor_;
  Plane<Value> stretched_;  ///< a row for each row of the map and one for what lies outside of the crop
  Plane<Value> steps_;      ///< from each row of the map to the next
};

}  // namespace attention
