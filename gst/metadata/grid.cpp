/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "grid.h"

#include <algorithm>
#include <cmath>

#ifdef HAVE_ANALYTICS
#include "analytics.h"
#endif

GST_DEBUG_CATEGORY_STATIC (gst_attention_meta_debug);
#define GST_CAT_DEFAULT gst_attention_meta_debug

#define META_NAME "GstAttentionMeta"
#define META_VERSION 1u

/* By how much the shape of the display may change for places in it to still hold: borders or a stretch of 2 % at each
 * side, less than a region of the grid. */
#define SAME_SHAPE 1.04

/* 0 if there is none. */
static double
display_shape (const GstVideoInfo * info)
{
  const double par = info->par_n > 0 && info->par_d > 0 ? (double) info->par_n / info->par_d : 1;
  return GST_VIDEO_INFO_HEIGHT (info) > 0 ? par * GST_VIDEO_INFO_WIDTH (info) / GST_VIDEO_INFO_HEIGHT (info) : 0;
}

/* Otherwise the picture has been stretched or was given borders, and the transform does not say which. */
static bool
keeps_shape (const GstVideoMetaTransform * sizes)
{
  const double in = display_shape (sizes->in_info), out = display_shape (sizes->out_info);
  return in > 0 && out > 0 && std::max (in, out) <= SAME_SHAPE * std::min (in, out);
}

static gboolean
attention_meta_transform (GstBuffer * to, GstCustomMeta * meta, GstBuffer *, GQuark type, gpointer data, gpointer)
{
  if (GST_META_TRANSFORM_IS_COPY (type)) {
    const GstMetaTransformCopy *copy = (const GstMetaTransformCopy *) data;
    /* A part of a frame is another picture. */
    if (copy->region) {
      GST_DEBUG ("left out of %" GST_PTR_FORMAT ", a part of a frame", (void *) to);
      return FALSE;
    }
  } else if (!GST_VIDEO_META_TRANSFORM_IS_SCALE (type) || !keeps_shape ((const GstVideoMetaTransform *) data)) {
    GST_DEBUG ("left out of %" GST_PTR_FORMAT ", which %s shows otherwise", (void *) to, g_quark_to_string (type));
    return FALSE;
  }
  /* Where several buffers become one, the first speaks for it. */
  if (gst_buffer_get_custom_meta (to, META_NAME))
    return TRUE;
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
  GST_DEBUG_CATEGORY_INIT (gst_attention_meta_debug, "attentionmeta", 0, "GstAttentionMeta");
  if (!gst_meta_get_info (META_NAME))
    gst_meta_register_custom (META_NAME, tags, attention_meta_transform, NULL, NULL);
}

void
gst_attention_remove_metas (GstBuffer * buffer)
{
  gst_attention_remove_region_metas (buffer);
  gst_buffer_foreach_meta (buffer, [](GstBuffer *, GstMeta ** meta, gpointer) -> gboolean {
        bool ours = gst_meta_info_is_custom ((*meta)->info)
            && gst_custom_meta_has_name ((GstCustomMeta *) *meta, META_NAME);
#ifdef HAVE_ANALYTICS
        ours = ours || gst_attention_is_analytics_meta (*meta);
#endif
        if (ours)
          *meta = NULL;
        return TRUE;
      }, NULL);
}

void
gst_attention_add_grid_meta (GstBuffer * buffer, const attention::Result & result, int width, int height,
    GstClockTime stream_time)
{
  GstCustomMeta *meta = gst_buffer_add_custom_meta (buffer, META_NAME);
  if (!meta)
    return;
  GBytes *weights = g_bytes_new (result.grid, (gsize) result.columns * result.rows);
  GstStructure *s = gst_custom_meta_get_structure (meta);
  gst_structure_set (s,
      "version", G_TYPE_UINT, META_VERSION,
      "columns", G_TYPE_UINT, (guint) result.columns, "rows", G_TYPE_UINT, (guint) result.rows,
      "weights", G_TYPE_BYTES, weights,
      "peak-x", G_TYPE_DOUBLE, (gdouble) result.peak_x, "peak-y", G_TYPE_DOUBLE, (gdouble) result.peak_y,
      "stream-time", GST_TYPE_CLOCK_TIME, stream_time, NULL);
  g_bytes_unref (weights);
  GValue regions = G_VALUE_INIT;
  g_value_init (&regions, GST_TYPE_ARRAY);
  for (int i = 0; i < result.region_count; i++)
    gst_attention_append_structure (&regions,
        gst_attention_region_describe (FrameRegion (result.regions[i], width, height), REGION_FIELD_OF_GRID, "region"));
  gst_structure_take_value (s, "regions", &regions);
}

