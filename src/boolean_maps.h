// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Boolean maps, one bit a pixel: which areas of a picture does their surround enclose?
/// After Zhang & Sclaroff, "Saliency Detection: A Boolean Map Approach", ICCV 2013.
#pragma once

#include <cstdint>
#include <vector>

#include "plane.h"

namespace attention {

/// A row of at most 128 bits; bit i is column i.
struct BitRow {
  uint64_t lo = 0;
  uint64_t hi = 0;

  bool any() const { return (lo | hi) != 0; }
  int count() const { return __builtin_popcountll(lo) + __builtin_popcountll(hi); }
  void set(int i) { (i < 64 ? lo : hi) |= uint64_t{1} << (i & 63); }
  void clear(int i) { (i < 64 ? lo : hi) &= ~(uint64_t{1} << (i & 63)); }

  friend BitRow operator&(BitRow a, BitRow b) { return {a.lo & b.lo, a.hi & b.hi}; }
  friend BitRow operator|(BitRow a, BitRow b) { return {a.lo | b.lo, a.hi | b.hi}; }
  friend BitRow operator~(BitRow a) { return {~a.lo, ~a.hi}; }
  friend bool operator==(BitRow a, BitRow b) { return a.lo == b.lo && a.hi == b.hi; }
  /// Towards higher and lower columns, 0 < n ≤ 64.
  friend BitRow operator<<(BitRow a, int n) {
    return n == 64 ? BitRow{0, a.lo} : BitRow{a.lo << n, a.hi << n | a.lo >> (64 - n)};
  }
  friend BitRow operator>>(BitRow a, int n) {
    return n == 64 ? BitRow{a.hi, 0} : BitRow{a.lo >> n | a.hi << (64 - n), a.hi >> n};
  }
};

constexpr int kMaxBitColumns = 128;

/// Grows `seed` along the row, in both directions, as far as `mask` allows; seed must lie in mask.
BitRow fill_row(BitRow seed, BitRow mask);

/// Finds the parts of `mask` that no 4-connected path inside of it joins to the picture's border.
class Surrounded {
 public:
  explicit Surrounded(Size size);
  void run(const std::vector<BitRow> &mask, std::vector<BitRow> &out) const;

 private:
  Size size_;
  BitRow sides_, all_;
};

/// Adds up the surrounded areas of one channel over all thresholds and both polarities.
class BooleanMaps {
 public:
  /// `thresholds` per channel and polarity; `dilate` widens each surrounded area by one pixel.
  /// size.width ≤ kMaxBitColumns.
  BooleanMaps(Size size, int thresholds, bool dilate);

  /// Each map adds 1/√(its area) to the pixels of `sum` that it surrounds. `range` bounds the thresholds.
  void add(const Map &channel, float least, float greatest, Map &sum);

 private:
  void add_surrounded(const std::vector<BitRow> &mask, Map &sum);
  void dilate(std::vector<BitRow> &rows) const;

  Size size_;
  int thresholds_;
  bool dilate_;
  Surrounded surrounded_;
  BitRow all_;
  std::vector<BitRow> above_, below_, found_;
  std::vector<int> level_start_, cursor_;
  std::vector<int> by_level_;
  std::vector<uint8_t> level_;
};

}  // namespace attention
