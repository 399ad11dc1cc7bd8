// SPDX-License-Identifier: LGPL-2.1-or-later
// Rows of frames against the same written to be plain.
#include "preprocess/area_reader.h"

#include "../maps.h"

using namespace attention;

namespace {

/// What part a sample has in the mean of the span `at`, of `out` that [begin, end) is divided into.
double part(double begin, double end, int n, int out, int at, int sample) {
  const double low = std::max(begin + (end - begin) * at / out, 0.0);
  const double high = std::min(begin + (end - begin) * (at + 1) / out, static_cast<double>(n));
  return std::max(std::min(high, sample + 1.0) - std::max(low, static_cast<double>(sample)), 0.0) / (high - low);
}

/// The same of a row: of twice as many whole ones as are enough every other one is read, of three times as many every
/// third.
double rows_part(double begin, double end, int n, int out, int at, int sample, int enough) {
  const double first = begin + (end - begin) * at / out, count = (end - begin) / out, step = std::floor(count / enough);
  if (step < 2 || count != std::floor(count) || first != std::floor(first))
    return part(begin, end, n, out, at, sample);
  const double behind = sample - first, taken = std::floor(count / step);
  return behind >= 0 && std::fmod(behind, step) == 0 && behind / step < taken ? 1 / taken : 0.0;
}

}  // namespace

// Whole factors and others, one row or many a sample, with and without a crop.
START_TEST(area_reader) {
  struct {
    int width, height, crop;
    Size out;
  } const cases[] = {{64, 36, 0, {64, 36}},    {320, 180, 0, {160, 90}}, {480, 270, 0, {80, 45}},
                     {427, 240, 0, {160, 90}}, {640, 360, 6, {157, 87}}, {67, 33, 3, {16, 9}},
                     {33, 71, 0, {33, 9}},     {96, 1200, 0, {12, 2}},   {420, 70, 0, {30, 7}},
                     {64, 156, 0, {16, 6}},    {9, 7, 1, {2, 2}}};
  for (const char *format : {"I420", "NV12", "BGRx", "GRAY8"})
    for (const auto &c : cases) {
      Geometry g;
      g.layout = find_layout(format);
      g.width = c.width;
      g.height = c.height;
      g.crop_left = g.crop_right = g.crop_top = c.crop;
      std::array<std::vector<uint8_t>, kMaxPlanes> bytes;
      Picture picture;
      for (int p = 0; p < g.layout->planes; p++) {
        picture.stride[p] = g.layout->row_bytes(p, g.width) + 5;
        bytes[p].resize(static_cast<size_t>(picture.stride[p]) * g.layout->plane_rows(p, g.height));
        for (uint8_t &byte : bytes[p])
          byte = static_cast<uint8_t>(random_bits());
        picture.data[p] = bytes[p].data();
      }
      Map a(c.out), b(c.out), d(c.out);
      Workers workers(1);
      AreaReader(g, c.out).run(picture, {&a, &b, &d, nullptr}, workers);
      const std::array<Map *, 3> maps{&a, &b, &d};
      for (int i = 0; i < g.layout->components; i++) {
        const Component &k = g.layout->component[i];
        if (colour_slot(k.role) < 0)
          continue;
        const bool alone = k.plane > 0;  // chroma without luma
        const int enough = alone && (k.role == Role::kCb || k.role == Role::kCr) ? 3 : 4;
        const double sx = 1.0 / (1 << k.shift_x), sy = 1.0 / (1 << k.shift_y);
        check_map(*maps[colour_slot(k.role)], 1e-2, [&](int x, int y) {
          double sum = 0;
          for (int v = 0; v < k.lines(g.height); v++) {
            const double rows =
                rows_part(g.crop_top * sy, g.height * sy, k.lines(g.height), c.out.height, y, v, enough);
            for (int u = 0; rows > 0 && u < k.columns(g.width); u++)
              sum += rows *
                     part(g.crop_left * sx, (g.width - g.crop_right) * sx, k.columns(g.width), c.out.width, x, u) *
                     bytes[k.plane][v * picture.stride[k.plane] + k.offset + u * k.pixel_stride];
          }
          return sum;
        });
      }
    }
}
END_TEST

int main() { return run_suite("preprocess/area_reader", {area_reader}); }
