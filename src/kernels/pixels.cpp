// SPDX-License-Identifier: LGPL-2.1-or-later
#include "kernels/pixels.h"

#include <mutex>

namespace attention::kernels {

void prepare_pixels() {
  static std::once_flag prepared;
  std::call_once(prepared, attention_prepare_orc);
}

}  // namespace attention::kernels
