// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Plain C++ for wide vectors: functions that the compiler also builds for AVX2 and AVX-512, the loader choosing by the CPU, and
/// vectors of floats for loops that it would not vectorise well. Sums and products are never fused, so that all CPUs see the same bits.
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

/// Floats that add and multiply one by one.
typedef float Vector4 __attribute__((vector_size(4 * sizeof(float))));  // any machine has these
typedef float Vector8 __attribute__((vector_size(8 * sizeof(float))));  // AVX2 has these; the compiler takes others apart to floats
template <class Vector>
constexpr int kLanes = sizeof(Vector) / sizeof(float);

/// A vector at any address.
template <class Vector>
struct __attribute__((packed, may_alias)) Lanes {
  Vector v;
};
template <class Vector>
ATTENTION_INLINE Lanes<Vector> &lanes_at(float *floats) { return *reinterpret_cast<Lanes<Vector> *>(floats); }
template <class Vector>
ATTENTION_INLINE const Lanes<Vector> &lanes_at(const float *floats) { return *reinterpret_cast<const Lanes<Vector> *>(floats); }

#ifdef ATTENTION_CLONES
template <class Loop, class... Args>
__attribute__((target("avx2"))) auto run_with_avx2(Args... args) { return Loop::template run<Vector8>(args...); }
#endif

/// Loop::run<Vector>(args...), which is ATTENTION_INLINE, with the widest vectors that the machine has.
template <class Loop, class... Args>
auto run_with_vectors(Args... args) {
#ifdef ATTENTION_CLONES
  if (__builtin_cpu_supports("avx2"))
    return run_with_avx2<Loop>(args...);
#endif
  return Loop::template run<Vector4>(args...);
}

}  // namespace attention
