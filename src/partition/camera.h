// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What the camera does: each picture beside one of a moment ago.
#pragma once

#include "base/time.h"
#include "partition/global_motion.h"
#include "partition/pyramid.h"

namespace attention {

class Camera {
 public:
  Camera(const AnalysisSizes &sizes, const Pyramid &pyramid);

  /// Forgets earlier pictures.
  void reset();
  void look(const Pyramid &pyramid, Nanoseconds time);

  /// The level of the pyramid on which pictures are compared: the finest that is not much larger than the map.
  int level() const { return level_; }
  /// The luma, on that level, of the picture that the last one was compared with; nullptr where there was none.
  const Map *before() const { return before_ != nullptr ? &before_->luma[0] : nullptr; }
  /// Where points of the last picture were in that one.
  const Similarity &motion() const { return motion_; }
  /// Where points of the picture `step` after the last one would be in the last one if the camera goes on as before, in
  /// samples of the map; it stands still where nothing is known of it.
  Similarity ahead(Nanoseconds step) const;

 private:
  static constexpr int kLevels = 3;
  static constexpr int kKept = 8;  ///< pictures to compare with

  struct Past {
    Nanoseconds time = kNoTime;
    std::array<Map, kLevels> luma;
  };

  const Past &past(Nanoseconds time) const;

  int level_, levels_;
  float map_scale_;  ///< samples of the map for one of the level
  GlobalMotion global_;
  Similarity motion_;
  Nanoseconds lag_ = 0;  ///< from before() to the last picture
  const Past *before_ = nullptr;
  std::array<Past, kKept + 1> past_;  ///< the newest does not take the place of the one it was compared with
  int next_ = 0, count_ = 0;
};

}  // namespace attention
