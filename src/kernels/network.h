// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Layers of a small network, in the widest vectors that the machine has (Google Highway).
#pragma once

namespace attention::kernels {

/// Planes that mix_rows() writes at once: what is loaded of a row serves all of them.
constexpr int kMixedAtOnce = 4;
/// Samples behind the n that mix_rows() may read and write, as it takes whole vectors.
constexpr int kMixedBehind = 32;

/// plane[c][i] += max(bias[c] + Σ weights[c * count + k] * rows[k][i], 0) for kMixedAtOnce planes c, over `count` rows.
void mix_rows(float *const *planes, const float *const *rows, const float *weights, const float *bias, int count,
              int n);

/// out[i] = Σ in[(r · row + c · column) + i] * weights[3 · (r + 1) + c + 1] for r and c of −1, 0 and 1: a filter of 3 ×
/// 3 samples that lie so far apart.
void filter_3x3(float *out, const float *in, int row, int column, const float *weights, int n);

}  // namespace attention::kernels
