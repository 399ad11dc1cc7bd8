// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Plain C++ for wide vectors: functions that the compiler also builds for AVX2, the loader choosing by the CPU, and a vector of
/// floats for loops that it would not vectorise well. Sums and products are never fused, so that all CPUs see the same bits.
#pragma once

/// Before a function's definition: build it for AVX2 too.
#ifdef ATTENTION_HAVE_CLONES
#define ATTENTION_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define ATTENTION_WIDE
#endif

namespace attention {

constexpr int kLanes = 8;
/// Floats that add and multiply one by one, at any address; machines with narrower vectors take several.
typedef float Vector __attribute__((vector_size(kLanes * sizeof(float)), aligned(sizeof(float)), may_alias));

inline __attribute__((always_inline)) Vector &vector_at(float *floats) { return *reinterpret_cast<Vector *>(floats); }
inline __attribute__((always_inline)) const Vector &vector_at(const float *floats) { return *reinterpret_cast<const Vector *>(floats); }

}  // namespace attention
