// SPDX-License-Identifier: LGPL-2.1-or-later
// What is written to be fast, against the same written to be plain.
#include <cmath>
#include <random>

#include "base/workers.h"
#include "image/blur.h"
#include "image/scale.h"
#include "image/statistics.h"
#include "image/tensor.h"
#include "partition/global_motion.h"
#include "preprocess/area_reader.h"
#include "suite.h"
#include "weigh/cues/boolean_maps.h"

using namespace attention;

namespace {

constexpr Size kSizes[] = {{1, 1}, {2, 2}, {7, 5}, {16, 9}, {33, 40}, {64, 36}, {96, 54}, {160, 90}};

std::mt19937 random_bits(1);  // the same numbers in every run

Map noise(Size size, float least, float greatest) {
  std::uniform_real_distribution<float> any(least, greatest);
  Map map(size);
  for (float &v : map)
    v = any(random_bits);
  return map;
}

/// Fails where a map differs from value(x, y).
template <typename Function>
void check_map(const Map &map, double tolerance, Function value) {
  for (int y = 0; y < map.height(); y++)
    for (int x = 0; x < map.width(); x++) {
      const double plain = value(x, y);
      if (!(std::fabs(map.row(y)[x] - plain) <= tolerance))
        ck_abort_msg("%d x %d: (%d, %d) is %g, not %g", map.width(), map.height(), x, y, map.row(y)[x], plain);
    }
}

double at(const Map &map, int x, int y) {
  return map.row(std::clamp(y, 0, map.height() - 1))[std::clamp(x, 0, map.width() - 1)];
}

}  // namespace

START_TEST(area_scale) {
  for (const Size in : kSizes)
    for (const Size out : kSizes) {
      const Map map = noise(in, 0, 255);
      Map scaled(out);
      AreaScale(in, out).run(map, scaled);
      check_map(scaled, 1e-3, [&](int x, int y) {
        const double left = static_cast<double>(x) * in.width / out.width, right = (x + 1.0) * in.width / out.width;
        const double top = static_cast<double>(y) * in.height / out.height, bottom = (y + 1.0) * in.height / out.height;
        double sum = 0;
        for (int j = 0; j < in.height; j++)
          for (int i = 0; i < in.width; i++)
            sum += std::max(std::min(right, i + 1.0) - std::max(left, i + 0.0), 0.0) *
                   std::max(std::min(bottom, j + 1.0) - std::max(top, j + 0.0), 0.0) * map.row(j)[i];
        return sum / ((right - left) * (bottom - top));
      });
    }
}
END_TEST

START_TEST(bilinear) {
  for (const Size in : kSizes)
    for (const Size out : kSizes) {
      const Map map = noise(in, 0, 255);
      Map scaled(out);
      Bilinear(in, out).run(map, scaled);
      check_map(scaled, 1e-3, [&](int x, int y) {
        const double u = std::clamp((x + 0.5) * in.width / out.width - 0.5, 0.0, in.width - 1.0);
        const double v = std::clamp((y + 0.5) * in.height / out.height - 0.5, 0.0, in.height - 1.0);
        const int i = static_cast<int>(u), j = static_cast<int>(v);
        const double above = at(map, i, j) + (at(map, i + 1, j) - at(map, i, j)) * (u - i);
        const double below = at(map, i, j + 1) + (at(map, i + 1, j + 1) - at(map, i, j + 1)) * (u - i);
        return above + (below - above) * (v - j);
      });
    }
}
END_TEST

START_TEST(gaussian) {
  for (const Size size : kSizes)
    for (const double sigma : {0.4, 1.3, 3.2, 11.0}) {
      const Map map = noise(size, 0, 255);
      Map blurred(size);
      std::copy(map.begin(), map.end(), blurred.begin());
      Gaussian(size, sigma).run(blurred);
      const int radius = std::max(1, static_cast<int>(std::lround(3 * sigma)));
      const auto weight = [&](int i) { return std::exp(-i * i / (2 * sigma * sigma)); };
      double whole = 0;
      for (int i = -radius; i <= radius; i++)
        whole += weight(i);
      Map columns(size);
      for (int y = 0; y < size.height; y++)
        for (int x = 0; x < size.width; x++)
          for (int i = -radius; i <= radius; i++)
            columns.row(y)[x] += static_cast<float>(weight(i) / whole * at(map, x, y + i));
      check_map(blurred, 1e-3, [&](int x, int y) {
        double sum = 0;
        for (int i = -radius; i <= radius; i++)
          sum += weight(i) / whole * at(columns, x + i, y);
        return sum;
      });
    }
}
END_TEST

