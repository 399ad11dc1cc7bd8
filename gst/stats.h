/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How many frames went through, and how long each stage took of the latest. */
#pragma once

#include <gst/gst.h>

#include <array>
#include <vector>

#include "attention.h"

class Stats
{
public:
  Stats ();
  void add (const attention::Result & result);
  /* frames, analysed, reused, and of each stage the median and the 99th percentile in nanoseconds */
  GstStructure *describe () const;

private:
  static constexpr size_t kLatest = 1000;

  guint64 frames_ = 0, analysed_ = 0;
  std::array < std::vector < attention::Nanoseconds >, attention::kStageCount > latest_;
  std::array < size_t, attention::kStageCount > next_ {};
};
