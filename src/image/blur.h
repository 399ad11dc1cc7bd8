// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Smoothing of float maps.
#pragma once

#include <vector>

#include "base/plane.h"

namespace attention {

/// Gaussian smoothing with a separable kernel of radius 3σ; the border sample repeats outwards.
class Gaussian {
 public:
  Gaussian() = default;
  Gaussian(Size size, double sigma);  ///< sigma in samples
  void run(Map &map);

 private:
  /// What a row of the map becomes a sum of; those at the borders weigh for what lies beyond, too.
  struct Column {
    int first;  ///< row
    std::vector<float> weights;
  };

  std::vector<float> weights_;
  std::vector<Column> columns_;
  Map wide_;  ///< with the border repeated at both sides
};

/// Smoothing close to a Gaussian at a cost that does not depend on its width: three box filters in a row (Wells, PAMI
/// 1986). The border sample repeats outwards.
class BoxBlur {
 public:
  BoxBlur() = default;
  explicit BoxBlur(Size size);
  void run(Map &map, double sigma);  ///< sigma in samples

 private:
  Map turned_, scratch_, turned_scratch_;  ///< turned: rows and columns exchanged
  std::vector<float> sum_;
};

}  // namespace attention
