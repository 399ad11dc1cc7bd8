/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * The time of each frame, also where nobody gives one.
 */
#pragma once

#include "element.h"

struct Clock
{
  GstClockTime given = GST_CLOCK_TIME_NONE;     /* stream time of the last frame that had one */
  GstClockTime now = GST_CLOCK_TIME_NONE;       /* that the frame in hand is taken at */
  GstClockTime distance = 0;                    /* of frames, by the last two that had one */
  guint without = 0;                            /* frames since then */
  bool warned = false;                          /* of frames without */
};

/** The stream time of @buffer as it was given, or GST_CLOCK_TIME_NONE. */
GstClockTime gst_attention_filter_stream_time (GstAttentionFilter * self, const GstBuffer * buffer);

/** Sets the clock to the time of @buffer. One that has none, or that of the one before, comes one frame after it: the
 * duration of the buffer, else of the caps, else what lay between the last two frames. That is warned of once,
 * unless it is the first. */
void gst_attention_filter_set_clock (GstAttentionFilter * self, const GstBuffer * buffer);
