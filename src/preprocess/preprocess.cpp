// SPDX-License-Identifier: LGPL-2.1-or-later
#include "preprocess/preprocess.h"

#include "format/layout.h"
#include "image/statistics.h"
#include "kernels/maps.h"

namespace attention {
namespace {

constexpr float kOpaque = 0.999F;

/// The mean of the wholly opaque samples among the eight beside one, or its own where there are none.
float opaque_beside(const Map &plane, const Map &opacity, int x, int y) {
  float sum = 0;
  int count = 0;
  for (int v = std::max(y - 1, 0); v <= std::min(y + 1, plane.height() - 1); v++)
    for (int u = std::max(x - 1, 0); u <= std::min(x + 1, plane.width() - 1); u++)
      if (opacity.row(v)[u] >= kOpaque) {
        sum += plane.row(v)[u];
        count++;
      }
  return count > 0 ? sum / static_cast<float>(count) : plane.row(y)[x];
}

}  // namespace

Preprocess::Preprocess(const Geometry &geometry, Size analysis)
    : reader_(geometry, analysis, full_range(geometry), true),
      rgb_(geometry.layout->is_rgb()),
      colorimetry_(geometry.colorimetry) {
  if (geometry.layout->find(Role::kAlpha) != nullptr)
    visible_ = Map(analysis);
}

void Preprocess::run(const Picture &in, AnalysisPlanes &out, Workers &workers) {
  reader_.run(in, {&out.y, &out.cb, &out.cr, &out.opacity}, workers);
  if (rgb_)
    to_ycbcr(out);
  if (visible_.count() == 0)
    return;
  // A picture that is faded as a whole is looked at as if it were not.
  const Range opacity = range(out.opacity);
  for (float &o : out.opacity)
    o /= std::max(opacity.greatest, 1e-6F);
  if (opacity.least < kOpaque * opacity.greatest)
    hide_transparent(out);
}

// What cannot be seen is of the mean colour of what can, and samples at its edge are of the colour of those beside them
// that are wholly opaque, so that no hidden colour shows.
void Preprocess::hide_transparent(AnalysisPlanes &planes) {
  const Map &opacity = planes.opacity;
  for (Map *plane : {&planes.y, &planes.cb, &planes.cr}) {
    double sum = 0, total = 0;
    for (int y = 0; y < plane->height(); y++)
      for (int x = 0; x < plane->width(); x++) {
        const float colour = opacity.row(y)[x] < kOpaque ? opaque_beside(*plane, opacity, x, y) : plane->row(y)[x];
        visible_.row(y)[x] = colour;
        sum += colour * opacity.row(y)[x];
        total += opacity.row(y)[x];
      }
    const auto ground = static_cast<float>(total > 0 ? sum / total : 0.0);
    for (int i = 0; i < plane->count(); i++)
      plane->begin()[i] = ground + (visible_.begin()[i] - ground) * opacity.begin()[i];
  }
}

// The slots of R, G and B are those of Y, Cb and Cr.
void Preprocess::to_ycbcr(AnalysisPlanes &planes) const {
  const Luma<float> luma(colorimetry_);
  kernels::to_ycbcr(planes.y.begin(), planes.cb.begin(), planes.cr.begin(), luma.kr, luma.kb, 2 * (1 - luma.kb),
                    2 * (1 - luma.kr), planes.y.count());
}

}  // namespace attention
