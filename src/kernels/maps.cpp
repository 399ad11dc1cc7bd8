// SPDX-License-Identifier: LGPL-2.1-or-later
#include "kernels/maps.h"

#include "kernels/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/maps.cpp"
#include <hwy/foreach_target.h>

#include "kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace attention::kernels::HWY_NAMESPACE {

/// As many sums at once as stay in registers.
void combine(float *sum, const float *row, ptrdiff_t stride, const float *weights, int count, int n) {
  const hn::ScalableTag<float> d;
  constexpr int kAtOnce = 4;
  const auto lanes = static_cast<int>(hn::Lanes(d));
  int i = 0;
  for (; i + kAtOnce * lanes <= n; i += kAtOnce * lanes) {
    auto a = hn::Zero(d), b = hn::Zero(d), c = hn::Zero(d), e = hn::Zero(d);
    const float *at = row + i;
    for (int k = 0; k < count; k++, at += stride) {
      const auto weight = hn::Set(d, weights[k]);
      a = hn::Add(a, hn::Mul(hn::LoadU(d, at), weight));
      b = hn::Add(b, hn::Mul(hn::LoadU(d, at + lanes), weight));
      c = hn::Add(c, hn::Mul(hn::LoadU(d, at + 2 * lanes), weight));
      e = hn::Add(e, hn::Mul(hn::LoadU(d, at + 3 * lanes), weight));
    }
    hn::StoreU(a, d, sum + i);
    hn::StoreU(b, d, sum + i + lanes);
    hn::StoreU(c, d, sum + i + 2 * lanes);
    hn::StoreU(e, d, sum + i + 3 * lanes);
  }
  for_vectors(n - i, [&](auto t, int j) HWY_ATTR {
    auto total = hn::Zero(t);
    for (int k = 0; k < count; k++)
      total = hn::Add(total, hn::Mul(hn::LoadU(t, row + k * stride + i + j), hn::Set(t, weights[k])));
    hn::StoreU(total, t, sum + i + j);
  });
}

void interleave(float *out, const float *row, ptrdiff_t stride, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    const auto at = [&](int r) HWY_ATTR { return hn::LoadU(d, row + r * stride + i); };
    hn::StoreInterleaved4(at(0), at(1), at(2), at(3), d, out + 4 * i);
  });
}

void deinterleave(float *row, ptrdiff_t stride, const float *in, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    hn::Vec<decltype(d)> r0, r1, r2, r3;
    hn::LoadInterleaved4(d, in + 4 * i, r0, r1, r2, r3);
    hn::StoreU(r0, d, row + i);
    hn::StoreU(r1, d, row + stride + i);
    hn::StoreU(r2, d, row + 2 * stride + i);
    hn::StoreU(r3, d, row + 3 * stride + i);
  });
}

/// A column of four, where a machine has such vectors.
using Four = hn::CappedTag<float, 4>;
constexpr auto kFourLanes = static_cast<int>(hn::MaxLanes(Four()));

void gather_columns(float *out, const float *in, const int *first, const float *shares, int reach, int n) {
  const Four d;
  for (int x = 0; x < n; x++, shares += reach)
    for (int r = 0; r < 4; r += kFourLanes) {
      auto total = hn::Zero(d);
      for (int k = 0; k < reach; k++)
        total = hn::Add(total, hn::Mul(hn::LoadU(d, in + 4 * (first[x] + k) + r), hn::Set(d, shares[k])));
      hn::StoreU(total, d, out + 4 * x + r);
    }
}

void between_columns(float *out, const float *in, const int *first, const int *second, const float *fraction, int n) {
  const Four d;
  for (int x = 0; x < n; x++)
    for (int r = 0; r < 4; r += kFourLanes) {
      const auto from = hn::LoadU(d, in + 4 * first[x] + r);
      const auto way = hn::Sub(hn::LoadU(d, in + 4 * second[x] + r), from);
      hn::StoreU(hn::Add(from, hn::Mul(way, hn::Set(d, fraction[x]))), d, out + 4 * x + r);
    }
}

void step(float *step, const float *above, const float *below, int n) {
  for_vectors(n, [&](auto d, int i)
                     HWY_ATTR { hn::StoreU(hn::Sub(hn::LoadU(d, below + i), hn::LoadU(d, above + i)), d, step + i); });
}

