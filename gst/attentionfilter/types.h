/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * The enumerations that properties have for values.
 */
#pragma once

#include <glib-object.h>

GType gst_attention_filter_effect_get_type (void);
GType gst_attention_filter_heatmap_of_get_type (void);
GType gst_attention_filter_metadata_get_type (void);
GType gst_attention_filter_fusion_get_type (void);
GType gst_attention_filter_scene_cut_get_type (void);
GType gst_attention_filter_map_refine_get_type (void);
GType gst_attention_filter_post_messages_get_type (void);
