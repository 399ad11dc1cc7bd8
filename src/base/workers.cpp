// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/workers.h"

namespace attention {

Workers::Workers(int count) {
  try {
    for (int worker = 1; worker < count; worker++)
      threads_.emplace_back([this, worker] { serve(worker); });
  } catch (...) {
    stop();
    throw;
  }
}

Workers::~Workers() { stop(); }

void Workers::stop() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopped_ = true;
  }
  begun_.notify_all();
  for (std::thread &thread : threads_)
    thread.join();
}

void Workers::share(const Job &job) {
  if (threads_.empty()) {
    job.take(job.context, 0);
    return;
  }
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    job_ = job;
    round_++;
    is_open_ = true;
  }
  begun_.notify_all();
  job.take(job.context, 0);
  std::unique_lock<std::mutex> lock(mutex_);
  is_open_ = false;
  done_.wait(lock, [this] { return busy_ == 0; });
}

void Workers::serve(int worker) {
  unsigned seen = 0;
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    begun_.wait(lock, [&] { return stopped_ || (is_open_ && round_ != seen); });
    if (stopped_)
      return;
    seen = round_;
    busy_++;
    const Job job = job_;
    lock.unlock();
    job.take(job.context, worker);
    lock.lock();
    if (--busy_ == 0)
      done_.notify_one();
  }
}

}  // namespace attention
