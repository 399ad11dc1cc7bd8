// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Regions of interest over time: who is who, and what is worth telling.
#pragma once

#include <vector>

#include "base/box.h"
#include "result.h"

namespace attention {

/// Gives each region an identity that stays with it from frame to frame. A region is told from its second frame on, or
/// from the first where there was no frame before; once told, it is told for at least three frames, and for a while
/// after it was last seen. Its box moves smoothly and holds still under noise. No two that are told overlap.
class Tracker {
 public:
  /// Movements of less than `sample_x` and `sample_y`, in px, are noise. Identities after `last_id` are given.
  Tracker(float sample_x, float sample_y, uint32_t last_id);

  uint32_t last_id() const { return last_id_; }
  /// Forgets all regions; identities already given are not given again.
  void reset();
  /// Takes the regions found in a frame, which must not overlap, kMaxRegionsOfInterest at most, and replaces them by
  /// those to tell, the most important first. Boxes follow with the time constant `attack`.
  void run(std::vector<RegionOfInterest> &regions, Nanoseconds time, int max_regions, Nanoseconds attack);

 private:
  struct Track {
    RegionOfInterest region;  ///< as last seen; id 0 until it is told
    Box box{};
    bool seen = false;  ///< in this frame
    bool told_before = false;
    int hits = 0;  ///< frames in which it was seen
    int told = 0;  ///< frames in which it was told

    bool must_be_told() const;
  };

  /// A region found and a track that may be the same object.
  struct Pair {
    float alike;
    int found, track;
  };

  void match(const std::vector<RegionOfInterest> &found);
  void update(Track &track, const RegionOfInterest &found, Nanoseconds time, Nanoseconds step,
              Nanoseconds attack) const;
  bool is_over(const Track &track, Nanoseconds time) const;
  void tell(std::vector<RegionOfInterest> &regions, int max_regions);
  bool place(const Track &track, Box &box) const;
  void rank(std::vector<RegionOfInterest> &regions);

  float sample_x_, sample_y_;
  uint32_t last_id_;
  Nanoseconds last_time_ = kNoTime;
  bool fresh_ = true;
  std::vector<Track> tracks_;
  std::vector<int> match_;  ///< the track of each region found, or -1
  std::vector<Pair> pairs_;
  std::vector<Box> placed_;
  std::vector<uint32_t> order_;  ///< identities told in the last frame
};

}  // namespace attention
