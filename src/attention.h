// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// The door: the one header of the core that the element includes.
///
/// An Engine takes pictures one by one and finds where people look in them. All memory is taken in
/// configure(); process() allocates nothing, throws nothing and is re-entrant per instance.
#pragma once

#include <memory>

#include "base/executor.h"
#include "geometry.h"
#include "result.h"
#include "settings.h"
#include "status.h"

namespace attention {

class Engine {
 public:
  Engine();
  ~Engine();
  Engine(const Engine &) = delete;
  Engine &operator=(const Engine &) = delete;

  /// Whose threads Settings::threads asks for, from the next configure() or enable() on; without any there is one.
  void lend(std::shared_ptr<Executor> executor);

  /// Takes all memory for frames of this geometry and what these settings ask for, and forgets what was seen before.
  /// After an error the engine must be configured again before use.
  Status configure(const Geometry &geometry, const Settings &settings);

  /// Takes the memory that other settings need and forgets nothing. Effects without memory are not applied, and
  /// without memory for product fusion the learned one is.
  Status enable(const Settings &settings);

  /// Forgets what was seen before: the next frame stands on its own.
  void reset();

  /// Analyses `in`; with `out`, writes the result of the effects or, if pooled, the pooled picture.
  /// `out` is either `in` itself (effects work in place) or, when pooled, another picture.
  /// `time` is the frame's stream time; kNoTime makes the frame stand on its own.
  void process(const Picture &in, const Picture *out, Nanoseconds time, const Settings &settings) noexcept;

  const Result &result() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::shared_ptr<Executor> executor_;
  uint32_t last_id_ = 0;  ///< identities outlive the geometry
};

}  // namespace attention
