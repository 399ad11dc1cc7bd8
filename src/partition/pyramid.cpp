// SPDX-License-Identifier: LGPL-2.1-or-later
#include "partition/pyramid.h"

namespace attention {

Pyramid::Pyramid(const AnalysisSizes &sizes) {
  for (int level = 0; level < kLevels; level++) {
    sizes_[level] = level == 0 ? sizes.analysis : halved(sizes_[level - 1]);
    tensors_[level] = Tensor(sizes_[level]);
    if (level == 0)
      continue;
    halve_[level] = AreaScale(sizes_[level - 1], sizes_[level]);
    luma_[level] = Map(sizes_[level]);
  }
}

void Pyramid::halve(const Map &luma) {
  finest_ = &luma;
  for (int level = 1; level < kLevels; level++)
    halve_[level].run(this->luma(level - 1), luma_[level]);
}

}  // namespace attention
