/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * The engine of the core, as caps and properties would have it.
 */
#pragma once

#include "attention.h"
#include "element.h"

/**
 * Before a frame: brings the engine in line with the caps and the properties. What cannot be had becomes the element's
 * warning, or its error.
 */
GstFlowReturn gst_attention_filter_update_engine (GstAttentionFilter * self);

/** Looks at @in, the frame that the clock is set to; with @out, weights it. */
void gst_attention_filter_process (GstAttentionFilter * self, const attention::Picture & in,
    const attention::Picture * out);
