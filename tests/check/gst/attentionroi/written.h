// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Frames with a GstAttentionMeta that the tests have written.
#pragma once

#include <functional>

#include "../frames.h"

inline GstStructure *
region (guint id, double x, double y, double weight = 1)
{
  GstStructure *s = gst_structure_new ("region", "id", G_TYPE_UINT, id, "weight", G_TYPE_DOUBLE, weight,
      "share", G_TYPE_DOUBLE, 0.25, "x_min", G_TYPE_DOUBLE, x, "x_max", G_TYPE_DOUBLE, x + 0.25,
      "y_min", G_TYPE_DOUBLE, y, "y_max", G_TYPE_DOUBLE, y + 0.5, NULL);
  for (const attention::CueInfo & cue : attention::cues ())
    gst_structure_set (s, cue.name, G_TYPE_DOUBLE, -0.125, NULL);
  return s;
}

/* Takes the structures. */
inline void
set_regions (GstStructure * meta, const std::vector < GstStructure * > &regions)
{
  GValue array = G_VALUE_INIT;
  g_value_init (&array, GST_TYPE_ARRAY);
  for (GstStructure * s : regions) {
    GValue value = G_VALUE_INIT;
    g_value_init (&value, GST_TYPE_STRUCTURE);
    g_value_take_boxed (&value, s);
    gst_value_array_append_and_take_value (&array, &value);
  }
  gst_structure_take_value (meta, "regions", &array);
}

inline std::vector < GstStructure * >
three ()
{
  return {region (7, 0, 0), region (8, 0.5, 0.25, 0.5), region (9, 0.75, 0.5, 0)};
}

inline void
set_weights (GstStructure * meta, gsize size)
{
  GBytes *bytes = g_bytes_new_take (g_malloc0 (size), size);
  gst_structure_set (meta, "weights", G_TYPE_BYTES, bytes, NULL);
  g_bytes_unref (bytes);
}

inline GstStructure *
add_meta (GstBuffer * buffer)
{
  GstStructure *s = gst_custom_meta_get_structure (gst_buffer_add_custom_meta (buffer, "GstAttentionMeta"));
  gst_structure_set (s, "version", G_TYPE_UINT, 1, "columns", G_TYPE_UINT, 4, "rows", G_TYPE_UINT, 3, "peak-x",
      G_TYPE_DOUBLE, 0.5, "peak-y", G_TYPE_DOUBLE, 0.5, "stream-time", GST_TYPE_CLOCK_TIME, (GstClockTime) 0, NULL);
  set_weights (s, 12);
  set_regions (s, three ());
  return s;
}

/* A frame whose GstAttentionMeta has been spoilt. */
using Spoil = std::function < void (GstStructure *) >;

inline GstBuffer *
frame_with (const Spoil & spoil)
{
  GstBuffer *buffer = Frame ().make ();
  spoil (add_meta (buffer));
  return buffer;
}

inline const Spoil kGood = [](GstStructure *) { };

inline int
delta_qp (GstVideoRegionOfInterestMeta * roi, const char *param)
{
  int value = 1000;
  const GstStructure *s = gst_video_region_of_interest_meta_get_param (roi, param);
  ck_assert_msg (s && gst_structure_get_int (s, "delta-qp", &value), "no int delta-qp in %s", param);
  return value;
}

inline const char *
type_of (GstVideoRegionOfInterestMeta * roi)
{
  return g_quark_to_string (roi->roi_type);
}

inline int
custom_metas (GstBuffer * buffer)
{
  int count = 0;
  gpointer state = NULL;
  while (GstMeta * meta = gst_buffer_iterate_meta (buffer, &state))
    count += gst_meta_info_is_custom (meta->info);
  return count;
}
