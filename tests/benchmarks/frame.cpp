// SPDX-License-Identifier: LGPL-2.1-or-later
// The core alone on frames that every machine makes the same: frame WIDTH HEIGHT FRAMES EFFECT [VECTORS]. Prints what a
// frame takes to stderr and the weights of the regions of each to stdout, 0–255, for other machines to compare. VECTORS
// are the widest that are used: ssse3, sse4, avx2 or avx3; all that the machine has without it.
#include <hwy/targets.h>

#include <cstring>

#include "attention.h"
#include "benchmark.h"
#include "format/layout.h"

using namespace attention;

namespace {

/// A disc that crosses a texture, in I420.
class Scene {
 public:
  explicit Scene(const Geometry &geometry) : geometry_(geometry) {
    for (int p = 0; p < 3; p++) {
      const int width = p == 0 ? geometry.width : (geometry.width + 1) / 2;
      const int height = p == 0 ? geometry.height : (geometry.height + 1) / 2;
      planes_[p].resize(static_cast<size_t>(width) * height);
      picture_.data[p] = planes_[p].data();
      picture_.stride[p] = width;
    }
  }

  /// With whole numbers alone: sines differ from machine to machine.
  const Picture &paint(int frame) {
    for (int p = 0; p < 3; p++) {
      const int scale = p == 0 ? 1 : 2, width = static_cast<int>(picture_.stride[p]);
      const int height = static_cast<int>(planes_[p].size()) / width;
      const int radius = geometry_.height / 10, left = geometry_.width / 5 + frame * geometry_.width / 160;
      for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
          const int dx = x * scale - left, dy = y * scale - geometry_.height / 3;
          const bool inside = dx * dx + dy * dy < radius * radius;
          const int ground = p > 0 ? 128 : 90 + (x / 24 * 7 + y / 40 * 13) % 60;
          planes_[p][static_cast<size_t>(y) * width + x] = static_cast<uint8_t>(inside ? 200 - 30 * p : ground);
        }
    }
    return picture_;
  }

 private:
  Geometry geometry_;
  std::vector<uint8_t> planes_[3];
  Picture picture_;
};

void use_vectors(const char *widest) {
#if HWY_ARCH_X86
  constexpr struct {
    const char *name;
    int64_t more;  // targets that have more than that
  } kWidest[] = {{"ssse3", HWY_SSE4 | HWY_AVX2 | HWY_AVX3 | HWY_AVX3_DL},
                 {"sse4", HWY_AVX2 | HWY_AVX3 | HWY_AVX3_DL},
                 {"avx2", HWY_AVX3 | HWY_AVX3_DL},
                 {"avx3", 0}};
  for (const auto &vectors : kWidest)
    if (std::strcmp(vectors.name, widest) == 0) {
      hwy::SetSupportedTargetsForTest(hwy::SupportedTargets() & ~vectors.more);
      return;
    }
#endif
  std::fprintf(stderr, "this machine knows no vectors %s\n", widest);
  std::exit(2);
}

}  // namespace

int main(int argc, char *argv[]) {
  if (argc < 5) {
    std::fprintf(stderr, "frame WIDTH HEIGHT FRAMES EFFECT [VECTORS]\n");
    return 2;
  }
  if (argc > 5)
    use_vectors(argv[5]);
  Geometry geometry;
  geometry.layout = find_layout("I420");
  geometry.width = std::atoi(argv[1]);
  geometry.height = std::atoi(argv[2]);
  Settings settings;
  settings.recombine.effects = std::strcmp(argv[4], "none") == 0 ? 0 : find_effect(argv[4]);
  Engine engine;
  if (const Status status = engine.configure(geometry, settings); !status.is_ok()) {
    std::fprintf(stderr, "%s\n", status.message());
    return 1;
  }
  Scene scene(geometry);
  std::vector<double> times;
  for (int frame = 0; frame < std::atoi(argv[3]); frame++) {
    const Picture picture = scene.paint(frame);
    times.push_back(milliseconds(CLOCK_PROCESS_CPUTIME_ID, [&] {
      engine.process(picture, settings.recombine.effects != 0 ? &picture : nullptr, frame * Nanoseconds{40'000'000},
                     settings);
    }));
    const Result &result = engine.result();
    for (int i = 0; i < result.columns * result.rows; i++)
      std::printf("%d ", result.grid[i]);
    std::printf("\n");
  }
  double sum = 0;
  for (const double time : times)
    sum += time;
  std::fprintf(stderr, "%.3f ms a frame in the mean, %.3f in the median\n", sum / static_cast<double>(times.size()),
               quantile(times, .5));
}
