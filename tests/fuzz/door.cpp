// SPDX-License-Identifier: LGPL-2.1-or-later
// The door of the core under any layout, size, stride, setting and time, in any order: a libFuzzer target. Each plane
// ends where its memory does, so that AddressSanitizer sees every byte beyond.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>

#include "../check/src/executors.h"
#include "attention.h"
#include "format/layout.h"

using namespace attention;

namespace {

/// Fails the run, as libFuzzer sees it.
#define REQUIRE(condition)                                                 \
  do {                                                                     \
    if (!(condition)) {                                                    \
      std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                        \
    }                                                                      \
  } while (false)

/// What the input says next; zeros once it is used up.
class Input {
 public:
  Input(const uint8_t *data, size_t size) : data_(data), size_(size) {}

  bool is_over() const { return at_ >= size_; }
  template <typename T>
  T any() {
    T value{};
    const size_t n = std::min(sizeof(T), size_ - std::min(at_, size_));
    std::memcpy(&value, data_ + at_, n);
    at_ += sizeof(T);
    return value;
  }
  int below(int n) { return n > 0 ? any<uint8_t>() % n : 0; }
  bool one_in(int n) { return below(n) == n - 1; }
  /// Mostly within limits, at times anything, NaN and infinities included.
  double number(double least, double most) {
    if (one_in(8))
      return any<double>();
    return least + (most - least) * any<uint8_t>() / 255;
  }
  Nanoseconds duration() {
    switch (below(5)) {
      case 0:
        return 0;
      case 1:
        return any<int64_t>();
      case 2:
        return std::numeric_limits<Nanoseconds>::max();
      default:
        return any<uint8_t>() * Nanoseconds{10'000'000};
    }
  }
  /// One of few, or any number.
  int choice(int n) { return one_in(16) ? any<int32_t>() : below(n); }

