// SPDX-License-Identifier: LGPL-2.1-or-later
// The way of a frame: five stages, one after the other; what is emitted is found before the frame is recombined, which
// may draw it.
#include <chrono>
#include <new>
#include <numeric>
#include <system_error>

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

/// Notes how long each stage takes.
class Laps {
 public:
  explicit Laps(std::array<Nanoseconds, kStageCount> &times) : times_(times), begin_(Clock::now()) { times_.fill(0); }
  void end(Stage stage) {
    const Clock::time_point now = Clock::now();
    times_[static_cast<int>(stage)] = std::chrono::duration_cast<std::chrono::nanoseconds>(now - begin_).count();
    begin_ = now;
  }
  Nanoseconds total() const { return std::accumulate(times_.begin(), times_.end(), Nanoseconds{0}); }

 private:
  using Clock = std::chrono::steady_clock;
  std::array<Nanoseconds, kStageCount> &times_;
  Clock::time_point begin_;
};

}  // namespace

const char *stage_name(Stage stage) {
  constexpr const char *kNames[kStageCount] = {"preprocess", "partition", "weigh", "recombine", "emit"};
  return kNames[static_cast<int>(stage)];
}

struct Engine::State {
  State(const Geometry &geometry, const AnalysisSizes &sizes, uint32_t last_id)
      : geometry(geometry),
        planes(sizes.analysis, geometry.layout->find(Role::kAlpha) != nullptr),
        preprocess(geometry, sizes.analysis),
        partition(geometry, sizes),
        weigh(sizes, partition),
        emit(geometry, sizes.map, partition.features().segments.cells().size(), last_id),
        recombine(make_recombine(geometry, sizes.analysis, sizes.map)) {}

  Geometry geometry;
  AnalysisPlanes planes;
  Preprocess preprocess;
  Partition partition;
  Weigh weigh;
  Emit emit;
  std::unique_ptr<Recombine> recombine;
  std::unique_ptr<Workers> workers;
  Pace pace;
  Nanoseconds last_time = kNoTime;
  std::array<Nanoseconds, kStageCount> times{};
};

void Engine::process(const Picture &in, const Picture *out, Nanoseconds time, const Settings &asked) noexcept {
  State &s = *state_;
  const Settings settings = within_limits(asked);
  if (time != kNoTime && s.last_time != kNoTime && time_between(time, s.last_time) > kLongestGap)
    reset();
  s.last_time = time;

  Laps laps(s.times);
  bool analyses = s.pace.is_due(time, settings.pace);
  if (analyses || (out != nullptr && s.recombine->reads_luma(settings.recombine))) {
    s.preprocess.run(in, s.planes, *s.workers);
    laps.end(Stage::kPreprocess);
  }
  if (analyses) {
    analyses = s.partition.run(s.planes, time, settings.partition, *s.workers);
    laps.end(Stage::kPartition);
  } else {
    s.partition.carry_on();
  }
  if (analyses)
    s.weigh.run(s.partition, time, settings.weigh, *s.workers);
  else
    s.weigh.carry_on(s.partition, time, settings.weigh);
  laps.end(Stage::kWeigh);
  if (analyses)
    s.pace.spent(laps.total());
  s.emit.run(s.weigh, s.partition, time, settings, analyses);
  laps.end(Stage::kEmit);
  if (out == nullptr || s.partition.features().scene.is_fresh())
    s.recombine->reset();
  const bool completes = out != nullptr && settings.recombine.map_refine == MapRefine::kObject;
  const Map &weights = completes ? s.weigh.object_weights(s.partition, time, settings.weigh) : s.weigh.weights();
  if (out != nullptr)
    s.recombine->run(in, *out,
                     {weights, s.weigh.heatmap(settings.weigh), s.planes.y, s.emit.result(), time,
                      s.partition.features().camera.is_moving()},
                     settings.recombine, *s.workers);
  laps.end(Stage::kRecombine);
  s.emit.note(s.times);
}

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
  const int threads =
      settings.threads > 0 ? settings.threads : std::max(static_cast<int>(std::thread::hardware_concurrency()), 1);
  try {
    if (s.workers == nullptr || s.workers->count() != threads)
      s.workers = std::make_unique<Workers>(threads);
    s.preprocess.enable(threads);
    s.recombine->enable(settings.recombine, threads);
  } catch (const std::bad_alloc &) {
    return Status::error("not enough memory for the effects on frames of %d x %d px", s.geometry.width,
                         s.geometry.height);
  } catch (const std::system_error &) {
    return Status::error("%d threads cannot be started; lower n-threads=%d", threads, settings.threads);
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
