/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * SECTION:element-attentionfilter
 * @title: attentionfilter
 * @short_description: finds where people look and weights the frame by it
 *
 * attentionfilter finds in every frame where people look, on one CPU core and without a model file. It re-weights
 * the pixels by what it found (#GstAttentionFilter:effect) and says it in metadata that other elements can read.
 *
 * Every outgoing buffer carries one #GstVideoRegionOfInterestMeta of type `attention` for each region, the most
 * important first, with two params:
 *
 * * `roi/attention`: `weight` (#gdouble, 0–1, the greatest inside), `share` (#gdouble, 0–1, of the frame's attention),
 *   `rank` (#guint, 0 first), `id` (#guint, the same as long as the region is followed) and how much each cue speaks
 *   for the region: `figure-ground`, `detail`, `contrast`, `motion`, `centre` and `form` (#gdouble, −1–1, below 0
 *   against it; their magnitudes sum to 1, or are all 0). It is by how much the region's score would drop if the cue
 *   were everywhere what it is on average, as a part of all such changes;
 * * `detection`: `x_min`, `x_max`, `y_min`, `y_max` (#gdouble, 0–1 of the frame), `confidence` (#gdouble, the weight)
 *   and `label_id` (#gint, always 0).
 *
 * It also carries one #GstCustomMeta named `GstAttentionMeta` with `version` (#guint, 1), `columns` and `rows`
 * (#guint), `weights` (#GBytes, one byte a region of the grid, row by row, 255 = 1.0), `peak-x` and `peak-y` (#gdouble,
 * 0–1 of the frame), `stream-time` (#GstClockTime of the frame) and `regions`: a #GstValueArray of structures `region`,
 * the one with the peak first, with `id` (#guint), `weight`, `share`, the cues, `x_min`, `x_max`, `y_min` and `y_max`
 * (#gdouble, as above). All of it survives videoconvert, and videoscale where the shape of the display stays, except
 * for the params of the regions, which those elements drop; attentionroi writes them again.
 *
 * Built with GStreamer 1.24 or newer it says the same in the terms of GstAnalytics: a #GstAnalyticsRelationMeta holds
 * for each region an object of type `salient` (its box, and the weight as confidence) that relates to a track (its id,
 * and the stream times at which it was seen first and last). With 1.26 a #GstTensorMeta holds the grid of weights as
 * tensor `saliency-map`: 32-bit floats of 0–1, 1 × rows × columns; videoconvert drops it. A relation meta from upstream
 * is added to. What an earlier attentionfilter said in one is replaced; where entries of others lie beside it, it stays
 * instead, as single entries cannot be removed.
 *
 * #GstAttentionFilter:post-messages puts element messages named `attentionfilter` on the bus. Their structure holds
 *
 * * `timestamp`, `stream-time`, `running-time`, `duration`: #GstClockTime of the frame;
 * * `peak-x`, `peak-y`: #gdouble, 0–1, the place looked at;
 * * `coverage`: #gdouble, 0–1, the part of the frame above #GstAttentionFilter:region-threshold;
 * * `regions`: #GstValueArray of structures `region` with `id` (#guint), `event` (string: `begin` in the first message
 *   that has it, `update` in those that follow), `duration` (#GstClockTime for which it has been seen, of stream time),
 *   `x`, `y`, `width`, `height` (#guint, pixels), `weight`, `share` and the cues (#gdouble, as above);
 * * `ended`: #GstValueArray of the same structures, as last seen, with the event `end`: those of the last message that
 *   are gone.
 *
 * What has begun ends once: at the latest in a message of its own before the end of the stream, at a flush or on the
 * way to READY, which has the times, the peak and the coverage of the last frame. An identity that comes back after its
 * end begins again.
 *
 * A frame that shows another scene than the one before is told at once, whatever #GstAttentionFilter:message-interval
 * says, in an element message named `attention-scene-cut` with the same four times and `change` (#gdouble, how
 * different it is: #GstAttentionFilter:scene-cut-threshold to 1).
 *
 * Where #GstAttentionFilter:n-threads is not 1, an application may lend threads: a #GstTaskPool in any field of a
 * #GstContext of type `gst.task.pool` (`GST_TASK_POOL_CONTEXT_TYPE` of GStreamer 1.28). It is asked for one by a
 * message; else all filters of a process share one pool.
 *
 * If downstream asks for a frame of exactly #GstAttentionFilter:region-columns by #GstAttentionFilter:region-rows
 * pixels, each region becomes one pixel, the attention-weighted mean of what it shows.
 *
 * Frames with caps features other than system memory cannot be read. They pass untouched, without metadata or messages,
 * if both #GstAttentionFilter:effect and #GstAttentionFilter:metadata are `none`; a change of these properties asks
 * upstream for other frames, and it is an error if there are none.
 *
 * A buffer that does not hold the frame of its caps, or whose #GstVideoMeta says otherwise, goes out as it came in; an
 * element warning says once why. Where frames are pooled nothing can come of it: a gap event goes out in its place, as
 * it does for an empty buffer.
 *
 * ## Example launch lines
 * |[
 * gst-launch-1.0 videotestsrc pattern=ball ! attentionfilter ! videoconvert ! autovideosink
 * ]| The ball stays bright, the rest of the picture is dimmed.
 * |[
 * gst-launch-1.0 -m v4l2src ! videoconvert ! attentionfilter effect=none ! fakesink
 * ]| Leaves the pixels alone and prints a message whenever the regions of attention change.
 *
 * Since: 0.1
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "element.h"

#include "../metadata/grid.h"
#include "emit.h"
#include "engine.h"
#include "frame.h"
#include "instance.h"
#include "negotiation.h"
#include "property.h"
#include "threads.h"
#include "warnings.h"

GST_DEBUG_CATEGORY (gst_attention_filter_debug);
#define GST_CAT_DEFAULT gst_attention_filter_debug

static constexpr GstClockTime kLongestGap = 500 * GST_MSECOND;

G_DEFINE_FINAL_TYPE_WITH_CODE (GstAttentionFilter, gst_attention_filter, GST_TYPE_VIDEO_FILTER,
    G_IMPLEMENT_INTERFACE (GST_TYPE_PRESET, NULL));
GST_ELEMENT_REGISTER_DEFINE (attentionfilter, "attentionfilter", GST_RANK_NONE, GST_TYPE_ATTENTION_FILTER);

/* Properties */

static void
gst_attention_filter_set_property (GObject * object, guint id, const GValue * value, GParamSpec * pspec)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (object);
  Settings before, after;
  bool is_known;
  {
    ObjectLock lock (self);
    before = *self->settings;
    is_known = gst_attention_filter_set (*self->settings, id, value);
    after = *self->settings;
  }
  if (!is_known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  /* They decide which memory is taken; what goes out is what comes in, so only upstream need know. */
  if (before.reads_frames () != after.reads_frames ()) {
    GST_DEBUG_OBJECT (self, "upstream is asked for %s memory", after.reads_frames () ? "system" : "any");
    gst_base_transform_reconfigure_sink (GST_BASE_TRANSFORM (self));
  }
  /* The pooled size is part of the caps. */
  if (before.geometry.columns != after.geometry.columns || before.geometry.rows != after.geometry.rows) {
    GST_DEBUG_OBJECT (self, "a pooled frame has %d x %d px by now", after.geometry.columns, after.geometry.rows);
    gst_base_transform_reconfigure_src (GST_BASE_TRANSFORM (self));
  }
}

static void
gst_attention_filter_get_property (GObject * object, guint id, GValue * value, GParamSpec * pspec)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (object);
  if (gst_attention_filter_is_stats (id))
    g_value_take_boxed (value, gst_attention_filter_stats (self).describe ());
  else if (!gst_attention_filter_get (gst_attention_filter_requested (self), id, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gst_attention_filter_set_context (GstElement * element, GstContext * context)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (element);
  if (gst_context_has_context_type (context, GST_ATTENTION_TASK_POOL_CONTEXT)) {
    std::shared_ptr<attention::Executor> executor = gst_attention_executor_of_context (context);
    ObjectLock lock (self);
    self->settings->executor.swap (executor);
  }
  GST_ELEMENT_CLASS (gst_attention_filter_parent_class)->set_context (element, context);
}

/* Negotiation: see negotiation.h. */

static bool
is_pooled (GstAttentionFilter * self)
{
  const GstVideoFilter *filter = GST_VIDEO_FILTER (self);
  return gst_attention_filter_pools (filter->in_info, filter->out_info);
}

/* Frames pass unseen where they cannot be read, and where nothing is to come of it. */
static void
update_passthrough (GstAttentionFilter * self)
{
  const State & state = *self->state;
  const bool is_idle =
      !state.settings.reads_frames () && state.settings.messages.post == PostMessages::NONE && !is_pooled (self);
  const bool passes = state.opaque || is_idle;
  if (passes != (bool) gst_base_transform_is_passthrough (GST_BASE_TRANSFORM (self)))
    GST_DEBUG_OBJECT (self, "frames are %s", passes ? (state.opaque ? "not to be read" : "not asked for") : "read");
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (self), passes);
}

/* GstVideoFilter decides for in place whenever transform_frame is missing, so this comes after it; it need not know the
 * formats of opaque frames. */
static gboolean
gst_attention_filter_set_caps (GstBaseTransform * trans, GstCaps * in, GstCaps * out)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (trans);
  State & state = *self->state;
  state.configured = false;
  state.opaque = gst_attention_filter_is_opaque (in, 0);
  if (!state.opaque && !GST_BASE_TRANSFORM_CLASS (gst_attention_filter_parent_class)->set_caps (trans, in, out))
    return FALSE;
  const bool is_in_place = state.opaque || !is_pooled (self);
  GST_DEBUG_OBJECT (self, "negotiated, %s: %" GST_PTR_FORMAT " to %" GST_PTR_FORMAT,
      is_in_place ? "in place" : "pooled", (void *) in, (void *) out);
  gst_base_transform_set_in_place (trans, is_in_place);
  update_passthrough (self);
  return TRUE;
}

/* Caps that the pad does not accept never come to sink_event. */
static GstPadProbeReturn
refuse_opaque_caps (GstPad *, GstPadProbeInfo * info, gpointer user_data)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (user_data);
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;
  const Settings settings = gst_attention_filter_requested (self);
  GstCaps *caps;
  gst_event_parse_caps (event, &caps);
  if (gst_attention_filter_is_opaque (caps, 0) && settings.reads_frames ())
    gst_attention_filter_refuse (self, caps, settings);
  return GST_PAD_PROBE_OK;
}

static gboolean
gst_attention_filter_query (GstBaseTransform * trans, GstPadDirection direction, GstQuery * query)
{
  if (!GST_BASE_TRANSFORM_CLASS (gst_attention_filter_parent_class)->query (trans, direction, query))
    return FALSE;
  if (GST_QUERY_TYPE (query) == GST_QUERY_CAPS)
    gst_attention_filter_answer_caps (GST_ATTENTION_FILTER (trans), direction, query);
  return TRUE;
}

/* Streaming */

/* A discontinuity over which weights and identities still hold: overload drops frames and marks each gap. */
static bool
is_short_gap (GstClockTime last, GstClockTime now)
{
  return GST_CLOCK_TIME_IS_VALID (last) && GST_CLOCK_TIME_IS_VALID (now)
      && MAX (now, last) - MIN (now, last) <= kLongestGap;
}

/* Once a frame, before anything else of ours. */
static void
gst_attention_filter_before_transform (GstBaseTransform * trans, GstBuffer * buffer)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (trans);
  const GstClockTime time = gst_attention_filter_stream_time (self, buffer), last = self->state->clock.now;
  if (GST_CLOCK_TIME_IS_VALID (time))
    gst_object_sync_values (GST_OBJECT (self), time);
  if (GST_BUFFER_IS_DISCONT (buffer) && !is_short_gap (last, time)) {
    GST_DEBUG_OBJECT (self, "reset: a gap from %" GST_TIME_FORMAT " to %" GST_TIME_FORMAT, GST_TIME_ARGS (last),
        GST_TIME_ARGS (time));
    self->state->reset = true;
  }
  gst_attention_filter_set_clock (self, buffer);
  ObjectLock lock (self);
  self->state->settings = *self->settings;
}

static void
refuse_current_caps (GstAttentionFilter * self)
{
  GstCaps *caps = gst_pad_get_current_caps (GST_BASE_TRANSFORM_SINK_PAD (self));
  if (!caps)
    return;
  gst_attention_filter_refuse (self, caps, gst_attention_filter_requested (self));
  gst_caps_unref (caps);
}

/* Once properties ask for more than opaque frames can give, upstream has been told. Those on their way until other caps
 * come still pass, if such can come at all. */
static GstFlowReturn
gst_attention_filter_submit_input_buffer (GstBaseTransform * trans, gboolean is_discont, GstBuffer * buffer)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (trans);
  State & state = *self->state;
  const bool is_unreadable = state.opaque && state.settings.reads_frames ();
  if (is_unreadable && !gst_attention_filter_can_have_readable_frames (trans)) {
    refuse_current_caps (self);
    gst_buffer_unref (buffer);
    return GST_FLOW_NOT_NEGOTIATED;
  }
  /* These caps could not be negotiated again; what downstream wants is asked with those to come. */
  if (is_unreadable)
    gst_pad_check_reconfigure (trans->srcpad);
  const GstFlowReturn ret =
      GST_BASE_TRANSFORM_CLASS (gst_attention_filter_parent_class)->submit_input_buffer (trans, is_discont, buffer);
  /* What properties ask for may leave nothing that downstream takes. */
  if (ret == GST_FLOW_NOT_NEGOTIATED && !GST_PAD_IS_FLUSHING (trans->sinkpad))
    refuse_current_caps (self);
  else if (!is_unreadable)
    state.refused = false;
  return ret;
}

/* A frame that is left to be cropped downstream would be analysed whole, and at other places than the caps say; one
 * that is not read may be. */
static gboolean
gst_attention_filter_propose_allocation (GstBaseTransform * trans, GstQuery * decide_query, GstQuery * query)
{
  if (!GST_BASE_TRANSFORM_CLASS (gst_attention_filter_parent_class)->propose_allocation (trans, decide_query, query))
    return FALSE;
  if (!GST_ATTENTION_FILTER (trans)->state->opaque)
    gst_attention_refuse_crop_meta (query);
  return TRUE;
}

/* In place, a buffer is only ever copied where something is about to be written that somebody else can see; the
 * copy shares its memory, which is itself copied when pixels are written. */
static GstFlowReturn
gst_attention_filter_prepare_output_buffer (GstBaseTransform * trans, GstBuffer * in, GstBuffer ** out)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (trans);
  update_passthrough (self);
  if (gst_base_transform_is_passthrough (trans)) {
    /* Whatever is asked for later begins afresh. */
    self->state->configured = false;
    gst_attention_filter_end_regions (self);
    *out = in;
    return GST_FLOW_OK;
  }
  const GstFlowReturn ret = gst_attention_filter_update_engine (self);
  if (ret != GST_FLOW_OK)
    return ret;
  if (!gst_base_transform_is_in_place (trans))
    return GST_BASE_TRANSFORM_CLASS (gst_attention_filter_parent_class)->prepare_output_buffer (trans, in, out);
  const Settings & settings = self->state->settings;
  const bool writes = settings.writes_pixels () || settings.metadata != 0;
  *out = writes && !gst_buffer_is_writable (in) ? gst_buffer_copy (in) : in;
  return GST_FLOW_OK;
}

static GstFlowReturn
gst_attention_filter_transform_ip (GstBaseTransform * trans, GstBuffer * buffer)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (trans);
  const State & state = *self->state;
  const bool writes = state.settings.writes_pixels ();
  {
    MappedFrame frame (GST_VIDEO_FILTER (self)->in_info, buffer, writes ? GST_MAP_READWRITE : GST_MAP_READ,
        *state.geometry.layout);
    if (!frame) {
      gst_attention_filter_warn_of_buffer (self, buffer, frame.problem ());
      return GST_FLOW_OK;
    }
    gst_attention_filter_process (self, frame.picture (), writes ? &frame.picture () : nullptr);
  }
  gst_attention_filter_emit (self, buffer);
  return GST_FLOW_OK;
}

/* Nothing comes of a buffer, and whoever waits downstream is told. */
static GstFlowReturn
leave_out (GstAttentionFilter * self, GstBuffer * buffer)
{
  if (GST_BUFFER_PTS_IS_VALID (buffer))
    gst_pad_push_event (GST_BASE_TRANSFORM_SRC_PAD (self),
        gst_event_new_gap (GST_BUFFER_PTS (buffer), GST_BUFFER_DURATION (buffer)));
  return GST_BASE_TRANSFORM_FLOW_DROPPED;
}

static GstFlowReturn
gst_attention_filter_transform (GstBaseTransform * trans, GstBuffer * in, GstBuffer * out)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (trans);
  const GstVideoFilter *filter = GST_VIDEO_FILTER (self);
  const attention::Layout & layout = *self->state->geometry.layout;
  {
    MappedFrame whole (filter->in_info, in, GST_MAP_READ, layout);
    MappedFrame pooled (filter->out_info, out, GST_MAP_WRITE, layout);
    if (!whole)
      gst_attention_filter_warn_of_buffer (self, in, whole.problem ());
    else if (!pooled)
      gst_attention_filter_warn_of_pooled_buffer (self, out, pooled.problem ());
    if (!whole || !pooled)
      return leave_out (self, in);
    gst_attention_filter_process (self, whole.picture (), &pooled.picture ());
  }
  gst_attention_filter_emit (self, out);
  return GST_FLOW_OK;
}

/* Only pooling comes here with another size: positions shrink with the picture. */
static gboolean
gst_attention_filter_transform_meta (GstBaseTransform * trans, GstBuffer * out, GstMeta * meta, GstBuffer * in)
{
  GstVideoFilter *filter = GST_VIDEO_FILTER (trans);
  if (gst_meta_api_type_has_tag (meta->info->api, _gst_meta_tag_memory))
    return FALSE;
  if (!gst_meta_api_type_has_tag (meta->info->api, g_quark_from_static_string (GST_META_TAG_VIDEO_SIZE_STR)))
    return GST_BASE_TRANSFORM_CLASS (gst_attention_filter_parent_class)->transform_meta (trans, out, meta, in);
  GstVideoMetaTransform sizes = { &filter->in_info, &filter->out_info };
  if (meta->info->transform_func)
    meta->info->transform_func (out, meta, in, gst_video_meta_transform_scale_get_quark (), &sizes);
  return FALSE;
}

static gboolean
gst_attention_filter_sink_event (GstBaseTransform * trans, GstEvent * event)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (trans);
  /* One follows each flush. */
  if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT) {
    GST_DEBUG_OBJECT (self, "reset: %s", GST_EVENT_TYPE_NAME (event));
    self->state->reset = true;
    self->state->clock.given = GST_CLOCK_TIME_NONE;
  }
  if (GST_EVENT_TYPE (event) == GST_EVENT_EOS || GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_STOP)
    gst_attention_filter_end_regions (self);
  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_BASE_TRANSFORM_CLASS (gst_attention_filter_parent_class)->sink_event (trans, event);

  gst_event_ref (event);
  const gboolean negotiated = GST_BASE_TRANSFORM_CLASS (gst_attention_filter_parent_class)->sink_event (trans, event);
  if (!negotiated && !GST_PAD_IS_FLUSHING (trans->sinkpad)) {
    GstCaps *caps;
    gst_event_parse_caps (event, &caps);
    gst_attention_filter_refuse (self, caps, gst_attention_filter_requested (self));
  }
  gst_event_unref (event);
  return negotiated;
}

static gboolean
gst_attention_filter_stop (GstBaseTransform * trans)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (trans);
  gst_attention_filter_end_regions (self);
  delete self->state;
  self->state = new State;
  ObjectLock lock (self);
  *self->stats = Stats ();
  return TRUE;
}

