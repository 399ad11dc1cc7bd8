/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * The properties of attentionfilter, one row each of a table.
 */
#pragma once

#include "property.h"

/** Row @index of the table, or NULL where it has ended. */
const Property *gst_attention_filter_property (guint index);
