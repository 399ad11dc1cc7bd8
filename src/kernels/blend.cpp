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
HWY_INLINE HWY_ATTR hn::Vec<D> blended(D, hn::Vec<D> pixel, hn::Vec<D> target, hn::Vec<D> factor) {
  const auto away = hn::Sub(pixel, target);
  return hn::Add(target, hn::MulFixedPoint15(hn::Add(away, away), factor));
}

template <class D>
HWY_INLINE HWY_ATTR hn::Vec<D> at(D d, const FloatStep &value, int i) {
  return hn::Add(hn::LoadU(d, value.base + i), hn::Mul(hn::LoadU(d, value.step + i), hn::Set(d, value.fraction)));
}

/// Codes `shift` bits up in their samples become target + (code - target) * factor, rounded.
template <class D>
HWY_INLINE HWY_ATTR void blend_words(D d, uint16_t *pixel, hn::Vec<D> target, hn::Vec<D> factor, int shift) {
  const hn::RebindToSigned<D> whole;
  const hn::Rebind<uint16_t, D> narrow;
  const auto code = hn::ShiftRightSame(hn::PromoteTo(whole, hn::LoadU(narrow, pixel)), shift);
  const auto way = hn::Mul(hn::Sub(hn::ConvertTo(d, code), target), factor);
  const auto blended = hn::ShiftLeftSame(hn::NearestInt(hn::Add(way, target)), shift);
  hn::StoreU(hn::DemoteTo(narrow, blended), narrow, pixel);
}

/// slope * luma + base, held between 0 and 1.
template <class D, class Luma>
HWY_INLINE HWY_ATTR hn::Vec<D> refined(D d, Luma luma, const FloatStep &slope, const FloatStep &base, int i) {
  const auto weight = hn::Add(hn::Mul(at(d, slope, i), hn::ConvertTo(d, luma)), at(d, base, i));
  return hn::Min(hn::Max(weight, hn::Zero(d)), hn::Set(d, 1.0F));
}

/// Calls sample(d, value, step, i) for whole vectors of each run; what is too much the next one covers.
template <typename T, class Sample>
HWY_INLINE HWY_ATTR void for_runs(T *out, const Run *runs, int count, const MapRows<T> &rows, const Sample &sample) {
  const hn::CappedTag<T, kStretchedBehind> d;
  const auto lanes = static_cast<int>(hn::Lanes(d));
  for (int r = 0; r < count; r++) {
    const Run &run = runs[r];
    const auto value = hn::Set(d, rows.values[run.map][run.column]), step = hn::Set(d, rows.steps[run.map][run.column]);
    for (int i = run.begin; i < run.begin + run.length; i += lanes)
      hn::StoreU(sample(d, value, step, i), d, out + i);
  }
}

}  // namespace

void step_14(int16_t *step, const int16_t *above, const int16_t *below, int n) {
  for_vectors<int16_t>(n, [=](auto d, int i) HWY_ATTR {
    const auto difference = hn::Sub(hn::LoadU(d, below + i), hn::LoadU(d, above + i));
    hn::StoreU(hn::SaturatedAdd(difference, difference), d, step + i);
  });
}

void mix_14(int16_t *factor, const int16_t *weight, const int16_t *floor, int unseen, int seen, int n) {
  for_vectors<int16_t>(n, [=](auto d, int i) HWY_ATTR {
    const hn::RebindToUnsigned<decltype(d)> du;
    const auto twice = hn::BitCast(du, hn::ShiftLeft<1>(hn::LoadU(d, weight + i)));
    const auto strength = hn::Set(du, static_cast<uint16_t>(2 * (seen > unseen ? seen - unseen : unseen - seen)));
    const auto way = hn::BitCast(d, hn::MulHigh(twice, strength)), base = hn::Set(d, static_cast<int16_t>(unseen));
    const auto mixed = seen < unseen ? hn::Sub(base, way) : hn::Add(base, way);
    hn::StoreU(hn::Max(mixed, hn::LoadU(d, floor + i)), d, factor + i);
  });
}

void stretch_14(int16_t *out, const Run *runs, int count, const MapRows<int16_t> &rows, const int16_t *fraction,
                const int16_t *floor) {
  for_runs(out, runs, count, rows, [=](auto d, auto value, auto step, int i) HWY_ATTR {
    return hn::Max(hn::Add(value, hn::MulHigh(step, hn::LoadU(d, fraction + i))), hn::LoadU(d, floor + i));
  });
}

