// SPDX-License-Identifier: LGPL-2.1-or-later
// Loops over rows in the vectors of a target; included once for each (see Highway's foreach_target.h).
#if defined(ATTENTION_KERNELS_VECTORS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ATTENTION_KERNELS_VECTORS_INL_H_
#undef ATTENTION_KERNELS_VECTORS_INL_H_
#else
#define ATTENTION_KERNELS_VECTORS_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>

HWY_BEFORE_NAMESPACE();
namespace attention::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Floats that are summed side by side wherever the order of a sum matters, so that it is the same on every machine.
constexpr size_t kAbreast = 16;

/// A vector of floats as wide as the machine has them, but no wider than kAbreast: sums of it come out the same
/// everywhere.
using Abreast = hn::CappedTag<float, kAbreast>;
/// So many of them make kAbreast.
constexpr size_t kParts = kAbreast / hn::MaxLanes(Abreast());

/// Calls body(d, i) for every i from 0 to n in steps of the vector d of T, then one by one for what is left.
template <typename T = float, class Body>
HWY_INLINE HWY_ATTR void for_vectors(int n, const Body &body) {
  const hn::ScalableTag<T> d;
  const hn::CappedTag<T, 1> one;
  const auto lanes = static_cast<int>(hn::Lanes(d));
  int i = 0;
  for (; i + lanes <= n; i += lanes)
    body(d, i);
  for (; i < n; i++)
    body(one, i);
}

/// kAbreast sums that begin at 0.
struct Sums {
  using V = hn::Vec<Abreast>;
  V part[kParts];

  HWY_INLINE HWY_ATTR Sums() {
    for (V &p : part)
      p = hn::Zero(Abreast());
  }
  /// Their sum: always one half to the other.
  HWY_INLINE HWY_ATTR float total() const {
    V sum[kParts];
    std::copy(part, part + kParts, sum);
    for (size_t half = kParts / 2; half > 0; half /= 2)
      for (size_t p = 0; p < half; p++)
        sum[p] = hn::Add(sum[p], sum[p + half]);
    return total(Abreast(), sum[0]);
  }

 private:
#if HWY_TARGET == HWY_SCALAR
  static float total(Abreast, V v) { return hn::GetLane(v); }
#else
  template <class D>
  static HWY_INLINE HWY_ATTR float total(D, hn::Vec<D> v) {
    if constexpr (hn::MaxLanes(D()) > 4) {
      const hn::Half<D> half;
      return total(half, hn::Add(hn::LowerHalf(half, v), hn::UpperHalf(half, v)));
    } else {
      v = hn::Add(v, hn::Shuffle1032(v));
      return hn::GetLane(hn::Add(v, hn::Shuffle2301(v)));
    }
  }
#endif
};

}  // namespace attention::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