START_TEST(box_blur) {
  for (const Size size : kSizes)
    for (const double sigma : {0.3, 1.0, 2.25, 20.0}) {
      Map map = noise(size, 0, 255);
      Map plain = map;
      const double radius = (std::sqrt(4 * sigma * sigma + 1) - 1) / 2;
      const int whole = static_cast<int>(radius);
      // A box down and across, three times each; samples beyond the border are those at it.
      for (const bool down : {true, true, true, false, false, false}) {
        const Map before = plain;
        for (int y = 0; y < size.height; y++)
          for (int x = 0; x < size.width; x++) {
            double sum = 0;
            for (int i = -whole - 1; i <= whole + 1; i++)
              sum += (std::abs(i) <= whole ? 1 : radius - whole) * (down ? at(before, x, y + i) : at(before, x + i, y));
            plain.row(y)[x] = static_cast<float>(sum / (2 * radius + 1));
          }
      }
      BoxBlur(size).run(map, sigma);
      check_map(map, 0.01, [&](int x, int y) { return plain.row(y)[x]; });
    }
}
END_TEST

START_TEST(statistics) {
  for (int n = 1; n <= 40; n++) {
    const Map map = noise({n, 1}, -100, 300);
    double mean = 0, square = 0;
    for (const float v : map)
      mean += v / static_cast<double>(n);
    for (const float v : map)
      square += (v - mean) * (v - mean) / n;
    ck_assert_double_eq_tol(moments(map).mean, mean, 1e-9);
    ck_assert_double_eq_tol(moments(map).deviation, std::sqrt(square), 1e-9);
    const Map other = noise({n, 1}, -1, 1);
    double product = 0;
    for (int i = 0; i < n; i++)
      product += static_cast<double>(map.begin()[i]) * other.begin()[i];
    ck_assert_double_eq_tol(dot(map, other), product, 1e-2);
    ck_assert_float_eq(range(map).least, *std::min_element(map.begin(), map.end()));
    ck_assert_float_eq(range(map).greatest, *std::max_element(map.begin(), map.end()));
  }
}
END_TEST

// Whole factors and others, one row or many a sample, with and without a crop.
START_TEST(area_reader) {
  struct {
    int width, height, crop;
    Size out;
  } const cases[] = {{64, 36, 0, {64, 36}},  {320, 180, 0, {160, 90}}, {480, 270, 0, {80, 45}},  {427, 240, 0, {160, 90}}, {640, 360, 6, {157, 87}},
                     {67, 33, 3, {16, 9}},   {33, 71, 0, {33, 9}},     {96, 1200, 0, {12, 2}},   {420, 70, 0, {30, 7}},    {9, 7, 1, {2, 2}}};
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
      AreaReader(g, c.out).run(picture, {&a, &b, &d}, workers);
      const std::array<Map *, 3> maps{&a, &b, &d};
      for (int i = 0; i < g.layout->components; i++) {
        const Component &k = g.layout->component[i];
        if (colour_slot(k.role) < 0)
          continue;
        const auto part = [](double begin, double end, int n, int out, int at, int sample) {
          const double low = std::max(begin + (end - begin) * at / out, 0.0);
          const double high = std::min(begin + (end - begin) * (at + 1) / out, static_cast<double>(n));
          return std::max(std::min(high, sample + 1.0) - std::max(low, static_cast<double>(sample)), 0.0) / (high - low);
        };
        const double sx = 1.0 / (1 << k.shift_x), sy = 1.0 / (1 << k.shift_y);
        check_map(*maps[colour_slot(k.role)], 1e-2, [&](int x, int y) {
          double sum = 0;
          for (int v = 0; v < k.lines(g.height); v++) {
            const double rows = part(g.crop_top * sy, g.height * sy, k.lines(g.height), c.out.height, y, v);
            for (int u = 0; rows > 0 && u < k.columns(g.width); u++)
              sum += rows * part(g.crop_left * sx, (g.width - g.crop_right) * sx, k.columns(g.width), c.out.width, x, u) *
                     bytes[k.plane][v * picture.stride[k.plane] + k.offset + u * k.pixel_stride];
          }
          return sum;
        });
      }
    }
}
END_TEST

START_TEST(tensor) {
  for (const Size size : kSizes) {
    const Map luma = noise(size, 0, 255);
    Tensor fast(size);
    fast.run(luma);
    const auto sum = [&](int x, int y, const auto &product) {
      double total = 0;
      for (int v = y - 1; v <= y + 1; v++)
        for (int u = x - 1; u <= x + 1; u++) {
          const int i = std::clamp(u, 0, size.width - 1);
          const int j = std::clamp(v, 0, size.height - 1);
          total += product(at(luma, i + 1, j) - at(luma, i - 1, j), at(luma, i, j + 1) - at(luma, i, j - 1));
        }
      return total;
    };
    check_map(fast.trace(), 1, [&](int x, int y) { return sum(x, y, [](double gx, double gy) { return gx * gx + gy * gy; }); });
    check_map(fast.corners(), 0.5, [&](int x, int y) {
      const double xx = sum(x, y, [](double gx, double) { return gx * gx; });
      const double xy = sum(x, y, [](double gx, double gy) { return gx * gy; });
      const double yy = sum(x, y, [](double, double gy) { return gy * gy; });
      return std::sqrt(std::max((xx + yy) / 2 - std::hypot((xx - yy) / 2, xy), 0.0));
    });
  }
}
END_TEST

