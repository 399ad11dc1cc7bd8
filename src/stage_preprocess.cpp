// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stage_preprocess.h"

#include <cmath>

#include "wide.h"

namespace attention {
namespace {

constexpr double kAnalysisArea = 320.0 * 180.0;
constexpr double kMapArea = 160.0 * 90.0;

Size at_most(Size size, Size limit) { return {std::min(size.width, limit.width), std::min(size.height, limit.height)}; }
Size at_least(Size size, Size limit) {
  return {std::max(size.width, limit.width), std::max(size.height, limit.height)};
}

/// To the full range of 8 bits; R, G and B like luma.
std::array<CodeScale, 3> full_range(const Geometry &geometry) {
  const Colorimetry &c = geometry.colorimetry;
  const auto stretched = [](int offset, int scale) { return CodeScale{static_cast<float>(offset), 255.0F / static_cast<float>(scale)}; };
  const CodeScale luma = stretched(c.luma_offset, c.luma_scale);
  const CodeScale chroma = geometry.layout->is_rgb() ? luma : stretched(c.chroma_offset, c.chroma_scale);
  return {luma, chroma, chroma};
}

}  // namespace

AnalysisSizes AnalysisSizes::choose(const Geometry &geometry) {
  const Size crop{geometry.crop_width(), geometry.crop_height()};
  constexpr Size kLeast{2, 2};
  AnalysisSizes sizes;
  if (geometry.analysis_height > 0) {
    const int height = geometry.analysis_height;
    sizes.analysis = {static_cast<int>(std::lround(height * aspect(crop))), height};
  } else {
    sizes.analysis = at_least(at_most(fit_area(crop, kAnalysisArea), crop), {geometry.columns, geometry.rows});
  }
  sizes.analysis = at_least(sizes.analysis, kLeast);
  sizes.map = at_least(at_most(fit_area(crop, kMapArea), sizes.analysis), kLeast);
  return sizes;
}

Preprocess::Preprocess(const Geometry &geometry, Size analysis)
    : reader_(geometry, analysis, full_range(geometry)), rgb_(geometry.layout->is_rgb()), colorimetry_(geometry.colorimetry) {}

void Preprocess::run(const Picture &in, AnalysisPlanes &out, Workers &workers) {
  reader_.run(in, {&out.y, &out.cb, &out.cr}, workers);
  if (rgb_)
    to_ycbcr(out);
}

ATTENTION_WIDE void Preprocess::to_ycbcr(AnalysisPlanes &planes) const {
  const auto kr = static_cast<float>(colorimetry_.kr);
  const auto kb = static_cast<float>(colorimetry_.kb);
  for (int i = 0; i < planes.y.count(); i++) {
    const float r = planes.y.begin()[i];
    const float g = planes.cb.begin()[i];
    const float b = planes.cr.begin()[i];
    const float y = kr * r + (1 - kr - kb) * g + kb * b;
    planes.y.begin()[i] = y;
    planes.cb.begin()[i] = (b - y) / (2 * (1 - kb));
    planes.cr.begin()[i] = (r - y) / (2 * (1 - kr));
  }
}

}  // namespace attention
