/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * Which frames come in and go out: the same caps, or one pixel a region; in system memory, or not to be read.
 */
#pragma once

#include "element.h"
#include "settings.h"

/** Adds a pad template with all formats of the core and, last, any memory. */
void gst_attention_filter_add_pad_template (GstElementClass * klass, const gchar * name, GstPadDirection direction);

/** Whether structure @i of @caps is of whatever is not, or not only, pixels in system memory. */
bool gst_attention_filter_is_opaque (const GstCaps * caps, guint i);

/** The virtual methods of GstBaseTransform. */
GstCaps *gst_attention_filter_transform_caps (GstBaseTransform * trans, GstPadDirection direction, GstCaps * caps,
    GstCaps * filter);
GstCaps *gst_attention_filter_fixate_caps (GstBaseTransform * trans, GstPadDirection direction, GstCaps * caps,
    GstCaps * othercaps);

/**
 * Leaves of the base class's answer to a caps query what may go through the pad of @direction, and in a better order.
 */
void gst_attention_filter_answer_caps (GstAttentionFilter * self, GstPadDirection direction, GstQuery * query);

/** Whether upstream could send frames that can be read. */
bool gst_attention_filter_can_have_readable_frames (GstBaseTransform * trans);

/**
 * Posts an error that says why frames of @caps cannot go through; once, as upstream sends refused caps again with every
 * buffer.
 */
void gst_attention_filter_refuse (GstAttentionFilter * self, const GstCaps * caps, const Settings & settings);
