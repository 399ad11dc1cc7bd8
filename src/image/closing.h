// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Filling of gaps in float maps.
#pragma once

#include "base/plane.h"

namespace attention {

/// Grey-scale closing by a square (Serra, Image Analysis and Mathematical Morphology, 1982): gaps and bays narrower
/// than it are filled, outlines stay where they are. What lies beyond the border does not count.
class Closing {
 public:
  Closing(Size size, int radius);  ///< radius of the square in samples, 0 or more
  void run(Map &map);

 private:
  int radius_;
  Map scratch_;
};

}  // namespace attention
