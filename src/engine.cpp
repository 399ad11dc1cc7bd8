// SPDX-License-Identifier: LGPL-2.1-or-later
// The way of a frame: five stages, one after the other, the last two beside each other; what is emitted may be drawn
// once both are done.
#include <chrono>
#include <new>
#include <numeric>
#include <thread>

#include "attention.h"
#include "base/pace.h"
#include "emit/emit.h"
#include "partition/partition.h"
#include "preprocess/preprocess.h"
#include "recombine/recombine.h"
#include "weigh/weigh.h"

namespace attention {

namespace {

constexpr Nanoseconds kLongestGap = 5'000'000'000;  // between frames, over which anything still holds

/// Measures how long what is done takes.
class Lap {
 public:
  /// Since this or the last lap began; the next one begins.
  Nanoseconds end() {
    const Clock::time_point begin = begin_;
    begin_ = Clock::now();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(begin_ - begin).count();
  }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point begin_ = Clock::now();
};

bool needs_pixels(const Geometry &geometry, const RecombineSettings &settings) {
  return geometry.pooled || settings.effects != 0 || settings.draw_regions;
}

}  // namespace

const char *stage_name(Stage stage) {
  constexpr const char *kNames[kStageCount] = {"preprocess", "partition", "weigh", "recombine", "emit"};
  return kNames[static_cast<int>(stage)];
}

struct Engine::State {
  State(const Geometry &geometry, const AnalysisSizes &sizes, uint32_t last_id)
      : geometry(geometry),
        sizes(sizes),
        planes(sizes.analysis, geometry.layout->find(Role::kAlpha) != nullptr),
        preprocess(geometry, sizes.analysis),
        partition(geometry, sizes),
        weigh(sizes, partition),
        emit(geometry, sizes.map, partition.features().segments.cells().size(), last_id) {}

  Geometry geometry;
  AnalysisSizes sizes;
  AnalysisPlanes planes;
  Preprocess preprocess;
  Partition partition;
  Weigh weigh;
  Emit emit;
  std::unique_ptr<Recombine> recombine;  ///< once anything is to be made of the pixels
  std::unique_ptr<Workers> workers;
  Pace pace;
  Nanoseconds last_time = kNoTime;
  std::array<Nanoseconds, kStageCount> times{};

  Nanoseconds &time_of(Stage stage) { return times[static_cast<int>(stage)]; }
};

void Engine::process(const Picture &in, const Picture *out, Nanoseconds time, const Settings &asked) noexcept {
  State &s = *state_;
  const Settings settings = within_limits(asked);
  if (time != kNoTime && s.last_time != kNoTime && time_between(time, s.last_time) > kLongestGap)
    reset();
  s.last_time = time;

  const Workers::Shift shift(*s.workers);
  s.times.fill(0);
  Lap lap;
  bool analyses = s.pace.is_due(time, settings.pace);
  const bool writes = out != nullptr && s.recombine != nullptr;
  if (analyses || (writes && s.recombine->reads_luma(settings.recombine))) {
    s.preprocess.run(in, s.planes, *s.workers);
    s.time_of(Stage::kPreprocess) = lap.end();
  }
  if (analyses) {
    analyses = s.partition.run(s.planes, time, settings.partition, *s.workers);
    s.time_of(Stage::kPartition) = lap.end();
  } else {
    s.partition.carry_on();
  }
  if (analyses)
    s.weigh.run(s.partition, time, settings.weigh, *s.workers);
  else
    s.weigh.carry_on(s.partition, time, settings.weigh);
  s.time_of(Stage::kWeigh) = lap.end();
  if (analyses)
    s.pace.spent(std::accumulate(s.times.begin(), s.times.end(), Nanoseconds{0}));
  if (s.recombine != nullptr && (out == nullptr || s.partition.features().scene.is_fresh()))
    s.recombine->reset();
  const bool completes = writes && settings.recombine.map_refine == MapRefine::kObject;
  const Map &weights = completes ? s.weigh.object_weights(s.partition, time, settings.weigh) : s.weigh.weights();
  s.workers->run_beside(
      [&] {
        Lap lap;
        s.emit.run(s.weigh, s.partition, time, settings, analyses);
        s.time_of(Stage::kEmit) = lap.end();
      },
      [&] {
        if (!writes)
          return;
        Lap lap;
        s.recombine->run(
            in, *out,
            {weights, s.weigh.heatmap(settings.weigh), s.planes.y, time, s.partition.features().camera.is_moving()},
            settings.recombine, *s.workers);
        s.time_of(Stage::kRecombine) = lap.end();
      });
  if (writes)
    s.recombine->draw(*out, s.emit.result(), settings.recombine);
  s.emit.note(s.times);
}

void Engine::lend(std::shared_ptr<Executor> executor) { executor_ = std::move(executor); }

Status Engine::configure(const Geometry &geometry, const Settings &settings) {
  if (state_ != nullptr)
    last_id_ = state_->emit.last_id();
  state_.reset();
  if (Status status = check(geometry); !status.is_ok())
    return status;
  try {
    state_ = std::make_unique<State>(geometry, AnalysisSizes::choose(geometry), last_id_);
  } catch (const std::bad_alloc &) {
    return Status::error("not enough memory to analyse frames of %d x %d px", geometry.width, geometry.height);
  }
  return enable(settings);
}

Status Engine::enable(const Settings &asked) {
  State &s = *state_;
  const Settings settings = within_limits(asked);
  if (Status status = s.weigh.check(settings.weigh); !status.is_ok())
    return status;
  const int asked_for =
      settings.threads > 0 ? settings.threads : std::max(static_cast<int>(std::thread::hardware_concurrency()), 1);
  const int threads = executor_ != nullptr ? asked_for : 1;
  try {
    if (s.workers == nullptr || s.workers->count() != threads || s.workers->executor() != executor_)
      s.workers = std::make_unique<Workers>(threads, executor_);
    s.preprocess.enable(s.workers->count());
    s.weigh.enable(settings.weigh, s.partition.features());
    if (s.recombine == nullptr && needs_pixels(s.geometry, settings.recombine))
      s.recombine = make_recombine(s.geometry, s.sizes.analysis, s.sizes.map);
    if (s.recombine != nullptr)
      s.recombine->enable(settings.recombine, s.workers->count());
  } catch (const std::bad_alloc &) {
    return Status::error("not enough memory for the effects on frames of %d x %d px", s.geometry.width,
                         s.geometry.height);
  }
  return Status::ok();
}

void Engine::reset() {
  if (state_ == nullptr)
    return;
  state_->partition.reset();
  state_->pace.reset();
}

const Result &Engine::result() const { return state_->emit.result(); }

Engine::Engine() = default;
Engine::~Engine() = default;

}  // namespace attention
