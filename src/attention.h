// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// The door: the one header of the core that the element includes.
///
/// An Engine takes pictures one by one and finds where people look in them. All memory is taken in
/// configure(); process() allocates nothing, throws nothing and is re-entrant per instance.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace attention {

/// A duration or a point on a stream's time line.
using Nanoseconds = int64_t;
constexpr Nanoseconds kNoTime = -1;

/// What came of a call: all well, or a sentence that a user can act on. Never allocates.
class [[nodiscard]] Status {
 public:
  static Status ok() { return Status(); }
  [[gnu::format(printf, 1, 2)]] static Status error(const char *format, ...);

  bool is_ok() const { return message_[0] == '\0'; }
  const char *message() const { return message_.data(); }

 private:
  std::array<char, 256> message_{};
};

struct Layout;

/// The layout of the pixel format that GStreamer calls `name` ("I420", "BGRx", …), or nullptr.
const Layout *find_layout(std::string_view name);
/// The names of all known layouts, in the order of the table.
const std::vector<std::string_view> &layout_names();

constexpr int kMaxPlanes = 4;

/// One picture in memory. Rows may be padded and strides may exceed the row; nothing is owned.
struct Picture {
  std::array<uint8_t *, kMaxPlanes> data{};
  std::array<ptrdiff_t, kMaxPlanes> stride{};
};

/// Whether the strides leave room for rows of `width` px, and samples lie where the machine can read them.
bool rows_fit(const Layout &layout, int width, const Picture &picture);

/// How codes relate to light: value = (code − offset) / scale, in codes of the layout's own depth.
struct Colorimetry {
  double kr = 0.299;  ///< red's share of luma
  double kb = 0.114;  ///< blue's share of luma
  int luma_offset = 16;
  int luma_scale = 219;
  int chroma_offset = 128;
  int chroma_scale = 224;

  friend bool operator==(const Colorimetry &a, const Colorimetry &b);
};

/// Everything that decides how much memory is needed; a change means configure().
struct Geometry {
  const Layout *layout = nullptr;
  Colorimetry colorimetry;
  int width = 0;            ///< px
  int height = 0;           ///< px
  int analysis_height = 0;  ///< px, 0 = chosen from the frame's shape
  int crop_left = 0, crop_top = 0, crop_right = 0, crop_bottom = 0;  ///< px
  int columns = 32;
  int rows = 18;
  bool pooled = false;  ///< the output picture is columns × rows, one pixel a region

  int crop_width() const { return width - crop_left - crop_right; }
  int crop_height() const { return height - crop_top - crop_bottom; }

  friend bool operator==(const Geometry &a, const Geometry &b);
  friend bool operator!=(const Geometry &a, const Geometry &b) { return !(a == b); }
};

/// What can be done to the pixels; several apply in the order of effects().
struct EffectInfo {
  const char *name;
  const char *description;
};

/// All effects; the bit of effects()[i] in Settings::effects is 1 << i.
const std::vector<EffectInfo> &effects();
/// The bit of the effect called `name`, or 0.
unsigned find_effect(std::string_view name);

/// What draws the eye.
struct CueInfo {
  const char *name;
  const char *description;
};

constexpr int kMaxCues = 8;
constexpr int kNoCue = -1;

/// All cues; elsewhere the index in this table stands for the cue.
const std::vector<CueInfo> &cues();

/// How the cues become one map.
enum class Fusion { kLearned, kProduct };

/// What happens when a picture shows another scene than the one before.
enum class SceneCut {
  kReset,   ///< the picture stands on its own
  kEase,    ///< weights go over to the new scene as they follow any change
  kIgnore,  ///< no cut is looked for
};

/// How the weights of the small map become those of the pixels.
enum class MapRefine {
  kNone,    ///< evenly between the samples of the map
  kGuided,  ///< along the edges of the picture's luma
};

