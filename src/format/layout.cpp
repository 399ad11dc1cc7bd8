// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/layout.h"

#include <algorithm>
#include <cstdlib>

namespace attention {
namespace {

constexpr Role Y = Role::kY, Cb = Role::kCb, Cr = Role::kCr, R = Role::kR, G = Role::kG, B = Role::kB, A = Role::kAlpha,
               X = Role::kOther;

// component: role, plane, offset, pixel stride, subsampling x and y (log2); after the components: depth and shift,
// where not 8 and 0
// clang-format off
constexpr Layout kLayouts[] = {
    {"I420", 3, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 1, 1, 1}, {Cr, 2, 0, 1, 1, 1}}}},
    {"YV12", 3, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 2, 0, 1, 1, 1}, {Cr, 1, 0, 1, 1, 1}}}},
    {"NV12", 2, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 2, 1, 1}, {Cr, 1, 1, 2, 1, 1}}}},
    {"NV21", 2, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 1, 2, 1, 1}, {Cr, 1, 0, 2, 1, 1}}}},
    {"Y42B", 3, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 1, 1, 0}, {Cr, 2, 0, 1, 1, 0}}}},
    {"Y444", 3, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 1, 0, 0}, {Cr, 2, 0, 1, 0, 0}}}},
    {"Y41B", 3, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 1, 2, 0}, {Cr, 2, 0, 1, 2, 0}}}},
    {"A420", 4, 4, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 1, 1, 1}, {Cr, 2, 0, 1, 1, 1}, {A, 3, 0, 1, 0, 0}}}},
    {"NV16", 2, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 2, 1, 0}, {Cr, 1, 1, 2, 1, 0}}}},
    {"NV61", 2, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 1, 2, 1, 0}, {Cr, 1, 0, 2, 1, 0}}}},
    {"NV24", 2, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 2, 0, 0}, {Cr, 1, 1, 2, 0, 0}}}},
    {"AV12", 3, 4, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 2, 1, 1}, {Cr, 1, 1, 2, 1, 1}, {A, 2, 0, 1, 0, 0}}}},
    {"YUY2", 1, 3, {{{Y, 0, 0, 2, 0, 0}, {Cb, 0, 1, 4, 1, 0}, {Cr, 0, 3, 4, 1, 0}}}},
    {"UYVY", 1, 3, {{{Y, 0, 1, 2, 0, 0}, {Cb, 0, 0, 4, 1, 0}, {Cr, 0, 2, 4, 1, 0}}}},
    {"YVYU", 1, 3, {{{Y, 0, 0, 2, 0, 0}, {Cb, 0, 3, 4, 1, 0}, {Cr, 0, 1, 4, 1, 0}}}},
    {"VYUY", 1, 3, {{{Y, 0, 1, 2, 0, 0}, {Cb, 0, 2, 4, 1, 0}, {Cr, 0, 0, 4, 1, 0}}}},
    {"v308", 1, 3, {{{Y, 0, 0, 3, 0, 0}, {Cb, 0, 1, 3, 0, 0}, {Cr, 0, 2, 3, 0, 0}}}},
    {"IYU2", 1, 3, {{{Y, 0, 1, 3, 0, 0}, {Cb, 0, 0, 3, 0, 0}, {Cr, 0, 2, 3, 0, 0}}}},
    {"VUYA", 1, 4, {{{Y, 0, 2, 4, 0, 0}, {Cb, 0, 1, 4, 0, 0}, {Cr, 0, 0, 4, 0, 0}, {A, 0, 3, 4, 0, 0}}}},
    {"AYUV", 1, 4, {{{Y, 0, 1, 4, 0, 0}, {Cb, 0, 2, 4, 0, 0}, {Cr, 0, 3, 4, 0, 0}, {A, 0, 0, 4, 0, 0}}}},
    {"GRAY8", 1, 1, {{{Y, 0, 0, 1, 0, 0}}}},
    {"RGB", 1, 3, {{{R, 0, 0, 3, 0, 0}, {G, 0, 1, 3, 0, 0}, {B, 0, 2, 3, 0, 0}}}},
    {"BGR", 1, 3, {{{R, 0, 2, 3, 0, 0}, {G, 0, 1, 3, 0, 0}, {B, 0, 0, 3, 0, 0}}}},
    {"RGBx", 1, 4, {{{R, 0, 0, 4, 0, 0}, {G, 0, 1, 4, 0, 0}, {B, 0, 2, 4, 0, 0}, {X, 0, 3, 4, 0, 0}}}},
    {"BGRx", 1, 4, {{{R, 0, 2, 4, 0, 0}, {G, 0, 1, 4, 0, 0}, {B, 0, 0, 4, 0, 0}, {X, 0, 3, 4, 0, 0}}}},
    {"xRGB", 1, 4, {{{R, 0, 1, 4, 0, 0}, {G, 0, 2, 4, 0, 0}, {B, 0, 3, 4, 0, 0}, {X, 0, 0, 4, 0, 0}}}},
    {"xBGR", 1, 4, {{{R, 0, 3, 4, 0, 0}, {G, 0, 2, 4, 0, 0}, {B, 0, 1, 4, 0, 0}, {X, 0, 0, 4, 0, 0}}}},
    {"RGBA", 1, 4, {{{R, 0, 0, 4, 0, 0}, {G, 0, 1, 4, 0, 0}, {B, 0, 2, 4, 0, 0}, {A, 0, 3, 4, 0, 0}}}},
    {"BGRA", 1, 4, {{{R, 0, 2, 4, 0, 0}, {G, 0, 1, 4, 0, 0}, {B, 0, 0, 4, 0, 0}, {A, 0, 3, 4, 0, 0}}}},
    {"ARGB", 1, 4, {{{R, 0, 1, 4, 0, 0}, {G, 0, 2, 4, 0, 0}, {B, 0, 3, 4, 0, 0}, {A, 0, 0, 4, 0, 0}}}},
    {"ABGR", 1, 4, {{{R, 0, 3, 4, 0, 0}, {G, 0, 2, 4, 0, 0}, {B, 0, 1, 4, 0, 0}, {A, 0, 0, 4, 0, 0}}}},
    {"GBR", 3, 3, {{{G, 0, 0, 1, 0, 0}, {B, 1, 0, 1, 0, 0}, {R, 2, 0, 1, 0, 0}}}},
    {"GBRA", 4, 4, {{{G, 0, 0, 1, 0, 0}, {B, 1, 0, 1, 0, 0}, {R, 2, 0, 1, 0, 0}, {A, 3, 0, 1, 0, 0}}}},
    {"RGBP", 3, 3, {{{R, 0, 0, 1, 0, 0}, {G, 1, 0, 1, 0, 0}, {B, 2, 0, 1, 0, 0}}}},
    {"BGRP", 3, 3, {{{B, 0, 0, 1, 0, 0}, {G, 1, 0, 1, 0, 0}, {R, 2, 0, 1, 0, 0}}}},
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__  // samples are read as the machine has them
    {"I420_10LE", 3, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 1, 1, 1}, {Cr, 2, 0, 1, 1, 1}}}, 10, 0},
    {"I422_10LE", 3, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 1, 1, 0}, {Cr, 2, 0, 1, 1, 0}}}, 10, 0},
    {"Y444_10LE", 3, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 1, 0, 0}, {Cr, 2, 0, 1, 0, 0}}}, 10, 0},
    {"I420_12LE", 3, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 1, 1, 1}, {Cr, 2, 0, 1, 1, 1}}}, 12, 0},
    {"I422_12LE", 3, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 1, 1, 0}, {Cr, 2, 0, 1, 1, 0}}}, 12, 0},
    {"Y444_12LE", 3, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 1, 0, 0}, {Cr, 2, 0, 1, 0, 0}}}, 12, 0},
    {"Y444_16LE", 3, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 1, 0, 0}, {Cr, 2, 0, 1, 0, 0}}}, 16, 0},
    {"A420_10LE", 4, 4, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 1, 1, 1}, {Cr, 2, 0, 1, 1, 1}, {A, 3, 0, 1, 0, 0}}}, 10, 0},
    {"A422_10LE", 4, 4, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 1, 1, 0}, {Cr, 2, 0, 1, 1, 0}, {A, 3, 0, 1, 0, 0}}}, 10, 0},
    {"A444_10LE", 4, 4, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 1, 0, 0}, {Cr, 2, 0, 1, 0, 0}, {A, 3, 0, 1, 0, 0}}}, 10, 0},
    {"P010_10LE", 2, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 2, 1, 1}, {Cr, 1, 1, 2, 1, 1}}}, 10, 6},
    {"P012_LE", 2, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 2, 1, 1}, {Cr, 1, 1, 2, 1, 1}}}, 12, 4},
    {"P016_LE", 2, 3, {{{Y, 0, 0, 1, 0, 0}, {Cb, 1, 0, 2, 1, 1}, {Cr, 1, 1, 2, 1, 1}}}, 16, 0},
    {"GRAY16_LE", 1, 1, {{{Y, 0, 0, 1, 0, 0}}}, 16, 0},
    {"GBR_10LE", 3, 3, {{{G, 0, 0, 1, 0, 0}, {B, 1, 0, 1, 0, 0}, {R, 2, 0, 1, 0, 0}}}, 10, 0},
    {"GBRA_10LE", 4, 4, {{{G, 0, 0, 1, 0, 0}, {B, 1, 0, 1, 0, 0}, {R, 2, 0, 1, 0, 0}, {A, 3, 0, 1, 0, 0}}}, 10, 0},
    {"GBR_12LE", 3, 3, {{{G, 0, 0, 1, 0, 0}, {B, 1, 0, 1, 0, 0}, {R, 2, 0, 1, 0, 0}}}, 12, 0},
    {"GBRA_12LE", 4, 4, {{{G, 0, 0, 1, 0, 0}, {B, 1, 0, 1, 0, 0}, {R, 2, 0, 1, 0, 0}, {A, 3, 0, 1, 0, 0}}}, 12, 0},
    {"ARGB64_LE", 1, 4, {{{A, 0, 0, 4, 0, 0}, {R, 0, 1, 4, 0, 0}, {G, 0, 2, 4, 0, 0}, {B, 0, 3, 4, 0, 0}}}, 16, 0},
    {"RGBA64_LE", 1, 4, {{{R, 0, 0, 4, 0, 0}, {G, 0, 1, 4, 0, 0}, {B, 0, 2, 4, 0, 0}, {A, 0, 3, 4, 0, 0}}}, 16, 0},
    {"BGRA64_LE", 1, 4, {{{B, 0, 0, 4, 0, 0}, {G, 0, 1, 4, 0, 0}, {R, 0, 2, 4, 0, 0}, {A, 0, 3, 4, 0, 0}}}, 16, 0},
    {"ABGR64_LE", 1, 4, {{{A, 0, 0, 4, 0, 0}, {B, 0, 1, 4, 0, 0}, {G, 0, 2, 4, 0, 0}, {R, 0, 3, 4, 0, 0}}}, 16, 0},
    {"ARGB64", 1, 4, {{{A, 0, 0, 4, 0, 0}, {R, 0, 1, 4, 0, 0}, {G, 0, 2, 4, 0, 0}, {B, 0, 3, 4, 0, 0}}}, 16, 0},
    {"AYUV64", 1, 4, {{{A, 0, 0, 4, 0, 0}, {Y, 0, 1, 4, 0, 0}, {Cb, 0, 2, 4, 0, 0}, {Cr, 0, 3, 4, 0, 0}}}, 16, 0},
