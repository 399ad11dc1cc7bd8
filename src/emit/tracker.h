// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Regions of interest over time: who is who, and what is worth telling.
#pragma once

#include <cmath>
#include <vector>

#include "base/box.h"
#include "result.h"

namespace attention {

/// Gives each region an identity that stays with it from frame to frame. A region is told from its second frame on, or
/// from the first where there was no frame before; once told, it is told for at least three frames, and for a while
/// after it was last seen. Its box goes where the thing goes, at the thing's own speed (an α-β filter, Kalata, IEEE AES
/// 1984), also in frames that nobody looked at, and holds still under noise. No two that are told overlap.
class Tracker {
 public:
  /// Movements of less than `sample_x` and `sample_y`, in px, are noise. Boxes stay inside of `frame`. Identities after
  /// `last_id` are given.
  Tracker(float sample_x, float sample_y, const Box &frame, uint32_t last_id);

  uint32_t last_id() const { return last_id_; }
  /// Forgets all regions; identities already given are not given again.
  void reset();
  /// Takes the regions found in a frame, which must not overlap, kMaxRegionsOfInterest at most, and replaces them by
  /// those to tell, the one attended first, then the most important. Boxes follow with the time constant `attack`.
  void run(std::vector<RegionOfInterest> &regions, Nanoseconds time, int max_regions, Nanoseconds attack);
  /// The same for a frame in which nobody looked for regions: those known go on.
  void carry_on(std::vector<RegionOfInterest> &regions, Nanoseconds time, int max_regions);

 private:
  /// By how much something was found to be off of late, as found and however far either way: how far that can be
  /// believed, now here, now there or always on the same side (Trigg & Leach, 1967).
  struct Trend {
    float off = 0, far = 0;  ///< px

    void add(float found, float memory);
    float belief() const { return far > 0 ? std::fabs(off) / far : 0.0F; }
  };

  /// One end of a thing.
  struct End {
    float at = 0;  ///< px
    Trend trend;

    void correct(float to, float share, float memory);
  };

  /// Where the two ends of a thing along one axis are and go.
  struct Course {
    End begin, end;
    float speed = 0;  ///< px a second
    Trend trend;      ///< of what both ends have in common

    void go(float seconds) {
      begin.at += speed * seconds;
      end.at += speed * seconds;
    }
    /// The thing was found from `from` to `to`. What both ends have in common it moved, by the share `moves` of that.
    void correct(float from, float to, float seconds, float moves, float memory, float sample);
  };

  struct Track {
    RegionOfInterest region;  ///< as last seen; id 0 until it is told
    Course x, y;
    Box box{};          ///< as told
    float pull = 0;     ///< its weight, smoothed
    bool seen = false;  ///< in this frame
    bool told_before = false;
    int hits = 0;  ///< frames in which it was seen
    int told = 0;  ///< frames in which it was told

    bool must_be_told() const;
    Box course() const { return {x.begin.at, y.begin.at, x.end.at, y.end.at}; }
  };

  /// A region found and a track that may be the same object.
  struct Pair {
    float alike;
    int found, track;
  };

  Nanoseconds since(Nanoseconds before, Nanoseconds time) const;
  void go(Nanoseconds step);
  float movement(const Track &track) const;
  void match(const std::vector<RegionOfInterest> &found);
  void update(Track &track, const RegionOfInterest &found, Nanoseconds time, Nanoseconds step, Nanoseconds attack);
  bool is_over(const Track &track, Nanoseconds time) const;
  bool may_be_told(const Track &track) const { return fresh_ || track.told > 0 || track.hits >= kHitsToTell; }
  void attend(Nanoseconds time);
  bool is_hidden(const Track &track) const;
  void tell(std::vector<RegionOfInterest> &regions, int max_regions);
  bool place(const Track &track, Box &box) const;
  void rank(std::vector<RegionOfInterest> &regions);

  static constexpr int kHitsToTell = 2;
  float sample_x_, sample_y_;
  Box frame_;
  uint32_t last_id_;
  Nanoseconds last_time_ = kNoTime;  ///< of the last frame …
  Nanoseconds last_look_ = kNoTime;  ///< … and of the last one in which regions were looked for
  bool fresh_ = true;
  std::vector<Track> tracks_;
  std::vector<int> match_;  ///< the track of each region found, or -1
  std::vector<Pair> pairs_;
  std::vector<Box> placed_;
  std::vector<uint32_t> order_;  ///< identities told in the last frame
  uint32_t attended_ = 0;        ///< the identity that comes first, 0 where none does …
  Nanoseconds attended_since_ = kNoTime;
};

}  // namespace attention
