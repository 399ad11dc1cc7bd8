/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "emit.h"

#ifdef HAVE_ANALYTICS
#include "../metadata/analytics.h"
#endif
#include "../metadata/grid.h"
#include "clock.h"
#include "instance.h"

#define GST_CAT_DEFAULT gst_attention_filter_debug

static MessageTimes
times_of (GstAttentionFilter * self, const GstBuffer * buffer)
{
  const GstSegment *segment = &GST_BASE_TRANSFORM (self)->segment;
  MessageTimes times;
  times.timestamp = GST_BUFFER_PTS (buffer);
  times.stream_time = gst_attention_filter_stream_time (self, buffer);
  if (segment->format == GST_FORMAT_TIME)
    times.running_time = gst_segment_to_running_time (segment, GST_FORMAT_TIME, times.timestamp);
  times.duration = GST_BUFFER_DURATION (buffer);
  return times;
}

static void
post (GstAttentionFilter * self, GstStructure * s)
{
  GST_LOG_OBJECT (self, "says %" GST_PTR_FORMAT, (void *) s);
  gst_element_post_message (GST_ELEMENT (self), gst_message_new_element (GST_OBJECT (self), s));
}

void
gst_attention_filter_end_regions (GstAttentionFilter * self)
{
  Messages & messages = self->state->messages;
  if (!messages.end_all ())
    return;
  GST_DEBUG_OBJECT (self, "all regions end");
  post (self, messages.tell ());
}

static void
post_messages (GstAttentionFilter * self, const GstBuffer * buffer)
{
  State & state = *self->state;
  if (state.settings.messages.post == PostMessages::NONE) {
    gst_attention_filter_end_regions (self);
    return;
  }
  const attention::Result & result = state.engine.result ();
  const MessageTimes times = times_of (self, buffer);
  state.messages.see (result, times, state.geometry.width, state.geometry.height);
  if (result.scene_cut)
    post (self, gst_attention_scene_cut_message (result, times));
  if (state.messages.is_due (state.settings.messages))
    post (self, state.messages.tell ());
}

static void
add_metadata (GstAttentionFilter * self, GstBuffer * buffer)
{
  const State & state = *self->state;
  const attention::Result & result = state.engine.result ();
  const int width = state.geometry.width, height = state.geometry.height;
  const GstVideoInfo *info = &GST_VIDEO_FILTER (self)->out_info;
  const unsigned which = state.settings.metadata;
  if (which != 0)
    gst_attention_remove_metas (buffer);
  if (which & METADATA_REGIONS)
    gst_attention_add_region_metas (buffer, result, width, height, info);
  if (which & METADATA_GRID)
    gst_attention_add_grid_meta (buffer, result, width, height, gst_attention_filter_stream_time (self, buffer));
#ifdef HAVE_ANALYTICS
  if (which & METADATA_ANALYTICS)
    gst_attention_add_analytics_metas (buffer, result, width, height, info);
#endif
}

void
gst_attention_filter_emit (GstAttentionFilter * self, GstBuffer * buffer)
{
  {
    ObjectLock lock (self);
    self->stats->add (self->state->engine.result ());
  }
  add_metadata (self, buffer);
  post_messages (self, buffer);
}
