// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Threads to lend: those that come at once, late or never.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "base/executor.h"

/// A thread for each work.
class Threads final : public attention::Executor {
 public:
  ~Threads() override {
    std::unique_lock<std::mutex> lock(mutex_);
    ended_.wait(lock, [this] { return at_work_ == 0; });
  }
  bool submit(void (*work)(void *), void *context) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    at_work_++;
    std::thread([this, work, context] {
      work(context);
      const std::lock_guard<std::mutex> lock(mutex_);
      at_work_--;
      ended_.notify_all();
    }).detach();
    return true;
  }

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  int at_work_ = 0;
};

/// Nobody works before all is over.
class Latecomers final : public attention::Executor {
 public:
  ~Latecomers() override {
    for (const auto &[work, context] : submitted_)
      work(context);
  }
  bool submit(void (*work)(void *), void *context) override {
    submitted_.emplace_back(work, context);
    return true;
  }
  size_t submitted() const { return submitted_.size(); }

 private:
  std::vector<std::pair<void (*)(void *), void *>> submitted_;
};

class Nobody final : public attention::Executor {
 public:
  bool submit(void (*)(void *), void *) override { return false; }
};