 private:
  const uint8_t *data_;
  size_t size_;
  size_t at_ = 0;
};

Geometry any_geometry(Input &in) {
  Geometry g;
  g.layout = find_layout(layout_names()[static_cast<size_t>(in.below(static_cast<int>(layout_names().size())))]);
  g.width = in.one_in(32) ? in.any<int16_t>() : 1 + in.below(72);
  g.height = in.one_in(32) ? in.any<int16_t>() : 1 + in.below(50);
  if (static_cast<int64_t>(g.width) * g.height > 20'000)  // time, not memory
    g.height = 3;
  const int unit = 1 << (g.layout->depth - 8);
  const bool full = in.one_in(2);
  g.colorimetry.luma_offset = full ? 0 : 16 * unit;
  g.colorimetry.luma_scale = full ? g.layout->largest_code() : 219 * unit;
  g.colorimetry.chroma_offset = 128 * unit;
  g.colorimetry.chroma_scale = full ? g.layout->largest_code() : 224 * unit;
  if (in.one_in(2))
    g.analysis_height = in.choice(48);
  for (int *margin : {&g.crop_left, &g.crop_top, &g.crop_right, &g.crop_bottom})
    if (in.one_in(3))
      *margin = in.choice(100);
  if (in.one_in(2)) {
    g.columns = in.choice(40);
    g.rows = in.choice(40);
  }
  g.pooled = in.one_in(4);
  return g;
}

void any_settings(Input &in, Settings &s) {
  s.pace.interval = in.duration();
  s.pace.most_time = in.duration();
  s.partition.scene_cut = static_cast<SceneCut>(in.choice(3));
  s.partition.scene_cut_threshold = in.number(0, 1);
  s.weigh.fusion = static_cast<Fusion>(in.choice(2));
  s.weigh.center_bias = in.number(0, 1);
  s.partition.lightning_threshold = in.number(0, 1);
  s.weigh.attack = in.duration();
  s.weigh.release = in.duration();
  s.weigh.temperature = in.number(0.01, 100);
  s.weigh.heatmap_of = in.choice(6) - 1;
  s.emit.max_regions = in.choice(12);
  s.emit.region_threshold = in.number(0, 1);
  s.recombine.effects = in.one_in(8) ? in.any<uint32_t>() : in.any<uint8_t>();
  s.recombine.strength = in.number(0, 1);
  s.recombine.gamma = in.number(0.1, 10);
  s.recombine.background_weight = in.number(0, 1);
  s.recombine.map_refine = static_cast<MapRefine>(in.choice(2));
  s.recombine.blur_radius = in.number(0.005, 0.5);
  s.recombine.freeze_refresh = in.duration();
  s.recombine.background = in.any<uint32_t>();
  s.recombine.draw_regions = in.one_in(3);
  s.threads = 1 + in.below(2);
}

/// A picture in memory of exactly its size; rows may have room between them and run from the last to the first.
class Frame {
 public:
  Frame(const Layout &layout, int width, int height, Input &in) : layout_(layout), width_(width), height_(height) {
    const bool flipped = in.one_in(4);
    const int padding = in.one_in(2) ? in.below(40) : 0;
    for (int p = 0; p < layout.planes; p++) {
      const ptrdiff_t row = layout.row_bytes(p, width), stride = row + padding * layout.sample_bytes();
      const int rows = layout.plane_rows(p, height);
      const size_t size = static_cast<size_t>(stride * (rows - 1) + row);
      bytes_[p] = std::make_unique<uint8_t[]>(size);
      extents_[p] = {bytes_[p].get(), bytes_[p].get() + size};
      picture_.data[p] = bytes_[p].get() + (flipped ? stride * (rows - 1) : 0);
      picture_.stride[p] = flipped ? -stride : stride;
      paint(bytes_[p].get(), size, in);
    }
  }

  bool holds() const { return check(layout_, width_, height_, picture_, extents_).is_ok(); }
  /// A stride or a plane that is not as it should be; it must be seen, or be harmless.
  void spoil(Input &in) {
    const int p = in.below(layout_.planes);
    if (in.one_in(2))
      picture_.stride[p] = in.one_in(2) ? in.any<int32_t>() : in.any<int8_t>();
    else
      picture_.data[p] += in.any<int8_t>();
  }
  const Picture &picture() const { return picture_; }

 private:
  static void paint(uint8_t *bytes, size_t size, Input &in) {
    const int kind = in.below(4), value = in.any<uint8_t>();
    uint32_t random = static_cast<uint32_t>(value) * 2654435761U + 1;
    for (size_t i = 0; i < size; i++) {
      random = random * 1664525U + 1013904223U;
      bytes[i] = static_cast<uint8_t>(kind == 0   ? value
                                      : kind == 1 ? random >> 24
                                      : kind == 2 ? i >> 3
                                                  : (i >> 4 & 1) * value);
    }
  }

  const Layout &layout_;
  int width_, height_;
  std::array<std::unique_ptr<uint8_t[]>, kMaxPlanes> bytes_;
  std::array<Extent, kMaxPlanes> extents_;
  Picture picture_;
};

bool is_share(float value) { return value >= 0 && value <= 1.0001F; }

void check_result(const Result &r, const Geometry &g) {
  REQUIRE(r.columns == g.columns && r.rows == g.rows && r.grid != nullptr);
  REQUIRE(is_share(r.peak_x) && is_share(r.peak_y) && is_share(r.coverage) && is_share(r.scene_change));
  float attention = 0;
  for (int i = 0; i < r.columns * r.rows; i++)
    attention += r.attention[i];
  REQUIRE(attention > 0.99F && attention < 1.01F);
  REQUIRE(r.region_count >= 0 && r.region_count <= kMaxRegionsOfInterest);
  for (int i = 0; i < r.region_count; i++) {
    const RegionOfInterest &a = r.regions[i];
    REQUIRE(a.id != 0 && is_share(a.weight) && is_share(a.share));
    REQUIRE(a.x >= 0 && a.y >= 0 && a.width > 0 && a.height > 0 && a.x + a.width <= g.width &&
            a.y + a.height <= g.height);
    float magnitude = 0;
    for (const float cue : a.cues)
      magnitude += std::abs(cue);
    REQUIRE(magnitude < 1.001F);
    for (int k = 0; k < i; k++)
      REQUIRE(r.regions[k].id != a.id);
  }
}

Nanoseconds next_time(Nanoseconds last, Input &in) {
  switch (in.below(8)) {
    case 0:
      return kNoTime;
    case 1:
      return in.any<int64_t>();
    case 2:
      return std::numeric_limits<Nanoseconds>::max();
    case 3:
      return last - 40'000'000 * static_cast<Nanoseconds>(last > 1'000'000'000);
    default:
      return last >= 0 && last < (Nanoseconds{1} << 60) ? last + in.any<uint8_t>() * Nanoseconds{1'000'000} : 0;
  }
}

void run(Input &in) {
  Engine engine;
  engine.lend(std::make_shared<Threads>());
  constexpr int kMostFrames = 10;  // more are better spent on other inputs
  for (int shown = 0; !in.is_over() && shown < kMostFrames;) {
    Geometry g = any_geometry(in);
    Settings settings;
    if (in.one_in(2) && g.width > 0 && g.height > 0)
      (void)fit(g);
    if (!check(g).is_ok()) {
      REQUIRE(!engine.configure(g, settings).is_ok());
      shown++;
      continue;
    }
    if (!engine.configure(g, settings).is_ok())
      return;
    Nanoseconds time = 0;
    for (int frames = in.below(6); frames >= 0 && shown < kMostFrames; frames--, shown++) {
      if (in.one_in(3)) {
        any_settings(in, settings);
        if (!engine.enable(settings).is_ok())
          return;
      }
      if (in.one_in(8))
        engine.reset();
      time = next_time(time, in);
      Frame frame(*g.layout, g.width, g.height, in), pooled(*g.layout, g.columns, g.rows, in);
      if (in.one_in(8))
        frame.spoil(in);
      if (!frame.holds())
        continue;
      const Picture picture = frame.picture(), small = pooled.picture();
      engine.process(picture, in.one_in(4) ? nullptr : g.pooled ? &small : &picture, time, settings);
      check_result(engine.result(), g);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Input in(data, size);
  run(in);
  return 0;
}
