// SPDX-License-Identifier: LGPL-2.1-or-later
// Detail: the density of corners, places where brightness changes in both directions
// (smaller eigenvalue of the structure tensor; Shi & Tomasi, CVPR 1994).
#include <algorithm>

#include "cue.h"
#include "kernels.h"

namespace attention {
namespace {

constexpr double kSigma = 0.012;     // of the width
constexpr float kLeastCorner = 4.0F;  // of 255: a flat picture has no detail, however noisy

/// Sums of three neighbours in each direction.
class Box3 {
 public:
  explicit Box3(Size size) : sums_(size) {}

  void run(Map &map) {
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

 private:
  Map sums_;
};

class Detail final : public Cue {
 public:
  explicit Detail(const AnalysisSizes &sizes)
      : box_(sizes.analysis),
        scale_(sizes.analysis, sizes.map),
        blur_(sizes.map, kSigma * sizes.map.width),
        xx_(sizes.analysis),
        xy_(sizes.analysis),
        yy_(sizes.analysis),
        corners_(sizes.analysis),
        line_(static_cast<size_t>(sizes.analysis.width) + 2) {}

  void score(const AnalysisPlanes &planes, Map &out) override {
    const Map &luma = planes.y;
    const int n = luma.width();
    const int bottom = luma.height() - 1;
    for (int y = 0; y <= bottom; y++) {
      line_.front() = luma.row(y)[0];
      std::copy(luma.row(y), luma.row(y) + n, line_.begin() + 1);
      line_.back() = luma.row(y)[n - 1];
      kernels::tensor_f(xx_.row(y), xy_.row(y), yy_.row(y), line_.data(), line_.data() + 2,
                        luma.row(std::max(y - 1, 0)), luma.row(std::min(y + 1, bottom)), n);
    }
    box_.run(xx_);
    box_.run(xy_);
    box_.run(yy_);
    kernels::corner_f(corners_.begin(), xx_.begin(), xy_.begin(), yy_.begin(), corners_.count());
    scale_.run(corners_, out);
    blur_.run(out);
    const float scale = 1.0F / std::max(*std::max_element(out.begin(), out.end()), kLeastCorner);
    for (float &v : out)
      v *= scale;
  }

 private:
  Box3 box_;
  AreaScale scale_;
  Gaussian blur_;
  Map xx_, xy_, yy_, corners_;
  std::vector<float> line_;
};

}  // namespace

std::unique_ptr<Cue> make_detail(const AnalysisSizes &sizes) { return std::make_unique<Detail>(sizes); }

}  // namespace attention
