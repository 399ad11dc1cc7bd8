// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Threads that share the rows of a frame, or other work that has parts.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>

#include "base/executor.h"

namespace attention {

/// One thread calls all of this. Helpers are lent for as long as a Shift lasts; they may come late, or never: what
/// nobody else takes the caller does, so nothing waits for one to come.
class Workers {
 public:
  static constexpr int kMost = 64;

  /// As many as `count` threads, up to kMost, the caller among them, the others of `executor`, without which there are
  /// none.
  explicit Workers(int count, std::shared_ptr<Executor> executor = nullptr);
  ~Workers();
  Workers(const Workers &) = delete;
  Workers &operator=(const Workers &) = delete;

  int count() const { return count_; }
  const std::shared_ptr<Executor> &executor() const { return executor_; }

  /// While this lives, helpers may come and wait for work. When it ends they have left.
  class Shift {
   public:
    explicit Shift(Workers &workers) : workers_(workers) { workers_.open(); }
    ~Shift() { workers_.close(); }
    Shift(const Shift &) = delete;
    Shift &operator=(const Shift &) = delete;

   private:
    Workers &workers_;
  };

  /// Calls work(begin, end, worker) for parts of [0, rows) that begin at multiples of `step` and returns when all are
  /// done. Each worker begins where it begins every time, whose memory it is near, and then takes what is left.
  template <typename Work>
  void run(int rows, int step, const Work &work) {
    const int steps = (rows + step - 1) / step;
    const int parts = count() == 1 ? 1 : std::min(kPartsEach * count(), steps);
    std::array<std::atomic<bool>, kPartsEach * kMost> taken;
    std::fill_n(taken.begin(), parts, false);
    share([&](int worker) {
      for (int i = 0; i < parts; i++) {
        const int part = (parts * worker / count() + i) % parts;
        if (!taken[part].exchange(true))
          work(steps * part / parts * step, std::min(steps * (part + 1) / parts * step, rows), worker);
      }
    });
  }

  /// Calls each of the functions once and returns when all are done.
  template <typename... Works>
  void run_all(const Works &...works) {
    run(sizeof...(works), 1, [&](int begin, int end, int) {
      int i = 0;
      ((i >= begin && i < end ? works() : void(), i++), ...);
    });
  }

  /// Calls both functions, of which `work` may share work in its turn, and returns when both are done.
  template <typename Errand, typename Work>
  void run_beside(const Errand &errand, const Work &work) {
    std::atomic<int> taken{0}, done{0};
    const auto take = [&](int) {
      if (taken++ > 0)
        return;
      errand();
      done = 1;
    };
    const Job job = job_of(take);
    post(kErrand, job);
    work();
    job.take(job.context, 0);
    wait_for(done);
    withdraw(kErrand);
  }

 private:
  static constexpr int kPartsEach = 4;

  /// What helpers may take part in; one of each kind at a time.
  struct Job {
    void (*take)(const void *context, int worker);
    const void *context;
  };
  enum Kind { kErrand, kParts, kKinds };

  struct Crew;  // what helpers know; it outlives whoever comes late

  template <typename Take>
  static Job job_of(const Take &take) {
    return {[](const void *context, int worker) { (*static_cast<const Take *>(context))(worker); }, &take};
  }
  template <typename Take>
  void share(const Take &take) {
    const Job job = job_of(take);
    post(kParts, job);
    take(0);
    withdraw(kParts);
  }

  void open();
  void close();
  /// Offers a job, which must live until it is withdrawn.
  void post(Kind kind, const Job &job);
  /// Returns when nobody takes part any more.
  void withdraw(Kind kind);
  static void wait_for(const std::atomic<int> &done);
  static void help(void *crew);

  int count_;
  std::shared_ptr<Executor> executor_;
  Crew *crew_;
};

}  // namespace attention
