// SPDX-License-Identifier: LGPL-2.1-or-later
#include "partition/partition.h"

namespace attention {

void Partition::reset() {
  features_.scene.reset();
  features_.light.reset();
  features_.camera.reset();
}

bool Partition::run(const AnalysisPlanes &planes, Nanoseconds time, const PartitionSettings &settings,
                    Workers &workers) {
  Pyramid &pyramid = features_.pyramid;
  Scene &scene = features_.scene;
  Camera &camera = features_.camera;
  pyramid.halve(planes.y);
  features_.planes = &planes;
  scene.look(pyramid.luma(Pyramid::kLevels - 1), time, settings);
  if (time == kNoTime || scene.is_cut()) {
    features_.light.reset();
    camera.reset();
  }
  features_.light.look(pyramid.luma(Pyramid::kLevels - 1), time, settings.lightning_threshold);
  if (features_.light.is_passing())
    return false;
  features_.still.take(time, scene.is_fresh() || scene.is_cut());
  workers.run_all([&] { camera.look(pyramid, time); }, [&] { find_corners(); },
                  [&] { features_.still.is_due() ? features_.colour.run(planes) : void(); },
                  [&] { features_.segments.run(pyramid.luma(camera.level() + 1), planes); });
  return true;
}

void Partition::find_corners() {
  for (int level = 0; level < Pyramid::kLevels; level++)
    if (features_.still.is_due() || level == features_.camera.level())
      features_.pyramid.find_corners(level);
}

}  // namespace attention
