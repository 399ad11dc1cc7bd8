/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * GstAttentionMeta: the grid of weights and the regions, all in shares of the frame.
 */
#pragma once

#include <gst/video/video.h>

#include <string>
#include <vector>

#include "region.h"

/** Registers GstAttentionMeta; called once, from plugin_init. */
void gst_attention_meta_register (void);

/** Removes what an earlier attentionfilter or attentionroi said of the buffer. @buffer is writable. */
void gst_attention_remove_metas (GstBuffer * buffer);

/**
 * Adds GstAttentionMeta: the grid of weights, the peak, the regions of the @width x @height pixels that were analysed,
 * and their stream time.
 */
void gst_attention_add_grid_meta (GstBuffer * buffer, const attention::Result & result, int width, int height,
    GstClockTime stream_time);

/**
 * Reads the regions of GstAttentionMeta, whoever wrote it; false where there is none. What cannot be used is left out,
 * and the first such thing is told in @problem.
 */
bool gst_attention_read_regions (GstBuffer * buffer, std::vector < FrameRegion > *regions, std::string * problem);

/**
 * Takes the offer to crop by GstVideoCropMeta out of an allocation query: places in metas are those of the frame that
 * the caps announce.
 */
void gst_attention_refuse_crop_meta (GstQuery * query);
