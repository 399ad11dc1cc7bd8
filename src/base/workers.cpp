// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/workers.h"

#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace attention {
namespace {

constexpr int kSpins = 4000;  // looks for the next job before a helper sleeps: about a hundred microseconds

/// Lets the other hyperthread, or another thread, go on.
void pause(int spins) {
  if (spins % 64 == 63)
    std::this_thread::yield();
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

struct Workers::Crew {
  explicit Crew(int helpers) : helpers(helpers) {}

  /// Takes part in whatever is offered. Who begins says so before it looks, and who withdraws looks after that; so
  /// either sees the other.
  void take_part(int worker) {
    for (int kind = 0; kind < kKinds; kind++) {
      busy[kind]++;
      if (const Job *job = jobs[kind])
        job->take(job->context, worker);
      busy[kind]--;
    }
  }

  /// Waits until other jobs than those of `seen` are offered, or the shift ends.
  void wait(unsigned seen) {
    for (int spins = 0; spins < kSpins; spins++) {
      if (offers != seen)
        return;
      pause(spins);
    }
    std::unique_lock<std::mutex> lock(mutex);
    sleepers++;
    changed.wait(lock, [&] { return offers != seen; });
    sleepers--;
  }

  void tell() {
    offers++;
    if (sleepers == 0)
      return;
    const std::lock_guard<std::mutex> lock(mutex);
    changed.notify_all();
  }

  void release() {
    if (--references == 0)
      delete this;
  }

  const int helpers;               ///< that there is work for
  std::atomic<int> references{1};  ///< of the workers and of each helper that was asked for
  std::atomic<int> asked{0};       ///< helpers that have not come yet

  std::mutex mutex;
  std::condition_variable changed, left;
  bool is_open = false;              ///< whether helpers may come
  int came = 0, present = 0;         ///< in this shift
  std::atomic<bool> is_over{false};  ///< whether they are to leave
  std::atomic<int> sleepers{0};

  std::atomic<unsigned> offers{0};  ///< counts what was told
  std::array<std::atomic<const Job *>, kKinds> jobs{};
  std::array<std::atomic<int>, kKinds> busy{};
};

Workers::Workers(int count, std::shared_ptr<Executor> executor)
    : count_(executor != nullptr ? std::min(count, kMost) : 1),
      executor_(std::move(executor)),
      crew_(new Crew(count_ - 1)) {}

Workers::~Workers() { crew_->release(); }

void Workers::open() {
  if (count_ == 1)
    return;
  {
    const std::lock_guard<std::mutex> lock(crew_->mutex);
    crew_->is_open = true;
    crew_->came = 0;
    crew_->is_over = false;
  }
  // Those of earlier shifts that never came may still do.
  while (crew_->asked < crew_->helpers) {
    crew_->asked++;
    crew_->references++;
    if (executor_->submit(help, crew_))
      continue;
    crew_->asked--;
    crew_->references--;
    break;
  }
}

void Workers::close() {
  if (count_ == 1)
    return;
  crew_->is_over = true;
  crew_->tell();
  std::unique_lock<std::mutex> lock(crew_->mutex);
  crew_->is_open = false;
  crew_->left.wait(lock, [this] { return crew_->present == 0; });
}

void Workers::post(Kind kind, const Job &job) {
  if (count_ == 1)
    return;
  crew_->jobs[kind] = &job;
  crew_->tell();
}

void Workers::withdraw(Kind kind) {
  if (count_ == 1)
    return;
  crew_->jobs[kind] = nullptr;
  for (int spins = 0; crew_->busy[kind] > 0; spins++)
    pause(spins);
}

void Workers::wait_for(const std::atomic<int> &done) {
  for (int spins = 0; done == 0; spins++)
    pause(spins);
}

void Workers::help(void *context) {
  Crew &crew = *static_cast<Crew *>(context);
  crew.asked--;
  int worker = 0;
  {
    const std::lock_guard<std::mutex> lock(crew.mutex);
    if (crew.is_open && crew.came < crew.helpers) {
      worker = ++crew.came;
      crew.present++;
    }
  }
  if (worker > 0) {
    while (!crew.is_over) {
      const unsigned seen = crew.offers;
      crew.take_part(worker);
      crew.wait(seen);
    }
    const std::lock_guard<std::mutex> lock(crew.mutex);
    crew.present--;
    crew.left.notify_one();
  }
  crew.release();
}

}  // namespace attention
