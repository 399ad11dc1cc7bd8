/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

/* Writes a raw video frame as a PNG file. Says on stderr what went wrong, and returns FALSE, where it cannot. @picture
 * may be NULL. */
gboolean png_write (GstSample * picture, const char *path);
