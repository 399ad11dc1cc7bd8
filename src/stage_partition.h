// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Stage 2, partition: the frame as a grid of regions and what each of them is like.
#pragma once

#include "attention.h"
#include "resample.h"
#include "stage_preprocess.h"

namespace attention {

/// Where `count` regions divide `n` pixels: whole pixels where there are enough of them, the last region
/// possibly smaller (9 pixels in 5 regions: 2 2 2 2 1). count + 1 edges.
std::vector<double> region_edges(int n, int count);

class Partition {
 public:
  Partition(const Geometry &geometry, const AnalysisSizes &sizes);

  /// Describes each region by its mean colour.
  void run(const AnalysisPlanes &planes);

  /// The mean of a map (cue or weights) over each region; what lies outside of the crop counts as 0.
  void describe(const Map &map, Map &regions) { map_means_.run(map, regions); }

  Size grid() const { return mean_y_.size(); }
  const Map &mean_y() const { return mean_y_; }
  const Map &mean_cb() const { return mean_cb_; }
  const Map &mean_cr() const { return mean_cr_; }
  /// Region edges in px of the frame, columns + 1 and rows + 1 of them.
  const std::vector<double> &edges_x() const { return edges_x_; }
  const std::vector<double> &edges_y() const { return edges_y_; }

 private:
  std::vector<double> edges_x_, edges_y_;
  AreaScale plane_means_, map_means_;
  Map mean_y_, mean_cb_, mean_cr_;
};

}  // namespace attention
