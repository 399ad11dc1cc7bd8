/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/gstvideofilter.h>
#include <gst/video/video.h>

G_BEGIN_DECLS

#define GST_TYPE_ATTENTION_FILTER (gst_attention_filter_get_type ())
G_DECLARE_FINAL_TYPE (GstAttentionFilter, gst_attention_filter, GST, ATTENTION_FILTER, GstVideoFilter)

GST_ELEMENT_REGISTER_DECLARE (attentionfilter);

G_END_DECLS
