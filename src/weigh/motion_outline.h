// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Weights that end where a thing does: what moves over a still ground shows its own outline.
#pragma once

#include "image/blur.h"
#include "image/closing.h"
#include "image/scale.h"

namespace attention {

class MotionOutline {
 public:
  /// Motion of size `map`, weights of size `segments`.
  MotionOutline(Size map, Size segments);

  /// Lowers `weights`, of things that are attended by `attended` (0–1), where they move less than they do for the most
  /// part. `motion` is 0–1; a thing that hardly moves keeps its weights.
  void run(const Map &motion, const Map &attended, Map &weights);

 private:
  AreaScale shrink_;
  Closing close_;
  Gaussian around_;
  Map motion_, moved_, all_;
};

}  // namespace attention
