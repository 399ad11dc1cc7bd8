// SPDX-License-Identifier: LGPL-2.1-or-later
// What one frame costs the core, for a few sizes and formats, and which stage takes it: the median of many, in
// milliseconds.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>
#include <string>

#include "attention.h"
#include "emit/emit.h"
#include "format/layout.h"
#include "recombine/recombine.h"
#include "weigh/fusion/fusion.h"

using namespace attention;

namespace {

constexpr int kFrames = 60;
constexpr Nanoseconds kFrameTime = 40'000'000;
constexpr Size kSizes[] = {{640, 360}, {1280, 720}, {1920, 1080}, {3840, 2160}};

Geometry geometry_of(const char *format, Size size) {
  Geometry g;
  g.layout = find_layout(format);
  g.width = size.width;
  g.height = size.height;
  return g;
}

std::string name_of(Size size) { return std::to_string(size.width) + "x" + std::to_string(size.height); }

/// A clip of smooth blobs that drift, with a little noise: neither the best nor the worst case.
class Clip {
 public:
  explicit Clip(const Geometry &g) : random_(1) {
    for (int p = 0; p < g.layout->planes; p++) {
      picture_.stride[p] = g.layout->row_bytes(p, g.width);
      planes_[p].resize(static_cast<size_t>(picture_.stride[p]) * g.layout->plane_rows(p, g.height));
      picture_.data[p] = planes_[p].data();
    }
  }

  const Picture &next() {
    for (int p = 0; p < kMaxPlanes; p++)
      for (size_t i = 0; i < planes_[p].size(); i++) {
        const auto x = static_cast<unsigned>(i % picture_.stride[p]) + 3U * frame_;
        const auto y = static_cast<unsigned>(i / picture_.stride[p]);
        planes_[p][i] = static_cast<uint8_t>(((x >> 5 ^ y >> 5) & 7) * 24 + (random_() & 15));
      }
    frame_++;
    return picture_;
  }

 private:
  std::mt19937 random_;
  std::array<std::vector<uint8_t>, kMaxPlanes> planes_;
  Picture picture_;
  unsigned frame_ = 0;
};

template <typename Work>
double milliseconds(Work work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> times) {
  std::nth_element(times.begin(), times.begin() + static_cast<ptrdiff_t>(times.size() / 2), times.end());
  return times[times.size() / 2];
}

double median_of(const char *format, Size size, const char *effect) {
  const Geometry g = geometry_of(format, size);
  Engine engine;
  Settings settings;
  settings.recombine.effects = find_effect(effect);
  if (const Status status = engine.configure(g, settings); !status.is_ok()) {
    std::fprintf(stderr, "%s\n", status.message());
    return 0;
  }
  Clip clip(g);
  std::vector<double> times;
  for (int frame = 0; frame < kFrames; frame++) {
    const Picture &picture = clip.next();
    times.push_back(milliseconds([&] {
      engine.process(picture, settings.recombine.effects != 0 ? &picture : nullptr, frame * kFrameTime, settings);
    }));
  }
  return median(times);
}

/// The stages one by one; the parts of weigh are run a second time beside it.
class Stages {
 public:
  explicit Stages(Size size)
      : geometry_(geometry_of("I420", size)),
        sizes_(AnalysisSizes::choose(geometry_)),
        clip_(geometry_),
        planes_(sizes_.analysis),
        preprocess_(geometry_, sizes_.analysis),
        partition_(geometry_, sizes_),
        weigh_(sizes_, partition_),
        workers_(1),
        recombine_(make_recombine(geometry_, sizes_.analysis, sizes_.map)),
        emit_(geometry_, sizes_.map, partition_.features().segments.cells().size(), 0),
        fused_(sizes_.map) {
    settings_.recombine.effects = find_effect("dim");
    weigh_.enable(settings_.weigh, partition_.features());
    recombine_->enable(settings_.recombine, workers_.count());
    for (int c = 0; c < kCueCount; c++) {
      cues_[c] = kCues[c].create(sizes_, partition_.features());
      scores_[c] = Map(sizes_.map);
    }
    fusion_ = make_learned_fusion(sizes_, cues_);
  }

  static std::vector<std::string> names() {
    std::vector<std::string> all{"preprocess", "partition", "weigh"};
    for (const CueRow &cue : kCues)
      all.push_back("  " + std::string(cue.info.name));
    all.insert(all.end(), {"  learned fusion", "emit", "recombine (dim)"});
    return all;
  }

  /// One frame; a time for each of names().
  std::vector<double> run() {
    const Picture &picture = clip_.next();
    const Nanoseconds time = frame_++ * kFrameTime;
    std::vector<double> times;
    const auto add = [&](auto work) { times.push_back(milliseconds(work)); };
    add([&] { preprocess_.run(picture, planes_, workers_); });
    add([&] { partition_.run(planes_, time, settings_.partition, workers_); });
    add([&] { weigh_.run(partition_, time, settings_.weigh, workers_); });
    for (int c = 0; c < kCueCount; c++)
      add([&] { cues_[c]->look(partition_.features()); });
    add([&] { fusion_->run(cues_, scores_, fused_); });
    add([&] { emit_.run(weigh_, partition_, time, settings_, true); });
    add([&] {
      recombine_->run(picture, picture, {weigh_.weights(), nullptr, planes_.y, time, false}, settings_.recombine,
                      workers_);
    });
    return times;
  }

 private:
  Geometry geometry_;
  AnalysisSizes sizes_;
  Clip clip_;
  Settings settings_;
  AnalysisPlanes planes_;
  Preprocess preprocess_;
  Partition partition_;
  Weigh weigh_;
  Workers workers_;
  std::unique_ptr<Recombine> recombine_;
  Emit emit_;
  Cues cues_;
  CueMaps scores_;
  std::unique_ptr<FusionMethod> fusion_;
  Map fused_;
  int frame_ = 0;
};

void print_stages() {
  const std::vector<std::string> names = Stages::names();
  std::vector<std::vector<double>> columns;
  std::printf("%-16s", "I420");
  for (const Size size : kSizes) {
    Stages stages(size);
    std::vector<std::vector<double>> times(names.size());
    for (int frame = 0; frame < kFrames; frame++) {
      const std::vector<double> one = stages.run();
      for (size_t i = 0; i < one.size(); i++)
        times[i].push_back(one[i]);
    }
    columns.emplace_back();
    for (const auto &all : times)
      columns.back().push_back(median(all));
    std::printf(" %10s", name_of(size).c_str());
  }
  std::printf("\n");
  for (size_t i = 0; i < names.size(); i++) {
    std::printf("%-16s", names[i].c_str());
    for (const auto &column : columns)
      std::printf(" %10.3f", column[i]);
    std::printf("\n");
  }
}

}  // namespace

int main() {
  print_stages();
  std::printf("\n%-8s %-11s %8s %8s %8s\n", "format", "size", "none", "dim", "heatmap");
  for (const char *format : {"I420", "NV12", "BGRx"})
    for (const Size size : kSizes) {
      std::printf("%-8s %-11s", format, name_of(size).c_str());
      for (const char *effect : {"none", "dim", "heatmap"})
        std::printf(" %8.2f", median_of(format, size, effect));
      std::printf("\n");
    }
}
