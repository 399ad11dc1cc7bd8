// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What a run of floats sums up to. Sums are made side by side in the same way on every machine (Google Highway), so
/// all see the same bits.
#pragma once

namespace attention::kernels {

/// Σ value[i].
double sum(const float *value, int n);
/// Σ (value[i] - centre)².
double sum_of_squares(const float *value, double centre, int n);
/// Σ a[i] * b[i], of as few samples as a row has.
float dot(const float *a, const float *b, int n);
/// The least and the greatest of at least one value.
void extremes(const float *value, float *least, float *greatest, int n);
/// How many values reach a threshold.
int count_from(const float *value, float threshold, int n);

/// What a line through pairs of values is fitted by.
struct PairSums {
  float count = 0, a = 0, b = 0, aa = 0, ab = 0, bb = 0;
};
/// Of the pairs (a[i], b[i]), of as few as a row has; pairs where a[i] is `outside` do not count.
PairSums sum_pairs(const float *a, const float *b, float outside, int n);

}  // namespace attention::kernels
