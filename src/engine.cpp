// SPDX-License-Identifier: LGPL-2.1-or-later
#include <chrono>
#include <new>
#include <numeric>
#include <system_error>

#include "attention.h"
#include "overlay.h"
#include "pace.h"
#include "stage_emit.h"
#include "stage_partition.h"
#include "stage_preprocess.h"
#include "stage_recombine.h"
#include "stage_weigh.h"

namespace attention {

namespace {

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
        planes(sizes.analysis),
        preprocess(geometry, sizes.analysis),
        partition(geometry, sizes),
        weigh(geometry, sizes),
        recombine(make_recombine(geometry, sizes.map)),
        emit(geometry, sizes, last_id) {}

  Geometry geometry;
  AnalysisPlanes planes;
  Preprocess preprocess;
  Partition partition;
  Weigh weigh;
  std::unique_ptr<Recombine> recombine;
  Emit emit;
  std::unique_ptr<Workers> workers;
  Pace pace;
  std::array<Nanoseconds, kStageCount> times{};
};

void Engine::process(const Picture &in, const Picture *out, Nanoseconds time, const Settings &settings) noexcept {
  State &s = *state_;
  Laps laps(s.times);
  const bool analyses = s.pace.is_due(time, settings);
  if (analyses) {
    s.preprocess.run(in, s.planes, *s.workers);
    laps.end(Stage::kPreprocess);
    s.partition.run(s.planes);
    laps.end(Stage::kPartition);
    s.weigh.run(s.planes, s.partition, time, settings, *s.workers);
  } else {
    s.weigh.carry_on(s.partition, time, settings);
  }
  laps.end(Stage::kWeigh);
  if (analyses)
    s.pace.spent(laps.total());
  if (s.weigh.is_fresh())
    s.recombine->reset();
  if (out != nullptr)
    s.recombine->run(in, *out, s.weigh.weights(), s.weigh.score(settings.heatmap_of), s.planes.y, time, settings, *s.workers);
  laps.end(Stage::kRecombine);
  s.emit.run(s.weigh, s.partition, time, settings);
  if (out != nullptr && settings.draw_regions && !s.geometry.pooled)
    draw_regions(s.geometry, s.emit.result(), *out);
  laps.end(Stage::kEmit);
  s.emit.note(analyses, s.times);
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

Status Engine::enable(const Settings &settings) {
  State &s = *state_;
  const int threads = settings.threads > 0 ? settings.threads : std::max(static_cast<int>(std::thread::hardware_concurrency()), 1);
  try {
    if (s.workers == nullptr || s.workers->count() != threads)
      s.workers = std::make_unique<Workers>(threads);
    s.preprocess.enable(threads);
    s.recombine->enable(settings, threads);
  } catch (const std::bad_alloc &) {
    return Status::error("not enough memory for the effects on frames of %d x %d px", s.geometry.width, s.geometry.height);
  } catch (const std::system_error &) {
    return Status::error("%d threads cannot be started; lower n-threads=%d", threads, settings.threads);
  }
  return Status::ok();
}

void Engine::reset() {
  if (state_ == nullptr)
    return;
  state_->weigh.reset();
  state_->pace.reset();
}

const Result &Engine::result() const { return state_->emit.result(); }

Engine::Engine() = default;
Engine::~Engine() = default;

}  // namespace attention
