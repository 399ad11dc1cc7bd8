// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// A frame of noise and what the cues make of it.
#pragma once

#include "../noise.h"
#include "weigh/weigh.h"

/// A frame and what the cues make of it.
struct Scored {
  explicit Scored(const Geometry &geometry) : sizes(AnalysisSizes::choose(geometry)), partition(geometry, sizes) {
    for (int c = 0; c < kCueCount; c++) {
      cues[c] = kCues[c].create(sizes, partition.features());
      scores[c] = Map(sizes.map);
    }
    show(noise_planes(sizes), 0);
  }

  void show(AnalysisPlanes shown, Nanoseconds time) {
    planes = std::move(shown);
    Workers workers(1);
    PartitionSettings settings;
    settings.scene_cut = SceneCut::kIgnore;
    partition.run(planes, time, settings, workers);
    for (int c = 0; c < kCueCount; c++) {
      cues[c]->look(partition.features());
      cues[c]->score(scores[c]);
    }
  }

  AnalysisSizes sizes;
  AnalysisPlanes planes{sizes.analysis};  ///< which features and cues may point into
  Partition partition;
  Cues cues;
  CueMaps scores;
};
