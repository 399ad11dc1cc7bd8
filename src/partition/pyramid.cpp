// SPDX-License-Identifier: LGPL-2.1-or-later
#include "partition/pyramid.h"

namespace attention {

Pyramid::Pyramid(const AnalysisSizes &sizes) {
  luma_[0] = Map(sizes.analysis);
  for (int level = 1; level < kLevels; level++) {
    const Size size = halved(luma_[level - 1].size());
    halve_[level] = AreaScale(luma_[level - 1].size(), size);
    luma_[level] = Map(size);
  }
  for (int level = 0; level < kLevels; level++)
    tensors_[level] = Tensor(luma_[level].size());
}

void Pyramid::halve(const Map &luma) {
  finest_ = &luma;
  for (int level = 1; level < kLevels; level++)
    halve_[level].run(this->luma(level - 1), luma_[level]);
}

}  // namespace attention
