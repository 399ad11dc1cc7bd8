/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * What the element says of a frame: metas on the buffer and a message on the bus.
 */
#pragma once

#include <gst/video/video.h>

#include "attention.h"

/** Registers GstAttentionMeta; called once, from plugin_init. */
void gst_attention_meta_register (void);

/** Removes what an earlier attentionfilter said of the buffer. @buffer is writable. */
void gst_attention_remove_metas (GstBuffer * buffer);

/**
 * Adds one GstVideoRegionOfInterestMeta of type "attention" a region, in pixels of @info: the frame that @buffer
 * holds, which may be smaller than the @width x @height that were analysed.
 */
void gst_attention_add_region_metas (GstBuffer * buffer, const attention::Result & result,
    int width, int height, const GstVideoInfo * info);

/** Adds GstAttentionMeta: the grid of weights, the peak, and the stream time that was analysed. */
void gst_attention_add_grid_meta (GstBuffer * buffer, const attention::Result & result, GstClockTime stream_time);

/** The times that a message carries, as those of `level` do. */
struct MessageTimes
{
  GstClockTime timestamp, stream_time, running_time, duration;
};

/** The structure of the element message "attentionfilter". */
GstStructure *gst_attention_message (const attention::Result & result, const MessageTimes & times);
