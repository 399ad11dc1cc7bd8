// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Threads that share the rows of a frame, or other work that has parts.
#pragma once

#include <algorithm>
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

  /// Calls work(begin, end, worker) for parts of [0, rows) that begin at multiples of `step`, one for each worker, and returns
  /// when all are done.
  template <typename Work>
  void run(int rows, int step, const Work &work) {
    const int steps = (rows + step - 1) / step;
    const auto part = [&, n = count()](int worker) {
      const int begin = steps * worker / n * step;
      const int end = std::min(steps * (worker + 1) / n * step, rows);
      if (begin < end)
        work(begin, end, worker);
    };
    using Part = decltype(part);
    share({[](const void *context, int worker) { (*static_cast<const Part *>(context))(worker); }, &part});
  }

 private:
  struct Job {
    void (*part)(const void *context, int worker);
    const void *context;
  };

  void share(const Job &job);
  void serve(int worker);
  void stop();

  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable begun_, done_;
  Job job_{};
  unsigned round_ = 0;  ///< counts jobs, so that nobody takes one twice
  int busy_ = 0;
  bool stopped_ = false;
};

}  // namespace attention
