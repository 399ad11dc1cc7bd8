// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Stage 1, preprocess: the cropped frame becomes three small planes.
#pragma once

#include "preprocess/analysis_sizes.h"
#include "preprocess/area_reader.h"

namespace attention {

/// Y, Cb and Cr of the cropped frame at the analysis size, on a full-range 8-bit scale:
/// Y 0–255, Cb and Cr −128–127 and 0 in a grey picture.
struct AnalysisPlanes {
  explicit AnalysisPlanes(Size size, bool has_opacity = false) : y(size), cb(size), cr(size) {
    if (has_opacity)
      opacity = Map(size);
  }
  Map y, cb, cr;
  Map opacity;  ///< 0–1, the greatest 1 unless nothing can be seen; empty where the layout has none
};

class Preprocess {
 public:
  Preprocess(const Geometry &geometry, Size analysis);
  /// Takes the memory that so many workers need, where that has not been done.
  void enable(int workers) { reader_.enable(workers); }
  void run(const Picture &in, AnalysisPlanes &out, Workers &workers);

 private:
  void to_ycbcr(AnalysisPlanes &planes) const;
  void hide_transparent(AnalysisPlanes &planes);

  AreaReader reader_;
  bool rgb_;
  Colorimetry colorimetry_;
  Map visible_;  ///< one plane as it is seen; empty where all is opaque
};

}  // namespace attention
