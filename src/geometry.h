// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What a frame is: its pixel format, its colours, its size, and which part of it is looked at.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "status.h"

namespace attention {

struct Layout;

/// The layout of the pixel format that GStreamer calls `name` ("I420", "BGRx", …), or nullptr.
const Layout *find_layout(std::string_view name);
/// The names of all known layouts, in the order of the table.
const std::vector<std::string_view> &layout_names();

constexpr int kMaxPlanes = 4;

/// One picture in memory. Rows may be padded and strides may exceed the row or be negative; nothing is owned.
struct Picture {
  std::array<uint8_t *, kMaxPlanes> data{};
  std::array<ptrdiff_t, kMaxPlanes> stride{};  ///< bytes
};

/// Bytes of one plane that can be read, and written where anybody writes.
struct Extent {
  const uint8_t *begin = nullptr;
  const uint8_t *end = nullptr;
};

/// Says in a sentence where a picture of `width` × `height` px cannot be read: strides that leave no room for a row,
/// samples at addresses that the machine cannot read, or bytes outside of `extents`, one for each plane.
Status check(const Layout &layout, int width, int height, const Picture &picture,
             const std::array<Extent, kMaxPlanes> &extents);

/// How codes relate to light: value = (code − offset) / scale, in codes of the layout's own depth.
struct Colorimetry {
  double kr = 0.299;  ///< red's share of luma
  double kb = 0.114;  ///< blue's share of luma
  int luma_offset = 16;
  int luma_scale = 219;
  int chroma_offset = 128;
  int chroma_scale = 224;

  friend bool operator==(const Colorimetry &a, const Colorimetry &b);
};

constexpr int kLeastAnalysisHeight = 32;  ///< px, where it is not 0
constexpr int kLargestAnalysisHeight = 540;
constexpr int kLargestSide = 8192;  ///< px, of a frame
constexpr int kLargestGrid = 256;   ///< regions across and down

/// Everything that decides how much memory is needed; a change means Engine::configure().
struct Geometry {
  const Layout *layout = nullptr;
  Colorimetry colorimetry;
  int width = 0;                                                     ///< px
  int height = 0;                                                    ///< px
  int analysis_height = 0;                                           ///< px, 0 = chosen from the frame's shape
  int crop_left = 0, crop_top = 0, crop_right = 0, crop_bottom = 0;  ///< px
  int columns = 32;
  int rows = 18;
  bool pooled = false;  ///< the output picture is columns × rows, one pixel a region

  int crop_width() const { return width - crop_left - crop_right; }
  int crop_height() const { return height - crop_top - crop_bottom; }

  friend bool operator==(const Geometry &a, const Geometry &b);
  friend bool operator!=(const Geometry &a, const Geometry &b) { return !(a == b); }
};

/// Says what about a geometry cannot work, if anything.
Status check(const Geometry &geometry);

/// Brings what of a geometry cannot work for its frame, but could for another (margins, the height of the analysis), to
/// the nearest that can, and says so in a sentence; ok where nothing had to give. What no frame could give is left to
/// check().
Status fit(Geometry &geometry);

}  // namespace attention
