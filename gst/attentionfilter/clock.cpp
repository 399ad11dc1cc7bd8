/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "clock.h"

#include "instance.h"
#include "warnings.h"

#define GST_CAT_DEFAULT gst_attention_filter_debug

GstClockTime
gst_attention_filter_stream_time (GstAttentionFilter * self, const GstBuffer * buffer)
{
  const GstSegment *segment = &GST_BASE_TRANSFORM (self)->segment;
  if (segment->format != GST_FORMAT_TIME)
    return GST_CLOCK_TIME_NONE;
  return gst_segment_to_stream_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
}

static GstClockTime
frame_duration (GstAttentionFilter * self, const GstBuffer * buffer)
{
  const GstVideoInfo *info = &GST_VIDEO_FILTER (self)->in_info;
  if (GST_BUFFER_DURATION_IS_VALID (buffer) && GST_BUFFER_DURATION (buffer) > 0)
    return GST_BUFFER_DURATION (buffer);
  if (GST_VIDEO_INFO_FPS_N (info) > 0 && GST_VIDEO_INFO_FPS_D (info) > 0)
    return gst_util_uint64_scale_int (GST_SECOND, GST_VIDEO_INFO_FPS_D (info), GST_VIDEO_INFO_FPS_N (info));
  return self->state->clock.distance > 0 ? self->state->clock.distance : GST_SECOND / 25;
}

void
gst_attention_filter_set_clock (GstAttentionFilter * self, const GstBuffer * buffer)
{
  Clock & clock = self->state->clock;
  const GstClockTime time = gst_attention_filter_stream_time (self, buffer);
  if (GST_CLOCK_TIME_IS_VALID (time) && time != clock.given) {
    if (GST_CLOCK_TIME_IS_VALID (clock.given))
      clock.distance = (MAX (time, clock.given) - MIN (time, clock.given)) / (clock.without + 1);
    clock.given = clock.now = time;
    clock.without = 0;
    return;
  }
  clock.without++;
  /* The first may come at any time, and where time is not told there is none to miss. */
  if (GST_CLOCK_TIME_IS_VALID (clock.now) && GST_BASE_TRANSFORM (self)->segment.format == GST_FORMAT_TIME)
    gst_attention_filter_warn_of_time (self, buffer);
  const GstClockTime step = frame_duration (self, buffer);
  if (!GST_CLOCK_TIME_IS_VALID (clock.now))
    clock.now = 0;
  else if (GST_BASE_TRANSFORM (self)->segment.rate < 0)
    clock.now -= MIN (step, clock.now);
  else if (clock.now <= G_MAXINT64 - MIN (step, (GstClockTime) G_MAXINT64))
    clock.now += step;
}
