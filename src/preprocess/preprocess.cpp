// SPDX-License-Identifier: LGPL-2.1-or-later
#include "preprocess/preprocess.h"

#include "kernels/maps.h"

namespace attention {

Preprocess::Preprocess(const Geometry &geometry, Size analysis)
    : reader_(geometry, analysis, full_range(geometry)),
      rgb_(geometry.layout->is_rgb()),
      colorimetry_(geometry.colorimetry) {}

void Preprocess::run(const Picture &in, AnalysisPlanes &out, Workers &workers) {
  reader_.run(in, {&out.y, &out.cb, &out.cr}, workers);
  if (rgb_)
    to_ycbcr(out);
}

// The slots of R, G and B are those of Y, Cb and Cr.
void Preprocess::to_ycbcr(AnalysisPlanes &planes) const {
  const Luma<float> luma(colorimetry_);
  kernels::to_ycbcr(planes.y.begin(), planes.cb.begin(), planes.cr.begin(), luma.kr, luma.kb, 2 * (1 - luma.kb),
                    2 * (1 - luma.kr), planes.y.count());
}

}  // namespace attention
