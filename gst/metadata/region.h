/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * A region as metadata and messages hold it: structures of its fields, and regions of interest.
 */
#pragma once

#include <gst/video/video.h>

#include <string>

#include "region_fields.h"

/** Makes a structure with all fields of @region that @of has. */
GstStructure *gst_attention_region_describe (const FrameRegion & region, RegionFieldOf of, const gchar * name);

/**
 * Reads the fields that @of has from a structure that anybody may have written, in any version. One that is missing
 * keeps its default, but for those of the box; one that is not known is let be, and one beyond its range is brought to
 * its end. False, with what is wrong in @problem, where one is of another type or no finite number, or where the region
 * holds nothing of the frame. What is beyond a range is told in @problem, too.
 */
bool gst_attention_region_read (const GstStructure * s, RegionFieldOf of, FrameRegion * region, std::string * problem);

/** The whole pixels of a frame of @width x @height pixels that hold a region. */
GstVideoRectangle gst_attention_region_box (const FrameRegion & region, guint width, guint height);

/** Adds one GstVideoRegionOfInterestMeta of type "attention" to a frame of @width x @height pixels. */
GstVideoRegionOfInterestMeta *gst_attention_add_region_meta (GstBuffer * buffer, const FrameRegion & region,
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
 * Removes what an earlier attentionfilter or attentionroi said of the buffer in regions of interest. @buffer is
 * writable.
 */
void gst_attention_remove_region_metas (GstBuffer * buffer);

/** Appends @s to a #GstValueArray and takes it. */
void gst_attention_append_structure (GValue * array, GstStructure * s);
