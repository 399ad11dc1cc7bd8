/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * SECTION:element-attentionroi
 * @title: attentionroi
 * @short_description: tells an encoder the regions that attentionfilter found
 *
 * attentionroi writes the regions of attentionfilter for the element behind it, an encoder above all. Regions of
 * interest lose their params on the way through videoconvert and videoscale, `GstAttentionMeta` does not: placed right
 * before the encoder, attentionroi makes of it, for the frame as it is there, one #GstVideoRegionOfInterestMeta of type
 * `attention` for each region, with the params `roi/attention` and `detection` that attentionfilter writes. What there
 * was of this type before is replaced.
 *
 * Each also gets `delta-qp` (#gint), #GstAttentionRoi:roi-delta-qp times the region's weight, in the param that
 * encoders read:
 *
 * * `roi/msdk`: msdkh264enc and msdkh265enc;
 * * `roi/vaapi` (−10 to 10): vaapih264enc and vaapih265enc;
 * * `roi-by-value/omx-alg` (−32 to 31): gst-omx of AMD's Video Codec Unit, with `qp-mode=roi`.
 *
 * With #GstAttentionRoi:roi-background-delta-qp a region of type `attention-background`, the whole frame, comes last:
 * of regions that overlap, the first counts. Regions of other types stay as they are. No frame is mapped, so it may be
 * in any memory.
 *
 * A frame without `GstAttentionMeta` has no regions, and one whose `GstAttentionMeta` is malformed only those that can
 * be used; an element warning says so once.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 v4l2src ! videoconvert ! attentionfilter effect=none ! videoconvert ! \
 *     attentionroi roi-delta-qp=-8 ! vaapih264enc rate-control=cbr ! fakesink
 * ]| The encoder spends more of its bits where people look.
 *
 * Since: 0.1
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "element.h"

#include <algorithm>
#include <cmath>

#include <gst/video/video.h>

#include "../metadata/grid.h"

GST_DEBUG_CATEGORY_STATIC (gst_attention_roi_debug);
#define GST_CAT_DEFAULT gst_attention_roi_debug

#define LARGEST_DELTA_QP 51

enum
{
  PROP_0,
  PROP_ROI_DELTA_QP,
  PROP_ROI_BACKGROUND_DELTA_QP,
};

/* Who reads delta-qp, and in which range. */
static const struct
{
  const gchar *param;
  gint least, most;
} encoders[] = {
  {"roi/msdk", -51, 51},
  {"roi/vaapi", -10, 10},
  {"roi-by-value/omx-alg", -32, 31},
};

struct _GstAttentionRoi
{
  GstBaseTransform parent;

  gint delta_qp, background_delta_qp;   /* under the object lock */
  gint width, height;           /* of the caps */
  gboolean missed, warned;      /* what has been warned of */
};

G_DEFINE_FINAL_TYPE (GstAttentionRoi, gst_attention_roi, GST_TYPE_BASE_TRANSFORM);
GST_ELEMENT_REGISTER_DEFINE (attentionroi, "attentionroi", GST_RANK_NONE, GST_TYPE_ATTENTION_ROI);

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS,
    GST_STATIC_CAPS ("video/x-raw(ANY)"));
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS,
    GST_STATIC_CAPS ("video/x-raw(ANY)"));

static gint *
find_property (GstAttentionRoi * self, guint id)
{
  switch (id) {
    case PROP_ROI_DELTA_QP:
      return &self->delta_qp;
    case PROP_ROI_BACKGROUND_DELTA_QP:
      return &self->background_delta_qp;
    default:
      return NULL;
  }
}

static void
gst_attention_roi_set_property (GObject * object, guint id, const GValue * value, GParamSpec * pspec)
{
  gint *property = find_property (GST_ATTENTION_ROI (object), id);
  if (!property) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  GST_OBJECT_LOCK (object);
  *property = g_value_get_int (value);
  GST_OBJECT_UNLOCK (object);
}

static void
gst_attention_roi_get_property (GObject * object, guint id, GValue * value, GParamSpec * pspec)
{
  const gint *property = find_property (GST_ATTENTION_ROI (object), id);
  if (!property) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  GST_OBJECT_LOCK (object);
  g_value_set_int (value, *property);
  GST_OBJECT_UNLOCK (object);
}

/* Whatever the memory, raw caps have a size. */
static gboolean
gst_attention_roi_set_caps (GstBaseTransform * trans, GstCaps * caps, GstCaps *)
{
  GstAttentionRoi *self = GST_ATTENTION_ROI (trans);
  const GstStructure *s = gst_caps_get_structure (caps, 0);
  GST_DEBUG_OBJECT (self, "regions are those of %" GST_PTR_FORMAT, (void *) caps);
  return gst_structure_get_int (s, "width", &self->width) && gst_structure_get_int (s, "height", &self->height)
      && self->width > 0 && self->height > 0;
}

static gboolean
gst_attention_roi_propose_allocation (GstBaseTransform * trans, GstQuery * decide_query, GstQuery * query)
{
  if (!GST_BASE_TRANSFORM_CLASS (gst_attention_roi_parent_class)->propose_allocation (trans, decide_query, query))
    return FALSE;
  gst_attention_refuse_crop_meta (query);
  return TRUE;
}

