// SPDX-License-Identifier: LGPL-2.1-or-later
#include "preprocess/preprocess.h"

#include "kernels/wide.h"

namespace attention {

Preprocess::Preprocess(const Geometry &geometry, Size analysis)
    : reader_(geometry, analysis, full_range(geometry)), rgb_(geometry.layout->is_rgb()), colorimetry_(geometry.colorimetry) {}

void Preprocess::run(const Picture &in, AnalysisPlanes &out, Workers &workers) {
  reader_.run(in, {&out.y, &out.cb, &out.cr}, workers);
  if (rgb_)
    to_ycbcr(out);
}

ATTENTION_WIDE void Preprocess::to_ycbcr(AnalysisPlanes &planes) const {
  const Luma<float> luma(colorimetry_);
  for (int i = 0; i < planes.y.count(); i++) {
    const float r = planes.y.begin()[i];
    const float g = planes.cb.begin()[i];
    const float b = planes.cr.begin()[i];
    const float y = luma.of(r, g, b);
    planes.y.begin()[i] = y;
    planes.cb.begin()[i] = (b - y) / (2 * (1 - luma.kb));
    planes.cr.begin()[i] = (r - y) / (2 * (1 - luma.kr));
  }
}

}  // namespace attention
