// SPDX-License-Identifier: LGPL-2.1-or-later
// Figure–ground: areas that their surround encloses stand out as figures (boolean maps, Zhang & Sclaroff, ICCV 2013),
// looked for at two scales in whitened colour.
#include <cmath>

#include "boolean_maps.h"
#include "cue.h"

namespace attention {
namespace {

constexpr float kLeastVariance = 1.0F;  // on the 8-bit scale: less is noise, not colour
constexpr float kLeastRange = 1e-3F;

using Matrix = std::array<std::array<double, 3>, 3>;

/// V · diag(1/√(λ + least)) · Vᵀ of a symmetric matrix, by cyclic Jacobi rotations.
Matrix inverse_square_root(Matrix a, double least) {
  Matrix v{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  for (int sweep = 0; sweep < 8; sweep++) {
    for (int p = 0; p < 2; p++) {
      for (int q = p + 1; q < 3; q++) {
        if (std::fabs(a[p][q]) < 1e-12)
          continue;
        const double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        const double t = std::copysign(1.0, theta) / (std::fabs(theta) + std::sqrt(theta * theta + 1));
        const double c = 1 / std::sqrt(t * t + 1);
        const double s = t * c;
        for (int k = 0; k < 3; k++) {
          const double kp = a[k][p];
          a[k][p] = c * kp - s * a[k][q];
          a[k][q] = s * kp + c * a[k][q];
        }
        for (int k = 0; k < 3; k++) {
          const double pk = a[p][k];
          a[p][k] = c * pk - s * a[q][k];
          a[q][k] = s * pk + c * a[q][k];
          const double kp = v[k][p];
          v[k][p] = c * kp - s * v[k][q];
          v[k][q] = s * kp + c * v[k][q];
        }
      }
    }
  }
  Matrix out{};
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      for (int k = 0; k < 3; k++)
        out[i][j] += v[i][k] * v[j][k] / std::sqrt(std::max(a[k][k], 0.0) + least);
  return out;
}

/// Makes the three channels uncorrelated and of equal variance while changing them least (ZCA).
void whiten(std::array<Map, 3> &channels) {
  const int n = channels[0].count();
  std::array<double, 3> mean{};
  Matrix covariance{};
  for (int c = 0; c < 3; c++) {
    for (const float v : channels[c])
      mean[c] += v;
    mean[c] /= n;
  }
  for (int i = 0; i < n; i++) {
    std::array<double, 3> d;
    for (int c = 0; c < 3; c++)
      d[c] = channels[c].begin()[i] - mean[c];
    for (int a = 0; a < 3; a++)
      for (int b = a; b < 3; b++)
        covariance[a][b] += d[a] * d[b] / n;
  }
  for (int a = 0; a < 3; a++)
    for (int b = 0; b < a; b++)
      covariance[a][b] = covariance[b][a];
  const Matrix w = inverse_square_root(covariance, kLeastVariance);
  for (int i = 0; i < n; i++) {
    std::array<double, 3> d;
    for (int c = 0; c < 3; c++)
      d[c] = channels[c].begin()[i] - mean[c];
    for (int c = 0; c < 3; c++)
      channels[c].begin()[i] = static_cast<float>(w[c][0] * d[0] + w[c][1] * d[1] + w[c][2] * d[2]);
  }
}

/// Boolean maps of the whitened planes at one scale.
class Scale {
 public:
  Scale(Size analysis, Size size, int thresholds, bool dilate, double sigma)
      : shrink_(analysis, size),
        maps_(size, thresholds, dilate),
        blur_(size, sigma * size.width),
        channels_{Map(size), Map(size), Map(size)},
        sum_(size) {}

  Size size() const { return sum_.size(); }

  const Map &run(const AnalysisPlanes &planes) {
    shrink_.run(planes.y, channels_[0]);
    shrink_.run(planes.cb, channels_[1]);
    shrink_.run(planes.cr, channels_[2]);
    whiten(channels_);
    sum_.fill(0.0F);
    for (const Map &channel : channels_) {
      const auto [least, greatest] = std::minmax_element(channel.begin(), channel.end());
      if (*greatest - *least > kLeastRange)
        maps_.add(channel, *least, *greatest, sum_);
    }
    blur_.run(sum_);
    stretch(sum_, kLeastRange);
    return sum_;
  }

 private:
  AreaScale shrink_;
  BooleanMaps maps_;
  Gaussian blur_;
  std::array<Map, 3> channels_;
  Map sum_;
};

Size bit_size(Size analysis, double area) {
  const Size size = fit_area(analysis, area);
  return {std::clamp(size.width, 2, std::min(analysis.width, kMaxBitColumns)), std::clamp(size.height, 2, analysis.height)};
}

class FigureGround final : public Cue {
 public:
  explicit FigureGround(const AnalysisSizes &sizes)
      : coarse_(sizes.analysis, bit_size(sizes.analysis, 64.0 * 36.0), 12, false, 0.015),
        fine_(sizes.analysis, bit_size(sizes.analysis, 96.0 * 54.0), 16, true, 0.03),
        grow_coarse_(coarse_.size(), sizes.map),
        grow_fine_(fine_.size(), sizes.map),
        coarse_at_map_(sizes.map) {}

  void score(const AnalysisPlanes &planes, Map &out) override {
    grow_fine_.run(fine_.run(planes), out);
    grow_coarse_.run(coarse_.run(planes), coarse_at_map_);
    for (int i = 0; i < out.count(); i++)
      out.begin()[i] += 0.92F * coarse_at_map_.begin()[i];
    stretch(out, kLeastRange);
  }

 private:
  Scale coarse_, fine_;
  AreaScale grow_coarse_, grow_fine_;
  Map coarse_at_map_;
};

}  // namespace

std::unique_ptr<Cue> make_figure_ground(const AnalysisSizes &sizes) { return std::make_unique<FigureGround>(sizes); }

}  // namespace attention
