/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "png.h"

#include <gst/video/video.h>

#define TIMEOUT (5 * GST_SECOND)

gboolean
png_write (GstSample * picture, const char *path)
{
  GError *error = NULL;
  GstCaps *png = gst_caps_from_string ("image/png");
  GstSample *converted = picture ? gst_video_convert_sample (picture, png, TIMEOUT, &error) : NULL;
  gst_caps_unref (png);
  gboolean good = FALSE;
  GstMapInfo map;
  if (converted && gst_buffer_map (gst_sample_get_buffer (converted), &map, GST_MAP_READ)) {
    good = g_file_set_contents (path, (const char *) map.data, (gssize) map.size, &error);
    gst_buffer_unmap (gst_sample_get_buffer (converted), &map);
  }
  if (converted)
    gst_sample_unref (converted);
  if (!good)
    g_printerr ("%s: %s\n", path, error ? error->message : "there was no frame to write");
  g_clear_error (&error);
  return good;
}
