// SPDX-License-Identifier: LGPL-2.1-or-later
#include "partition/grid.h"

#include <cmath>

namespace attention {
namespace {

std::vector<Span> spans_on(const std::vector<double> &edges, const MapAxis &axis) {
  std::vector<double> on_map;
  on_map.reserve(edges.size());
  for (const double edge : edges)
    on_map.push_back(axis.to_map(edge));
  return between(on_map, axis.samples);
}

AreaScale region_means(const FrameMap &on, Size map, const std::vector<double> &x, const std::vector<double> &y) {
  return AreaScale(map, spans_on(x, on.x), spans_on(y, on.y));
}

/// How much of [begin, end) lies in [low, high), 0–1.
double covered(double begin, double end, double low, double high) {
  return std::max(std::min(end, high) - std::max(begin, low), 0.0) / (end - begin);
}

}  // namespace

std::vector<double> region_edges(int n, int count) {
  std::vector<double> edges;
  for (int i = 0; i <= count; i++) {
    const double edge = static_cast<double>(i) * n / count;
    edges.push_back(count <= n ? std::ceil(edge) : edge);
  }
  return edges;
}

Grid::Grid(const Geometry &geometry, Size map)
    : edges_x_(region_edges(geometry.width, geometry.columns)),
      edges_y_(region_edges(geometry.height, geometry.rows)),
      means_(region_means(FrameMap(geometry, map), map, edges_x_, edges_y_)) {}

double Grid::sum_inside(const Map &regions, double left, double top, double right, double bottom) const {
  double sum = 0;
  for (int y = 0; y < regions.height(); y++) {
    const double rows = covered(edges_y_[y], edges_y_[y + 1], top, bottom);
    for (int x = 0; x < regions.width() && rows > 0; x++)
      sum += rows * covered(edges_x_[x], edges_x_[x + 1], left, right) * regions.row(y)[x];
  }
  return sum;
}

}  // namespace attention
