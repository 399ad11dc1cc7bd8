// SPDX-License-Identifier: LGPL-2.1-or-later
#include "kernels/sums.h"

#include <algorithm>

#include "kernels/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/sums.cpp"
#include <hwy/foreach_target.h>

#include "kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace attention::kernels::HWY_NAMESPACE {

/// Floats and the doubles that they become; as many side by side as of kAbreast floats.
using Doubles = hn::CappedTag<double, kAbreast>;
using Halves = hn::Rebind<float, Doubles>;
constexpr size_t kDoubleParts = kAbreast / hn::MaxLanes(Doubles());

/// Σ term(d, v), v the value as doubles.
template <class Term>
HWY_INLINE HWY_ATTR double sum_terms(const float *value, int n, const Term &term) {
  const Doubles d;
  const hn::CappedTag<double, 1> one;
  constexpr auto kLanes = static_cast<int>(hn::MaxLanes(d));
  hn::Vec<Doubles> parts[kDoubleParts];
  for (auto &part : parts)
    part = hn::Zero(d);
  int i = 0;
  for (; i + static_cast<int>(kAbreast) <= n; i += static_cast<int>(kAbreast))
    for (size_t p = 0; p < kDoubleParts; p++) {
      const auto v = hn::PromoteTo(d, hn::LoadU(Halves(), value + i + static_cast<int>(p) * kLanes));
      parts[p] = hn::Add(parts[p], term(d, v));
    }
  double lanes[kAbreast];
  for (size_t p = 0; p < kDoubleParts; p++)
    hn::StoreU(parts[p], d, lanes + p * hn::MaxLanes(d));
  double sum = 0;
  for (const double lane : lanes)
    sum += lane;
  for (; i < n; i++)
    sum += hn::GetLane(term(one, hn::Set(one, static_cast<double>(value[i]))));
  return sum;
}

double sum(const float *value, int n) {
  return sum_terms(value, n, [](auto, auto v) HWY_ATTR { return v; });
}

double sum_of_squares(const float *value, double centre, int n) {
  return sum_terms(value, n, [centre](auto d, auto v) HWY_ATTR {
    const auto distance = hn::Sub(v, hn::Set(d, centre));
    return hn::Mul(distance, distance);
  });
}

/// Calls body(d, i, part) for every i in steps of the vector d, whose sums go to a part of kAbreast, then one by one
/// for what is left.
template <class Body, class Rest>
HWY_INLINE HWY_ATTR void for_sums(int n, const Body &body, const Rest &rest) {
  constexpr auto kLanes = static_cast<int>(hn::MaxLanes(Abreast()));
  int i = 0;
  for (; i + static_cast<int>(kAbreast) <= n; i += static_cast<int>(kAbreast))
    for (size_t p = 0; p < kParts; p++)
      body(i + static_cast<int>(p) * kLanes, p);
  for (; i < n; i++)
    rest(i);
}

float dot(const float *a, const float *b, int n) {
  const Abreast d;
  Sums sums;
  float rest = 0;
  for_sums(
      n,
      [&](int i, size_t p)
          HWY_ATTR { sums.part[p] = hn::Add(sums.part[p], hn::Mul(hn::LoadU(d, a + i), hn::LoadU(d, b + i))); },
      [&](int i) HWY_ATTR { rest += a[i] * b[i]; });
  return sums.total() + rest;
}

void extremes(const float *value, float *least, float *greatest, int n) {
  const hn::ScalableTag<float> d;
  const auto lanes = static_cast<int>(hn::Lanes(d));
  float low = value[0], high = value[0];
  int i = 0;
  if (n >= lanes) {
    auto lows = hn::LoadU(d, value), highs = lows;
    for (i = lanes; i + lanes <= n; i += lanes) {
      const auto v = hn::LoadU(d, value + i);
      lows = hn::Min(lows, v);
      highs = hn::Max(highs, v);
    }
    low = hn::GetLane(hn::MinOfLanes(d, lows));
    high = hn::GetLane(hn::MaxOfLanes(d, highs));
  }
  for (; i < n; i++) {
    low = std::min(low, value[i]);
    high = std::max(high, value[i]);
  }
  *least = low;
  *greatest = high;
}

int count_from(const float *value, float threshold, int n) {
  int count = 0;
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    count += static_cast<int>(hn::CountTrue(d, hn::Ge(hn::LoadU(d, value + i), hn::Set(d, threshold))));
  });
  return count;
}

PairSums sum_pairs(const float *a, const float *b, float outside, int n) {
  const Abreast d;
  Sums count, sum_a, sum_b, sum_aa, sum_ab, sum_bb;
  PairSums rest;
  for_sums(
      n,
      [&](int i, size_t part) HWY_ATTR {
        const auto v = hn::LoadU(d, a + i);
        const auto is_outside = hn::Eq(v, hn::Set(d, outside));
        const auto p = hn::IfThenZeroElse(is_outside, v), q = hn::IfThenZeroElse(is_outside, hn::LoadU(d, b + i));
        count.part[part] = hn::Add(count.part[part], hn::IfThenZeroElse(is_outside, hn::Set(d, 1.0F)));
        sum_a.part[part] = hn::Add(sum_a.part[part], p);
        sum_b.part[part] = hn::Add(sum_b.part[part], q);
        sum_aa.part[part] = hn::Add(sum_aa.part[part], hn::Mul(p, p));
        sum_ab.part[part] = hn::Add(sum_ab.part[part], hn::Mul(p, q));
        sum_bb.part[part] = hn::Add(sum_bb.part[part], hn::Mul(q, q));
      },
      [&](int i) HWY_ATTR {
        if (a[i] == outside)
          return;
        rest.count += 1;
        rest.a += a[i];
        rest.b += b[i];
        rest.aa += a[i] * a[i];
        rest.ab += a[i] * b[i];
        rest.bb += b[i] * b[i];
      });
  return {count.total() + rest.count, sum_a.total() + rest.a,   sum_b.total() + rest.b,
          sum_aa.total() + rest.aa,   sum_ab.total() + rest.ab, sum_bb.total() + rest.bb};
}

}  // namespace attention::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace attention::kernels {

ATTENTION_DISPATCH(double, sum, (const float *value, int n), (value, n))
ATTENTION_DISPATCH(double, sum_of_squares, (const float *value, double centre, int n), (value, centre, n))
ATTENTION_DISPATCH(float, dot, (const float *a, const float *b, int n), (a, b, n))
ATTENTION_DISPATCH(void, extremes, (const float *value, float *least, float *greatest, int n),
                   (value, least, greatest, n))
ATTENTION_DISPATCH(int, count_from, (const float *value, float threshold, int n), (value, threshold, n))
ATTENTION_DISPATCH(PairSums, sum_pairs, (const float *a, const float *b, float outside, int n), (a, b, outside, n))

}  // namespace attention::kernels
#endif