static void
gst_attention_roi_before_transform (GstBaseTransform * trans, GstBuffer * buffer)
{
  if (trans->segment.format != GST_FORMAT_TIME)
    return;
  const GstClockTime time = gst_segment_to_stream_time (&trans->segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  if (GST_CLOCK_TIME_IS_VALID (time))
    gst_object_sync_values (GST_OBJECT (trans), time);
}

/* Zero, too: without it vaapi takes a default of its own. */
static void
add_delta_qp (GstVideoRegionOfInterestMeta * meta, gint delta_qp)
{
  for (const auto & encoder : encoders)
    gst_video_region_of_interest_meta_add_param (meta, gst_structure_new (encoder.param,
            "delta-qp", G_TYPE_INT, std::min (std::max (delta_qp, encoder.least), encoder.most), NULL));
}

static GstFlowReturn
gst_attention_roi_transform_ip (GstBaseTransform * trans, GstBuffer * buffer)
{
  GstAttentionRoi *self = GST_ATTENTION_ROI (trans);
  gst_attention_remove_region_metas (buffer);

  std::vector < FrameRegion > regions;
  std::string problem;
  if (!gst_attention_read_regions (buffer, &regions, &problem)) {
    GST_DEBUG_OBJECT (self, "no GstAttentionMeta, so no regions in %" GST_PTR_FORMAT, (void *) buffer);
    if (!self->missed && gst_buffer_get_size (buffer) > 0) {
      self->missed = TRUE;
      GST_ELEMENT_WARNING (self, STREAM, FORMAT,
          ("A frame has no GstAttentionMeta, so no regions are written to it, nor to others like it. "
              "Put attentionfilter upstream with metadata=grid, and behind all elements that drop this meta."), (NULL));
    }
    return GST_FLOW_OK;
  }
  if (!problem.empty ())
    GST_DEBUG_OBJECT (self, "%d regions can be used: %s", (int) regions.size (), problem.c_str ());
  if (!problem.empty () && !self->warned) {
    self->warned = TRUE;
    GST_ELEMENT_WARNING (self, STREAM, FORMAT,
        ("A GstAttentionMeta is malformed: %s. What can be used of it is used, and of others like it. "
            "Correct the element upstream that wrote it.", problem.c_str ()), (NULL));
  }

  GST_OBJECT_LOCK (self);
  const gint delta_qp = self->delta_qp, background_delta_qp = self->background_delta_qp;
  GST_OBJECT_UNLOCK (self);
  for (const FrameRegion & region : regions)
    add_delta_qp (gst_attention_add_region_meta (buffer, region, (guint) self->width, (guint) self->height),
        (gint) std::lround (delta_qp * region.weight));
  if (background_delta_qp != 0)
    add_delta_qp (gst_attention_add_background_meta (buffer, (guint) self->width, (guint) self->height),
        background_delta_qp);
  return GST_FLOW_OK;
}

static gboolean
gst_attention_roi_start (GstBaseTransform * trans)
{
  GstAttentionRoi *self = GST_ATTENTION_ROI (trans);
  self->missed = self->warned = FALSE;
  return TRUE;
}

static void
gst_attention_roi_init (GstAttentionRoi * self)
{
  self->delta_qp = -6;
  gst_base_transform_set_in_place (GST_BASE_TRANSFORM (self), TRUE);
  gst_base_transform_set_gap_aware (GST_BASE_TRANSFORM (self), TRUE);
}

static void
gst_attention_roi_class_init (GstAttentionRoiClass * klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *transform_class = GST_BASE_TRANSFORM_CLASS (klass);
  const auto animated = (GParamFlags) (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING
      | GST_PARAM_CONTROLLABLE);

  GST_DEBUG_CATEGORY_INIT (gst_attention_roi_debug, "attentionroi", 0, "regions of attention for encoders");

  object_class->set_property = gst_attention_roi_set_property;
  object_class->get_property = gst_attention_roi_get_property;
  /**
   * GstAttentionRoi:roi-delta-qp:
   *
   * What is added to the quantisation parameter in a region of weight 1, in proportion in others: negative for more
   * quality.
   *
   * Since: 0.1
   */
  g_object_class_install_property (object_class, PROP_ROI_DELTA_QP, g_param_spec_int ("roi-delta-qp", "ROI delta QP",
          "Added to the quantisation parameter in a region of weight 1, in proportion in others (negative = better)",
          -LARGEST_DELTA_QP, LARGEST_DELTA_QP, -6, animated));
  /**
   * GstAttentionRoi:roi-background-delta-qp:
   *
   * What is added to the quantisation parameter outside of the regions, or 0 for no region that says so.
   *
   * Since: 0.1
   */
  g_object_class_install_property (object_class, PROP_ROI_BACKGROUND_DELTA_QP,
      g_param_spec_int ("roi-background-delta-qp", "ROI background delta QP",
          "Added to the quantisation parameter outside of the regions (0 = nothing is said of it)",
          -LARGEST_DELTA_QP, LARGEST_DELTA_QP, 0, animated));

  transform_class->set_caps = gst_attention_roi_set_caps;
  transform_class->propose_allocation = gst_attention_roi_propose_allocation;
  transform_class->before_transform = gst_attention_roi_before_transform;
  transform_class->transform_ip = gst_attention_roi_transform_ip;
  transform_class->start = gst_attention_roi_start;

  gst_element_class_set_static_metadata (element_class, "Attention regions for encoders", "Filter/Video",
      "Writes the regions that attentionfilter found as regions of interest that encoders read",
      "The attentionfilter authors");
  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
}
