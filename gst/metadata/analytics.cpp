/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "analytics.h"

#include <gst/analytics/analytics.h>

#include <algorithm>

#include "region.h"

static GQuark
object_type (void)
{
  return g_quark_from_static_string ("salient");
}

/* How many entries of @meta are objects of ours and their tracks. */
static gsize
count_ours (GstAnalyticsRelationMeta * meta)
{
  gsize count = 0;
  gpointer state = NULL;
  GstAnalyticsODMtd object;
  while (gst_analytics_relation_meta_iterate (meta, &state, gst_analytics_od_mtd_get_mtd_type (), &object)) {
    if (gst_analytics_od_mtd_get_obj_type (&object) != object_type ())
      continue;
    count++;
    gpointer tracks = NULL;
    GstAnalyticsTrackingMtd track;
    while (gst_analytics_relation_meta_get_direct_related (meta, object.id, GST_ANALYTICS_REL_TYPE_RELATE_TO,
            gst_analytics_tracking_mtd_get_mtd_type (), &tracks, &track))
      count++;
  }
  return count;
}

static void
add_object (GstAnalyticsRelationMeta * meta, const attention::RegionOfInterest & region, const GstVideoRectangle & box)
{
  GstAnalyticsODMtd object;
  GstAnalyticsTrackingMtd track;
  if (!gst_analytics_relation_meta_add_od_mtd (meta, object_type (), box.x, box.y, box.w, box.h, region.weight, &object)
      || !gst_analytics_relation_meta_add_tracking_mtd (meta, region.id, (GstClockTime) region.first_seen, &track))
    return;
  gst_analytics_tracking_mtd_update_last_seen (&track, (GstClockTime) region.last_seen);
  gst_analytics_relation_meta_set_relation (meta, GST_ANALYTICS_REL_TYPE_RELATE_TO, object.id, track.id);
}

#if GST_CHECK_VERSION (1, 26, 0)
static GQuark
tensor_id (void)
{
  return g_quark_from_static_string ("saliency-map");
}

static void
add_tensor (GstBuffer * buffer, const attention::Result & result)
{
  gsize dims[] = { 1, (gsize) result.rows, (gsize) result.columns };
  const gsize count = dims[1] * dims[2];
  gfloat *weights = g_new (gfloat, count);
  std::transform (result.grid, result.grid + count, weights, [](uint8_t w) { return w / 255.0f; });
  GstTensor **tensors = g_new (GstTensor *, 1);
  tensors[0] = gst_tensor_new_simple (tensor_id (), GST_TENSOR_DATA_TYPE_FLOAT32,
      gst_buffer_new_wrapped (weights, count * sizeof (gfloat)), GST_TENSOR_DIM_ORDER_ROW_MAJOR,
      G_N_ELEMENTS (dims), dims);
  gst_tensor_meta_set (gst_buffer_add_tensor_meta (buffer), 1, tensors);
}
#endif

bool
gst_attention_is_analytics_meta (GstMeta * meta)
{
  if (meta->info->api == GST_ANALYTICS_RELATION_META_API_TYPE) {
    GstAnalyticsRelationMeta *relations = (GstAnalyticsRelationMeta *) meta;
    const gsize ours = count_ours (relations);
    return ours > 0 && ours == gst_analytics_relation_get_length (relations);
  }
#if GST_CHECK_VERSION (1, 26, 0)
  if (meta->info->api == GST_TENSOR_META_API_TYPE) {
    const GstTensorMeta *tensors = (const GstTensorMeta *) meta;
    return tensors->num_tensors == 1 && tensors->tensors[0]->id == tensor_id ();
  }
#endif
  return false;
}

void
gst_attention_add_analytics_metas (GstBuffer * buffer, const attention::Result & result, int width, int height,
    const GstVideoInfo * info)
{
  GstAnalyticsRelationMeta *meta = gst_buffer_get_analytics_relation_meta (buffer);
  if (!meta)
    meta = gst_buffer_add_analytics_relation_meta (buffer);
  /* Entries cannot be removed: those of an earlier filter, among others that are not ours, stay the only ones. */
  if (count_ours (meta) == 0)
    for (int i = 0; i < result.region_count; i++)
      add_object (meta, result.regions[i], gst_attention_region_box (FrameRegion (result.regions[i], width, height),
              (guint) GST_VIDEO_INFO_WIDTH (info), (guint) GST_VIDEO_INFO_HEIGHT (info)));
#if GST_CHECK_VERSION (1, 26, 0)
  add_tensor (buffer, result);
#endif
}
