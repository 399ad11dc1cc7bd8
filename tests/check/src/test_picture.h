// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Pictures in any layout, painted by a function, with padded rows whose padding is watched.
#pragma once

#include <cmath>
#include <functional>
#include <string>

#include "format/layout.h"
#include "suite.h"

struct Rgb {
  double r, g, b;  ///< 0–1
};

/// What a picture shows at (x, y), both 0–1.
using Scene = std::function<Rgb(double x, double y)>;

class TestPicture {
 public:
  TestPicture(const attention::Geometry &geometry, const Scene &scene, int padding = 13) : geometry_(geometry) {
    const attention::Layout &layout = *geometry.layout;
    for (int p = 0; p < layout.planes; p++) {
      row_bytes_[p] = layout.row_bytes(p, geometry.width);
      stride_[p] = row_bytes_[p] + padding * layout.sample_bytes();
      rows_[p] = layout.plane_rows(p, geometry.height);
      bytes_[p].assign(static_cast<size_t>(stride_[p]) * rows_[p], kUntouched);
    }
    for (int c = 0; c < layout.components; c++) {
      const attention::Component &k = layout.component[c];
      for (int y = 0; y < k.lines(geometry.height); y++)
        for (int x = 0; x < k.columns(geometry.width); x++) {
          const double at_x = ((x << k.shift_x) + 0.5 * (1 << k.shift_x)) / geometry.width;
          const double at_y = ((y << k.shift_y) + 0.5 * (1 << k.shift_y)) / geometry.height;
          set(k, x, y, code(k.role, scene(std::min(at_x, 0.999), std::min(at_y, 0.999))));
        }
    }
  }

  attention::Picture picture() {
    attention::Picture p;
    for (int i = 0; i < geometry_.layout->planes; i++) {
      p.data[i] = bytes_[i].data();
      p.stride[i] = stride_[i];
    }
    return p;
  }

  /// The code of a component, of any depth.
  int code_at(const attention::Component &k, int x, int y) {
    return (sample_bytes() == 1 ? *at(k, x, y) : *reinterpret_cast<uint16_t *>(at(k, x, y))) >> geometry_.layout->shift;
  }
  int code_at(attention::Role role, int x, int y) { return code_at(*geometry_.layout->find(role), x, y); }

  /// The sample of a component in a layout of 8 bits.
  uint8_t *sample(const attention::Component &k, int x, int y) {
    if (sample_bytes() != 1)  // an assertion that holds costs too much for each sample
      ck_abort_msg("%s has no bytes for samples", std::string(geometry_.layout->name).c_str());
    return at(k, x, y);
  }
  uint8_t *sample(attention::Role role, int x, int y) { return sample(*geometry_.layout->find(role), x, y); }

  const std::vector<uint8_t> &plane(int p) const { return bytes_[p]; }

  bool operator==(const TestPicture &other) const { return bytes_ == other.bytes_; }

  /// Padding, alpha and the spare byte of 32-bit RGB must be as they were painted.
  void check_protected() const {
    const attention::Layout &layout = *geometry_.layout;
    for (int p = 0; p < layout.planes; p++) {
      std::vector<bool> colour(stride_[p], false);
      for (int c = 0; c < layout.components; c++) {
        const attention::Component &k = layout.component[c];
        for (int x = 0; k.plane == p && attention::colour_slot(k.role) >= 0 && x < k.columns(geometry_.width); x++)
          std::fill_n(colour.begin() + (k.offset + x * k.pixel_stride) * sample_bytes(), sample_bytes(), true);
      }
      for (int y = 0; y < rows_[p]; y++)
        for (int i = 0; i < stride_[p]; i++) {
          const uint8_t byte = bytes_[p][static_cast<size_t>(y) * stride_[p] + i];
          if (!colour[i] && byte != kUntouched && byte != kAlpha)
            ck_abort_msg("%s: byte %d of row %d of plane %d was written", std::string(layout.name).c_str(), i, y, p);
        }
    }
  }

 private:
  int sample_bytes() const { return geometry_.layout->sample_bytes(); }
  uint8_t *at(const attention::Component &k, int x, int y) {
    return bytes_[k.plane].data() + static_cast<size_t>(y) * stride_[k.plane] +
           (k.offset + x * k.pixel_stride) * sample_bytes();
  }
  void set(const attention::Component &k, int x, int y, long code) {
    const long value =
        code << (k.role == attention::Role::kAlpha || k.role == attention::Role::kOther ? 0 : geometry_.layout->shift);
    if (sample_bytes() == 1)
      *at(k, x, y) = static_cast<uint8_t>(value);
    else
      *reinterpret_cast<uint16_t *>(at(k, x, y)) = static_cast<uint16_t>(value);
  }

  static constexpr uint8_t kUntouched = 0x5c;
  static constexpr uint8_t kAlpha = 0x93;

  long code(attention::Role role, Rgb v) const {
    using attention::Role;
    const attention::Colorimetry &c = geometry_.colorimetry;
    const double y = c.kr * v.r + (1 - c.kr - c.kb) * v.g + c.kb * v.b;
    const auto luma = [&](double value) { return std::lround(value * c.luma_scale + c.luma_offset); };
    const auto chroma = [&](double value) { return std::lround(value * c.chroma_scale + c.chroma_offset); };
    switch (role) {
      case Role::kY:
        return luma(y);
      case Role::kCb:
        return chroma((v.b - y) / (2 * (1 - c.kb)));
      case Role::kCr:
        return chroma((v.r - y) / (2 * (1 - c.kr)));
      case Role::kR:
        return luma(v.r);
      case Role::kG:
        return luma(v.g);
      case Role::kB:
        return luma(v.b);
      default:
        return kAlpha << 8 | kAlpha;
    }
  }

  attention::Geometry geometry_;
  std::array<std::vector<uint8_t>, attention::kMaxPlanes> bytes_;
  std::array<int, attention::kMaxPlanes> row_bytes_{}, stride_{}, rows_{};
};

/// A geometry with the colorimetry that its layout usually has: full-range RGB and grey, limited-range BT.601.
inline attention::Geometry geometry_of(std::string_view format, int width, int height, int columns = 8, int rows = 8) {
  attention::Geometry g;
  g.layout = attention::find_layout(format);
  ck_assert_ptr_nonnull(g.layout);
  const bool full = g.layout->is_rgb() || g.layout->find(attention::Role::kCb) == nullptr;
  const int unit = 1 << (g.layout->depth - 8);
  g.colorimetry.luma_offset = full ? 0 : 16 * unit;
  g.colorimetry.luma_scale = full ? g.layout->largest_code() : 219 * unit;
  g.colorimetry.chroma_offset = 128 * unit;
  g.colorimetry.chroma_scale = 224 * unit;
  g.width = width;
  g.height = height;
  g.columns = columns;
  g.rows = rows;
  return g;
}

/// A coloured chequered patch of half-size `size` around (cx, cy) on a plain ground.
inline Scene patch_at(double cx, double cy, double size = 0.08) {
  return [=](double x, double y) -> Rgb {
    if (std::fabs(x - cx) > size || std::fabs(y - cy) > size)
      return {0.35, 0.4, 0.45};
    const bool odd = (static_cast<int>((x - cx + 1) * 60) + static_cast<int>((y - cy + 1) * 60)) % 2 != 0;
    return odd ? Rgb{0.9, 0.2, 0.1} : Rgb{0.95, 0.9, 0.2};
  };
}
