// SPDX-License-Identifier: LGPL-2.1-or-later
// What learned fusion sees of pictures, for its training (scripts/train-fusion).
// With --names, writes what they are called, a line each. Else reads pictures from stdin (uint32 width, uint32 height,
// BGR bytes) and writes their inputs to stdout (uint32 maps; of each: uint32 height, uint32 width, floats).
#include <cstdint>
#include <cstdio>
#include <cstring>

#include "preprocess/preprocess.h"
#include "weigh/fusion/inputs.h"

using namespace attention;

namespace {

template <typename T>
bool get(T *values, size_t count) {
  return std::fread(values, sizeof(T), count, stdin) == count;
}

template <typename T>
void put(const T *values, size_t count) {
  std::fwrite(values, sizeof(T), count, stdout);
}

/// What the cues offer, whatever the size of the frame.
void print_names() {
  Geometry g;
  g.layout = find_layout("GRAY8");
  g.width = g.height = 64;
  const AnalysisSizes sizes = AnalysisSizes::choose(g);
  const Partition partition(g, sizes);
  Cues cues;
  for (int c = 0; c < kCueCount; c++)
    cues[c] = kCues[c].create(sizes, partition.features());
  for (const char *name : FusionInputs::names(cues))
    std::puts(name);
}

}  // namespace

int main(int argc, char **argv) {
  if (argc > 1 && std::strcmp(argv[1], "--names") == 0) {
    print_names();
    return 0;
  }
  uint32_t size[2];
  while (get(size, 2)) {
    Geometry g;
    g.layout = find_layout("BGR");
    g.colorimetry.luma_offset = 0;
    g.colorimetry.luma_scale = 255;
    g.width = static_cast<int>(size[0]);
    g.height = static_cast<int>(size[1]);
    if (const Status status = check(g); !status.is_ok()) {
      std::fprintf(stderr, "%s\n", status.message());
      return 1;
    }
    std::vector<uint8_t> pixels(static_cast<size_t>(size[0]) * size[1] * 3);
    if (!get(pixels.data(), pixels.size())) {
      std::fprintf(stderr, "the input ends within a picture of %u x %u px\n", size[0], size[1]);
      return 1;
    }
    Picture picture;
    picture.data[0] = pixels.data();
    picture.stride[0] = static_cast<ptrdiff_t>(size[0]) * 3;

    const AnalysisSizes sizes = AnalysisSizes::choose(g);
    AnalysisPlanes planes(sizes.analysis);
    Workers workers(1);
    Preprocess(g, sizes.analysis).run(picture, planes, workers);
    Partition partition(g, sizes);
    partition.run(planes, kNoTime, PartitionSettings(), workers);
    Cues cues;
    for (int c = 0; c < kCueCount; c++) {
      cues[c] = kCues[c].create(sizes, partition.features());
      cues[c]->look(partition.features());
    }
    FusionInputs inputs(sizes, cues);
    inputs.run(cues);
    const auto count = static_cast<uint32_t>(inputs.maps().size());
    put(&count, 1);
    for (const Map &map : inputs.maps()) {
      const uint32_t shape[] = {static_cast<uint32_t>(map.height()), static_cast<uint32_t>(map.width())};
      put(shape, 2);
      put(map.begin(), static_cast<size_t>(map.count()));
    }
    std::fflush(stdout);
  }
}
