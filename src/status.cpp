// SPDX-License-Identifier: LGPL-2.1-or-later
#include "status.h"

#include <cstdarg>
#include <cstdio>

namespace attention {

Status Status::error(const char *format, ...) {
  Status status;
  va_list args;
  va_start(args, format);
  std::vsnprintf(status.message_.data(), status.message_.size(), format, args);
  va_end(args);
  return status;
}

}  // namespace attention
