/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "region.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#define REGION_TYPE "attention"
#define BACKGROUND_TYPE "attention-background"

namespace
{

/* Why a value, or that there is none, is not right for the field, in a sentence that goes on from the name of what has
 * it; empty where it is. */
std::string
problem_of (const RegionField & field, const GValue * value)
{
  if (!value)
    return field.is_needed ? "has no '" + field.name + "'" : "";
  if (field.type != G_TYPE_DOUBLE)
    return G_VALUE_HOLDS (value, field.type) ? "" :
        "has no " + std::string (g_type_name (field.type) + strlen ("g")) + " '" + field.name + "'";
  if (!G_VALUE_HOLDS_DOUBLE (value) || !std::isfinite (g_value_get_double (value)))
    return "has no finite double '" + field.name + "'";
  return "";
}

/* Whole pixels that hold a share of a side. What a division has rounded is no pixel more. */
void
pixels_of (double least, double most, guint size, gint * at, gint * length)
{
  const guint first = std::min ((guint) std::floor (least * size + 1e-6), size - 1);
  const guint last = std::min ((guint) std::ceil (most * size - 1e-6), size);
  *at = (gint) first;
  *length = (gint) (std::max (last, first + 1) - first);
}

}  // namespace

GstStructure *
gst_attention_region_describe (const FrameRegion & region, RegionFieldOf of, const gchar * name)
{
  GstStructure *s = gst_structure_new_empty (name);
  for (const RegionField & field : region_fields ()) {
    if (!(field.of & of))
      continue;
    GValue value = G_VALUE_INIT;
    g_value_init (&value, field.type);
    field.write (region, &value);
    gst_structure_take_value (s, field.name.c_str (), &value);
  }
  return s;
}

bool
gst_attention_region_read (const GstStructure * s, RegionFieldOf of, FrameRegion * region, std::string * problem)
{
  for (const RegionField & field : region_fields ()) {
    const GValue *value = gst_structure_get_value (s, field.name.c_str ());
    if (!(field.of & of) || !field.read)
      continue;
    const std::string wrong = problem_of (field, value);
    if (!wrong.empty ()) {
      *problem = wrong;
      return false;
    }
    if (!value)
      continue;
    if (field.type == G_TYPE_DOUBLE && problem->empty ()
        && (g_value_get_double (value) < field.least || g_value_get_double (value) > field.most))
      *problem = "has " + field.name + "=" + std::to_string (g_value_get_double (value)) + ", not "
          + std::to_string ((int) field.least) + " to " + std::to_string ((int) field.most);
    field.read (*region, value);
  }
  if (region->x_min < region->x_max && region->y_min < region->y_max)
    return true;
  *problem = "holds nothing of the frame";
  return false;
}

GstVideoRectangle
gst_attention_region_box (const FrameRegion & region, guint width, guint height)
{
  GstVideoRectangle box;
  pixels_of (region.x_min, region.x_max, width, &box.x, &box.w);
  pixels_of (region.y_min, region.y_max, height, &box.y, &box.h);
  return box;
}

GstVideoRegionOfInterestMeta *
gst_attention_add_region_meta (GstBuffer * buffer, const FrameRegion & region, guint width, guint height)
{
  const GstVideoRectangle box = gst_attention_region_box (region, width, height);
  GstVideoRegionOfInterestMeta *meta = gst_buffer_add_video_region_of_interest_meta (buffer, REGION_TYPE,
      (guint) box.x, (guint) box.y, (guint) box.w, (guint) box.h);
  meta->id = (gint) region.id;
  gst_video_region_of_interest_meta_add_param (meta,
      gst_attention_region_describe (region, REGION_FIELD_OF_ATTENTION, "roi/attention"));
  gst_video_region_of_interest_meta_add_param (meta,
      gst_attention_region_describe (region, REGION_FIELD_OF_DETECTION, "detection"));
  return meta;
}

GstVideoRegionOfInterestMeta *
gst_attention_add_background_meta (GstBuffer * buffer, guint width, guint height)
{
  return gst_buffer_add_video_region_of_interest_meta (buffer, BACKGROUND_TYPE, 0, 0, width, height);
}

void
gst_attention_add_region_metas (GstBuffer * buffer, const attention::Result & result, int width, int height,
    const GstVideoInfo * info)
{
  for (int i = 0; i < result.region_count; i++) {
    FrameRegion region (result.regions[i], width, height);
    region.rank = (guint) i;
    gst_attention_add_region_meta (buffer, region, (guint) GST_VIDEO_INFO_WIDTH (info),
        (guint) GST_VIDEO_INFO_HEIGHT (info));
  }
}

void
gst_attention_remove_region_metas (GstBuffer * buffer)
{
  gst_buffer_foreach_meta (buffer, [](GstBuffer *, GstMeta ** meta, gpointer) -> gboolean {
        if ((*meta)->info->api != GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE)
          return TRUE;
        const GQuark type = ((GstVideoRegionOfInterestMeta *) *meta)->roi_type;
        if (type == g_quark_from_static_string (REGION_TYPE) || type == g_quark_from_static_string (BACKGROUND_TYPE))
          *meta = NULL;
        return TRUE;
      }, NULL);
}

void
gst_attention_append_structure (GValue * array, GstStructure * s)
{
  GValue value = G_VALUE_INIT;
  g_value_init (&value, GST_TYPE_STRUCTURE);
  g_value_take_boxed (&value, s);
  gst_value_array_append_and_take_value (array, &value);
}