/// What may change from one frame to the next at no cost.
struct Settings {
  unsigned effects = 0;             ///< bits, see find_effect(); 0 leaves the pixels alone
  int heatmap_of = kNoCue;               ///< the cue that effect heatmap shows; kNoCue shows the weights
  double strength = 0.7;                 ///< 0 (pixels as they are) – 1
  double gamma = 1.0;                    ///< exponent that shapes the weights for effects and pooling, 0.1–10
  double background_weight = 0.0;        ///< least weight, for effects and pooling, 0–1
  MapRefine map_refine = MapRefine::kNone;
  double blur_radius = 0.05;             ///< two standard deviations of effect blur, of the frame's height, 0.005–0.5
  Nanoseconds freeze_refresh = 60'000'000'000; ///< after which effect freeze looks whether to hold anew; 0 holds nothing
  uint32_t background = 0xff000000;      ///< ARGB; alpha is ignored
  double temperature = 1.0;              ///< of the softmax over regions, in standard deviations
  double center_bias = 0.7;              ///< 0 (none) – 1 (nothing but the centre)
  Fusion fusion = Fusion::kLearned;
  SceneCut scene_cut = SceneCut::kReset;
  double scene_cut_threshold = 0.35;     ///< how different a scene must be for a cut, 0–1
  double lightning_threshold = 0.7;      ///< share of the frame that must change for it to be the light, 0–1
  Nanoseconds attack = 100'000'000;      ///< time constant of rising weights
  Nanoseconds release = 150'000'000;     ///< time constant of falling weights
  int max_regions = 8;                   ///< 0–64
  double region_threshold = 0.5;         ///< share of the peak weight, 0–1
  Nanoseconds analysis_interval = 0;     ///< stream time between analyses, 0 = every frame
  Nanoseconds max_analysis_time = 0;     ///< mean time that analysis may take of a frame, 0 = any; less often then
  int threads = 1;                       ///< that share scaling, cues and recombination, 0 = one for each core; changes no bit
  bool draw_regions = false;             ///< boxes and identities, on top of the effects
};

constexpr int kMaxRegionsOfInterest = 64;

/// An area that draws attention.
struct RegionOfInterest {
  uint32_t id = 0;         ///< stays with the area from frame to frame; never 0
  int x = 0, y = 0;        ///< top left corner, px of the frame
  int width = 0, height = 0;
  float weight = 0;        ///< the greatest weight inside, 0–1
  float share = 0;         ///< the part of the frame's attention that falls inside, 0–1
  Nanoseconds first_seen = kNoTime;  ///< stream time of the frame in which it was found first …
  Nanoseconds last_seen = kNoTime;   ///< … and last; it is told for a while after
  /// How much each cue speaks for the area, in the order of cues(): by how much its score drops when the cue is held at its mean over the
  /// frame, as a part of all such changes. −1 (only this cue, against it) – 1; their magnitudes sum to 1, or to 0 where no cue says anything.
  std::array<float, kMaxCues> cues{};
};

/// The stages in the order in which a frame goes through them.
enum class Stage { kPreprocess, kPartition, kWeigh, kRecombine, kEmit };
constexpr int kStageCount = 5;
const char *stage_name(Stage stage);

/// What one frame's analysis found. Valid until the next call on the engine.
struct Result {
  int columns = 0, rows = 0;
  const uint8_t *grid = nullptr;      ///< columns × rows mean weights, row by row, 255 = 1.0
  const float *attention = nullptr;   ///< columns × rows, a softmax: sums to 1
  float peak_x = 0.5F, peak_y = 0.5F;  ///< where the greatest weight is, 0–1 of the frame
  float coverage = 0;                 ///< part of the frame above the region threshold, 0–1
  const RegionOfInterest *regions = nullptr;  ///< most important first, none overlaps another
  int region_count = 0;
  bool analysed = false;              ///< false where the weights are carried on from an earlier frame
  bool scene_cut = false;             ///< whether the frame shows another scene than the one analysed before it
  float scene_change = 0;             ///< how different it is from that one, 0–1; 0 where there is none or nothing was analysed
  std::array<Nanoseconds, kStageCount> times{};  ///< that each stage took
};

class Engine {
 public:
  Engine();
  ~Engine();
  Engine(const Engine &) = delete;
  Engine &operator=(const Engine &) = delete;

  /// Takes all memory for frames of this geometry and what these settings ask for, and forgets what was seen before. After an
  /// error the engine must be configured again before use.
  Status configure(const Geometry &geometry, const Settings &settings);

  /// Takes the memory that other settings need and forgets nothing. Effects without memory are not applied.
  Status enable(const Settings &settings);

  /// Forgets what was seen before: the next frame stands on its own.
  void reset();

  /// Analyses `in`; with `out`, writes the result of the effects or, if pooled, the pooled picture.
  /// `out` is either `in` itself (effects work in place) or, when pooled, another picture.
  /// `time` is the frame's stream time; kNoTime makes the frame stand on its own.
  void process(const Picture &in, const Picture *out, Nanoseconds time, const Settings &settings) noexcept;

  const Result &result() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
  uint32_t last_id_ = 0;  ///< identities outlive the geometry
};

}  // namespace attention
