// SPDX-License-Identifier: LGPL-2.1-or-later
// What one frame costs the core, for a few sizes and formats: the median of many, in milliseconds.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>
#include <string>

#include "attention.h"
#include "layout.h"

using namespace attention;

namespace {

constexpr int kFrames = 60;
constexpr Nanoseconds kFrameTime = 40'000'000;

/// Smooth blobs that drift, with a little noise: neither the best nor the worst case.
void paint(std::vector<uint8_t> &bytes, int width, int frame, std::mt19937 &random) {
  for (size_t i = 0; i < bytes.size(); i++) {
    const auto x = static_cast<unsigned>(i % width) + 3U * frame;
    const auto y = static_cast<unsigned>(i / width);
    bytes[i] = static_cast<uint8_t>(((x >> 5 ^ y >> 5) & 7) * 24 + (random() & 15));
  }
}

double median_of(const char *format, int width, int height, const char *effect) {
  Geometry g;
  g.layout = find_layout(format);
  g.width = width;
  g.height = height;
  std::array<std::vector<uint8_t>, kMaxPlanes> planes;
  Picture picture;
  std::mt19937 random(1);
  for (int p = 0; p < g.layout->planes; p++) {
    picture.stride[p] = g.layout->row_bytes(p, width);
    planes[p].resize(static_cast<size_t>(picture.stride[p]) * g.layout->plane_rows(p, height));
    picture.data[p] = planes[p].data();
  }
  Engine engine;
  Settings settings;
  settings.effects = find_effect(effect);
  if (const Status status = engine.configure(g, settings); !status.is_ok()) {
    std::fprintf(stderr, "%s\n", status.message());
    return 0;
  }
  std::vector<double> times;
  for (int frame = 0; frame < kFrames; frame++) {
    for (int p = 0; p < g.layout->planes; p++)
      paint(planes[p], static_cast<int>(picture.stride[p]), frame, random);
    const auto begin = std::chrono::steady_clock::now();
    engine.process(picture, settings.effects != 0 ? &picture : nullptr, frame * kFrameTime, settings);
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  std::nth_element(times.begin(), times.begin() + kFrames / 2, times.end());
  return times[kFrames / 2];
}

}  // namespace

int main() {
  constexpr struct {
    int width, height;
  } kSizes[] = {{640, 360}, {1280, 720}, {1920, 1080}, {3840, 2160}};
  std::printf("%-8s %-11s %8s %8s %8s\n", "format", "size", "none", "dim", "heatmap");
  for (const char *format : {"I420", "NV12", "BGRx"})
    for (const auto &size : kSizes) {
      const std::string shape = std::to_string(size.width) + "x" + std::to_string(size.height);
      std::printf("%-8s %-11s", format, shape.c_str());
      for (const char *effect : {"none", "dim", "heatmap"})
        std::printf(" %8.2f", median_of(format, size.width, size.height, effect));
      std::printf("\n");
    }
}
