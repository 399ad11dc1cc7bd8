// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stage_partition.h"

#include <cmath>

namespace attention {
namespace {

/// Edges in px of the frame as samples of a map of `n` samples over the crop.
std::vector<Span> spans_on(const std::vector<double> &edges, int crop_begin, int crop_size, int n) {
  std::vector<double> on_map;
  for (const double edge : edges)
    on_map.push_back((edge - crop_begin) * n / crop_size);
  return between(on_map, n);
}

AreaScale region_means(const Geometry &g, Size in, const std::vector<double> &x, const std::vector<double> &y) {
  return AreaScale(in, spans_on(x, g.crop_left, g.crop_width(), in.width),
                   spans_on(y, g.crop_top, g.crop_height(), in.height));
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

Partition::Partition(const Geometry &geometry, const AnalysisSizes &sizes)
    : edges_x_(region_edges(geometry.width, geometry.columns)),
      edges_y_(region_edges(geometry.height, geometry.rows)),
      plane_means_(region_means(geometry, sizes.analysis, edges_x_, edges_y_)),
      map_means_(region_means(geometry, sizes.map, edges_x_, edges_y_)),
      mean_y_({geometry.columns, geometry.rows}),
      mean_cb_(mean_y_.size()),
      mean_cr_(mean_y_.size()) {}

void Partition::run(const AnalysisPlanes &planes) {
  plane_means_.run(planes.y, mean_y_);
  plane_means_.run(planes.cb, mean_cb_);
  plane_means_.run(planes.cr, mean_cr_);
}

}  // namespace attention