/* Reads what anybody may have written: the first problem is kept. */
class MetaReader
{
public:
  explicit MetaReader (const GstStructure * s):s_ (s) {}

  std::string problem () const { return problem_; }

  /* A later version has what this one has, and more. */
  void check_version ()
  {
    guint version;
    if (!gst_structure_get_uint (s_, "version", &version))
      report ("it has no uint 'version'");
  }

  void check_grid ()
  {
    guint columns, rows;
    const GValue *weights = gst_structure_get_value (s_, "weights");
    if (!gst_structure_get_uint (s_, "columns", &columns) || !gst_structure_get_uint (s_, "rows", &rows)) {
      report ("it has no uint 'columns' and 'rows'");
      return;
    }
    auto *bytes = weights && G_VALUE_HOLDS (weights, G_TYPE_BYTES) ? (GBytes *) g_value_get_boxed (weights) : NULL;
    const gsize size = bytes ? g_bytes_get_size (bytes) : 0;
    if (size == 0 || size != (guint64) columns * rows)
      report ("its 'weights' are " + std::to_string (size) + " bytes for " + std::to_string (columns) + " x "
          + std::to_string (rows) + " regions");
    for (const char *field : { "peak-x", "peak-y" }) {
      double peak;
      if (!gst_structure_get_double (s_, field, &peak) || !(peak >= 0 && peak <= 1))
        report (std::string ("its '") + field + "' is no number from 0 to 1");
    }
  }

  std::vector < FrameRegion > regions ()
  {
    std::vector < FrameRegion > regions;
    const GValue *array = gst_structure_get_value (s_, "regions");
    if (!array || !GST_VALUE_HOLDS_ARRAY (array)) {
      report ("it has no array 'regions'");
      return regions;
    }
    const guint count = gst_value_array_get_size (array);
    if (count > attention::kMaxRegionsOfInterest)
      report ("it has " + std::to_string (count) + " regions, more than "
          + std::to_string (attention::kMaxRegionsOfInterest));
    for (guint i = 0; i < std::min (count, (guint) attention::kMaxRegionsOfInterest); i++) {
      const GValue *value = gst_value_array_get_value (array, i);
      const GstStructure *s = GST_VALUE_HOLDS_STRUCTURE (value) ? gst_value_get_structure (value) : NULL;
      const std::string name = "region " + std::to_string (i);
      if (!s) {
        report (name + " is no structure");
        continue;
      }
      FrameRegion region;
      region.rank = (guint) regions.size ();
      std::string problem;
      if (gst_attention_region_read (s, REGION_FIELD_OF_GRID, &region, &problem))
        regions.push_back (region);
      if (!problem.empty ())
        report (name + " " + problem);
    }
    return regions;
  }

private:
  void report (const std::string & problem)
  {
    if (problem_.empty ())
      problem_ = problem;
  }

  const GstStructure *s_;
  std::string problem_;
};

bool
gst_attention_read_regions (GstBuffer * buffer, std::vector < FrameRegion > *regions, std::string * problem)
{
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, META_NAME);
  if (!meta)
    return false;
  MetaReader reader (gst_custom_meta_get_structure (meta));
  reader.check_version ();
  *regions = reader.regions ();
  reader.check_grid ();
  *problem = reader.problem ();
  if (!problem->empty ())
    GST_DEBUG ("%" GST_PTR_FORMAT " in %" GST_PTR_FORMAT, (void *) gst_custom_meta_get_structure (meta),
        (void *) buffer);
  return true;
}

void
gst_attention_refuse_crop_meta (GstQuery * query)
{
  guint index;
  while (gst_query_find_allocation_meta (query, GST_VIDEO_CROP_META_API_TYPE, &index))
    gst_query_remove_nth_allocation_meta (query, index);
}