void stretch(float *out, const Run *runs, int count, const MapRows<float> &rows, const float *fraction,
             const float *floor) {
  for_runs(out, runs, count, rows, [=](auto d, auto value, auto step, int i) HWY_ATTR {
    return hn::Max(hn::Add(value, hn::Mul(step, hn::LoadU(d, fraction + i))), hn::LoadU(d, floor + i));
  });
}

void lerp_14(int16_t *out, const int16_t *base, const int16_t *step, int fraction, int n) {
  for_vectors<int16_t>(n, [=](auto d, int i) HWY_ATTR {
    hn::StoreU(between(d, base + i, step + i, hn::Set(d, static_cast<int16_t>(fraction))), d, out + i);
  });
}

void blend_8(uint8_t *pixel, const uint8_t *target, const int16_t *base, const int16_t *step, int fraction, int n) {
  for_vectors<int16_t>(n, [=](auto d, int i) HWY_ATTR {
    const auto factor = between(d, base + i, step + i, hn::Set(d, static_cast<int16_t>(fraction)));
    store_bytes(d, blended(d, load_bytes(d, pixel + i), load_bytes(d, target + i), factor), pixel + i);
  });
}

void fade_8(uint8_t *pixel, uint8_t target, const int16_t *base, const int16_t *step, int fraction, int n) {
  for_vectors<int16_t>(n, [=](auto d, int i) HWY_ATTR {
    const auto factor = between(d, base + i, step + i, hn::Set(d, static_cast<int16_t>(fraction)));
    store_bytes(d, blended(d, load_bytes(d, pixel + i), hn::Set(d, int16_t{target}), factor), pixel + i);
  });
}

void blend_stretched_8(uint8_t *pixel, const Step14 &code, const Step14 &factor, int n) {
  for_vectors<int16_t>(n, [=](auto d, int i) HWY_ATTR {
    const auto at = [=](const Step14 &v) HWY_ATTR {
      return between(d, v.base + i, v.step + i, hn::Set(d, static_cast<int16_t>(v.fraction)));
    };
    const auto rounded = hn::ShiftRight<kCodeShift>(hn::Add(at(code), hn::Set(d, int16_t{1 << (kCodeShift - 1)})));
    const auto target = hn::Min(rounded, hn::Set(d, int16_t{255}));
    store_bytes(d, blended(d, load_bytes(d, pixel + i), target, at(factor)), pixel + i);
  });
}

void fade_16(uint16_t *pixel, uint16_t target, const FloatStep &factor, int shift, int n) {
  const auto code = static_cast<float>(target >> shift);
  for_vectors(n, [=](auto d, int i) HWY_ATTR { blend_words(d, pixel + i, hn::Set(d, code), at(d, factor, i), shift); });
}

void blend_stretched_16(uint16_t *pixel, const FloatStep &code, const FloatStep &factor, float largest, int shift,
                        int n) {
  for_vectors(n, [=](auto d, int i) HWY_ATTR {
    const auto target = hn::ConvertTo(d, hn::NearestInt(hn::Min(at(d, code, i), hn::Set(d, largest))));
    blend_words(d, pixel + i, target, at(d, factor, i), shift);
  });
}

void refine_8(int16_t *out, const uint8_t *luma, const FloatStep &slope, const FloatStep &base, int n) {
  for_vectors(n, [=](auto d, int i) HWY_ATTR {
    const hn::RebindToSigned<decltype(d)> whole;
    const hn::Rebind<int16_t, decltype(d)> narrow;
    const auto code = hn::PromoteTo(whole, hn::LoadU(hn::Rebind<uint8_t, decltype(d)>(), luma + i));
    const auto weight = hn::Mul(refined(d, code, slope, base, i), hn::Set(d, static_cast<float>(kWeightOne)));
    hn::StoreU(hn::DemoteTo(narrow, hn::NearestInt(weight)), narrow, out + i);
  });
}

void refine_16(float *out, const uint16_t *luma, const FloatStep &slope, const FloatStep &base, int shift, int n) {
  for_vectors(n, [=](auto d, int i) HWY_ATTR {
    const hn::RebindToSigned<decltype(d)> whole;
    const auto sample = hn::PromoteTo(whole, hn::LoadU(hn::Rebind<uint16_t, decltype(d)>(), luma + i));
    hn::StoreU(refined(d, hn::ShiftRightSame(sample, shift), slope, base, i), d, out + i);
  });
}

