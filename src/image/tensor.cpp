// SPDX-License-Identifier: LGPL-2.1-or-later
#include "image/tensor.h"

#include "kernels/maps.h"

namespace attention {

Tensor::Tensor(Size size)
    : corners_(size), stride_(size.width + 2), line_(stride_), columns_(3 * stride_), unkept_(stride_ + Map::kSlack) {
  for (auto &row : products_)
    row.resize(3 * stride_);
}

// Row by row, while what the next step needs is still near.
void Tensor::run(const Map &luma) {
  const int bottom = luma.height() - 1;
  products(luma, 0, products_[0].data());
  for (int y = 0; y <= bottom; y++) {
    if (y < bottom)
      products(luma, y + 1, products_[(y + 1) % 3].data());
    kernels::sum_3(columns_.data(), products_[std::max(y - 1, 0) % 3].data(), products_[y % 3].data(),
                   products_[std::min(y + 1, bottom) % 3].data(), 3 * stride_);
    kernels::corners(corners_.row(y), trace_.count() > 0 ? trace_.row(y) : unkept_.data(), columns_.data(),
                     columns_.data() + stride_, columns_.data() + 2 * stride_, luma.width());
  }
}

void Tensor::products(const Map &luma, int y, float *row) {
  const int n = luma.width();
  line_.front() = luma.row(y)[0];
  std::copy_n(luma.row(y), n, line_.begin() + 1);
  line_.back() = luma.row(y)[n - 1];
  kernels::gradients(row + 1, row + 1 + stride_, row + 1 + 2 * stride_, line_.data(), line_.data() + 2,
                     luma.row(std::max(y - 1, 0)), luma.row(std::min(y + 1, luma.height() - 1)), n);
  for (float *product = row; product < row + 3 * stride_; product += stride_) {
    product[0] = product[1];
    product[n + 1] = product[n];
  }
}

}  // namespace attention
