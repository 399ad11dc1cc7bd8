/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * What the element says of a frame in metas on the buffer.
 */
#pragma once

#include <gst/video/video.h>

#include <array>
#include <string>
#include <vector>

#include "attention.h"

/** Registers GstAttentionMeta; called once, from plugin_init. */
void gst_attention_meta_register (void);

/** A region as metas hold it: all in shares, so that it holds at any size of the frame. */
struct FrameRegion
{
  guint id;
  double weight, share;
  double x_min, x_max, y_min, y_max;
  std::array < float, attention::kMaxCues > cues; /* as in attention::RegionOfInterest */
};

/** Removes what an earlier attentionfilter or attentionroi said of the buffer. @buffer is writable. */
void gst_attention_remove_metas (GstBuffer * buffer);

/** The same, but for GstAttentionMeta. */
void gst_attention_remove_region_metas (GstBuffer * buffer);

/** The whole pixels of a frame like @info that hold a region of one with @width x @height pixels. */
GstVideoRectangle gst_attention_box (const attention::RegionOfInterest & region, int width, int height, const GstVideoInfo * info);

/** Adds one GstVideoRegionOfInterestMeta of type "attention" to a frame of @width x @height pixels. */
GstVideoRegionOfInterestMeta *gst_attention_add_region_meta (GstBuffer * buffer, const FrameRegion & region, guint rank,
    guint width, guint height);

/** Adds one of type "attention-background" that is the whole frame. */
GstVideoRegionOfInterestMeta *gst_attention_add_background_meta (GstBuffer * buffer, guint width, guint height);

/**
 * Adds one GstVideoRegionOfInterestMeta of type "attention" a region, in pixels of @info: the frame that @buffer
 * holds, which may be smaller than the @width x @height that were analysed.
 */
void gst_attention_add_region_metas (GstBuffer * buffer, const attention::Result & result,
    int width, int height, const GstVideoInfo * info);

/**
 * Adds GstAttentionMeta: the grid of weights, the peak, the regions of the @width x @height pixels that were analysed, and their
 * stream time.
 */
void gst_attention_add_grid_meta (GstBuffer * buffer, const attention::Result & result, int width, int height, GstClockTime stream_time);

/**
 * Reads the regions of GstAttentionMeta, whoever wrote it; false where there is none. What cannot be used is left out, and the first such
 * thing is told in @problem.
 */
bool gst_attention_read_regions (GstBuffer * buffer, std::vector < FrameRegion > *regions, std::string * problem);

/** Takes the offer to crop by GstVideoCropMeta out of an allocation query: places in metas are those of the frame that the caps announce. */
void gst_attention_refuse_crop_meta (GstQuery * query);

/** Sets one field a cue, under its name. */
void gst_attention_set_cues (GstStructure * s, const std::array < float, attention::kMaxCues > &cues);

/** Appends @s to a #GstValueArray and takes it. */
void gst_attention_append_structure (GValue * array, GstStructure * s);
