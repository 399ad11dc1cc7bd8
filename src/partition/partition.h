// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Stage 2, partition: the frame as a grid of regions, and the features that the stages after it look at.
#pragma once

#include "base/workers.h"
#include "partition/camera.h"
#include "partition/grid.h"
#include "partition/light.h"
#include "partition/scene.h"
#include "partition/segments.h"
#include "partition/turns.h"
#include "partition/whitened.h"

namespace attention {

/// What can be seen of a frame, whoever looks. Where the still picture is not due, colours, and corners but those on
/// the camera's level, are of an earlier frame.
struct Features {
  static constexpr double kColourArea = 64.0 * 36.0;

  explicit Features(const AnalysisSizes &sizes)
      : pyramid(sizes),
        colour(sizes.analysis, kColourArea),
        scene(pyramid.size(Pyramid::kLevels - 1)),
        light(pyramid.size(Pyramid::kLevels - 1)),
        camera(sizes, pyramid),
        segments(sizes.analysis, pyramid.size(camera.level() + 1)) {
    pyramid.keep_trace(camera.level());
  }

  const AnalysisPlanes *planes = nullptr;  ///< that all of this is of
  Pyramid pyramid;
  Whitened colour;
  Scene scene;
  Light light;
  Camera camera;
  Turns still;
  Segments segments;  ///< of a picture about half as wide and high as the map
};

class Partition {
 public:
  Partition(const Geometry &geometry, const AnalysisSizes &sizes) : grid_(geometry, sizes.map), features_(sizes) {}

  /// Forgets earlier pictures.
  void reset();
  /// Makes the features of a frame, whose `time` is as in Engine::process(); false where the frame shows a light that
  /// may pass, and the features stay those of the last one.
  bool run(const AnalysisPlanes &planes, Nanoseconds time, const PartitionSettings &settings, Workers &workers);
  /// Where a frame is not analysed the features stay those of the last one.
  void carry_on() { features_.scene.go_on(); }

  Grid &grid() { return grid_; }
  const Features &features() const { return features_; }

 private:
  void find_corners();

  Grid grid_;
  Features features_;
};

}  // namespace attention
