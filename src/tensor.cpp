// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tensor.h"

#include "kernels.h"

namespace attention {

Tensor::Tensor(Size size) : xx_(size), xy_(size), yy_(size), sums_(size), line_(static_cast<size_t>(size.width) + 2) {}

void Tensor::run(const Map &luma) {
  const int n = luma.width();
  const int bottom = luma.height() - 1;
  for (int y = 0; y <= bottom; y++) {
    line_.front() = luma.row(y)[0];
    std::copy(luma.row(y), luma.row(y) + n, line_.begin() + 1);
    line_.back() = luma.row(y)[n - 1];
    kernels::tensor_f(xx_.row(y), xy_.row(y), yy_.row(y), line_.data(), line_.data() + 2, luma.row(std::max(y - 1, 0)),
                      luma.row(std::min(y + 1, bottom)), n);
  }
  sum_of_neighbours(xx_);
  sum_of_neighbours(xy_);
  sum_of_neighbours(yy_);
}

void Tensor::corners(Map &out) const {
  kernels::corner_f(out.begin(), xx_.begin(), xy_.begin(), yy_.begin(), out.count());
}

void Tensor::sum_of_neighbours(Map &map) {
  const int n = map.width();
  const int bottom = map.height() - 1;
  for (int y = 0; y <= bottom; y++) {
    float *o = sums_.row(y);
    std::copy(map.row(y), map.row(y) + n, o);
    kernels::accumulate_f(o, map.row(std::max(y - 1, 0)), 1.0F, n);
    kernels::accumulate_f(o, map.row(std::min(y + 1, bottom)), 1.0F, n);
  }
  for (int y = 0; y <= bottom; y++) {
    const float *s = sums_.row(y);
    float *o = map.row(y);
    std::copy(s, s + n, o);
    kernels::accumulate_f(o + 1, s, 1.0F, n - 1);
    kernels::accumulate_f(o, s + 1, 1.0F, n - 1);
    o[0] += s[0];
    o[n - 1] += s[n - 1];
  }
}

}  // namespace attention
