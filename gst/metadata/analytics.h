/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * What the element says of a frame in the terms of GstAnalytics, where GStreamer has it.
 */
#pragma once

#include <gst/video/video.h>

#include "attention.h"

/** Whether @meta holds nothing but what an earlier attentionfilter said. */
bool gst_attention_is_analytics_meta (GstMeta * meta);

/**
 * Adds an object of type "salient" and its track for each region to the GstAnalyticsRelationMeta of @buffer, and with
 * GStreamer 1.26 a GstTensorMeta with the grid of weights. Boxes are those of gst_attention_add_region_metas().
 */
void gst_attention_add_analytics_metas (GstBuffer * buffer, const attention::Result & result,
    int width, int height, const GstVideoInfo * info);