void corners_14(int16_t *out, const int16_t *top, const int16_t *bottom, int n) {
  int i = 0;
#if HWY_TARGET != HWY_SCALAR
  const hn::ScalableTag<int32_t> d;
  const hn::RebindToUnsigned<decltype(d)> wide;
  const hn::Repartition<int16_t, decltype(d)> pairs;
  const hn::Rebind<int16_t, decltype(d)> narrow;
  const auto lanes = static_cast<int>(hn::Lanes(d));
  for (; i + lanes <= n; i += lanes) {
    // Sums of two weights fill 16 bits without a sign.
    const auto both = hn::BitCast(wide, hn::Add(hn::LoadU(pairs, top + 2 * i), hn::LoadU(pairs, bottom + 2 * i)));
    const auto sum = hn::Add(hn::And(both, hn::Set(wide, 0xffff)), hn::ShiftRight<16>(both));
    hn::StoreU(hn::DemoteTo(narrow, hn::BitCast(d, hn::ShiftRight<2>(sum))), narrow, out + i);
  }
#endif
  for (; i < n; i++)
    out[i] = static_cast<int16_t>((top[2 * i] + top[2 * i + 1] + bottom[2 * i] + bottom[2 * i + 1]) / 4);
}

void corner_means(float *out, const float *top, const float *bottom, int n) {
  for_vectors(n, [=](auto d, int i) HWY_ATTR {
    decltype(hn::Zero(d)) a, b, c, e;
    hn::LoadInterleaved2(d, top + 2 * i, a, b);
    hn::LoadInterleaved2(d, bottom + 2 * i, c, e);
    hn::StoreU(hn::Mul(hn::Add(hn::Add(hn::Add(a, b), c), e), hn::Set(d, 0.25F)), d, out + i);
  });
}

}  // namespace attention::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace attention::kernels {

ATTENTION_DISPATCH(void, step_14, (int16_t * step, const int16_t *above, const int16_t *below, int n),
                   (step, above, below, n))
ATTENTION_DISPATCH(void, mix_14,
                   (int16_t * factor, const int16_t *weight, const int16_t *floor, int unseen, int seen, int n),
                   (factor, weight, floor, unseen, seen, n))
ATTENTION_DISPATCH(void, stretch_14,
                   (int16_t * out, const Run *runs, int count, const MapRows<int16_t> &rows, const int16_t *fraction,
                    const int16_t *floor),
                   (out, runs, count, rows, fraction, floor))
ATTENTION_DISPATCH(void, stretch,
                   (float *out, const Run *runs, int count, const MapRows<float> &rows, const float *fraction,
                    const float *floor),
                   (out, runs, count, rows, fraction, floor))
ATTENTION_DISPATCH(void, lerp_14, (int16_t * out, const int16_t *base, const int16_t *step, int fraction, int n),
                   (out, base, step, fraction, n))
ATTENTION_DISPATCH(void, blend_8,
                   (uint8_t * pixel, const uint8_t *target, const int16_t *base, const int16_t *step, int fraction,
                    int n),
                   (pixel, target, base, step, fraction, n))
ATTENTION_DISPATCH(void, fade_8,
                   (uint8_t * pixel, uint8_t target, const int16_t *base, const int16_t *step, int fraction, int n),
                   (pixel, target, base, step, fraction, n))
ATTENTION_DISPATCH(void, blend_stretched_8, (uint8_t * pixel, const Step14 &code, const Step14 &factor, int n),
                   (pixel, code, factor, n))
ATTENTION_DISPATCH(void, fade_16, (uint16_t * pixel, uint16_t target, const FloatStep &factor, int shift, int n),
                   (pixel, target, factor, shift, n))
ATTENTION_DISPATCH(void, blend_stretched_16,
                   (uint16_t * pixel, const FloatStep &code, const FloatStep &factor, float largest, int shift, int n),
                   (pixel, code, factor, largest, shift, n))
ATTENTION_DISPATCH(void, refine_8,
                   (int16_t * out, const uint8_t *luma, const FloatStep &slope, const FloatStep &base, int n),
                   (out, luma, slope, base, n))
ATTENTION_DISPATCH(void, refine_16,
                   (float *out, const uint16_t *luma, const FloatStep &slope, const FloatStep &base, int shift, int n),
                   (out, luma, slope, base, shift, n))
ATTENTION_DISPATCH(void, corners_14, (int16_t * out, const int16_t *top, const int16_t *bottom, int n),
                   (out, top, bottom, n))
ATTENTION_DISPATCH(void, corner_means, (float *out, const float *top, const float *bottom, int n),
                   (out, top, bottom, n))

}  // namespace attention::kernels
#endif
