// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// A frame of noise, scaled down.
#pragma once

#include "maps.h"
#include "preprocess/preprocess.h"

inline Geometry frame_of(int width, int height) {
  Geometry g;
  g.layout = find_layout("I420");
  g.width = width;
  g.height = height;
  return g;
}

inline AnalysisPlanes noise_planes(const AnalysisSizes &sizes) {
  std::mt19937 random(1);
  AnalysisPlanes planes(sizes.analysis);
  for (int i = 0; i < planes.y.count(); i++) {
    planes.y.begin()[i] =
        texture(i % sizes.analysis.width, i / sizes.analysis.width) + static_cast<float>(random() % 16);
    planes.cb.begin()[i] = static_cast<float>(random() % 64) - 32;
    planes.cr.begin()[i] = static_cast<float>(random() % 64) - 32;
  }
  return planes;
}
