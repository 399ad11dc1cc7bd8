/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * What is no reason to end a stream, and is said once.
 */
#pragma once

#include <string>

#include "attention.h"
#include "element.h"

/** Of what properties ask for and this frame cannot give; it is given when it can be. */
void gst_attention_filter_warn_of_misfit (GstAttentionFilter * self, const attention::Status & status);

/** Of a buffer that holds no frame, because of @problem. */
void gst_attention_filter_warn_of_buffer (GstAttentionFilter * self, GstBuffer * buffer, const std::string & problem);

/** Of a buffer without a time of its own. */
void gst_attention_filter_warn_of_time (GstAttentionFilter * self, const GstBuffer * buffer);

/** Of a buffer for a pooled frame that cannot be written, because of @problem. */
void gst_attention_filter_warn_of_pooled_buffer (GstAttentionFilter * self, GstBuffer * buffer,
    const std::string & problem);
