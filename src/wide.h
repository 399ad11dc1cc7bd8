// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Plain C++ for wide vectors: functions that the compiler also builds for AVX2 and AVX-512, the loader choosing by the CPU, and a
/// vector of floats for loops that it would not vectorise well. Sums and products are never fused, so that all CPUs see the same bits.
#pragma once

/// Before a function's definition: build it for wider vectors too. meson.build says for which.
#ifdef ATTENTION_CLONES
#define ATTENTION_WIDE __attribute__((target_clones(ATTENTION_CLONES)))
#else
#define ATTENTION_WIDE
#endif

/// For what such functions are made of: it must become part of each of them.
#define ATTENTION_INLINE inline __attribute__((always_inline))

namespace attention {

constexpr int kLanes = 8;
/// Floats that add and multiply one by one; machines with narrower vectors take several.
typedef float Vector __attribute__((vector_size(kLanes * sizeof(float))));

/// A vector at any address.
struct __attribute__((packed, may_alias)) Lanes {
  Vector v;
};
ATTENTION_INLINE Lanes &lanes_at(float *floats) { return *reinterpret_cast<Lanes *>(floats); }
ATTENTION_INLINE const Lanes &lanes_at(const float *floats) { return *reinterpret_cast<const Lanes *>(floats); }

}  // namespace attention
