// SPDX-License-Identifier: LGPL-2.1-or-later
#include "partition/whitened.h"

#include <cmath>

#include "image/statistics.h"

namespace attention {
namespace {

constexpr float kLeastVariance = 4.0F;  // on the 8-bit scale: less is noise, not colour

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
void uncorrelate(Colour &channels) {
  const int n = channels[0].count();
  for (Map &channel : channels) {
    const auto centre = static_cast<float>(mean(channel));
    for (float &v : channel)
      v -= centre;
  }
  Matrix covariance;
  for (int a = 0; a < 3; a++)
    for (int b = 0; b < 3; b++)
      covariance[a][b] = b < a ? covariance[b][a] : dot(channels[a], channels[b]) / n;
  const Matrix w = inverse_square_root(covariance, kLeastVariance);
  std::array<std::array<float, 3>, 3> m;
  for (int a = 0; a < 3; a++)
    for (int b = 0; b < 3; b++)
      m[a][b] = static_cast<float>(w[a][b]);
  float *const x = channels[0].begin(), *const y = channels[1].begin(), *const z = channels[2].begin();
  for (int i = 0; i < n; i++) {
    const float d[] = {x[i], y[i], z[i]};
    x[i] = m[0][0] * d[0] + m[0][1] * d[1] + m[0][2] * d[2];
    y[i] = m[1][0] * d[0] + m[1][1] * d[1] + m[1][2] * d[2];
    z[i] = m[2][0] * d[0] + m[2][1] * d[1] + m[2][2] * d[2];
  }
}

Size colour_size(Size analysis, double area) {
  const Size size = fit_area(analysis, area);
  return {std::clamp(size.width, 2, analysis.width), std::clamp(size.height, 2, analysis.height)};
}

}  // namespace

Whitened::Whitened(Size analysis, double area)
    : shrink_(analysis, colour_size(analysis, area)),
      colour_{Map(colour_size(analysis, area)), Map(colour_size(analysis, area)), Map(colour_size(analysis, area))} {}

void Whitened::run(const AnalysisPlanes &planes) {
  shrink_.run(planes.y, colour_[0]);
  shrink_.run(planes.cb, colour_[1]);
  shrink_.run(planes.cr, colour_[2]);
  uncorrelate(colour_);
}

}  // namespace attention
