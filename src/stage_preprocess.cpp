// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stage_preprocess.h"

#include <cmath>

#include "kernels.h"

namespace attention {
namespace {

constexpr double kAnalysisArea = 320.0 * 180.0;
constexpr double kMapArea = 160.0 * 90.0;
constexpr double kLongestShape = 4.0;
constexpr int kRowWeight = 256;  ///< a whole row in the integer sums

double aspect(Size shape) {
  return std::clamp(static_cast<double>(shape.width) / shape.height, 1 / kLongestShape, kLongestShape);
}

Size at_most(Size size, Size limit) { return {std::min(size.width, limit.width), std::min(size.height, limit.height)}; }
Size at_least(Size size, Size limit) {
  return {std::max(size.width, limit.width), std::max(size.height, limit.height)};
}

}  // namespace

Size fit_area(Size shape, double area) {
  const double height = std::sqrt(area / aspect(shape));
  return {static_cast<int>(std::lround(height * aspect(shape))), static_cast<int>(std::lround(height))};
}

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
    : planes_(geometry.layout->planes), rgb_(geometry.layout->is_rgb()), colorimetry_(geometry.colorimetry) {
  const Layout &layout = *geometry.layout;
  for (int p = 0; p < planes_; p++)
    readers_[p].row_bytes = layout.row_bytes(p, geometry.width);
  for (int c = 0; c < layout.components; c++) {
    const Component &k = layout.component[c];
    if (colour_slot(k.role) < 0)
      continue;
    const double sx = 1.0 / (1 << k.shift_x);
    const double sy = 1.0 / (1 << k.shift_y);
    PlaneReader &reader = readers_[k.plane];
    reader.rows = divide(geometry.crop_top * sy, (geometry.height - geometry.crop_bottom) * sy,
                         k.lines(geometry.height), analysis.height);
    const bool chroma = k.role == Role::kCb || k.role == Role::kCr;
    const float gain = 255.0F / static_cast<float>(chroma ? colorimetry_.chroma_scale : colorimetry_.luma_scale);
    const int offset = chroma ? colorimetry_.chroma_offset : colorimetry_.luma_offset;
    reader.channels.push_back({k,
                               divide(geometry.crop_left * sx, (geometry.width - geometry.crop_right) * sx,
                                      k.columns(geometry.width), analysis.width),
                               gain, -gain * static_cast<float>(offset)});
    line_.resize(std::max(line_.size(), static_cast<size_t>(reader.row_bytes)));
  }
}

void Preprocess::run(const Picture &in, AnalysisPlanes &out) {
  const std::array<Map *, 3> slots{&out.y, &out.cb, &out.cr};
  for (int p = 0; p < planes_; p++) {
    const PlaneReader &reader = readers_[p];
    for (int y = 0; y < out.y.height(); y++) {
      const Span &rows = reader.rows[y];
      std::fill(line_.begin(), line_.begin() + reader.row_bytes, 0U);
      int total = 0;
      for (int i = 0; i < rows.count; i++) {
        const float share = i == 0 ? rows.head : i == rows.count - 1 ? rows.tail : 1.0F;
        const int weight = std::max(1, static_cast<int>(std::lround(share * kRowWeight)));
        total += weight;
        kernels::accumulate_8(line_.data(), in.data[p] + (rows.first + i) * in.stride[p], weight, reader.row_bytes);
      }
      for (const Channel &channel : reader.channels) {
        const Component &k = channel.component;
        float *o = slots[colour_slot(k.role)]->row(y);
        for (int x = 0; x < out.y.width(); x++) {
          const Span &columns = channel.columns[x];
          const float mean =
              sum(line_.data() + k.offset, columns, k.pixel_stride) / (static_cast<float>(total) * columns.covered);
          o[x] = mean * channel.gain + channel.bias;
        }
      }
    }
  }
  if (rgb_)
    rgb_to_ycbcr(out);
}

void Preprocess::rgb_to_ycbcr(AnalysisPlanes &planes) const {
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