START_TEST(warped) {
  for (const Size size : {Size{2, 2}, Size{7, 5}, Size{64, 36}, Size{160, 90}})
    for (const Similarity &s : {Similarity{}, Similarity{1, 0, 3, -1}, Similarity{1.02F, -0.03F, -2.3F, 4.7F}, Similarity{0.5F, 0.4F, 20, 1}}) {
      const Map before = noise(size, 0, 255);
      Map out(size);
      warp(before, s, out);
      check_map(out, 1e-2, [&](int x, int y) -> double {
        const float u = s.a * static_cast<float>(x) - s.b * static_cast<float>(y) + s.tx;
        const float v = s.b * static_cast<float>(x) + s.a * static_cast<float>(y) + s.ty;
        if (u < 0 || v < 0 || u > static_cast<float>(size.width - 1) || v > static_cast<float>(size.height - 1))
          return kOutside;
        const int i = static_cast<int>(u), j = static_cast<int>(v);
        const double above = at(before, i, j) + (at(before, i + 1, j) - at(before, i, j)) * (u - i);
        const double below = at(before, i, j + 1) + (at(before, i + 1, j + 1) - at(before, i, j + 1)) * (u - i);
        return above + (below - above) * (v - j);
      });
    }
}
END_TEST

// One map at a time: what is neither outside of the mask nor reached from the border.
START_TEST(boolean_maps) {
  for (const Size size : kSizes)
    for (const int thresholds : {1, 12, 16})
      for (const bool dilate : {false, true})
        for (const double scale : {0.05, 0.4, 3.0}) {
          std::array<Map, 3> channels{noise(size, 0, 1), Map(size), Map(size)};
          for (int y = 0; y < size.height; y++)
            for (int x = 0; x < size.width; x++) {
              channels[1].row(y)[x] = static_cast<float>(std::sin(x * scale) * std::cos(y * scale + x * 0.02));
              channels[2].row(y)[x] = static_cast<float>(x % 4 == y % 3);
            }
          std::array<Range, 3> ranges{range(channels[0]), range(channels[1]), {}};
          Map sum(size);
          BooleanMaps(size, thresholds, dilate).run(channels, ranges, sum);

          Map plain(size);
          for (int map = 0; map < 2 * 2 * thresholds; map++) {
            const int c = map / 2 / thresholds;
            const int least_level = map / 2 % thresholds + 1;
            const bool bright = map % 2 != 0;
            const auto [least, greatest] = ranges[c];
            Plane<uint8_t> mask(size), reached(size), found(size);
            for (int i = 0; i < mask.count() && greatest > least; i++) {
              const float step = static_cast<float>(thresholds + 1) / (greatest - least);
              const bool above = (channels[c].begin()[i] - least) * step >= static_cast<float>(least_level);
              mask.begin()[i] = above == bright ? 1 : 0;
            }
            const auto reaches = [&](int x, int y) {
              return x < 0 || y < 0 || x >= size.width || y >= size.height || reached.row(y)[x] != 0;
            };
            for (bool changed = true; changed;) {
              changed = false;
              for (int y = 0; y < size.height; y++)
                for (int x = 0; x < size.width; x++)
                  if (mask.row(y)[x] != 0 && reached.row(y)[x] == 0 &&
                      (reaches(x - 1, y) || reaches(x + 1, y) || reaches(x, y - 1) || reaches(x, y + 1))) {
                    reached.row(y)[x] = 1;
                    changed = true;
                  }
            }
            int area = 0;
            for (int y = 0; y < size.height; y++)
              for (int x = 0; x < size.width; x++) {
                for (int v = std::max(y - dilate, 0); v <= std::min(y + dilate, size.height - 1); v++)
                  for (int u = std::max(x - dilate, 0); u <= std::min(x + dilate, size.width - 1); u++)
                    found.row(y)[x] |= mask.row(v)[u] & ~reached.row(v)[u];
                area += found.row(y)[x];
              }
            for (int i = 0; i < found.count(); i++)
              plain.begin()[i] += found.begin()[i] != 0 ? 1.0F / std::sqrt(static_cast<float>(area)) : 0.0F;
          }
          check_map(sum, 1e-4, [&](int x, int y) { return plain.row(y)[x]; });
        }
}
END_TEST

START_TEST(workers) {
  for (const int count : {1, 2, 3, 8}) {
    Workers workers(count);
    for (int round = 0; round < 500; round++) {
      const int rows = 1 + round % 97;
      const int step = 1 + round % 7;
      std::vector<std::atomic<int>> taken(rows);
      workers.run(rows, step, [&](int begin, int end, int worker) {
        if (begin % step != 0 || end > rows || worker < 0 || worker >= count)
          ck_abort_msg("worker %d of %d takes [%d, %d) of %d in steps of %d", worker, count, begin, end, rows, step);
        for (int i = begin; i < end; i++)
          taken[i]++;
      });
      for (const std::atomic<int> &times : taken)
        if (times != 1)
          ck_abort_msg("%d workers took a row %d times", count, times.load());
    }
  }
}
END_TEST

int main() { return run_suite("fast and plain", {area_scale, bilinear, gaussian, box_blur, statistics, area_reader, tensor, warped, boolean_maps, workers}); }