void lerp(float *out, const float *base, const float *step, float fraction, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    hn::StoreU(hn::Add(hn::LoadU(d, base + i), hn::Mul(hn::LoadU(d, step + i), hn::Set(d, fraction))), d, out + i);
  });
}

void slide_box(float *out, float *sum, const float *above, const float *first, const float *below, float rest,
               float scale, int n) {
  for_vectors(n, [=](auto d, int i) HWY_ATTR {
    const auto inside = hn::LoadU(d, sum + i), next = hn::LoadU(d, below + i);
    const auto ends = hn::Mul(hn::Set(d, rest), hn::Add(hn::LoadU(d, above + i), next));
    hn::StoreU(hn::Mul(hn::Add(inside, ends), hn::Set(d, scale)), d, out + i);
    hn::StoreU(hn::Add(inside, hn::Sub(next, hn::LoadU(d, first + i))), d, sum + i);
  });
}

void mix(float *factor, const float *weight, const float *floor, float base, float span, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    const auto value = hn::Add(hn::Set(d, base), hn::Mul(hn::LoadU(d, weight + i), hn::Set(d, span)));
    hn::StoreU(hn::Max(value, hn::LoadU(d, floor + i)), d, factor + i);
  });
}

void between(float *out, const float *above, const float *below, float fraction, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    const auto a = hn::LoadU(d, above + i);
    hn::StoreU(hn::Add(a, hn::Mul(hn::Sub(hn::LoadU(d, below + i), a), hn::Set(d, fraction))), d, out + i);
  });
}

void halve(float *out, const float *in, int n) {
  const hn::ScalableTag<float> d;
  const auto lanes = static_cast<int>(hn::Lanes(d));
  int i = 0;
  for (; i + lanes <= n; i += lanes) {
    hn::Vec<decltype(d)> even, odd;
    hn::LoadInterleaved2(d, in + 2 * i, even, odd);
    hn::StoreU(hn::Mul(hn::Add(even, odd), hn::Set(d, 0.5F)), d, out + i);
  }
  for (; i < n; i++)
    out[i] = (in[2 * i] + in[2 * i + 1]) * 0.5F;
}

void gradients(float *xx, float *xy, float *yy, const float *left, const float *right, const float *up,
               const float *down, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    const auto gx = hn::Sub(hn::LoadU(d, right + i), hn::LoadU(d, left + i));
    const auto gy = hn::Sub(hn::LoadU(d, down + i), hn::LoadU(d, up + i));
    hn::StoreU(hn::Mul(gx, gx), d, xx + i);
    hn::StoreU(hn::Mul(gx, gy), d, xy + i);
    hn::StoreU(hn::Mul(gy, gy), d, yy + i);
  });
}

void sum_3(float *sum, const float *a, const float *b, const float *c, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    hn::StoreU(hn::Add(hn::Add(hn::LoadU(d, a + i), hn::LoadU(d, b + i)), hn::LoadU(d, c + i)), d, sum + i);
  });
}

void corners(float *corner, float *trace, const float *xx, const float *xy, const float *yy, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    const auto sum = [&](const float *row) HWY_ATTR {
      return hn::Add(hn::Add(hn::LoadU(d, row + i), hn::LoadU(d, row + i + 1)), hn::LoadU(d, row + i + 2));
    };
    const auto half = hn::Set(d, 0.5F);
    const auto x = sum(xx), m = sum(xy), y = sum(yy);
    const auto both = hn::Add(x, y);
    const auto difference = hn::Mul(half, hn::Sub(x, y));
    const auto root = hn::Sqrt(hn::Add(hn::Mul(difference, difference), hn::Mul(m, m)));
    hn::StoreU(both, d, trace + i);
    hn::StoreU(hn::Sqrt(hn::Max(hn::Sub(hn::Mul(half, both), root), hn::Zero(d))), d, corner + i);
  });
}

