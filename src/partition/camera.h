// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What the camera does: each picture beside one of a moment ago.
#pragma once

#include <cstdint>

#include "base/time.h"
#include "partition/global_motion.h"
#include "partition/pyramid.h"

namespace attention {

class Camera {
 public:
  static constexpr int kLevels = 3;

  Camera(const AnalysisSizes &sizes, const Pyramid &pyramid);

  /// Forgets earlier pictures.
  void reset();
  void look(const Pyramid &pyramid, Nanoseconds time);

  /// The level of the pyramid on which pictures are compared: the finest that is not much larger than the map.
  int level() const { return level_; }

  /// A picture of a while ago.
  struct Past {
    Nanoseconds time = kNoTime;
    Map half;           ///< its luma at half the size of level()
    Similarity motion;  ///< where points of the last picture were in it, in px of level()
  };

  /// The newest picture that is at least `lag` older than the last one, else the oldest; nullptr where there is none.
  const Past *before(Nanoseconds lag) const;
  /// The luma, on level(), of the picture that the last one was compared with, nullptr where there was none, and where
  /// points of the last picture were in it.
  const Map *reference() const { return reference_ != nullptr ? &(*reference_)[0] : nullptr; }
  const Similarity &motion() const { return motion_; }

  /// Whether it stood still between the last picture and the one it was compared with; then pictures are compared as
  /// they are, and edges are off by misfit() px of level().
  bool is_still() const { return motion_.is_none(); }
  float misfit() const { return misfit_; }
  /// Whether most of the picture went elsewhere by more than noise makes, whatever way.
  bool is_moving() const { return reference_ != nullptr && misfit_ >= GlobalMotion::kStill; }
  /// Whether the middle of the picture is elsewhere than a moment ago by more than a hand that shakes makes.
  bool is_travelling() const;
  /// When the last picture was.
  Nanoseconds time() const { return age(0).time; }

  /// Where points of the picture `step` after the last one would be in the last one if the camera goes on as before, in
  /// samples of the map; it stands still where nothing is known of it.
  Similarity ahead(Nanoseconds step) const;

 private:
  static constexpr int kKept = 18;  ///< pictures, the last one among them …
  static constexpr int kWhole = 3;  ///< … of which so many on all levels: those that may be compared with the last one

  using Levels = std::array<Map, kLevels>;

  /// How many pictures ago at least `lag` was, or the oldest one; 0 where there is none.
  int pictures_back(Nanoseconds lag) const;
  void chain(const Past &reference, const Similarity &motion);
  /// The picture so many before the last one.
  Past &age(int pictures) { return past_[static_cast<size_t>(last_ - pictures) % kKept]; }
  const Past &age(int pictures) const { return past_[static_cast<size_t>(last_ - pictures) % kKept]; }

  int level_, levels_;
  float map_scale_;  ///< samples of the map for one of the level
  GlobalMotion global_;
  Similarity motion_;  ///< from the last picture to the one it was compared with …
  float misfit_ = 0;
  Nanoseconds lag_ = 0;  ///< … so long before
  const Levels *reference_ = nullptr;
  std::array<Past, kKept> past_;
  std::array<Levels, kWhole> whole_;
  uint32_t last_ = 0;  ///< the number of the last picture kept
  int count_ = 0;
};

}  // namespace attention
