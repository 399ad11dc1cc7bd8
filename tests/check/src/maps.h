// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Maps with something on them, and how they compare.
#pragma once

#include <algorithm>
#include <cmath>
#include <random>

#include "base/plane.h"
#include "suite.h"

using namespace attention;

constexpr Size kSizes[] = {{1, 1}, {2, 2}, {7, 5}, {16, 9}, {33, 40}, {64, 36}, {96, 54}, {160, 90}};

inline std::mt19937 random_bits(1);  // the same numbers in every run

inline Map noise(Size size, float least, float greatest) {
  std::uniform_real_distribution<float> any(least, greatest);
  Map map(size);
  for (float &v : map)
    v = any(random_bits);
  return map;
}

/// Fails where a map differs from value(x, y).
template <typename Function>
inline void check_map(const Map &map, double tolerance, Function value) {
  for (int y = 0; y < map.height(); y++)
    for (int x = 0; x < map.width(); x++) {
      const double plain = value(x, y);
      if (!(std::fabs(map.row(y)[x] - plain) <= tolerance))
        ck_abort_msg("%d x %d: (%d, %d) is %g, not %g", map.width(), map.height(), x, y, map.row(y)[x], plain);
    }
}

inline double at(const Map &map, int x, int y) {
  return map.row(std::clamp(y, 0, map.height() - 1))[std::clamp(x, 0, map.width() - 1)];
}

/// A smooth texture without repetition, seen at (x, y).
inline float texture(double x, double y) {
  return static_cast<float>(128 + 40 * std::sin(x * 0.31 + std::sin(y * 0.17)) +
                            40 * std::sin(y * 0.23 + 2 * std::sin(x * 0.11)) + 15 * std::sin(x * 0.9 + y * 0.7));
}

template <typename Function>
inline Map painted(Size size, Function value) {
  Map map(size);
  for (int y = 0; y < size.height; y++)
    for (int x = 0; x < size.width; x++)
      map.row(y)[x] = value(x, y);
  return map;
}

inline float greatest_difference(const Map &a, const Map &b) {
  float greatest = 0;
  for (int i = 0; i < a.count(); i++)
    greatest = std::max(greatest, std::fabs(a.begin()[i] - b.begin()[i]));
  return greatest;
}

inline void check_near(const Map &out, const Map &expected) {
  for (int i = 0; i < out.count(); i++)
    if (!(std::fabs(out.begin()[i] - expected.begin()[i]) < 1e-3F * std::max(1.0F, expected.begin()[i])))
      ck_abort_msg("sample %d is %g, not %g", i, out.begin()[i], expected.begin()[i]);
}
