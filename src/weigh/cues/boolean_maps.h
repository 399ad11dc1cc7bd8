// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Boolean maps: which areas of a picture does their surround enclose? All maps of a picture are made at once, one bit
/// of a word a map. After Zhang & Sclaroff, "Saliency Detection: A Boolean Map Approach", ICCV 2013.
#pragma once

#include <array>
#include <cstdint>

#include "image/statistics.h"

namespace attention {

/// One pixel in up to 64 boolean maps, and in as many of the other polarity.
struct Bits {
  uint64_t dark = 0;
  uint64_t bright = 0;

  bool any() const { return (dark | bright) != 0; }
  friend Bits operator&(Bits a, Bits b) { return {a.dark & b.dark, a.bright & b.bright}; }
  friend Bits operator|(Bits a, Bits b) { return {a.dark | b.dark, a.bright | b.bright}; }
  friend Bits operator^(Bits a, Bits b) { return {a.dark ^ b.dark, a.bright ^ b.bright}; }
  friend Bits operator~(Bits a) { return {~a.dark, ~a.bright}; }
};

/// Finds, in each map, the parts of `mask` that no 4-connected path inside of it joins to the picture's border.
class Surrounded {
 public:
  explicit Surrounded(Size size)
      : seeded_(size.width),
        to_right_(size.width),
        to_left_(size.width),
        above_changed_(size.height + 1),
        below_changed_(size.height) {}
  void run(const Plane<Bits> &mask, Plane<Bits> &out);

 private:
  bool spread(const Bits *mask, const Bits *from, Bits *reached);
  void fill(const Bits *mask, Bits *reached);

  std::vector<Bits> seeded_, to_right_, to_left_;
  std::vector<char> above_changed_,
      below_changed_;  ///< for each row, whether its neighbour has since it was last looked at from there
};

/// Adds up the surrounded areas of three channels over all thresholds and both polarities.
class BooleanMaps {
 public:
  static constexpr int kChannels = 3;
  static constexpr int kMaxThresholds = 16;

  /// `thresholds` per channel and polarity; `dilate` widens each surrounded area by one pixel.
  BooleanMaps(Size size, int thresholds, bool dilate);

  /// Each map adds 1/√(its area) to the pixels of `sum` that it surrounds. Ranges bound the thresholds; a channel whose
  /// range is empty has no maps.
  void run(const std::array<Map, kChannels> &channels, const std::array<Range, kChannels> &ranges, Map &sum);

 private:
  /// What each value of a byte of a word adds to the sum.
  using Table = std::array<float, 256>;
  static constexpr int kBytes = kChannels * kMaxThresholds / 8;

  void threshold(const std::array<Map, kChannels> &channels, const std::array<Range, kChannels> &ranges);
  void dilate();
  void weigh_areas();

  int thresholds_;
  bool dilate_;
  Surrounded surrounded_;
  Plane<Bits> mask_, found_;
  std::array<std::vector<uint8_t>, kChannels> steps_;  ///< how many thresholds each value reaches
  std::vector<Bits> above_, tall_;
  std::array<Table, kBytes> dark_{}, bright_{};
};

}  // namespace attention
