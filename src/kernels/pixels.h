// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What is done to the pixels of the frame: Orc programs (pixels.orc), one row of `n` samples at a time. No alignment
/// is asked of any pointer; an out row overlaps no in row.
#pragma once

#include <cstdint>

#include "kernels/blend.h"
#include "pixels-orc.h"

namespace attention::kernels {

/// Compiles the programs for this machine, once in a process; before any other of these functions.
void prepare_pixels();

/// The lowest bits of a float of 0–65535 plus this are the float, rounded.
constexpr float kWhole = 1 << 23;

/// As blend_8 (kernels/blend.h) for codes that lie `shift` bits up in their samples; the factors are base[i] + step[i]
/// * fraction, 0–1. Bits below the code become 0.
inline void blend_16(uint16_t *pixel, const uint16_t *target, const float *base, const float *step, float fraction,
                     int shift, int n) {
  attention_blend_16_orc(pixel, target, base, step, fraction, shift, kWhole, n);
}

}  // namespace attention::kernels
