// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Threads that somebody else has, and lends.
#pragma once

namespace attention {

class Executor {
 public:
  virtual ~Executor() = default;
  /// Has work(context) called on another thread, once, now or at any time later; false where it never will be. May be
  /// called from any thread.
  virtual bool submit(void (*work)(void *context), void *context) = 0;
};

}  // namespace attention
