/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * A region as metadata and messages hold it. Its fields are rows of a table, which all that write or read regions walk.
 */
#pragma once

#include <gst/video/video.h>

#include <array>
#include <string>

#include "attention.h"

/** All in shares of the frame, so that it holds at any size, but for what only messages say. */
struct FrameRegion
{
  guint id = 0;
  double weight = 1, share = 0;
  double x_min = 0, x_max = 0, y_min = 0, y_max = 0;
  std::array < double, attention::kMaxCues > cues {};   /* as in attention::RegionOfInterest */

  guint rank = 0;               /* among those of its frame */
  const gchar *event = "";      /* of a message */
  GstClockTime duration = GST_CLOCK_TIME_NONE;  /* for which it has been seen, of stream time */
  guint x = 0, y = 0, width = 0, height = 0;    /* px of the frame that was analysed */

  FrameRegion () = default;
  /** Of a frame of @width x @height pixels. */
  FrameRegion (const attention::RegionOfInterest & region, int width, int height);
};

/** Which structures have a field. */
enum RegionFieldOf : unsigned
{
  REGION_FIELD_OF_ATTENTION = 1 << 0,   /* param `roi/attention` of a GstVideoRegionOfInterestMeta */
  REGION_FIELD_OF_DETECTION = 1 << 1,   /* its param `detection` */
  REGION_FIELD_OF_GRID = 1 << 2,        /* GstAttentionMeta */
  REGION_FIELD_OF_MESSAGE = 1 << 3,
};

/** Makes a structure with all fields of @region that @of has. */
GstStructure *gst_attention_region_describe (const FrameRegion & region, RegionFieldOf of, const gchar * name);

/**
 * Reads the fields that @of has from a structure that anybody may have written, in any version. One that is missing keeps its default,
 * but for those of the box; one that is not known is let be, and one beyond its range is brought to its end. False, with what is wrong in
 * @problem, where one is of another type or no finite number, or where the region holds nothing of the frame. What is beyond a range is told
 * in @problem, too.
 */
bool gst_attention_region_read (const GstStructure * s, RegionFieldOf of, FrameRegion * region, std::string * problem);

/** The whole pixels of a frame of @width x @height pixels that hold a region. */
GstVideoRectangle gst_attention_region_box (const FrameRegion & region, guint width, guint height);

/** Adds one GstVideoRegionOfInterestMeta of type "attention" to a frame of @width x @height pixels. */
GstVideoRegionOfInterestMeta *gst_attention_add_region_meta (GstBuffer * buffer, const FrameRegion & region, guint width, guint height);

/** Adds one of type "attention-background" that is the whole frame. */
GstVideoRegionOfInterestMeta *gst_attention_add_background_meta (GstBuffer * buffer, guint width, guint height);

/**
 * Adds one GstVideoRegionOfInterestMeta of type "attention" a region, in pixels of @info: the frame that @buffer
 * holds, which may be smaller than the @width x @height that were analysed.
 */
void gst_attention_add_region_metas (GstBuffer * buffer, const attention::Result & result,
    int width, int height, const GstVideoInfo * info);

/** Removes what an earlier attentionfilter or attentionroi said of the buffer in regions of interest. @buffer is writable. */
void gst_attention_remove_region_metas (GstBuffer * buffer);

/** Appends @s to a #GstValueArray and takes it. */
void gst_attention_append_structure (GValue * array, GstStructure * s);
