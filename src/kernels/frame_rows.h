// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// What is read of the rows of a frame to scale it down: sums of samples of one or two bytes, in the widest vectors
/// that the machine has (Google Highway).
#pragma once

#include <cstddef>
#include <cstdint>

namespace attention::kernels {

/// sum[i] = Σ row[k · stride + i] over `rows` rows, at least 1, that begin `stride` samples apart. Sums must fit.
void sum_rows_8(uint16_t *sum, const uint8_t *row, ptrdiff_t stride, int rows, int n);
void sum_rows_16(uint32_t *sum, const uint16_t *row, ptrdiff_t stride, int rows, int n);

/// sum[i] = Σ row[k · stride + 2 i] + row[k · stride + 2 i + 1].
void sum_pairs_of_rows_8(uint16_t *sum, const uint8_t *row, ptrdiff_t stride, int rows, int n);
void sum_pairs_of_rows_16(uint32_t *sum, const uint16_t *row, ptrdiff_t stride, int rows, int n);

/// out[i] = in[i · step], step 1 to 4; `out` may be `in`. Nothing is read beyond in[n · step - 1].
void pick_16(uint16_t *out, const uint16_t *in, int step, int n);
void pick_32(uint32_t *out, const uint32_t *in, int step, int n);

/// out[i] = Σ in[i · count + k] over k from 0 to count - 1; `out` may be `in`.
void fold_16(uint16_t *out, const uint16_t *in, int count, int n);
void fold_32(uint32_t *out, const uint32_t *in, int count, int n);

/// out[i] = in[i] * scale - offset; sums below 1 << 31.
void to_floats_16(float *out, const uint16_t *in, float scale, float offset, int n);
void to_floats_32(float *out, const uint32_t *in, float scale, float offset, int n);

/// line[i] += row[i] * share.
void add_row_8(float *line, const uint8_t *row, float share, int n);
void add_row_16(float *line, const uint16_t *row, float share, int n);

}  // namespace attention::kernels