static void
gst_attention_filter_finalize (GObject * object)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (object);
  delete self->state;
  delete self->settings;
  delete self->stats;
  G_OBJECT_CLASS (gst_attention_filter_parent_class)->finalize (object);
}

static void
gst_attention_filter_init (GstAttentionFilter * self)
{
  self->settings = new Settings;
  self->stats = new Stats;
  self->state = new State;
  gst_base_transform_set_in_place (GST_BASE_TRANSFORM (self), TRUE);
  gst_base_transform_set_qos_enabled (GST_BASE_TRANSFORM (self), TRUE);
  gst_pad_add_probe (GST_BASE_TRANSFORM_SINK_PAD (self), GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, refuse_opaque_caps, self,
      NULL);
}

static void
gst_attention_filter_class_init (GstAttentionFilterClass * klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *transform_class = GST_BASE_TRANSFORM_CLASS (klass);

  GST_DEBUG_CATEGORY_INIT (gst_attention_filter_debug, "attentionfilter", 0, "attention filter");

  object_class->set_property = gst_attention_filter_set_property;
  object_class->get_property = gst_attention_filter_get_property;
  object_class->finalize = gst_attention_filter_finalize;
  gst_attention_filter_install_properties (object_class);

  transform_class->transform_caps = gst_attention_filter_transform_caps;
  transform_class->query = gst_attention_filter_query;
  transform_class->set_caps = gst_attention_filter_set_caps;
  transform_class->fixate_caps = gst_attention_filter_fixate_caps;
  transform_class->before_transform = gst_attention_filter_before_transform;
  transform_class->submit_input_buffer = gst_attention_filter_submit_input_buffer;
  transform_class->propose_allocation = gst_attention_filter_propose_allocation;
  transform_class->prepare_output_buffer = gst_attention_filter_prepare_output_buffer;
  transform_class->transform = gst_attention_filter_transform;
  transform_class->transform_ip = gst_attention_filter_transform_ip;
  transform_class->transform_meta = gst_attention_filter_transform_meta;
  transform_class->sink_event = gst_attention_filter_sink_event;
  transform_class->stop = gst_attention_filter_stop;
  transform_class->transform_ip_on_passthrough = FALSE;

  element_class->set_context = gst_attention_filter_set_context;

  gst_element_class_set_static_metadata (element_class, "Attention filter", "Filter/Effect/Analyzer/Video",
      "Finds where people look in live video, weights the frame by it and says so in metadata",
      "The attentionfilter authors");
  gst_attention_filter_add_pad_template (element_class, "sink", GST_PAD_SINK);
  gst_attention_filter_add_pad_template (element_class, "src", GST_PAD_SRC);
}
