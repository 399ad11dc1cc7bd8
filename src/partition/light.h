// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// The light: does a picture differ from the one before by how bright it is?
#pragma once

#include "base/plane.h"
#include "base/time.h"

namespace attention {

class Light {
 public:
  explicit Light(Size size) : before_(size) {}

  /// Forgets earlier pictures.
  void reset();
  /// Compares a picture with the last one that was not passing; `time` is as in Engine::process(). It is the light that
  /// changes when more than the share `threshold` of the picture turns brighter, or darker, at once.
  void look(const Map &luma, Nanoseconds time, double threshold);

  /// Whether it changes, if only a little: what changes then says nothing about where.
  bool is_changing() const { return is_changing_; }
  /// Whether the last picture shows the same in a light so different that it may be a flash, or a strobe. It is the
  /// light of the scene when it lasts.
  bool is_passing() const { return since_ != kNoTime; }

 private:
  Map before_;
  bool has_before_ = false;
  bool is_changing_ = false;
  Nanoseconds since_ = kNoTime;  ///< when the light began that may pass
};

}  // namespace attention