#endif
};
// clang-format on

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

int Layout::row_samples(int plane, int width) const {
  int samples = 0;
  for (int c = 0; c < components; c++) {
    const Component &k = component[c];
    if (k.plane == plane)
      samples = std::max(samples, k.offset + (k.columns(width) - 1) * k.pixel_stride + 1);
  }
  return samples;
}

const Component &Layout::first_of(int plane) const {
  return *std::find_if(component.begin(), component.end(), [plane](const Component &k) { return k.plane == plane; });
}

Status check(const Layout &layout, int width, int height, const Picture &picture,
             const std::array<Extent, kMaxPlanes> &extents) {
  const int sample = layout.sample_bytes();
  for (int p = 0; p < layout.planes; p++) {
    const ptrdiff_t stride = picture.stride[p];
    const int row = layout.row_bytes(p, width);
    if (std::abs(stride) < row)
      return Status::error("rows of plane %d are %td bytes apart and %d bytes long", p, std::abs(stride), row);
    if (stride % sample != 0 || reinterpret_cast<uintptr_t>(picture.data[p]) % sample != 0)
      return Status::error("samples of plane %d have %d bytes and begin at odd addresses", p, sample);
    const ptrdiff_t last = stride * (layout.plane_rows(p, height) - 1);
    const ptrdiff_t begin = picture.data[p] - extents[p].begin;
    const ptrdiff_t size = extents[p].end - extents[p].begin;
    if (begin + std::min(last, ptrdiff_t{0}) < 0 || begin + std::max(last, ptrdiff_t{0}) + row > size)
      return Status::error("plane %d takes bytes %td to %td of %td", p, begin + std::min(last, ptrdiff_t{0}),
                           begin + std::max(last, ptrdiff_t{0}) + row - 1, size);
  }
  return Status::ok();
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
