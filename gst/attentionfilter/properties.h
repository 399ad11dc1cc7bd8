/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * The properties of attentionfilter, one row each of a table.
 */
#pragma once

#include <glib-object.h>

#include "settings.h"

/** Installs all properties of the table and `stats`, which is read only; their ids begin with 1. */
void gst_attention_filter_install_properties (GObjectClass * klass);

/** Whether @id is that of `stats`, which is not in Settings. */
bool gst_attention_filter_is_stats (guint id);

/** Sets the member that a property stands for; false where there is no such property. */
bool gst_attention_filter_set (Settings & settings, guint id, const GValue * value);

/** Gets the member that a property stands for; false where there is no such property. */
bool gst_attention_filter_get (const Settings & settings, guint id, GValue * value);
