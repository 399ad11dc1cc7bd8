// SPDX-License-Identifier: LGPL-2.1-or-later
// What can be asked for, and the sentences for what cannot.
#include "geometry.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "preprocess/analysis_sizes.h"

namespace attention {
namespace {

constexpr int kLeastCrop = 16;  // px that margins leave of a side, where it has so many

/// Lowers two margins in proportion until they leave enough of a side; whether that was needed.
bool fit_margins(int &first, int &second, int side) {
  const int most = std::max(side - kLeastCrop, 0);
  if (first + second < side)
    return false;
  const int both = first + second;
  first = static_cast<int>(static_cast<int64_t>(first) * most / both);
  second = std::min(second, most - first);
  return true;
}

/// Says what no frame could give, if anything.
Status check_limits(const Geometry &g) {
  const auto within = [](int value, int least, int most) { return value >= least && value <= most; };
  if (g.layout == nullptr)
    return Status::error("the pixel format is not known");
  if (g.width < 1 || g.height < 1)
    return Status::error("a frame of %d x %d px has no pixels", g.width, g.height);
  if (g.width > kLargestSide || g.height > kLargestSide)
    return Status::error("a frame of %d x %d px is too large; %d px is the longest side that can be analysed", g.width,
                         g.height, kLargestSide);
  if (!within(g.columns, 1, kLargestGrid) || !within(g.rows, 1, kLargestGrid))
    return Status::error("region-columns=%d x region-rows=%d is no grid; use 1 to %d of each", g.columns, g.rows,
                         kLargestGrid);
  if (!within(g.analysis_height, 0, kLargestAnalysisHeight))
    return Status::error("analysis-height=%d is not %d to %d, nor 0 to have it chosen", g.analysis_height,
                         kLeastAnalysisHeight, kLargestAnalysisHeight);
  for (const int margin : {g.crop_left, g.crop_top, g.crop_right, g.crop_bottom})
    if (!within(margin, 0, kLargestSide))
      return Status::error("a margin of %d px is not 0 to %d", margin, kLargestSide);
  return Status::ok();
}

}  // namespace

bool operator==(const Colorimetry &a, const Colorimetry &b) {
  const auto tie = [](const Colorimetry &c) {
    return std::tie(c.kr, c.kb, c.luma_offset, c.luma_scale, c.chroma_offset, c.chroma_scale);
  };
  return tie(a) == tie(b);
}

bool operator==(const Geometry &a, const Geometry &b) {
  const auto tie = [](const Geometry &g) {
    return std::tie(g.layout, g.colorimetry, g.width, g.height, g.analysis_height, g.crop_left, g.crop_top,
                    g.crop_right, g.crop_bottom, g.columns, g.rows, g.pooled);
  };
  return tie(a) == tie(b);
}

Status check(const Geometry &g) {
  if (Status status = check_limits(g); !status.is_ok())
    return status;
  if (g.analysis_height != 0 && g.analysis_height < kLeastAnalysisHeight)
    return Status::error("analysis-height=%d is not %d to %d, nor 0 to have it chosen", g.analysis_height,
                         kLeastAnalysisHeight, kLargestAnalysisHeight);
  if (g.crop_width() < 1)
    return Status::error("crop-left=%d and crop-right=%d leave nothing of a frame %d px wide; lower one of them",
                         g.crop_left, g.crop_right, g.width);
  if (g.crop_height() < 1)
    return Status::error("crop-top=%d and crop-bottom=%d leave nothing of a frame %d px high; lower one of them",
                         g.crop_top, g.crop_bottom, g.height);
  if (g.pooled && (g.columns > g.width || g.rows > g.height))
    return Status::error(
        "a frame of %d x %d px cannot be pooled to region-columns=%d x region-rows=%d; it has fewer pixels", g.width,
        g.height, g.columns, g.rows);
  return Status::ok();
}

Status fit(Geometry &g) {
  if (!check_limits(g).is_ok())
    return Status::ok();
  const Geometry asked = g;
  if (g.analysis_height > 0 && g.analysis_height < kLeastAnalysisHeight)
    g.analysis_height = kLeastAnalysisHeight;
  const bool is_narrowed = fit_margins(g.crop_left, g.crop_right, g.width);
  const bool is_lowered = fit_margins(g.crop_top, g.crop_bottom, g.height);
  if (is_narrowed)
    return Status::error(
        "crop-left=%d and crop-right=%d leave nothing of a frame %d px wide; they are taken as %d and %d until they do",
        asked.crop_left, asked.crop_right, g.width, g.crop_left, g.crop_right);
  if (is_lowered)
    return Status::error(
        "crop-top=%d and crop-bottom=%d leave nothing of a frame %d px high; they are taken as %d and %d until they do",
        asked.crop_top, asked.crop_bottom, g.height, g.crop_top, g.crop_bottom);
  if (g.analysis_height != asked.analysis_height)
    return Status::error(
        "analysis-height=%d is too low to find anything in; it is taken as %d. Use %d or more, or 0 to have it chosen",
        asked.analysis_height, g.analysis_height, kLeastAnalysisHeight);
  Geometry plain = g;
  plain.columns = plain.rows = 1;
  const Size small = AnalysisSizes::choose(plain).analysis;
  if (g.analysis_height > 0 && (g.columns > small.width || g.rows > small.height)) {
    const Size size = AnalysisSizes::choose(g).analysis;
    return Status::error(
        "region-columns=%d x region-rows=%d are more than the %d x %d px that analysis-height=%d makes; %d x %d px are "
        "analysed",
        g.columns, g.rows, small.width, small.height, g.analysis_height, size.width, size.height);
  }
  return Status::ok();
}

}  // namespace attention
