// SPDX-License-Identifier: LGPL-2.1-or-later
#include "preprocess/analysis_sizes.h"

#include <algorithm>
#include <cmath>

#include "image/scale.h"

namespace attention {
namespace {

constexpr double kAnalysisArea = 320.0 * 180.0;
constexpr double kMapArea = 160.0 * 90.0;
constexpr Size kLeast{2, 2};

Size at_most(Size size, Size limit) { return {std::min(size.width, limit.width), std::min(size.height, limit.height)}; }
Size at_least(Size size, Size limit) {
  return {std::max(size.width, limit.width), std::max(size.height, limit.height)};
}

}  // namespace

AnalysisSizes AnalysisSizes::choose(const Geometry &geometry) {
  const Size crop{geometry.crop_width(), geometry.crop_height()};
  const int height = geometry.analysis_height;
  const Size asked = height > 0 ? Size{static_cast<int>(std::lround(height * aspect(crop))), height}
                                : at_most(fit_area(crop, kAnalysisArea), crop);
  AnalysisSizes sizes;
  sizes.analysis = at_least(at_least(asked, {geometry.columns, geometry.rows}), kLeast);
  sizes.map = at_least(at_most(fit_area(crop, kMapArea), sizes.analysis), kLeast);
  return sizes;
}

}  // namespace attention
