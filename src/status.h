// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What came of a call.
#pragma once

#include <array>

namespace attention {

/// All well, or a sentence that a user can act on. Never allocates.
class [[nodiscard]] Status {
 public:
  static Status ok() { return Status(); }
  [[gnu::format(printf, 1, 2)]] static Status error(const char *format, ...);

  bool is_ok() const { return message_[0] == '\0'; }
  const char *message() const { return message_.data(); }

 private:
  std::array<char, 256> message_{};
};

}  // namespace attention
