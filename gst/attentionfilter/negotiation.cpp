/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "negotiation.h"

#include <string>

#include "instance.h"

#define GST_CAT_DEFAULT gst_attention_filter_debug

static constexpr gint kSmallestSide = 16;       /* px, of a frame that is analysed */

/* Whatever is not, or not only, pixels in system memory. ANY counts as equal to all features. */
bool
gst_attention_filter_is_opaque (const GstCaps * caps, guint i)
{
  const GstCapsFeatures *features = gst_caps_get_features (caps, i);
  return gst_caps_features_is_any (features)
      || !gst_caps_features_is_equal (features, GST_CAPS_FEATURES_MEMORY_SYSTEM_MEMORY);
}

/* What the template has besides opaque frames. */
static GstCaps *
readable_caps (GstPad * pad)
{
  GstCaps *readable = gst_caps_make_writable (gst_pad_get_pad_template_caps (pad));
  gst_caps_filter_and_map_in_place (readable, [](GstCapsFeatures * features, GstStructure *, gpointer) -> gboolean {
        return !gst_caps_features_is_any (features);
      }, NULL);
  return readable;
}

/* What may go through @pad. The ANY of its template must not let in system memory that we cannot read, nor the same
 * with an overlay: whoever offers that would go on in this format with the overlay drawn. */
static GstCaps *
passable (GstPad * pad, const GstCaps * caps, bool opaque_too)
{
  GstCaps *readable = readable_caps (pad);
  GstCaps *result = gst_caps_new_empty ();
  for (guint i = 0; i < gst_caps_get_size (caps); i++) {
    if (gst_attention_filter_is_opaque (caps, i) && !opaque_too)
      continue;
    GstCaps *one = gst_caps_copy_nth (caps, i);
    const GstCapsFeatures *features = gst_caps_get_features (caps, i);
    if (!gst_caps_features_is_any (features)
        && gst_caps_features_contains (features, GST_CAPS_FEATURE_MEMORY_SYSTEM_MEMORY)) {
      gst_caps_set_features_simple (readable, gst_caps_features_copy (features));
      gst_caps_take (&one, gst_caps_intersect_full (one, readable, GST_CAPS_INTERSECT_FIRST));
    }
    gst_caps_append (result, one);
  }
  gst_caps_unref (readable);
  return result;
}

/* What a frame of these caps becomes when it is pooled. */
static GstStructure *
pooled_from (const GstStructure * whole, const attention::Geometry & grid)
{
  GstStructure *pooled = gst_structure_copy (whole);
  gst_structure_set (pooled, "width", G_TYPE_INT, grid.columns, "height", G_TYPE_INT, grid.rows, NULL);
  /* A region has lines of both fields. */
  if (gst_structure_has_field (pooled, "interlace-mode"))
    gst_structure_set (pooled, "interlace-mode", G_TYPE_STRING, "progressive", NULL);
  return pooled;
}

/* What can be pooled to a frame of these caps; NULL where they do not allow the size of the grid. */
static GstStructure *
whole_for (const GstStructure * pooled, const attention::Geometry & grid)
{
  GstStructure *size = gst_structure_new (gst_structure_get_name (pooled), "width", G_TYPE_INT, grid.columns,
      "height", G_TYPE_INT, grid.rows, NULL);
  const bool pools = gst_structure_can_intersect (pooled, size);
  gst_structure_free (size);
  if (!pools)
    return NULL;
  GstStructure *whole = gst_structure_copy (pooled);
  gst_structure_set (whole, "width", GST_TYPE_INT_RANGE, kSmallestSide, attention::kLargestSide,
      "height", GST_TYPE_INT_RANGE, kSmallestSide, attention::kLargestSide, NULL);
  gst_structure_remove_field (whole, "interlace-mode");
  return whole;
}

