// SPDX-License-Identifier: LGPL-2.1-or-later
#include "kernels/blend.h"

#include "kernels/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/blend.cpp"
#include <hwy/foreach_target.h>

#include "kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace attention::kernels::HWY_NAMESPACE {

namespace {

/// Calls body(d, i) for every i from 0 to n in steps of the vector d of 16 bits, then one by one for what is left.
template <class Body>
HWY_INLINE HWY_ATTR void for_words(int n, const Body &body) {
  const hn::ScalableTag<int16_t> d;
  const hn::CappedTag<int16_t, 1> one;
  const auto lanes = static_cast<int>(hn::Lanes(d));
  int i = 0;
  for (; i + lanes <= n; i += lanes)
    body(d, i);
  for (; i < n; i++)
    body(one, i);
}

template <class D>
HWY_INLINE HWY_ATTR hn::Vec<D> between(D d, const int16_t *base, const int16_t *step, hn::Vec<D> fraction) {
  return hn::Add(hn::LoadU(d, base), hn::MulHigh(hn::LoadU(d, step), fraction));
}

template <class D>
HWY_INLINE HWY_ATTR hn::Vec<D> load_bytes(D d, const uint8_t *bytes) {
  return hn::PromoteTo(d, hn::LoadU(hn::Rebind<uint8_t, D>(), bytes));
}

template <class D>
HWY_INLINE HWY_ATTR void store_bytes(D, hn::Vec<D> words, uint8_t *bytes) {
  const hn::Rebind<uint8_t, D> narrow;
  hn::StoreU(hn::DemoteTo(narrow, words), narrow, bytes);
}

/// target + (pixel - target) * factor / 16384, rounded.
template <class D>
HWY_INLINE HWY_ATTR hn::Vec<D> blended(D d, hn::Vec<D> pixel, hn::Vec<D> target, hn::Vec<D> factor) {
  const auto way = hn::MulHigh(hn::ShiftLeft<7>(hn::Sub(pixel, target)), factor);
  return hn::Add(target, hn::ShiftRight<5>(hn::Add(way, hn::Set(d, int16_t{16}))));
}

}  // namespace

void lerp_14(int16_t *out, const int16_t *base, const int16_t *step, int fraction, int n) {
  for_words(n, [=](auto d, int i) HWY_ATTR {
    hn::StoreU(between(d, base + i, step + i, hn::Set(d, static_cast<int16_t>(fraction))), d, out + i);
  });
}

void blend_8(uint8_t *pixel, const uint8_t *target, const int16_t *base, const int16_t *step, int fraction, int n) {
  for_words(n, [=](auto d, int i) HWY_ATTR {
    const auto factor = between(d, base + i, step + i, hn::Set(d, static_cast<int16_t>(fraction)));
    store_bytes(d, blended(d, load_bytes(d, pixel + i), load_bytes(d, target + i), factor), pixel + i);
  });
}

void fade_8(uint8_t *pixel, uint8_t target, const int16_t *base, const int16_t *step, int fraction, int n) {
  for_words(n, [=](auto d, int i) HWY_ATTR {
    const auto factor = between(d, base + i, step + i, hn::Set(d, static_cast<int16_t>(fraction)));
    store_bytes(d, blended(d, load_bytes(d, pixel + i), hn::Set(d, int16_t{target}), factor), pixel + i);
  });
}

void narrow_14(uint8_t *out, const int16_t *value, int n) {
  for_words(n, [=](auto d, int i) HWY_ATTR {
    store_bytes(d, hn::ShiftRight<kCodeShift>(hn::Add(hn::LoadU(d, value + i), hn::Set(d, int16_t{32}))), out + i);
  });
}

}  // namespace attention::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace attention::kernels {

ATTENTION_DISPATCH(void, lerp_14, (int16_t * out, const int16_t *base, const int16_t *step, int fraction, int n),
                   (out, base, step, fraction, n))
ATTENTION_DISPATCH(void, blend_8,
                   (uint8_t * pixel, const uint8_t *target, const int16_t *base, const int16_t *step, int fraction,
                    int n),
                   (pixel, target, base, step, fraction, n))
ATTENTION_DISPATCH(void, fade_8,
                   (uint8_t * pixel, uint8_t target, const int16_t *base, const int16_t *step, int fraction, int n),
                   (pixel, target, base, step, fraction, n))
ATTENTION_DISPATCH(void, narrow_14, (uint8_t * out, const int16_t *value, int n), (out, value, n))

}  // namespace attention::kernels
#endif
