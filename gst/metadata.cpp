/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "metadata.h"

#include <cmath>

#define META_NAME "GstAttentionMeta"
#define META_VERSION 1u

static gboolean
attention_meta_transform (GstBuffer * to, GstCustomMeta * meta, GstBuffer *, GQuark type, gpointer data, gpointer)
{
  if (GST_META_TRANSFORM_IS_COPY (type)) {
    const GstMetaTransformCopy *copy = (const GstMetaTransformCopy *) data;
    /* A part of a frame is another picture. */
    if (copy->region)
      return FALSE;
  } else if (!GST_VIDEO_META_TRANSFORM_IS_SCALE (type)) {
    return FALSE;
  }
  /* Everything in it is a share of the frame, so it holds at any size. */
  GstCustomMeta *copied = gst_buffer_add_custom_meta (to, META_NAME);
  if (!copied)
    return FALSE;
  GstStructure *source = gst_custom_meta_get_structure (meta);
  GstStructure *target = gst_custom_meta_get_structure (copied);
  gst_structure_foreach (source, [](GQuark field, const GValue * value, gpointer s) -> gboolean {
        gst_structure_id_set_value ((GstStructure *) s, field, value);
        return TRUE;
      }, target);
  return TRUE;
}

void
gst_attention_meta_register (void)
{
  static const gchar *tags[] = { GST_META_TAG_VIDEO_STR, GST_META_TAG_VIDEO_SIZE_STR,
    GST_META_TAG_VIDEO_ORIENTATION_STR, NULL
  };
  if (!gst_meta_get_info (META_NAME))
    gst_meta_register_custom (META_NAME, tags, attention_meta_transform, NULL, NULL);
}

static gboolean
is_ours (GstMeta * meta)
{
  if (meta->info->api == GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE)
    return ((GstVideoRegionOfInterestMeta *) meta)->roi_type == g_quark_from_static_string ("attention");
  return gst_meta_info_is_custom (meta->info) && gst_custom_meta_has_name ((GstCustomMeta *) meta, META_NAME);
}

void
gst_attention_remove_metas (GstBuffer * buffer)
{
  gst_buffer_foreach_meta (buffer, [](GstBuffer *, GstMeta ** meta, gpointer) -> gboolean {
        if (is_ours (*meta))
          *meta = NULL;
        return TRUE;
      }, NULL);
}

void
gst_attention_add_region_metas (GstBuffer * buffer, const attention::Result & result,
    int width, int height, const GstVideoInfo * info)
{
  const double sx = (double) GST_VIDEO_INFO_WIDTH (info) / width;
  const double sy = (double) GST_VIDEO_INFO_HEIGHT (info) / height;
  for (int i = 0; i < result.region_count; i++) {
    const attention::RegionOfInterest & region = result.regions[i];
    const guint left = (guint) std::floor (region.x * sx);
    const guint top = (guint) std::floor (region.y * sy);
    const guint right = (guint) std::ceil ((region.x + region.width) * sx);
    const guint bottom = (guint) std::ceil ((region.y + region.height) * sy);
    GstVideoRegionOfInterestMeta *meta =
        gst_buffer_add_video_region_of_interest_meta (buffer, "attention", left, top, right - left, bottom - top);
    meta->id = (gint) region.id;
    gst_video_region_of_interest_meta_add_param (meta, gst_structure_new ("roi/attention",
            "weight", G_TYPE_DOUBLE, (gdouble) region.weight, "share", G_TYPE_DOUBLE, (gdouble) region.share,
            "rank", G_TYPE_UINT, (guint) i, "id", G_TYPE_UINT, (guint) region.id, NULL));
    gst_video_region_of_interest_meta_add_param (meta, gst_structure_new ("detection",
            "x_min", G_TYPE_DOUBLE, (gdouble) region.x / width,
            "x_max", G_TYPE_DOUBLE, (gdouble) (region.x + region.width) / width,
            "y_min", G_TYPE_DOUBLE, (gdouble) region.y / height,
            "y_max", G_TYPE_DOUBLE, (gdouble) (region.y + region.height) / height,
            "confidence", G_TYPE_DOUBLE, (gdouble) region.weight, "label_id", G_TYPE_INT, 0, NULL));
  }
}

void
gst_attention_add_grid_meta (GstBuffer * buffer, const attention::Result & result, GstClockTime stream_time)
{
  GstCustomMeta *meta = gst_buffer_add_custom_meta (buffer, META_NAME);
  if (!meta)
    return;
  GBytes *weights = g_bytes_new (result.grid, (gsize) result.columns * result.rows);
  gst_structure_set (gst_custom_meta_get_structure (meta),
      "version", G_TYPE_UINT, META_VERSION,
      "columns", G_TYPE_UINT, (guint) result.columns, "rows", G_TYPE_UINT, (guint) result.rows,
      "weights", G_TYPE_BYTES, weights,
      "peak-x", G_TYPE_DOUBLE, (gdouble) result.peak_x, "peak-y", G_TYPE_DOUBLE, (gdouble) result.peak_y,
      "stream-time", GST_TYPE_CLOCK_TIME, stream_time, NULL);
  g_bytes_unref (weights);
}

static GstStructure *
region_structure (const attention::RegionOfInterest & region)
{
  GstStructure *s = gst_structure_new ("region",
      "id", G_TYPE_UINT, (guint) region.id,
      "x", G_TYPE_UINT, (guint) region.x, "y", G_TYPE_UINT, (guint) region.y,
      "width", G_TYPE_UINT, (guint) region.width, "height", G_TYPE_UINT, (guint) region.height,
      "weight", G_TYPE_DOUBLE, (gdouble) region.weight, "share", G_TYPE_DOUBLE, (gdouble) region.share, NULL);
  const auto & names = attention::cue_names ();
  for (size_t c = 0; c < names.size (); c++)
    gst_structure_set (s, names[c].data (), G_TYPE_DOUBLE, (gdouble) region.cues[c], NULL);
  return s;
}

GstStructure *
gst_attention_message (const attention::Result & result, const MessageTimes & times)
{
  GstStructure *s = gst_structure_new ("attentionfilter",
      "timestamp", GST_TYPE_CLOCK_TIME, times.timestamp, "stream-time", GST_TYPE_CLOCK_TIME, times.stream_time,
      "running-time", GST_TYPE_CLOCK_TIME, times.running_time, "duration", GST_TYPE_CLOCK_TIME, times.duration,
      "peak-x", G_TYPE_DOUBLE, (gdouble) result.peak_x, "peak-y", G_TYPE_DOUBLE, (gdouble) result.peak_y,
      "coverage", G_TYPE_DOUBLE, (gdouble) result.coverage, NULL);
  GValue regions = G_VALUE_INIT;
  g_value_init (&regions, GST_TYPE_ARRAY);
  for (int i = 0; i < result.region_count; i++) {
    GValue region = G_VALUE_INIT;
    g_value_init (&region, GST_TYPE_STRUCTURE);
    g_value_take_boxed (&region, region_structure (result.regions[i]));
    gst_value_array_append_and_take_value (&regions, &region);
  }
  gst_structure_take_value (s, "regions", &regions);
  return s;
}