GstCaps *
gst_attention_filter_transform_caps (GstBaseTransform * trans, GstPadDirection direction, GstCaps * caps,
    GstCaps * filter)
{
  const Settings settings = gst_attention_filter_requested (GST_ATTENTION_FILTER (trans));
  const attention::Geometry & grid = settings.geometry;
  const bool opaque_too = !settings.reads_frames ();
  GstPad *here = direction == GST_PAD_SINK ? trans->sinkpad : trans->srcpad;
  GstPad *there = direction == GST_PAD_SINK ? trans->srcpad : trans->sinkpad;
  GstCaps *same = passable (here, caps, opaque_too);
  GstCaps *result = gst_caps_copy (same);
  for (guint i = 0; i < gst_caps_get_size (same); i++) {
    if (gst_attention_filter_is_opaque (same, i))
      continue;
    const GstStructure *s = gst_caps_get_structure (same, i);
    GstStructure *other = direction == GST_PAD_SINK ? pooled_from (s, grid) : whole_for (s, grid);
    if (!other)
      continue;
    gst_structure_remove_field (other, "field-order");
    if (gst_structure_has_field (other, "pixel-aspect-ratio"))
      gst_structure_set (other, "pixel-aspect-ratio", GST_TYPE_FRACTION_RANGE, 1, G_MAXINT, G_MAXINT, 1, NULL);
    result = gst_caps_merge_structure (result, other);
  }
  gst_caps_unref (same);
  if (filter)
    gst_caps_take (&result, gst_caps_intersect_full (filter, result, GST_CAPS_INTERSECT_FIRST));
  gst_caps_take (&result, passable (there, result, opaque_too));
  GST_DEBUG_OBJECT (trans, "%" GST_PTR_FORMAT " becomes %" GST_PTR_FORMAT, (void *) caps, (void *) result);
  return result;
}

/* The base class adds what peers and templates that take any memory have in common. What upstream may send has the size
 * of the grid last: the base class offers first what downstream asks for, and a source that can make any size would
 * make a frame as small as that. */
void
gst_attention_filter_answer_caps (GstAttentionFilter * self, GstPadDirection direction, GstQuery * query)
{
  const Settings settings = gst_attention_filter_requested (self);
  GstPad *pad = direction == GST_PAD_SINK ? GST_BASE_TRANSFORM_SINK_PAD (self) : GST_BASE_TRANSFORM_SRC_PAD (self);
  GstCaps *caps;
  gst_query_parse_caps_result (query, &caps);
  caps = passable (pad, caps, !settings.reads_frames ());
  GstCaps *first = gst_caps_new_empty ();
  GstCaps *last = gst_caps_new_empty ();
  for (guint i = 0; i < gst_caps_get_size (caps); i++) {
    const GstStructure *s = gst_caps_get_structure (caps, i);
    gint width, height;
    const bool is_grid = gst_structure_get_int (s, "width", &width) && gst_structure_get_int (s, "height", &height)
        && width == settings.geometry.columns && height == settings.geometry.rows;
    gst_caps_append (is_grid && direction == GST_PAD_SINK ? last : first, gst_caps_copy_nth (caps, i));
  }
  gst_caps_append (first, last);
  gst_query_set_caps_result (query, first);
  gst_caps_unref (first);
  gst_caps_unref (caps);
}

/* The frame as it is wherever that is possible; a pooled one keeps the shape of the display. */
GstCaps *
gst_attention_filter_fixate_caps (GstBaseTransform * trans, GstPadDirection direction, GstCaps * caps,
    GstCaps * othercaps)
{
  GstCaps *same = gst_caps_intersect_full (othercaps, caps, GST_CAPS_INTERSECT_FIRST);
  if (!gst_caps_is_empty (same)) {
    gst_caps_unref (othercaps);
    same = gst_caps_make_writable (gst_caps_truncate (same));
    /* Caps that do not speak of it mean square pixels, whatever downstream could do. */
    GstStructure *s = gst_caps_get_structure (same, 0);
    if (gst_structure_has_field (s, "pixel-aspect-ratio"))
      gst_structure_fixate_field_nearest_fraction (s, "pixel-aspect-ratio", 1, 1);
    same = gst_caps_fixate (same);
    GST_DEBUG_OBJECT (trans, "the frame as it is: %" GST_PTR_FORMAT, (void *) same);
    return same;
  }
  gst_caps_unref (same);
  othercaps = gst_caps_make_writable (gst_caps_truncate (othercaps));
  GstVideoInfo info;
  GstStructure *s = gst_caps_get_structure (othercaps, 0);
  gint width, height, par_n, par_d;
  if (direction == GST_PAD_SINK && gst_video_info_from_caps (&info, caps)
      && gst_structure_get_int (s, "width", &width) && gst_structure_get_int (s, "height", &height)) {
    const double shape =
        (double) GST_VIDEO_INFO_WIDTH (&info) / GST_VIDEO_INFO_HEIGHT (&info) * info.par_n / info.par_d;
    gst_util_double_to_fraction (shape * height / width, &par_n, &par_d);
    if (!gst_structure_has_field (s, "pixel-aspect-ratio"))
      gst_structure_set (s, "pixel-aspect-ratio", GST_TYPE_FRACTION_RANGE, 1, G_MAXINT, G_MAXINT, 1, NULL);
    gst_structure_fixate_field_nearest_fraction (s, "pixel-aspect-ratio", par_n, par_d);
  }
  othercaps = gst_caps_fixate (othercaps);
  GST_DEBUG_OBJECT (trans, "another size: %" GST_PTR_FORMAT, (void *) othercaps);
  return othercaps;
}

