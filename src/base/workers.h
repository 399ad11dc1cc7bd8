// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Threads that share the rows of a frame, or other work that has parts.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace attention {

class Workers {
 public:
  /// The caller of run() is one of the `count` threads. Throws std::system_error where there are no more threads.
  explicit Workers(int count);
  ~Workers();
  Workers(const Workers &) = delete;
  Workers &operator=(const Workers &) = delete;

  int count() const { return static_cast<int>(threads_.size()) + 1; }

  /// Calls work(begin, end, worker) for parts of [0, rows) that begin at multiples of `step` and returns when all are
  /// done. Who is free takes the next part; who wakes up late finds none left.
  template <typename Work>
  void run(int rows, int step, const Work &work) {
    const int steps = (rows + step - 1) / step;
    const int parts = count() == 1 ? 1 : std::min(kPartsEach * count(), steps);
    std::atomic<int> next{0};
    const auto take = [&](int worker) {
      for (int part = next++; part < parts; part = next++)
        work(steps * part / parts * step, std::min(steps * (part + 1) / parts * step, rows), worker);
    };
    using Take = decltype(take);
    share({[](const void *context, int worker) { (*static_cast<const Take *>(context))(worker); }, &take});
  }

  /// Calls each of the functions once and returns when all are done.
  template <typename... Works>
  void run_all(const Works &...works) {
    run(sizeof...(works), 1, [&](int begin, int end, int) {
      int i = 0;
      ((i >= begin && i < end ? works() : void(), i++), ...);
    });
  }

 private:
  static constexpr int kPartsEach = 4;

  struct Job {
    void (*take)(const void *context, int worker);
    const void *context;
  };

  void share(const Job &job);
  void serve(int worker);
  void stop();

  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable begun_, done_;
  Job job_{};
  unsigned round_ = 0;    ///< counts jobs, so that nobody takes one twice
  bool is_open_ = false;  ///< whether the job may still be begun
  int busy_ = 0;          ///< threads that have begun it
  bool stopped_ = false;
};

}  // namespace attention
