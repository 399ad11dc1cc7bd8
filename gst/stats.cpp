/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "stats.h"

#include <algorithm>
#include <string>

Stats::Stats ()
{
  for (auto & times : latest_)
    times.reserve (kLatest);
}

/* A frame that is not analysed has no times of the first stages. */
void
Stats::add (const attention::Result & result)
{
  frames_++;
  analysed_ += result.analysed ? 1 : 0;
  for (int s = 0; s < attention::kStageCount; s++) {
    if (result.times[s] == 0)
      continue;
    if (latest_[s].size () < kLatest)
      latest_[s].push_back (result.times[s]);
    else
      latest_[s][next_[s]] = result.times[s];
    next_[s] = (next_[s] + 1) % kLatest;
  }
}

static guint64
quantile (std::vector < attention::Nanoseconds > times, double share)
{
  if (times.empty ())
    return 0;
  const auto nth = times.begin () + (std::ptrdiff_t) (share * (double) (times.size () - 1));
  std::nth_element (times.begin (), nth, times.end ());
  return (guint64) *nth;
}

GstStructure *
Stats::describe () const
{
  GstStructure *s = gst_structure_new ("attentionfilter-stats", "frames", G_TYPE_UINT64, frames_,
      "analysed", G_TYPE_UINT64, analysed_, "reused", G_TYPE_UINT64, frames_ - analysed_, NULL);
  for (int i = 0; i < attention::kStageCount; i++) {
    const std::string name = attention::stage_name ((attention::Stage) i);
    gst_structure_set (s, (name + "-median").c_str (), G_TYPE_UINT64, quantile (latest_[i], 0.5),
        (name + "-p99").c_str (), G_TYPE_UINT64, quantile (latest_[i], 0.99), NULL);
  }
  return s;
}