/* As one would write it in a launch line. */
static std::string
written (GstAttentionFilter * self, std::string property, guint flags)
{
  GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS (self), property.c_str ());
  for (char separator = '='; flags != 0; separator = '+') {
    const GFlagsValue *value = g_flags_get_first_value (G_PARAM_SPEC_FLAGS (spec)->flags_class, flags);
    (property += separator) += value->value_nick;
    flags &= ~value->value;
  }
  return property;
}

/* Why frames of these caps cannot go through, in a sentence. */
static std::string
why_refused (GstAttentionFilter * self, const GstCaps * caps, const Settings & settings)
{
  if (!gst_attention_filter_is_opaque (caps, 0))
    return "Downstream takes neither the frame as it is nor one pooled to region-columns="
        + std::to_string (settings.geometry.columns) + " x region-rows=" + std::to_string (settings.geometry.rows)
        + "; ask it for one of these sizes and the same format.";
  gchar *text = gst_caps_features_to_string (gst_caps_get_features (caps, 0));
  const std::string features = text;
  g_free (text);
  if (!settings.reads_frames ())
    return "Downstream does not take frames of " + features
        + ", which can only pass as they are; ask it for the same caps, or bring the "
        "frames to system memory upstream.";
  std::string readers;
  if (settings.core.recombine.effects != 0)
    readers = written (self, "effect", settings.core.recombine.effects);
  if (settings.core.recombine.draw_regions)
    readers += std::string (readers.empty () ? "" : " and ") + "draw-regions=true";
  if (settings.metadata != 0)
    readers += (readers.empty () ? "" : " and ") + written (self, "metadata", settings.metadata);
  return "Frames of " + features + " cannot be read for " + readers
      + "; bring them to system memory upstream, or set effect=none, "
      "draw-regions=false and metadata=none.";
}

/* Upstream sends caps again with every buffer as long as they are refused; it is said once. */
void
gst_attention_filter_refuse (GstAttentionFilter * self, const GstCaps * caps, const Settings & settings)
{
  if (self->state->refused)
    return;
  self->state->refused = true;
  GST_DEBUG_OBJECT (self, "refused %" GST_PTR_FORMAT, (const void *) caps);
  GST_ELEMENT_ERROR (self, CORE, NEGOTIATION, ("%s", why_refused (self, caps, settings).c_str ()),
      ("incoming caps: %" GST_PTR_FORMAT, (const void *) caps));
}

bool
gst_attention_filter_can_have_readable_frames (GstBaseTransform * trans)
{
  GstCaps *readable = readable_caps (trans->sinkpad);
  GstCaps *offered = gst_pad_peer_query_caps (trans->sinkpad, readable);
  const bool any = !gst_caps_is_empty (offered);
  gst_caps_unref (offered);
  gst_caps_unref (readable);
  return any;
}

static bool
is_deep (std::string_view format)
{
  const GstVideoFormatInfo *info = gst_video_format_get_info (gst_video_format_from_string (format.data ()));
  return GST_VIDEO_FORMAT_INFO_DEPTH (info, 0) > 8;
}

static void
append_formats (GstCaps * caps, bool deep, gint least_side)
{
  std::string text = "video/x-raw, format=(string){ ";
  for (const auto & name : attention::layout_names ())
    if (is_deep (name) == deep)
      (text += name) += ", ";
  text.replace (text.size () - 2, 2, " }");
  GstCaps *formats = gst_caps_from_string (text.c_str ());
  gst_caps_set_simple (formats, "width", GST_TYPE_INT_RANGE, least_side, attention::kLargestSide,
      "height", GST_TYPE_INT_RANGE, least_side, attention::kLargestSide,
      "framerate", GST_TYPE_FRACTION_RANGE, 0, 1, G_MAXINT, 1, NULL);
  gst_caps_append (caps, formats);
}

/* Codes of 8 bits first: a source that can make any format would begin with the deepest. */
static GstCaps *
template_caps (gint least_side)
{
  GstCaps *caps = gst_caps_new_empty ();
  append_formats (caps, false, least_side);
  append_formats (caps, true, least_side);
  gst_caps_append (caps, gst_caps_from_string ("video/x-raw(ANY)"));
  return caps;
}

void
gst_attention_filter_add_pad_template (GstElementClass * klass, const gchar * name, GstPadDirection direction)
{
  GstCaps *caps = template_caps (direction == GST_PAD_SINK ? kSmallestSide : 1);
  gst_element_class_add_pad_template (klass, gst_pad_template_new (name, direction, GST_PAD_ALWAYS, caps));
  gst_caps_unref (caps);
}
