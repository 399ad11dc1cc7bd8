// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// The engine through its door, and clips for it to look at.
#pragma once

#include <algorithm>
#include <random>

#include "attention.h"
#include "test_picture.h"

using namespace attention;

constexpr Nanoseconds kFrame = 40'000'000;
constexpr int kFigureGround = 0, kDetail = 1, kContrast = 2, kMotion = 3, kCentre = 4, kForm = 5;  // in cues()

/// Settings that need all the memory there is.
inline Settings everything() {
  Settings settings;
  settings.recombine.effects = ~0U;
  settings.recombine.map_refine = MapRefine::kGuided;
  return settings;
}

inline void configure(Engine &engine, const Geometry &geometry) {
  const Status status = engine.configure(geometry, everything());
  ck_assert_msg(status.is_ok(), "%s", status.message());
}

inline Settings with(const char *effect, double strength) {
  Settings settings;
  settings.recombine.effects = find_effect(effect);
  ck_assert_uint_ne(settings.recombine.effects, 0);
  settings.recombine.strength = strength;
  return settings;
}

inline std::vector<uint8_t> grid_of(const Engine &engine) {
  const Result &r = engine.result();
  return std::vector<uint8_t>(r.grid, r.grid + r.columns * r.rows);
}

inline void analyse(Engine &engine, TestPicture &picture, Nanoseconds time, const Settings &settings = Settings()) {
  engine.process(picture.picture(), nullptr, time, settings);
}

constexpr struct { int width, height; } kSizes[] = {{16, 16}, {17, 16}, {193, 145}};

/// A textured ground that has moved by `shift` of the width.
inline Scene ground(double shift) {
  return [=](double x, double y) -> Rgb {
    const double v = 0.45 + 0.12 * std::sin(40 * (x + shift) + 3 * std::sin(17 * y)) +
                     0.1 * std::sin(31 * y + 2 * std::sin(23 * (x + shift)));
    return {v, v, v};
  };
}

/// The ground with a patch on it.
inline Scene patch_on(const Scene &ground, double cx, double cy, double size = 0.06) {
  return [=](double x, double y) {
    return std::fabs(x - cx) < size && std::fabs(y - cy) < size ? patch_at(cx, cy, size)(x, y) : ground(x, y);
  };
}

inline int weight_at(const Engine &engine, double x, double y) {
  const Result &r = engine.result();
  return r.grid[static_cast<int>(y * r.rows) * r.columns + static_cast<int>(x * r.columns)];
}
