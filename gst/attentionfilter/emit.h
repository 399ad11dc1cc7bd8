/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * What was found goes out: as metadata on the buffer, and on the bus.
 */
#pragma once

#include "element.h"

/** Says what the engine found in the frame in hand, which becomes @buffer. */
void gst_attention_filter_emit (GstAttentionFilter * self, GstBuffer * buffer);

/** Ends all regions that messages told of, as no frame follows that would; nothing where there are none. */
void gst_attention_filter_end_regions (GstAttentionFilter * self);
