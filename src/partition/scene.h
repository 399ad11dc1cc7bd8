// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Scene cuts: does a picture show something else than the one before?
#pragma once

#include <array>

#include "base/plane.h"
#include "settings.h"

namespace attention {

class Scene {
 public:
  explicit Scene(Size size) : before_(size) {}

  /// Forgets earlier pictures.
  void reset();
  /// Compares a picture with the one before. `time` is as in Engine::process().
  void look(const Map &luma, Nanoseconds time, const PartitionSettings &settings);
  /// The scene goes on in a picture that is not looked at.
  void go_on();

  /// How different the scene is from the last one that had any contrast, 0–1: half from the lack of correlation, half
  /// from the distance of the histograms, both of luma freed from brightness and contrast, so that a flash or a fade is
  /// no cut.
  float change() const { return change_; }
  /// Whether the last picture is the first of another scene.
  bool is_cut() const { return is_cut_; }
  /// Whether the last picture stands on its own: the first one, one without a time, or one after a cut.
  bool is_fresh() const { return is_fresh_; }

 private:
  double change_to(const Map &luma);

  static constexpr int kBins = 16;

  Map before_;  ///< luma less its mean, in standard deviations
  std::array<double, kBins> histogram_{};
  bool has_before_ = false;  ///< that shows any contrast
  bool is_first_ = true;     ///< whether the next picture has none before it, with contrast or without
  float change_ = 0;
  bool is_cut_ = false, is_fresh_ = true;
};

}  // namespace attention
