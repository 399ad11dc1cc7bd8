// SPDX-License-Identifier: LGPL-2.1-or-later
#include "layout.h"

#include <algorithm>
#include <cstdlib>

namespace attention {
namespace {

using R = Role;

// component: role, plane, byte offset, pixel stride, subsampling x and y (log2)
constexpr Layout kLayouts[] = {
    {"I420", 3, 3, {{{R::kY, 0, 0, 1, 0, 0}, {R::kCb, 1, 0, 1, 1, 1}, {R::kCr, 2, 0, 1, 1, 1}}}},
    {"YV12", 3, 3, {{{R::kY, 0, 0, 1, 0, 0}, {R::kCb, 2, 0, 1, 1, 1}, {R::kCr, 1, 0, 1, 1, 1}}}},
    {"NV12", 2, 3, {{{R::kY, 0, 0, 1, 0, 0}, {R::kCb, 1, 0, 2, 1, 1}, {R::kCr, 1, 1, 2, 1, 1}}}},
    {"NV21", 2, 3, {{{R::kY, 0, 0, 1, 0, 0}, {R::kCb, 1, 1, 2, 1, 1}, {R::kCr, 1, 0, 2, 1, 1}}}},
    {"Y42B", 3, 3, {{{R::kY, 0, 0, 1, 0, 0}, {R::kCb, 1, 0, 1, 1, 0}, {R::kCr, 2, 0, 1, 1, 0}}}},
    {"Y444", 3, 3, {{{R::kY, 0, 0, 1, 0, 0}, {R::kCb, 1, 0, 1, 0, 0}, {R::kCr, 2, 0, 1, 0, 0}}}},
    {"Y41B", 3, 3, {{{R::kY, 0, 0, 1, 0, 0}, {R::kCb, 1, 0, 1, 2, 0}, {R::kCr, 2, 0, 1, 2, 0}}}},
    {"A420", 4, 4, {{{R::kY, 0, 0, 1, 0, 0}, {R::kCb, 1, 0, 1, 1, 1}, {R::kCr, 2, 0, 1, 1, 1}, {R::kAlpha, 3, 0, 1, 0, 0}}}},
    {"NV16", 2, 3, {{{R::kY, 0, 0, 1, 0, 0}, {R::kCb, 1, 0, 2, 1, 0}, {R::kCr, 1, 1, 2, 1, 0}}}},
    {"NV61", 2, 3, {{{R::kY, 0, 0, 1, 0, 0}, {R::kCb, 1, 1, 2, 1, 0}, {R::kCr, 1, 0, 2, 1, 0}}}},
    {"NV24", 2, 3, {{{R::kY, 0, 0, 1, 0, 0}, {R::kCb, 1, 0, 2, 0, 0}, {R::kCr, 1, 1, 2, 0, 0}}}},
    {"AV12", 3, 4, {{{R::kY, 0, 0, 1, 0, 0}, {R::kCb, 1, 0, 2, 1, 1}, {R::kCr, 1, 1, 2, 1, 1}, {R::kAlpha, 2, 0, 1, 0, 0}}}},
    {"YUY2", 1, 3, {{{R::kY, 0, 0, 2, 0, 0}, {R::kCb, 0, 1, 4, 1, 0}, {R::kCr, 0, 3, 4, 1, 0}}}},
    {"UYVY", 1, 3, {{{R::kY, 0, 1, 2, 0, 0}, {R::kCb, 0, 0, 4, 1, 0}, {R::kCr, 0, 2, 4, 1, 0}}}},
    {"YVYU", 1, 3, {{{R::kY, 0, 0, 2, 0, 0}, {R::kCb, 0, 3, 4, 1, 0}, {R::kCr, 0, 1, 4, 1, 0}}}},
    {"VYUY", 1, 3, {{{R::kY, 0, 1, 2, 0, 0}, {R::kCb, 0, 2, 4, 1, 0}, {R::kCr, 0, 0, 4, 1, 0}}}},
    {"v308", 1, 3, {{{R::kY, 0, 0, 3, 0, 0}, {R::kCb, 0, 1, 3, 0, 0}, {R::kCr, 0, 2, 3, 0, 0}}}},
    {"IYU2", 1, 3, {{{R::kY, 0, 1, 3, 0, 0}, {R::kCb, 0, 0, 3, 0, 0}, {R::kCr, 0, 2, 3, 0, 0}}}},
    {"VUYA", 1, 4, {{{R::kY, 0, 2, 4, 0, 0}, {R::kCb, 0, 1, 4, 0, 0}, {R::kCr, 0, 0, 4, 0, 0}, {R::kAlpha, 0, 3, 4, 0, 0}}}},
    {"AYUV", 1, 4, {{{R::kY, 0, 1, 4, 0, 0}, {R::kCb, 0, 2, 4, 0, 0}, {R::kCr, 0, 3, 4, 0, 0}, {R::kAlpha, 0, 0, 4, 0, 0}}}},
    {"GRAY8", 1, 1, {{{R::kY, 0, 0, 1, 0, 0}}}},
    {"RGB", 1, 3, {{{R::kR, 0, 0, 3, 0, 0}, {R::kG, 0, 1, 3, 0, 0}, {R::kB, 0, 2, 3, 0, 0}}}},
    {"BGR", 1, 3, {{{R::kR, 0, 2, 3, 0, 0}, {R::kG, 0, 1, 3, 0, 0}, {R::kB, 0, 0, 3, 0, 0}}}},
    {"RGBx", 1, 4, {{{R::kR, 0, 0, 4, 0, 0}, {R::kG, 0, 1, 4, 0, 0}, {R::kB, 0, 2, 4, 0, 0}, {R::kOther, 0, 3, 4, 0, 0}}}},
    {"BGRx", 1, 4, {{{R::kR, 0, 2, 4, 0, 0}, {R::kG, 0, 1, 4, 0, 0}, {R::kB, 0, 0, 4, 0, 0}, {R::kOther, 0, 3, 4, 0, 0}}}},
    {"xRGB", 1, 4, {{{R::kR, 0, 1, 4, 0, 0}, {R::kG, 0, 2, 4, 0, 0}, {R::kB, 0, 3, 4, 0, 0}, {R::kOther, 0, 0, 4, 0, 0}}}},
    {"xBGR", 1, 4, {{{R::kR, 0, 3, 4, 0, 0}, {R::kG, 0, 2, 4, 0, 0}, {R::kB, 0, 1, 4, 0, 0}, {R::kOther, 0, 0, 4, 0, 0}}}},
    {"RGBA", 1, 4, {{{R::kR, 0, 0, 4, 0, 0}, {R::kG, 0, 1, 4, 0, 0}, {R::kB, 0, 2, 4, 0, 0}, {R::kAlpha, 0, 3, 4, 0, 0}}}},
    {"BGRA", 1, 4, {{{R::kR, 0, 2, 4, 0, 0}, {R::kG, 0, 1, 4, 0, 0}, {R::kB, 0, 0, 4, 0, 0}, {R::kAlpha, 0, 3, 4, 0, 0}}}},
    {"ARGB", 1, 4, {{{R::kR, 0, 1, 4, 0, 0}, {R::kG, 0, 2, 4, 0, 0}, {R::kB, 0, 3, 4, 0, 0}, {R::kAlpha, 0, 0, 4, 0, 0}}}},
    {"ABGR", 1, 4, {{{R::kR, 0, 3, 4, 0, 0}, {R::kG, 0, 2, 4, 0, 0}, {R::kB, 0, 1, 4, 0, 0}, {R::kAlpha, 0, 0, 4, 0, 0}}}},
};

}  // namespace

const Layout *find_layout(std::string_view name) {
  for (const Layout &layout : kLayouts)
    if (layout.name == name)
      return &layout;
  return nullptr;
}

const std::vector<std::string_view> &layout_names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const Layout &layout : kLayouts)
      all.push_back(layout.name);
    return all;
  }();
  return names;
}

const Component *Layout::find(Role role) const {
  for (int c = 0; c < components; c++)
    if (component[c].role == role)
      return &component[c];
  return nullptr;
}

int Layout::row_bytes(int plane, int width) const {
  int bytes = 0;
  for (int c = 0; c < components; c++) {
    const Component &k = component[c];
    if (k.plane == plane)
      bytes = std::max(bytes, k.offset + (k.columns(width) - 1) * k.pixel_stride + 1);
  }
  return bytes;
}

int Layout::plane_rows(int plane, int height) const {
  for (int c = 0; c < components; c++)
    if (component[c].plane == plane)
      return component[c].lines(height);
  return 0;
}

bool rows_fit(const Layout &layout, int width, const Picture &picture) {
  for (int p = 0; p < layout.planes; p++)
    if (std::abs(picture.stride[p]) < layout.row_bytes(p, width))
      return false;
  return true;
}

int colour_slot(Role role) {
  switch (role) {
    case Role::kY:
    case Role::kR:
      return 0;
    case Role::kCb:
    case Role::kG:
      return 1;
    case Role::kCr:
    case Role::kB:
      return 2;
    default:
      return -1;
  }
}

}  // namespace attention
