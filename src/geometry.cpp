// SPDX-License-Identifier: LGPL-2.1-or-later
// What can be asked for, and the sentences for what cannot.
#include <cstdarg>
#include <cstdio>
#include <tuple>

#include "stage_preprocess.h"

namespace attention {
namespace {

constexpr int kLeastAnalysisHeight = 32;  // px

}  // namespace

Status Status::error(const char *format, ...) {
  Status status;
  va_list args;
  va_start(args, format);
  std::vsnprintf(status.message_.data(), status.message_.size(), format, args);
  va_end(args);
  return status;
}

bool operator==(const Colorimetry &a, const Colorimetry &b) {
  const auto tie = [](const Colorimetry &c) {
    return std::tie(c.kr, c.kb, c.luma_offset, c.luma_scale, c.chroma_offset, c.chroma_scale);
  };
  return tie(a) == tie(b);
}

bool operator==(const Geometry &a, const Geometry &b) {
  const auto tie = [](const Geometry &g) {
    return std::tie(g.layout, g.colorimetry, g.width, g.height, g.analysis_height, g.crop_left, g.crop_top, g.crop_right,
                    g.crop_bottom, g.columns, g.rows, g.pooled);
  };
  return tie(a) == tie(b);
}

Status check(const Geometry &g) {
  if (g.layout == nullptr)
    return Status::error("the pixel format is not known");
  if (g.width < 1 || g.height < 1)
    return Status::error("a frame of %d x %d px has no pixels", g.width, g.height);
  if (g.analysis_height != 0 && g.analysis_height < kLeastAnalysisHeight)
    return Status::error("analysis-height=%d is too low to find anything in; use %d or more, or 0 to have it chosen",
                         g.analysis_height, kLeastAnalysisHeight);
  if (g.crop_width() < 1)
    return Status::error("crop-left=%d and crop-right=%d leave nothing of a frame %d px wide; lower one of them",
                         g.crop_left, g.crop_right, g.width);
  if (g.crop_height() < 1)
    return Status::error("crop-top=%d and crop-bottom=%d leave nothing of a frame %d px high; lower one of them",
                         g.crop_top, g.crop_bottom, g.height);
  const Size analysis = AnalysisSizes::choose(g).analysis;
  if (g.columns > analysis.width)
    return Status::error("region-columns=%d is more than the %d px that analysis-height=%d gives; lower it or raise analysis-height",
                         g.columns, analysis.width, g.analysis_height);
  if (g.rows > analysis.height)
    return Status::error("region-rows=%d is more than the %d px that analysis-height=%d gives; lower it or raise analysis-height",
                         g.rows, analysis.height, g.analysis_height);
  if (g.pooled && (g.columns > g.width || g.rows > g.height))
    return Status::error("a frame of %d x %d px cannot be pooled to region-columns=%d x region-rows=%d; it has fewer pixels",
                         g.width, g.height, g.columns, g.rows);
  return Status::ok();
}

}  // namespace attention