void follow(float *value, const float *goal, const Pace &pace, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    const auto zero = hn::Zero(d);
    const auto v = hn::LoadU(d, value + i), to = hn::LoadU(d, goal + i);
    const auto way = hn::Sub(to, v);
    const auto unseen = hn::Add(hn::Set(d, pace.unseen), hn::Mul(hn::Set(d, pace.weber), to));
    const auto up = hn::Max(hn::Sub(way, unseen), zero), down = hn::Min(hn::Add(way, unseen), zero);
    const auto rest = hn::Sub(hn::Sub(way, up), down);
    const auto clear = hn::Add(hn::Mul(up, hn::Set(d, pace.rise)), hn::Mul(down, hn::Set(d, pace.fall)));
    hn::StoreU(hn::Add(v, hn::Add(clear, hn::Mul(rest, hn::Set(d, pace.creep)))), d, value + i);
  });
}

void add_motion(float *out, const float *motion, const float *figure, float gain, float floor, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    const auto count = hn::Add(hn::Set(d, floor), hn::LoadU(d, figure + i));
    const auto more = hn::Mul(hn::Mul(hn::Set(d, gain), hn::LoadU(d, motion + i)), count);
    hn::StoreU(hn::Add(hn::LoadU(d, out + i), more), d, out + i);
  });
}

void root(float *out, const float *in, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR { hn::StoreU(hn::Sqrt(hn::LoadU(d, in + i)), d, out + i); });
}

void apply_prior(float *out, const float *prior, float blank, float bias, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    const auto one = hn::Set(d, 1.0F);
    const auto share = hn::Sub(one, hn::Mul(hn::Set(d, bias), hn::Sub(one, hn::LoadU(d, prior + i))));
    hn::StoreU(hn::Mul(hn::Add(hn::LoadU(d, out + i), hn::Set(d, blank)), share), d, out + i);
  });
}

// The last row and column are seen from the ones before them.
void sample_row(float *out, const float *map, int width, int height, float a, float b, float tx, float ty, float row,
                float outside, int n) {
  const auto right = static_cast<float>(width - 1), bottom = static_cast<float>(height - 1);
  for_vectors(n, [&](auto d, int begin) HWY_ATTR {
    const hn::RebindToSigned<decltype(d)> di;
    const auto i = hn::Add(hn::Iota(d, 0.0F), hn::Set(d, static_cast<float>(begin)));
    const auto x = hn::Add(hn::Sub(hn::Mul(hn::Set(d, a), i), hn::Set(d, b * row)), hn::Set(d, tx));
    const auto y = hn::Add(hn::Add(hn::Mul(hn::Set(d, b), i), hn::Set(d, a * row)), hn::Set(d, ty));
    const auto zero = hn::Zero(d);
    const auto before_end = hn::And(hn::Le(x, hn::Set(d, right)), hn::Le(y, hn::Set(d, bottom)));
    const auto inside = hn::And(hn::And(hn::Ge(x, zero), hn::Ge(y, zero)), before_end);
    const auto left = hn::ConvertTo(di, hn::Min(hn::Max(x, zero), hn::Set(d, right - 1)));
    const auto top = hn::ConvertTo(di, hn::Min(hn::Max(y, zero), hn::Set(d, bottom - 1)));
    const auto fx = hn::Sub(x, hn::ConvertTo(d, left)), fy = hn::Sub(y, hn::ConvertTo(d, top));
    const auto at = hn::Add(hn::Mul(top, hn::Set(di, width)), left);
    const auto across = [&](const float *row) HWY_ATTR {
      const auto first = hn::GatherIndex(d, row, at);
      return hn::Add(first, hn::Mul(hn::Sub(hn::GatherIndex(d, row + 1, at), first), fx));
    };
    const auto above = across(map);
    const auto value = hn::Add(above, hn::Mul(hn::Sub(across(map + width), above), fy));
    hn::StoreU(hn::IfThenElse(inside, value, hn::Set(d, outside)), d, out + begin);
  });
}

void difference(float *change, const float *now, float outside, float unknown, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    const auto before = hn::LoadU(d, change + i);
    const auto far = hn::AbsDiff(hn::LoadU(d, now + i), before);
    hn::StoreU(hn::IfThenElse(hn::Eq(before, hn::Set(d, outside)), hn::Set(d, unknown), far), d, change + i);
  });
}

