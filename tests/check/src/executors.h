// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Threads to lend: those that come at once, late or never.
#pragma once

#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "base/executor.h"

/// A thread for each work.
class Threads final : public attention::Executor {
 public:
  ~Threads() override {
    for (std::thread &thread : threads_)
      thread.join();
  }
  bool submit(void (*work)(void *), void *context) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    threads_.emplace_back(work, context);
    return true;
  }

 private:
  std::mutex mutex_;
  std::vector<std::thread> threads_;
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