void to_ycbcr(float *r, float *g, float *b, float kr, float kb, float cb, float cr, int n) {
  for_vectors(n, [&](auto d, int i) HWY_ATTR {
    const auto red = hn::LoadU(d, r + i), blue = hn::LoadU(d, b + i);
    const auto y = hn::Add(hn::Add(hn::Mul(hn::Set(d, kr), red), hn::Mul(hn::Set(d, 1 - kr - kb), hn::LoadU(d, g + i))),
                           hn::Mul(hn::Set(d, kb), blue));
    hn::StoreU(y, d, r + i);
    hn::StoreU(hn::Div(hn::Sub(blue, y), hn::Set(d, cb)), d, g + i);
    hn::StoreU(hn::Div(hn::Sub(red, y), hn::Set(d, cr)), d, b + i);
  });
}

}  // namespace attention::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace attention::kernels {

ATTENTION_DISPATCH(void, combine,
                   (float *sum, const float *row, ptrdiff_t stride, const float *weights, int count, int n),
                   (sum, row, stride, weights, count, n))
ATTENTION_DISPATCH(void, interleave, (float *out, const float *row, ptrdiff_t stride, int n), (out, row, stride, n))
ATTENTION_DISPATCH(void, deinterleave, (float *row, ptrdiff_t stride, const float *in, int n), (row, stride, in, n))
ATTENTION_DISPATCH(void, gather_columns,
                   (float *out, const float *in, const int *first, const float *shares, int reach, int n),
                   (out, in, first, shares, reach, n))
ATTENTION_DISPATCH(void, between_columns,
                   (float *out, const float *in, const int *first, const int *second, const float *fraction, int n),
                   (out, in, first, second, fraction, n))
ATTENTION_DISPATCH(void, step, (float *step, const float *above, const float *below, int n), (step, above, below, n))
ATTENTION_DISPATCH(void, lerp, (float *out, const float *base, const float *step, float fraction, int n),
                   (out, base, step, fraction, n))
ATTENTION_DISPATCH(void, slide_box,
                   (float *out, float *sum, const float *above, const float *first, const float *below, float rest,
                    float scale, int n),
                   (out, sum, above, first, below, rest, scale, n))
ATTENTION_DISPATCH(void, mix, (float *factor, const float *weight, const float *floor, float base, float span, int n),
                   (factor, weight, floor, base, span, n))
ATTENTION_DISPATCH(void, between, (float *out, const float *above, const float *below, float fraction, int n),
                   (out, above, below, fraction, n))
ATTENTION_DISPATCH(void, halve, (float *out, const float *in, int n), (out, in, n))
ATTENTION_DISPATCH(void, gradients,
                   (float *xx, float *xy, float *yy, const float *left, const float *right, const float *up,
                    const float *down, int n),
                   (xx, xy, yy, left, right, up, down, n))
ATTENTION_DISPATCH(void, sum_3, (float *sum, const float *a, const float *b, const float *c, int n), (sum, a, b, c, n))
ATTENTION_DISPATCH(void, corners,
                   (float *corner, float *trace, const float *xx, const float *xy, const float *yy, int n),
                   (corner, trace, xx, xy, yy, n))
ATTENTION_DISPATCH(void, follow, (float *value, const float *goal, const Pace &pace, int n), (value, goal, pace, n))
ATTENTION_DISPATCH(void, add_motion,
                   (float *out, const float *motion, const float *figure, float gain, float floor, int n),
                   (out, motion, figure, gain, floor, n))
ATTENTION_DISPATCH(void, root, (float *out, const float *in, int n), (out, in, n))
ATTENTION_DISPATCH(void, apply_prior, (float *out, const float *prior, float blank, float bias, int n),
                   (out, prior, blank, bias, n))
ATTENTION_DISPATCH(void, sample_row,
                   (float *out, const float *map, int width, int height, float a, float b, float tx, float ty, float y,
                    float outside, int n),
                   (out, map, width, height, a, b, tx, ty, y, outside, n))
ATTENTION_DISPATCH(void, difference, (float *change, const float *now, float outside, float unknown, int n),
                   (change, now, outside, unknown, n))
ATTENTION_DISPATCH(void, to_ycbcr, (float *r, float *g, float *b, float kr, float kb, float cb, float cr, int n),
                   (r, g, b, kr, kb, cb, cr, n))

}  // namespace attention::kernels
#endif
