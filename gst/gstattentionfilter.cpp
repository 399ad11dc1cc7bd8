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
 *   `rank` (#guint, 0 first), `id` (#guint, the same as long as the region is followed) and how much each cue speaks for the region:
 *   `figure-ground`, `detail`, `contrast`, `motion` and `centre` (#gdouble, −1–1, below 0 against it; their magnitudes sum to 1, or are
 *   all 0). It is by how much the region's score would drop if the cue were everywhere what it is on average, as a part of all such
 *   changes;
 * * `detection`: `x_min`, `x_max`, `y_min`, `y_max` (#gdouble, 0–1 of the frame), `confidence` (#gdouble, the weight)
 *   and `label_id` (#gint, always 0).
 *
 * It also carries one #GstCustomMeta named `GstAttentionMeta` with `version` (#guint, 1), `columns` and `rows` (#guint),
 * `weights` (#GBytes, one byte a region of the grid, row by row, 255 = 1.0), `peak-x` and `peak-y` (#gdouble, 0–1 of the
 * frame), `stream-time` (#GstClockTime of the frame that was analysed) and `regions`: a #GstValueArray of structures `region`, the
 * most important first, with `id` (#guint), `weight`, `share`, the cues, `x_min`, `x_max`, `y_min` and `y_max` (#gdouble, as above). All of
 * it survives videoconvert, and videoscale where the shape of the display stays, except for the params of the regions, which those
 * elements drop; attentionroi writes them again.
 *
 * Built with GStreamer 1.24 or newer it says the same in the terms of GstAnalytics: a #GstAnalyticsRelationMeta holds for each region an
 * object of type `salient` (its box, and the weight as confidence) that relates to a track (its id, and the stream times at which it was
 * seen first and last). With 1.26 a #GstTensorMeta holds the grid of weights as tensor `saliency-map`: 32-bit floats of 0–1,
 * 1 × rows × columns; videoconvert drops it. A relation meta from upstream is added to. What an earlier attentionfilter said in one is
 * replaced; where entries of others lie beside it, it stays instead, as single entries cannot be removed.
 *
 * #GstAttentionFilter:post-messages puts element messages named `attentionfilter` on the bus. Their structure holds
 *
 * * `timestamp`, `stream-time`, `running-time`, `duration`: #GstClockTime of the frame;
 * * `peak-x`, `peak-y`: #gdouble, 0–1, where the greatest weight is;
 * * `coverage`: #gdouble, 0–1, the part of the frame above #GstAttentionFilter:region-threshold;
 * * `regions`: #GstValueArray of structures `region` with `id` (#guint), `event` (string: `begin` in the first message that has it,
 *   `update` in those that follow), `duration` (#GstClockTime for which it has been seen, of stream time), `x`, `y`, `width`, `height`
 *   (#guint, pixels), `weight`, `share` and the cues (#gdouble, as above);
 * * `ended`: #GstValueArray of the same structures, as last seen, with the event `end`: those of the last message that are gone.
 *
 * What has begun ends once: at the latest in a message of its own before the end of the stream, at a flush or on the way to READY, which
 * has the times, the peak and the coverage of the last frame. An identity that comes back after its end begins again.
 *
 * A frame that shows another scene than the one before is told at once, whatever #GstAttentionFilter:message-interval says, in an element
 * message named `attention-scene-cut` with the same four times and `change` (#gdouble, how different it is:
 * #GstAttentionFilter:scene-cut-threshold to 1).
 *
 * If downstream asks for a frame of exactly #GstAttentionFilter:region-columns by #GstAttentionFilter:region-rows pixels,
 * each region becomes one pixel, the attention-weighted mean of what it shows.
 *
 * Frames with caps features other than system memory cannot be read. They pass untouched, without metadata or messages, if
 * both #GstAttentionFilter:effect and #GstAttentionFilter:metadata are `none`; a change of these properties asks upstream for
 * other frames, and it is an error if there are none.
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

#include "gstattentionfilter.h"

#include <algorithm>
#include <string>

#ifdef HAVE_ANALYTICS
#include "analytics.h"
#endif
#include "attention.h"
#include "messages.h"
#include "metadata.h"
#include "stats.h"

GST_DEBUG_CATEGORY_STATIC (gst_attention_filter_debug);
#define GST_CAT_DEFAULT gst_attention_filter_debug

#define SMALLEST_SIDE 16
#define LARGEST_SIDE 8192
#define LARGEST_GRID 256
#define LARGEST_ANALYSIS_HEIGHT 540
#define MOST_THREADS 64
#define LONGEST_GAP (500 * GST_MSECOND)

namespace
{

enum
{
  PROP_0,
  PROP_EFFECT,
  PROP_HEATMAP_OF,
  PROP_STRENGTH,
  PROP_BACKGROUND_COLOR,
  PROP_GAMMA,
  PROP_BACKGROUND_WEIGHT,
  PROP_MAP_REFINE,
  PROP_BLUR_RADIUS,
  PROP_FREEZE_REFRESH,
  PROP_ANALYSIS_HEIGHT,
  PROP_CROP_LEFT,
  PROP_CROP_TOP,
  PROP_CROP_RIGHT,
  PROP_CROP_BOTTOM,
  PROP_REGION_COLUMNS,
  PROP_REGION_ROWS,
  PROP_TEMPERATURE,
  PROP_CENTER_BIAS,
  PROP_FUSION,
  PROP_SCENE_CUT,
  PROP_SCENE_CUT_THRESHOLD,
  PROP_LIGHTNING_THRESHOLD,
  PROP_ATTACK,
  PROP_RELEASE,
  PROP_MAX_REGIONS,
  PROP_REGION_THRESHOLD,
  PROP_DRAW_REGIONS,
  PROP_ANALYSIS_RATE,
  PROP_MAX_ANALYSIS_TIME,
  PROP_N_THREADS,
  PROP_STATS,
  PROP_METADATA,
  PROP_POST_MESSAGES,
  PROP_MESSAGE_INTERVAL,
  PROP_MESSAGE_THRESHOLD,
};

enum MetadataBits : unsigned
{
  METADATA_REGIONS = 1 << 0,
  METADATA_GRID = 1 << 1,
#ifdef HAVE_ANALYTICS
  METADATA_ANALYTICS = 1 << 2,
#else
  METADATA_ANALYTICS = 0,
#endif
};

/* What the application asked for: written under the object lock, copied once a frame. */
struct Settings
{
  attention::Settings core;
  attention::Geometry geometry; /* only what properties say of it */
  gint rate_n = 0, rate_d = 1;  /* analyses a second */
  unsigned metadata = METADATA_REGIONS | METADATA_GRID | METADATA_ANALYTICS;
  MessageSettings messages;
};

/* What streaming needs and the application never touches. */
struct State
{
  attention::Engine engine;
  bool configured = false;
  bool reset = true;            /* before the next frame */
  bool warned = false;          /* of buffers that hold no frame */
  bool opaque = false;          /* the frames are not ours to read */
  bool refused = false;         /* caps, and said why */
  std::string misfit;           /* what was last warned of */
  GstClockTime last_time = GST_CLOCK_TIME_NONE;
  attention::Geometry geometry; /* that the engine is configured for */
  Settings settings;            /* of the frame in hand */
  Messages messages;
};

class ObjectLock
{
public:
  explicit ObjectLock (gpointer object):object_ (GST_OBJECT_CAST (object)) { GST_OBJECT_LOCK (object_); }
  ~ObjectLock () { GST_OBJECT_UNLOCK (object_); }
  ObjectLock (const ObjectLock &) = delete;
  ObjectLock & operator= (const ObjectLock &) = delete;
private:
  GstObject * object_;
};

/* A mapped frame; buffers stay writable for metadata while it lives no longer than needed. */
class MappedFrame
{
public:
  MappedFrame (const GstVideoInfo & info, GstBuffer * buffer, GstMapFlags flags)
  : mapped_ (gst_video_frame_map (&frame_, &info, buffer, (GstMapFlags) (flags | GST_VIDEO_FRAME_MAP_FLAG_NO_REF))) {}
  ~MappedFrame () { if (mapped_) gst_video_frame_unmap (&frame_); }
  MappedFrame (const MappedFrame &) = delete;
  MappedFrame & operator= (const MappedFrame &) = delete;

  explicit operator bool () const { return mapped_; }

  attention::Picture picture () const
  {
    attention::Picture picture;
    if (!mapped_)
      return picture;
    for (guint p = 0; p < GST_VIDEO_FRAME_N_PLANES (&frame_); p++) {
      picture.data[p] = (uint8_t *) GST_VIDEO_FRAME_PLANE_DATA (&frame_, p);
      picture.stride[p] = GST_VIDEO_FRAME_PLANE_STRIDE (&frame_, p);
    }
    return picture;
  }

  std::array < attention::Extent, attention::kMaxPlanes > extents () const
  {
    std::array < attention::Extent, attention::kMaxPlanes > extents;
    for (guint p = 0; mapped_ && p < GST_VIDEO_FRAME_N_PLANES (&frame_); p++) {
      const GstMapInfo & map = frame_.map[frame_.meta ? p : 0];
      extents[p] = { map.data, map.data + map.size };
    }
    return extents;
  }

private:
  GstVideoFrame frame_ {};
  bool mapped_;
};

}  // namespace

struct _GstAttentionFilter
{
  GstVideoFilter parent;

  Settings *settings;
  Stats *stats;                 /* under the object lock, too */
  State *state;                 /* streaming thread only */
};

G_DEFINE_FINAL_TYPE (GstAttentionFilter, gst_attention_filter, GST_TYPE_VIDEO_FILTER);
GST_ELEMENT_REGISTER_DEFINE (attentionfilter, "attentionfilter", GST_RANK_NONE, GST_TYPE_ATTENTION_FILTER);

#define GST_TYPE_ATTENTION_FILTER_EFFECT (gst_attention_filter_effect_get_type ())
static GType
gst_attention_filter_effect_get_type (void)
{
  static const GType type = [] {
    static std::vector < GFlagsValue > values = { {0, "The pixels stay as they are and are not copied", "none"} };
    const auto & effects = attention::effects ();
    for (size_t i = 0; i < effects.size (); i++)
      values.push_back ({1u << i, effects[i].description, effects[i].name});
    values.push_back ({0, NULL, NULL});
    return g_flags_register_static ("GstAttentionFilterEffect", values.data ());
  } ();
  return type;
}

#define GST_TYPE_ATTENTION_FILTER_HEATMAP_OF (gst_attention_filter_heatmap_of_get_type ())
static GType
gst_attention_filter_heatmap_of_get_type (void)
{
  static const GType type = [] {
    static std::vector < GEnumValue > values = { {attention::kNoCue, "where people look, by all cues", "attention"} };
    const auto & cues = attention::cues ();
    for (size_t c = 0; c < cues.size (); c++)
      values.push_back ({(gint) c, cues[c].description, cues[c].name});
    values.push_back ({0, NULL, NULL});
    return g_enum_register_static ("GstAttentionFilterHeatmapOf", values.data ());
  } ();
  return type;
}

#define GST_TYPE_ATTENTION_FILTER_METADATA (gst_attention_filter_metadata_get_type ())
static GType
gst_attention_filter_metadata_get_type (void)
{
  static const GFlagsValue values[] = {
    {0, "No metadata", "none"},
    {METADATA_REGIONS, "A GstVideoRegionOfInterestMeta for each region", "regions"},
    {METADATA_GRID, "A GstAttentionMeta with the grid of weights and the regions", "grid"},
#ifdef HAVE_ANALYTICS
    {METADATA_ANALYTICS, "A GstAnalyticsRelationMeta with an object and a track for each region, and a GstTensorMeta with the grid",
        "analytics"},
#endif
    {0, NULL, NULL}
  };
  static const GType type = g_flags_register_static ("GstAttentionFilterMetadata", values);
  return type;
}

#define GST_TYPE_ATTENTION_FILTER_FUSION (gst_attention_filter_fusion_get_type ())
static GType
gst_attention_filter_fusion_get_type (void)
{
  static const GEnumValue values[] = {
    {(int) attention::Fusion::kLearned, "Small convolutions trained on fixations", "learned"},
    {(int) attention::Fusion::kProduct, "Figure-ground times detail, made by hand", "product"},
    {0, NULL, NULL}
  };
  static const GType type = g_enum_register_static ("GstAttentionFilterFusion", values);
  return type;
}

#define GST_TYPE_ATTENTION_FILTER_SCENE_CUT (gst_attention_filter_scene_cut_get_type ())
static GType
gst_attention_filter_scene_cut_get_type (void)
{
  static const GEnumValue values[] = {
    {(int) attention::SceneCut::kReset, "The first frame of a scene stands on its own", "reset"},
    {(int) attention::SceneCut::kEase, "Weights go over to the new scene as they follow any change", "ease"},
    {(int) attention::SceneCut::kIgnore, "No cut is looked for", "ignore"},
    {0, NULL, NULL}
  };
  static const GType type = g_enum_register_static ("GstAttentionFilterSceneCut", values);
  return type;
}

#define GST_TYPE_ATTENTION_FILTER_MAP_REFINE (gst_attention_filter_map_refine_get_type ())
static GType
gst_attention_filter_map_refine_get_type (void)
{
  static const GEnumValue values[] = {
    {(int) attention::MapRefine::kNone, "Evenly between the samples of the map", "none"},
    {(int) attention::MapRefine::kGuided, "Along the edges of the picture's luma", "guided"},
    {0, NULL, NULL}
  };
  static const GType type = g_enum_register_static ("GstAttentionFilterMapRefine", values);
  return type;
}

#define GST_TYPE_ATTENTION_FILTER_POST_MESSAGES (gst_attention_filter_post_messages_get_type ())
static GType
gst_attention_filter_post_messages_get_type (void)
{
  static const GEnumValue values[] = {
    {(int) PostMessages::NONE, "Never", "none"},
    {(int) PostMessages::CHANGE, "When regions appear or disappear, or these or the peak have moved by more than message-threshold", "change"},
    {(int) PostMessages::INTERVAL, "Every message-interval", "interval"},
    {(int) PostMessages::ALL, "For every frame", "all"},
    {0, NULL, NULL}
  };
  static const GType type = g_enum_register_static ("GstAttentionFilterPostMessages", values);
  return type;
}

/* Messages alone do without frames that cannot be read. */
static bool
reads_frames (const Settings & settings)
{
  return settings.core.recombine.effects != 0 || settings.core.recombine.draw_regions || settings.metadata != 0;
}

static void
gst_attention_filter_set_property (GObject * object, guint id, const GValue * value, GParamSpec * pspec)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (object);
  bool other_frames;
  {
    ObjectLock lock (self);
    Settings & s = *self->settings;
    const bool before = reads_frames (s);
    switch (id) {
      case PROP_EFFECT:
        s.core.recombine.effects = g_value_get_flags (value);
        break;
      case PROP_HEATMAP_OF:
        s.core.weigh.heatmap_of = g_value_get_enum (value);
        break;
      case PROP_STRENGTH:
        s.core.recombine.strength = g_value_get_double (value);
        break;
      case PROP_BACKGROUND_COLOR:
        s.core.recombine.background = g_value_get_uint (value);
        break;
      case PROP_GAMMA:
        s.core.recombine.gamma = g_value_get_double (value);
        break;
      case PROP_BACKGROUND_WEIGHT:
        s.core.recombine.background_weight = g_value_get_double (value);
        break;
      case PROP_MAP_REFINE:
        s.core.recombine.map_refine = (attention::MapRefine) g_value_get_enum (value);
        break;
      case PROP_BLUR_RADIUS:
        s.core.recombine.blur_radius = g_value_get_double (value);
        break;
      case PROP_FREEZE_REFRESH:
        s.core.recombine.freeze_refresh = (attention::Nanoseconds) g_value_get_uint64 (value);
        break;
      case PROP_ANALYSIS_HEIGHT:
        s.geometry.analysis_height = (int) g_value_get_uint (value);
        break;
      case PROP_CROP_LEFT:
        s.geometry.crop_left = (int) g_value_get_uint (value);
        break;
      case PROP_CROP_TOP:
        s.geometry.crop_top = (int) g_value_get_uint (value);
        break;
      case PROP_CROP_RIGHT:
        s.geometry.crop_right = (int) g_value_get_uint (value);
        break;
      case PROP_CROP_BOTTOM:
        s.geometry.crop_bottom = (int) g_value_get_uint (value);
        break;
      case PROP_REGION_COLUMNS:
        s.geometry.columns = (int) g_value_get_uint (value);
        break;
      case PROP_REGION_ROWS:
        s.geometry.rows = (int) g_value_get_uint (value);
        break;
      case PROP_TEMPERATURE:
        s.core.weigh.temperature = g_value_get_double (value);
        break;
      case PROP_CENTER_BIAS:
        s.core.weigh.center_bias = g_value_get_double (value);
        break;
      case PROP_FUSION:
        s.core.weigh.fusion = (attention::Fusion) g_value_get_enum (value);
        break;
      case PROP_SCENE_CUT:
        s.core.partition.scene_cut = (attention::SceneCut) g_value_get_enum (value);
        break;
      case PROP_SCENE_CUT_THRESHOLD:
        s.core.partition.scene_cut_threshold = g_value_get_double (value);
        break;
      case PROP_LIGHTNING_THRESHOLD:
        s.core.weigh.lightning_threshold = g_value_get_double (value);
        break;
      case PROP_ATTACK:
        s.core.weigh.attack = (attention::Nanoseconds) g_value_get_uint64 (value);
        break;
      case PROP_RELEASE:
        s.core.weigh.release = (attention::Nanoseconds) g_value_get_uint64 (value);
        break;
      case PROP_MAX_REGIONS:
        s.core.emit.max_regions = (int) g_value_get_uint (value);
        break;
      case PROP_REGION_THRESHOLD:
        s.core.emit.region_threshold = g_value_get_double (value);
        break;
      case PROP_DRAW_REGIONS:
        s.core.recombine.draw_regions = g_value_get_boolean (value);
        break;
      case PROP_ANALYSIS_RATE:
        s.rate_n = gst_value_get_fraction_numerator (value);
        s.rate_d = gst_value_get_fraction_denominator (value);
        s.core.pace.interval = s.rate_n == 0 ? 0 :
            (attention::Nanoseconds) gst_util_uint64_scale (GST_SECOND, (guint64) s.rate_d, (guint64) s.rate_n);
        break;
      case PROP_MAX_ANALYSIS_TIME:
        s.core.pace.most_time = (attention::Nanoseconds) g_value_get_uint64 (value);
        break;
      case PROP_N_THREADS:
        s.core.threads = (int) g_value_get_uint (value);
        break;
      case PROP_METADATA:
        s.metadata = g_value_get_flags (value);
        break;
      case PROP_POST_MESSAGES:
        s.messages.post = (PostMessages) g_value_get_enum (value);
        break;
      case PROP_MESSAGE_INTERVAL:
        s.messages.interval = g_value_get_uint64 (value);
        break;
      case PROP_MESSAGE_THRESHOLD:
        s.messages.threshold = g_value_get_double (value);
        break;
      default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
        break;
    }
    other_frames = reads_frames (s) != before;
  }
  /* They decide which memory is taken; what goes out is what comes in, so only upstream need know. */
  if (other_frames)
    gst_base_transform_reconfigure_sink (GST_BASE_TRANSFORM (self));
  /* The pooled size is part of the caps. */
  if (id == PROP_REGION_COLUMNS || id == PROP_REGION_ROWS)
    gst_base_transform_reconfigure_src (GST_BASE_TRANSFORM (self));
}

static Stats
copy_of_stats (GstAttentionFilter * self)
{
  ObjectLock lock (self);
  return *self->stats;
}

static void
gst_attention_filter_get_property (GObject * object, guint id, GValue * value, GParamSpec * pspec)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (object);
  if (id == PROP_STATS) {
    g_value_take_boxed (value, copy_of_stats (self).describe ());
    return;
  }
  ObjectLock lock (self);
  const Settings & s = *self->settings;
  switch (id) {
    case PROP_EFFECT:
      g_value_set_flags (value, s.core.recombine.effects);
      break;
    case PROP_HEATMAP_OF:
      g_value_set_enum (value, s.core.weigh.heatmap_of);
      break;
    case PROP_STRENGTH:
      g_value_set_double (value, s.core.recombine.strength);
      break;
    case PROP_BACKGROUND_COLOR:
      g_value_set_uint (value, s.core.recombine.background);
      break;
    case PROP_GAMMA:
      g_value_set_double (value, s.core.recombine.gamma);
      break;
    case PROP_BACKGROUND_WEIGHT:
      g_value_set_double (value, s.core.recombine.background_weight);
      break;
    case PROP_MAP_REFINE:
      g_value_set_enum (value, (gint) s.core.recombine.map_refine);
      break;
    case PROP_BLUR_RADIUS:
      g_value_set_double (value, s.core.recombine.blur_radius);
      break;
    case PROP_FREEZE_REFRESH:
      g_value_set_uint64 (value, (guint64) s.core.recombine.freeze_refresh);
      break;
    case PROP_ANALYSIS_HEIGHT:
      g_value_set_uint (value, (guint) s.geometry.analysis_height);
      break;
    case PROP_CROP_LEFT:
      g_value_set_uint (value, (guint) s.geometry.crop_left);
      break;
    case PROP_CROP_TOP:
      g_value_set_uint (value, (guint) s.geometry.crop_top);
      break;
    case PROP_CROP_RIGHT:
      g_value_set_uint (value, (guint) s.geometry.crop_right);
      break;
    case PROP_CROP_BOTTOM:
      g_value_set_uint (value, (guint) s.geometry.crop_bottom);
      break;
    case PROP_REGION_COLUMNS:
      g_value_set_uint (value, (guint) s.geometry.columns);
      break;
    case PROP_REGION_ROWS:
      g_value_set_uint (value, (guint) s.geometry.rows);
      break;
    case PROP_TEMPERATURE:
      g_value_set_double (value, s.core.weigh.temperature);
      break;
    case PROP_CENTER_BIAS:
      g_value_set_double (value, s.core.weigh.center_bias);
      break;
    case PROP_FUSION:
      g_value_set_enum (value, (gint) s.core.weigh.fusion);
      break;
    case PROP_SCENE_CUT:
      g_value_set_enum (value, (gint) s.core.partition.scene_cut);
      break;
    case PROP_SCENE_CUT_THRESHOLD:
      g_value_set_double (value, s.core.partition.scene_cut_threshold);
      break;
    case PROP_LIGHTNING_THRESHOLD:
      g_value_set_double (value, s.core.weigh.lightning_threshold);
      break;
    case PROP_ATTACK:
      g_value_set_uint64 (value, (guint64) s.core.weigh.attack);
      break;
    case PROP_RELEASE:
      g_value_set_uint64 (value, (guint64) s.core.weigh.release);
      break;
    case PROP_MAX_REGIONS:
      g_value_set_uint (value, (guint) s.core.emit.max_regions);
      break;
    case PROP_REGION_THRESHOLD:
      g_value_set_double (value, s.core.emit.region_threshold);
      break;
    case PROP_DRAW_REGIONS:
      g_value_set_boolean (value, s.core.recombine.draw_regions);
      break;
    case PROP_ANALYSIS_RATE:
      gst_value_set_fraction (value, s.rate_n, s.rate_d);
      break;
    case PROP_MAX_ANALYSIS_TIME:
      g_value_set_uint64 (value, (guint64) s.core.pace.most_time);
      break;
    case PROP_N_THREADS:
      g_value_set_uint (value, (guint) s.core.threads);
      break;
    case PROP_METADATA:
      g_value_set_flags (value, s.metadata);
      break;
    case PROP_POST_MESSAGES:
      g_value_set_enum (value, (gint) s.messages.post);
      break;
    case PROP_MESSAGE_INTERVAL:
      g_value_set_uint64 (value, s.messages.interval);
      break;
    case PROP_MESSAGE_THRESHOLD:
      g_value_set_double (value, s.messages.threshold);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
}

/* Negotiation: the same caps, or one pixel a region. */

static Settings
requested (GstAttentionFilter * self)
{
  ObjectLock lock (self);
  return *self->settings;
}

/* Whatever is not, or not only, pixels in system memory. ANY counts as equal to all features. */
static bool
is_opaque (const GstCaps * caps, guint i)
{
  const GstCapsFeatures *features = gst_caps_get_features (caps, i);
  return gst_caps_features_is_any (features) || !gst_caps_features_is_equal (features, GST_CAPS_FEATURES_MEMORY_SYSTEM_MEMORY);
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

/* What may go through @pad. The ANY of its template must not let in system memory that we cannot read, nor the same with an overlay:
 * whoever offers that would go on in this format with the overlay drawn. */
static GstCaps *
passable (GstPad * pad, const GstCaps * caps, bool opaque_too)
{
  GstCaps *readable = readable_caps (pad);
  GstCaps *result = gst_caps_new_empty ();
  for (guint i = 0; i < gst_caps_get_size (caps); i++) {
    if (is_opaque (caps, i) && !opaque_too)
      continue;
    GstCaps *one = gst_caps_copy_nth (caps, i);
    const GstCapsFeatures *features = gst_caps_get_features (caps, i);
    if (!gst_caps_features_is_any (features) && gst_caps_features_contains (features, GST_CAPS_FEATURE_MEMORY_SYSTEM_MEMORY)) {
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
  GstStructure *size = gst_structure_new (gst_structure_get_name (pooled), "width", G_TYPE_INT, grid.columns, "height", G_TYPE_INT,
      grid.rows, NULL);
  const bool pools = gst_structure_can_intersect (pooled, size);
  gst_structure_free (size);
  if (!pools)
    return NULL;
  GstStructure *whole = gst_structure_copy (pooled);
  gst_structure_set (whole, "width", GST_TYPE_INT_RANGE, SMALLEST_SIDE, LARGEST_SIDE,
      "height", GST_TYPE_INT_RANGE, SMALLEST_SIDE, LARGEST_SIDE, NULL);
  gst_structure_remove_field (whole, "interlace-mode");
  return whole;
}

static GstCaps *
gst_attention_filter_transform_caps (GstBaseTransform * trans, GstPadDirection direction, GstCaps * caps, GstCaps * filter)
{
  const Settings settings = requested (GST_ATTENTION_FILTER (trans));
  const attention::Geometry & grid = settings.geometry;
  const bool opaque_too = !reads_frames (settings);
  GstPad *here = direction == GST_PAD_SINK ? trans->sinkpad : trans->srcpad;
  GstPad *there = direction == GST_PAD_SINK ? trans->srcpad : trans->sinkpad;
  GstCaps *same = passable (here, caps, opaque_too);
  GstCaps *result = gst_caps_copy (same);
  for (guint i = 0; i < gst_caps_get_size (same); i++) {
    if (is_opaque (same, i))
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

/* Once more only what may go through, as the base class adds what peers and templates that take any memory have in common. What
 * upstream may send has the size of the grid last: the base class offers first what downstream asks for, and a source that can make any
 * size would make a frame as small as that. */
static gboolean
gst_attention_filter_query (GstBaseTransform * trans, GstPadDirection direction, GstQuery * query)
{
  if (!GST_BASE_TRANSFORM_CLASS (gst_attention_filter_parent_class)->query (trans, direction, query))
    return FALSE;
  if (GST_QUERY_TYPE (query) != GST_QUERY_CAPS)
    return TRUE;
  const Settings settings = requested (GST_ATTENTION_FILTER (trans));
  GstCaps *caps;
  gst_query_parse_caps_result (query, &caps);
  caps = passable (direction == GST_PAD_SINK ? trans->sinkpad : trans->srcpad, caps, !reads_frames (settings));
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
  return TRUE;
}

/* The frame as it is wherever that is possible; a pooled one keeps the shape of the display. */
static GstCaps *
gst_attention_filter_fixate_caps (GstBaseTransform *, GstPadDirection direction, GstCaps * caps, GstCaps * othercaps)
{
  GstCaps *same = gst_caps_intersect_full (othercaps, caps, GST_CAPS_INTERSECT_FIRST);
  if (!gst_caps_is_empty (same)) {
    gst_caps_unref (othercaps);
    return gst_caps_fixate (same);
  }
  gst_caps_unref (same);
  othercaps = gst_caps_make_writable (gst_caps_truncate (othercaps));
  GstVideoInfo info;
  GstStructure *s = gst_caps_get_structure (othercaps, 0);
  gint width, height, par_n, par_d;
  if (direction == GST_PAD_SINK && gst_video_info_from_caps (&info, caps)
      && gst_structure_get_int (s, "width", &width) && gst_structure_get_int (s, "height", &height)) {
    const double shape = (double) GST_VIDEO_INFO_WIDTH (&info) / GST_VIDEO_INFO_HEIGHT (&info) * info.par_n / info.par_d;
    gst_util_double_to_fraction (shape * height / width, &par_n, &par_d);
    if (!gst_structure_has_field (s, "pixel-aspect-ratio"))
      gst_structure_set (s, "pixel-aspect-ratio", GST_TYPE_FRACTION_RANGE, 1, G_MAXINT, G_MAXINT, 1, NULL);
    gst_structure_fixate_field_nearest_fraction (s, "pixel-aspect-ratio", par_n, par_d);
  }
  return gst_caps_fixate (othercaps);
}

static attention::Colorimetry
colorimetry_of (const GstVideoInfo & info)
{
  attention::Colorimetry c;
  gint offset[GST_VIDEO_MAX_COMPONENTS], scale[GST_VIDEO_MAX_COMPONENTS];
  gst_video_color_range_offsets (info.colorimetry.range, info.finfo, offset, scale);
  c.luma_offset = offset[0];
  c.luma_scale = scale[0];
  if (GST_VIDEO_INFO_IS_YUV (&info)) {
    c.chroma_offset = offset[1];
    c.chroma_scale = scale[1];
  }
  gdouble kr, kb;
  if (gst_video_color_matrix_get_Kr_Kb (info.colorimetry.matrix, &kr, &kb)) {
    c.kr = kr;
    c.kb = kb;
  }
  return c;
}

static bool
is_pooled (GstAttentionFilter * self)
{
  const GstVideoFilter *filter = GST_VIDEO_FILTER (self);
  return GST_VIDEO_INFO_WIDTH (&filter->in_info) != GST_VIDEO_INFO_WIDTH (&filter->out_info)
      || GST_VIDEO_INFO_HEIGHT (&filter->in_info) != GST_VIDEO_INFO_HEIGHT (&filter->out_info);
}

/* Frames pass unseen where they cannot be read, and where nothing is to come of it. */
static void
update_passthrough (GstAttentionFilter * self)
{
  const State & state = *self->state;
  const bool idle = !reads_frames (state.settings) && state.settings.messages.post == PostMessages::NONE && !is_pooled (self);
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (self), state.opaque || idle);
}

/* GstVideoFilter decides for in place whenever transform_frame is missing, so this comes after it; it need not know the formats
 * of opaque frames. */
static gboolean
gst_attention_filter_set_caps (GstBaseTransform * trans, GstCaps * in, GstCaps * out)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (trans);
  State & state = *self->state;
  state.configured = false;
  state.opaque = is_opaque (in, 0);
  if (!state.opaque && !GST_BASE_TRANSFORM_CLASS (gst_attention_filter_parent_class)->set_caps (trans, in, out))
    return FALSE;
  gst_base_transform_set_in_place (trans, state.opaque || !is_pooled (self));
  update_passthrough (self);
  return TRUE;
}

/* As one would write it in a launch line. */
static std::string
written (std::string property, GType type, guint flags)
{
  GFlagsClass *klass = (GFlagsClass *) g_type_class_ref (type);
  for (char separator = '='; flags != 0; separator = '+') {
    const GFlagsValue *value = g_flags_get_first_value (klass, flags);
    (property += separator) += value->value_nick;
    flags &= ~value->value;
  }
  g_type_class_unref (klass);
  return property;
}

/* Why frames of these caps cannot go through, in a sentence. */
static std::string
why_refused (const GstCaps * caps, const Settings & settings)
{
  if (!is_opaque (caps, 0))
    return "Downstream takes neither the frame as it is nor one pooled to region-columns=" + std::to_string (settings.geometry.columns)
        + " x region-rows=" + std::to_string (settings.geometry.rows) + "; ask it for one of these sizes and the same format.";
  gchar *text = gst_caps_features_to_string (gst_caps_get_features (caps, 0));
  const std::string features = text;
  g_free (text);
  if (!reads_frames (settings))
    return "Downstream does not take frames of " + features + ", which can only pass as they are; ask it for the same caps, or bring the "
        "frames to system memory upstream.";
  std::string readers;
  if (settings.core.recombine.effects != 0)
    readers = written ("effect", GST_TYPE_ATTENTION_FILTER_EFFECT, settings.core.recombine.effects);
  if (settings.core.recombine.draw_regions)
    readers += std::string (readers.empty () ? "" : " and ") + "draw-regions=true";
  if (settings.metadata != 0)
    readers += (readers.empty () ? "" : " and ") + written ("metadata", GST_TYPE_ATTENTION_FILTER_METADATA, settings.metadata);
  return "Frames of " + features + " cannot be read for " + readers + "; bring them to system memory upstream, or set effect=none, "
      "draw-regions=false and metadata=none.";
}

/* Upstream sends caps again with every buffer as long as they are refused; it is said once. */
static void
refuse (GstAttentionFilter * self, const GstCaps * caps, const Settings & settings)
{
  if (self->state->refused)
    return;
  self->state->refused = true;
  GST_ELEMENT_ERROR (self, CORE, NEGOTIATION, ("%s", why_refused (caps, settings).c_str ()),
      ("incoming caps: %" GST_PTR_FORMAT, (const void *) caps));
}

/* Caps that the pad does not accept never come to sink_event. */
static GstPadProbeReturn
refuse_opaque_caps (GstPad *, GstPadProbeInfo * info, gpointer user_data)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (user_data);
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;
  const Settings settings = requested (self);
  GstCaps *caps;
  gst_event_parse_caps (event, &caps);
  if (is_opaque (caps, 0) && reads_frames (settings))
    refuse (self, caps, settings);
  return GST_PAD_PROBE_OK;
}

/* Streaming */

static attention::Geometry
frame_geometry (GstAttentionFilter * self)
{
  const GstVideoFilter *filter = GST_VIDEO_FILTER (self);
  attention::Geometry g = self->state->settings.geometry;
  g.layout = attention::find_layout (gst_video_format_to_string (GST_VIDEO_INFO_FORMAT (&filter->in_info)));
  g.colorimetry = colorimetry_of (filter->in_info);
  g.width = GST_VIDEO_INFO_WIDTH (&filter->in_info);
  g.height = GST_VIDEO_INFO_HEIGHT (&filter->in_info);
  g.pooled = is_pooled (self);
  if (g.pooled) {
    /* The buffer has the negotiated size, whatever the properties say by now. */
    g.columns = GST_VIDEO_INFO_WIDTH (&filter->out_info);
    g.rows = GST_VIDEO_INFO_HEIGHT (&filter->out_info);
  }
  return g;
}

/* What the engine cannot do becomes the element's error. */
static bool
is_good (GstAttentionFilter * self, const attention::Status & status)
{
  if (status.is_ok ())
    return true;
  self->state->configured = false;
  GST_ELEMENT_ERROR (self, LIBRARY, SETTINGS, ("%s", status.message ()), (NULL));
  return false;
}

/* What properties ask for and this frame cannot give is said once, and given when it can be. */
static void
warn_of_misfit (GstAttentionFilter * self, const attention::Status & status)
{
  State & state = *self->state;
  if (state.misfit == status.message ())
    return;
  state.misfit = status.message ();
  if (!status.is_ok ())
    GST_ELEMENT_WARNING (self, LIBRARY, SETTINGS, ("%s", status.message ()), (NULL));
}

/* Brings the engine in line with the caps and the properties. */
static GstFlowReturn
update_engine (GstAttentionFilter * self)
{
  State & state = *self->state;
  attention::Geometry geometry = frame_geometry (self);
  warn_of_misfit (self, attention::fit (geometry));
  if (!state.configured || geometry != state.geometry) {
    if (!is_good (self, state.engine.configure (geometry, state.settings.core)))
      return GST_FLOW_ERROR;
    state.configured = true;
    state.geometry = geometry;
    state.warned = false;
    state.messages.begin_anew ();
  } else {
    if (!is_good (self, state.engine.enable (state.settings.core)))
      return GST_FLOW_ERROR;
    if (state.reset)
      state.engine.reset ();
  }
  state.reset = false;
  return GST_FLOW_OK;
}

static GstClockTime
stream_time_of (GstAttentionFilter * self, const GstBuffer * buffer)
{
  const GstSegment *segment = &GST_BASE_TRANSFORM (self)->segment;
  if (segment->format != GST_FORMAT_TIME)
    return GST_CLOCK_TIME_NONE;
  return gst_segment_to_stream_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
}

/* A discontinuity over which weights and identities still hold: overload drops frames and marks each gap. */
static bool
is_short_gap (GstClockTime last, GstClockTime now)
{
  return GST_CLOCK_TIME_IS_VALID (last) && GST_CLOCK_TIME_IS_VALID (now) && MAX (now, last) - MIN (now, last) <= LONGEST_GAP;
}

/* Once a frame, before anything else of ours. */
static void
gst_attention_filter_before_transform (GstBaseTransform * trans, GstBuffer * buffer)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (trans);
  const GstClockTime time = stream_time_of (self, buffer);
  if (GST_CLOCK_TIME_IS_VALID (time))
    gst_object_sync_values (GST_OBJECT (self), time);
  if (GST_BUFFER_IS_DISCONT (buffer) && !is_short_gap (self->state->last_time, time))
    self->state->reset = true;
  self->state->last_time = time;
  ObjectLock lock (self);
  self->state->settings = *self->settings;
}

static bool
upstream_has_readable_frames (GstBaseTransform * trans)
{
  GstCaps *readable = readable_caps (trans->sinkpad);
  GstCaps *offered = gst_pad_peer_query_caps (trans->sinkpad, readable);
  const bool any = !gst_caps_is_empty (offered);
  gst_caps_unref (offered);
  gst_caps_unref (readable);
  return any;
}

/* Once properties ask for more than opaque frames can give, upstream has been told. Those on their way until other caps come still
 * pass, if such can come at all. */
static GstFlowReturn
gst_attention_filter_submit_input_buffer (GstBaseTransform * trans, gboolean is_discont, GstBuffer * buffer)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (trans);
  State & state = *self->state;
  if (!state.opaque || !reads_frames (state.settings)) {
    state.refused = false;
  } else if (!upstream_has_readable_frames (trans)) {
    GstCaps *caps = gst_pad_get_current_caps (trans->sinkpad);
    refuse (self, caps, state.settings);
    gst_caps_unref (caps);
    gst_buffer_unref (buffer);
    return GST_FLOW_NOT_NEGOTIATED;
  } else {
    /* These caps could not be negotiated again; what downstream wants is asked with those to come. */
    gst_pad_check_reconfigure (trans->srcpad);
  }
  return GST_BASE_TRANSFORM_CLASS (gst_attention_filter_parent_class)->submit_input_buffer (trans, is_discont, buffer);
}

static bool
writes_pixels (const Settings & settings)
{
  return (settings.core.recombine.effects != 0 && settings.core.recombine.strength > 0) || settings.core.recombine.draw_regions;
}

/* A frame that is left to be cropped downstream would be analysed whole, and at other places than the caps say; one that is not read may be. */
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
    *out = in;
    return GST_FLOW_OK;
  }
  const GstFlowReturn ret = update_engine (self);
  if (ret != GST_FLOW_OK)
    return ret;
  if (!gst_base_transform_is_in_place (trans))
    return GST_BASE_TRANSFORM_CLASS (gst_attention_filter_parent_class)->prepare_output_buffer (trans, in, out);
  const Settings & settings = self->state->settings;
  const bool writes = writes_pixels (settings) || settings.metadata != 0;
  *out = writes && !gst_buffer_is_writable (in) ? gst_buffer_copy (in) : in;
  return GST_FLOW_OK;
}

static MessageTimes
times_of (GstAttentionFilter * self, const GstBuffer * buffer)
{
  const GstSegment *segment = &GST_BASE_TRANSFORM (self)->segment;
  MessageTimes times;
  times.timestamp = GST_BUFFER_PTS (buffer);
  times.stream_time = stream_time_of (self, buffer);
  if (segment->format == GST_FORMAT_TIME)
    times.running_time = gst_segment_to_running_time (segment, GST_FORMAT_TIME, times.timestamp);
  times.duration = GST_BUFFER_DURATION (buffer);
  return times;
}

static void
post (GstAttentionFilter * self, GstStructure * s)
{
  gst_element_post_message (GST_ELEMENT (self), gst_message_new_element (GST_OBJECT (self), s));
}

static void
post_messages (GstAttentionFilter * self, const GstBuffer * buffer)
{
  State & state = *self->state;
  const attention::Result & result = state.engine.result ();
  const MessageTimes times = times_of (self, buffer);
  state.messages.see (result, times, state.geometry.width, state.geometry.height);
  if (result.scene_cut && state.settings.messages.post != PostMessages::NONE)
    post (self, gst_attention_scene_cut_message (result, times));
  if (state.messages.is_due (state.settings.messages))
    post (self, state.messages.tell ());
}

/* No frame follows in which applications would find that they are gone. */
static void
end_regions (GstAttentionFilter * self)
{
  State & state = *self->state;
  if (state.settings.messages.post != PostMessages::NONE && state.messages.end_all ())
    post (self, state.messages.tell ());
}

static attention::Nanoseconds
core_time (GstClockTime time)
{
  return time <= G_MAXINT64 ? (attention::Nanoseconds) time : attention::kNoTime;
}

/* What was found in the frame, on @buffer and on the bus. */
static void
tell (GstAttentionFilter * self, GstBuffer * buffer)
{
  const State & state = *self->state;
  const attention::Result & result = state.engine.result ();
  const GstVideoFilter *filter = GST_VIDEO_FILTER (self);
  {
    ObjectLock lock (self);
    self->stats->add (result);
  }
  if (state.settings.metadata != 0)
    gst_attention_remove_metas (buffer);
  if (state.settings.metadata & METADATA_REGIONS)
    gst_attention_add_region_metas (buffer, result, state.geometry.width, state.geometry.height, &filter->out_info);
  if (state.settings.metadata & METADATA_GRID)
    gst_attention_add_grid_meta (buffer, result, state.geometry.width, state.geometry.height, stream_time_of (self, buffer));
#ifdef HAVE_ANALYTICS
  if (state.settings.metadata & METADATA_ANALYTICS)
    gst_attention_add_analytics_metas (buffer, result, state.geometry.width, state.geometry.height, &filter->out_info);
#endif
  post_messages (self, buffer);
}

/* One odd buffer is no reason to end a stream. */
static void
warn_of_buffer (GstAttentionFilter * self, GstBuffer * buffer)
{
  const GstVideoInfo *info = &GST_VIDEO_FILTER (self)->in_info;
  if (self->state->warned || gst_buffer_get_size (buffer) == 0)
    return;
  self->state->warned = true;
  GST_ELEMENT_WARNING (self, STREAM, FORMAT,
      ("A buffer of %" G_GSIZE_FORMAT " bytes does not hold the %s frame of %d x %d px that the caps announce (%"
          G_GSIZE_FORMAT " bytes); it is left as it is. Correct the caps or the element upstream.",
          gst_buffer_get_size (buffer), GST_VIDEO_INFO_NAME (info), GST_VIDEO_INFO_WIDTH (info),
          GST_VIDEO_INFO_HEIGHT (info), GST_VIDEO_INFO_SIZE (info)), (NULL));
}

static GstFlowReturn
gst_attention_filter_transform_ip (GstBaseTransform * trans, GstBuffer * buffer)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (trans);
  State & state = *self->state;
  const bool writes = writes_pixels (state.settings);
  {
    MappedFrame frame (GST_VIDEO_FILTER (self)->in_info, buffer, writes ? GST_MAP_READWRITE : GST_MAP_READ);
    const attention::Picture picture = frame.picture ();
    if (!frame || !attention::check (*state.geometry.layout, state.geometry.width, state.geometry.height, picture, frame.extents ()).is_ok ()) {
      warn_of_buffer (self, buffer);
      return GST_FLOW_OK;
    }
    state.engine.process (picture, writes ? &picture : nullptr, core_time (stream_time_of (self, buffer)), state.settings.core);
  }
  tell (self, buffer);
  return GST_FLOW_OK;
}

static GstFlowReturn
gst_attention_filter_transform (GstBaseTransform * trans, GstBuffer * in, GstBuffer * out)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (trans);
  State & state = *self->state;
  {
    MappedFrame whole (GST_VIDEO_FILTER (self)->in_info, in, GST_MAP_READ);
    MappedFrame pooled (GST_VIDEO_FILTER (self)->out_info, out, GST_MAP_WRITE);
    const attention::Picture source = whole.picture ();
    const attention::Picture picture = pooled.picture ();
    if (!whole || !pooled || !attention::check (*state.geometry.layout, state.geometry.width, state.geometry.height, source, whole.extents ()).is_ok ()) {
      warn_of_buffer (self, in);
      return GST_BASE_TRANSFORM_FLOW_DROPPED;
    }
    state.engine.process (source, &picture, core_time (stream_time_of (self, in)), state.settings.core);
  }
  tell (self, out);
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
  if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT || GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_STOP)
    self->state->reset = true;
  if (GST_EVENT_TYPE (event) == GST_EVENT_EOS || GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_STOP)
    end_regions (self);
  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_BASE_TRANSFORM_CLASS (gst_attention_filter_parent_class)->sink_event (trans, event);

  gst_event_ref (event);
  const gboolean negotiated = GST_BASE_TRANSFORM_CLASS (gst_attention_filter_parent_class)->sink_event (trans, event);
  if (!negotiated && !GST_PAD_IS_FLUSHING (trans->sinkpad)) {
    GstCaps *caps;
    gst_event_parse_caps (event, &caps);
    refuse (self, caps, requested (self));
  }
  gst_event_unref (event);
  return negotiated;
}

static gboolean
gst_attention_filter_stop (GstBaseTransform * trans)
{
  GstAttentionFilter *self = GST_ATTENTION_FILTER (trans);
  end_regions (self);
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
  self->settings->core.recombine.effects = attention::find_effect ("dim");
  self->state = new State;
  gst_base_transform_set_in_place (GST_BASE_TRANSFORM (self), TRUE);
  gst_base_transform_set_qos_enabled (GST_BASE_TRANSFORM (self), TRUE);
  gst_pad_add_probe (GST_BASE_TRANSFORM_SINK_PAD (self), GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, refuse_opaque_caps, self, NULL);
}

static void
append_formats (GstCaps * caps, bool deep, gint least_side)
{
  std::string text = "video/x-raw, format=(string){ ";
  for (const auto & name : attention::layout_names ())
    if ((GST_VIDEO_FORMAT_INFO_DEPTH (gst_video_format_get_info (gst_video_format_from_string (name.data ())), 0) > 8) == deep)
      (text += name) += ", ";
  text.replace (text.size () - 2, 2, " }");
  GstCaps *formats = gst_caps_from_string (text.c_str ());
  gst_caps_set_simple (formats, "width", GST_TYPE_INT_RANGE, least_side, LARGEST_SIDE,
      "height", GST_TYPE_INT_RANGE, least_side, LARGEST_SIDE,
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

static void
add_pad_template (GstElementClass * klass, const gchar * name, GstPadDirection direction, gint least_side)
{
  GstCaps *caps = template_caps (least_side);
  gst_element_class_add_pad_template (klass, gst_pad_template_new (name, direction, GST_PAD_ALWAYS, caps));
  gst_caps_unref (caps);
}

static void
install_properties (GObjectClass * klass)
{
  const auto live = (GParamFlags) (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING);
  const auto animated = (GParamFlags) (live | GST_PARAM_CONTROLLABLE);
  const Settings d;
  const auto number = [&](guint id, const gchar * name, const gchar * nick, const gchar * blurb, double least, double most, double value) {
    g_object_class_install_property (klass, id, g_param_spec_double (name, nick, blurb, least, most, value, animated));
  };
  const auto count = [&](guint id, const gchar * name, const gchar * nick, const gchar * blurb, guint least, guint most, gint value,
      GParamFlags flags) {
    g_object_class_install_property (klass, id, g_param_spec_uint (name, nick, blurb, least, most, (guint) value, flags));
  };
  const auto duration = [&](guint id, const gchar * name, const gchar * nick, const gchar * blurb, guint64 value) {
    g_object_class_install_property (klass, id, g_param_spec_uint64 (name, nick, blurb, 0, G_MAXINT64, value, animated));
  };

  /**
   * GstAttentionFilter:effect:
   *
   * What is done to the pixels. Several effects apply in the order in which they are listed.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_EFFECT, g_param_spec_flags ("effect", "Effect",
          "What is done to the pixels; several effects apply in the order listed, none leaves them untouched",
          GST_TYPE_ATTENTION_FILTER_EFFECT, attention::find_effect ("dim"), animated));
  /**
   * GstAttentionFilter:heatmap-of:
   *
   * What effect heatmap shows: where people look, or what one cue scored in the last frame that was analysed, in the same shape but not
   * refined. Other effects do not depend on it.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_HEATMAP_OF, g_param_spec_enum ("heatmap-of", "Heatmap of",
          "What effect=heatmap shows", GST_TYPE_ATTENTION_FILTER_HEATMAP_OF, d.core.weigh.heatmap_of, live));
  /**
   * GstAttentionFilter:strength:
   *
   * How much of the effect is seen where it applies fully: 0 leaves the pixels bit-exact.
   *
   * Since: 0.1
   */
  number (PROP_STRENGTH, "strength", "Strength",
      "How strong the effects, or the weights in a pooled frame, are: 0 leaves the pixels as they are, 1 replaces them where nobody looks", 0, 1, d.core.recombine.strength);
  /**
   * GstAttentionFilter:background-color:
   *
   * The colour that dim fades to, as 0xAARRGGBB; its alpha is ignored and the frame's alpha is never touched.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_BACKGROUND_COLOR, g_param_spec_uint ("background-color", "Background color",
          "The colour that effect=dim fades to (big-endian ARGB; alpha is ignored)", 0, G_MAXUINT32, d.core.recombine.background, animated));
  /**
   * GstAttentionFilter:gamma:
   *
   * Exponent that shapes the weights before effects and pooling use them: below 1 more of the frame counts as attended. Metadata
   * and messages hold the weights as they were found.
   *
   * Since: 0.1
   */
  number (PROP_GAMMA, "gamma", "Gamma", "Exponent that shapes the weights for effects and pooling: below 1 keeps more of the frame", 0.1, 10,
      d.core.recombine.gamma);
  /**
   * GstAttentionFilter:background-weight:
   *
   * The least weight that effects and pooling see.
   *
   * Since: 0.1
   */
  number (PROP_BACKGROUND_WEIGHT, "background-weight", "Background weight", "Least weight that effects and pooling see", 0, 1,
      d.core.recombine.background_weight);
  /**
   * GstAttentionFilter:map-refine:
   *
   * How the weights of the small map become those of the pixels: evenly, or so that they end where the picture has an edge.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_MAP_REFINE, g_param_spec_enum ("map-refine", "Map refine",
          "How the weights of the small map become those of the pixels", GST_TYPE_ATTENTION_FILTER_MAP_REFINE,
          (gint) d.core.recombine.map_refine, live));
  /**
   * GstAttentionFilter:blur-radius:
   *
   * How far effect=blur spreads a point, as a fraction of the frame's height. The cost does not depend on it.
   *
   * Since: 0.1
   */
  number (PROP_BLUR_RADIUS, "blur-radius", "Blur radius", "Radius of effect=blur (two standard deviations) as a fraction of the frame's height",
      0.005, 0.5, d.core.recombine.blur_radius);
  /**
   * GstAttentionFilter:freeze-refresh:
   *
   * How often effect=freeze compares what it holds with the video and holds it anew where they differ, in nanoseconds of stream
   * time; each block at another time. What moves is followed at once.
   *
   * Since: 0.1
   */
  duration (PROP_FREEZE_REFRESH, "freeze-refresh", "Freeze refresh", "How often effect=freeze takes anew what has come to differ from what it holds, in nanoseconds (0 = holds nothing)",
      (guint64) d.core.recombine.freeze_refresh);
  /**
   * GstAttentionFilter:analysis-height:
   *
   * Height of the small picture in which attention is looked for, 32 to 540 pixels, or 0 to choose it from the shape of the frame (180
   * for 16:9). More shows smaller things and costs more.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_ANALYSIS_HEIGHT, g_param_spec_uint ("analysis-height", "Analysis height",
          "Height in pixels of the small picture that is analysed (32-540, 0 = auto)", 0, LARGEST_ANALYSIS_HEIGHT,
          (guint) d.geometry.analysis_height, live));
  /**
   * GstAttentionFilter:crop-left:
   *
   * Attention is looked for to the right of this margin only; the margin weighs 0.
   *
   * Since: 0.1
   */
  count (PROP_CROP_LEFT, "crop-left", "Crop left", "Pixels at the left edge that are not looked at and weigh 0", 0,
      LARGEST_SIDE, d.geometry.crop_left, live);
  /**
   * GstAttentionFilter:crop-top:
   *
   * Attention is looked for below this margin only; the margin weighs 0.
   *
   * Since: 0.1
   */
  count (PROP_CROP_TOP, "crop-top", "Crop top", "Pixels at the top edge that are not looked at and weigh 0", 0,
      LARGEST_SIDE, d.geometry.crop_top, live);
  /**
   * GstAttentionFilter:crop-right:
   *
   * Attention is looked for to the left of this margin only; the margin weighs 0.
   *
   * Since: 0.1
   */
  count (PROP_CROP_RIGHT, "crop-right", "Crop right", "Pixels at the right edge that are not looked at and weigh 0", 0,
      LARGEST_SIDE, d.geometry.crop_right, live);
  /**
   * GstAttentionFilter:crop-bottom:
   *
   * Attention is looked for above this margin only; the margin weighs 0.
   *
   * Since: 0.1
   */
  count (PROP_CROP_BOTTOM, "crop-bottom", "Crop bottom", "Pixels at the bottom edge that are not looked at and weigh 0", 0,
      LARGEST_SIDE, d.geometry.crop_bottom, live);
  /**
   * GstAttentionFilter:region-columns:
   *
   * Columns of the grid of regions. A region has a whole number of pixels; the last may be smaller.
   *
   * Since: 0.1
   */
  count (PROP_REGION_COLUMNS, "region-columns", "Region columns", "Columns of the grid of regions, and width of a pooled frame", 1,
      LARGEST_GRID, d.geometry.columns, live);
  /**
   * GstAttentionFilter:region-rows:
   *
   * Rows of the grid of regions.
   *
   * Since: 0.1
   */
  count (PROP_REGION_ROWS, "region-rows", "Region rows", "Rows of the grid of regions, and height of a pooled frame", 1,
      LARGEST_GRID, d.geometry.rows, live);
  /**
   * GstAttentionFilter:temperature:
   *
   * Temperature of the softmax that divides the frame's attention among the regions.
   *
   * Since: 0.1
   */
  number (PROP_TEMPERATURE, "temperature", "Temperature",
      "Softmax temperature of the attention over regions: low gives all to the strongest, high divides it evenly", 0.01, 100,
      d.core.weigh.temperature);
  /**
   * GstAttentionFilter:center-bias:
   *
   * How much the middle of the frame is preferred, as people do.
   *
   * Since: 0.1
   */
  number (PROP_CENTER_BIAS, "center-bias", "Center bias",
      "How much the middle of the frame is preferred: 0 not at all, 1 leaves nothing at the edges", 0, 1, d.core.weigh.center_bias);
  /**
   * GstAttentionFilter:fusion:
   *
   * How the cues become one map of what the still picture holds for the eye.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_FUSION, g_param_spec_enum ("fusion", "Fusion",
          "How the cues become one map", GST_TYPE_ATTENTION_FILTER_FUSION, (gint) d.core.weigh.fusion, live));
  /**
   * GstAttentionFilter:scene-cut:
   *
   * What happens when a frame shows another scene than the one before.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_SCENE_CUT, g_param_spec_enum ("scene-cut", "Scene cut",
          "What happens when a frame shows another scene than the one before", GST_TYPE_ATTENTION_FILTER_SCENE_CUT,
          (gint) d.core.partition.scene_cut, live));
  /**
   * GstAttentionFilter:scene-cut-threshold:
   *
   * How different a frame must be from the one before, brightness and contrast aside, to be another scene.
   *
   * Since: 0.1
   */
  number (PROP_SCENE_CUT_THRESHOLD, "scene-cut-threshold", "Scene cut threshold",
      "How different a frame must be from the one before to be another scene: 0 any, 1 never", 0, 1, d.core.partition.scene_cut_threshold);
  /**
   * GstAttentionFilter:lightning-threshold:
   *
   * When more than this share of the frame changes at once, it is the light that changed: motion is held for that frame.
   *
   * Since: 0.1
   */
  number (PROP_LIGHTNING_THRESHOLD, "lightning-threshold", "Lightning threshold",
      "Share of the frame that must change at once for it to be the light and not motion (1 = never)", 0, 1,
      d.core.weigh.lightning_threshold);
  /**
   * GstAttentionFilter:attack:
   *
   * Time constant of rising weights, in nanoseconds of stream time; 0 follows at once.
   *
   * Since: 0.1
   */
  duration (PROP_ATTACK, "attack", "Attack", "Time constant of rising weights in nanoseconds (0 = at once)", (guint64) d.core.weigh.attack);
  /**
   * GstAttentionFilter:release:
   *
   * Time constant of falling weights, in nanoseconds of stream time; 0 follows at once.
   *
   * Since: 0.1
   */
  duration (PROP_RELEASE, "release", "Release", "Time constant of falling weights in nanoseconds (0 = at once)", (guint64) d.core.weigh.release);
  /**
   * GstAttentionFilter:max-regions:
   *
   * The greatest number of regions in metadata and messages.
   *
   * Since: 0.1
   */
  count (PROP_MAX_REGIONS, "max-regions", "Max regions", "Greatest number of regions in metadata and messages", 0,
      attention::kMaxRegionsOfInterest, d.core.emit.max_regions, animated);
  /**
   * GstAttentionFilter:region-threshold:
   *
   * A region is a connected area whose weights reach this share of the frame's greatest weight.
   *
   * Since: 0.1
   */
  number (PROP_REGION_THRESHOLD, "region-threshold", "Region threshold",
      "Share of the greatest weight that an area must reach to be a region", 0, 1, d.core.emit.region_threshold);
  /**
   * GstAttentionFilter:draw-regions:
   *
   * Draws the box and the identity of each region on top of the effects; a pooled frame has none.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_DRAW_REGIONS, g_param_spec_boolean ("draw-regions", "Draw regions",
          "Whether the boxes and identities of the regions are drawn on top of the effects", d.core.recombine.draw_regions, animated));
  /**
   * GstAttentionFilter:analysis-rate:
   *
   * How many frames a second of stream time are analysed, 0 for every frame. In between, the weights go on towards what was found last,
   * moved as the camera moved; a scene cut is seen at the next analysis.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_ANALYSIS_RATE, gst_param_spec_fraction ("analysis-rate", "Analysis rate",
          "Frames a second that are analysed (0/1 = every frame)", 0, 1, G_MAXINT, 1, d.rate_n, d.rate_d, live));
  /**
   * GstAttentionFilter:max-analysis-time:
   *
   * The mean time that analysis may take of a frame: where it takes longer, fewer frames are analysed. The stream is never held up.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_MAX_ANALYSIS_TIME, g_param_spec_uint64 ("max-analysis-time", "Max analysis time",
          "Mean time in nanoseconds that analysis may take of a frame; fewer are analysed where it takes longer (0 = any)", 0, G_MAXINT64,
          (guint64) d.core.pace.most_time, live));
  /**
   * GstAttentionFilter:stats:
   *
   * `frames`, `analysed` and `reused` (#guint64), and for each stage `<stage>-median` and `<stage>-p99` (#guint64, nanoseconds,
   * of the latest 1000 frames); the stages are preprocess, partition, weigh, recombine and emit. They begin anew with READY.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_STATS, g_param_spec_boxed ("stats", "Statistics",
          "Frames, how many of them were analysed, and how long each stage took", GST_TYPE_STRUCTURE,
          (GParamFlags) (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS)));
  /**
   * GstAttentionFilter:n-threads:
   *
   * Threads that share the scaling and the recombination of a frame; what comes out is the same to the bit.
   *
   * Since: 0.1
   */
  count (PROP_N_THREADS, "n-threads", "Threads", "Threads that share the work on a frame (0 = one for each core)", 0, MOST_THREADS,
      d.core.threads, live);
  /**
   * GstAttentionFilter:metadata:
   *
   * Which metadata outgoing buffers carry.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_METADATA, g_param_spec_flags ("metadata", "Metadata",
          "Which metadata outgoing buffers carry", GST_TYPE_ATTENTION_FILTER_METADATA, d.metadata, live));
  /**
   * GstAttentionFilter:post-messages:
   *
   * When an element message says what was found. Scene cuts are told at once, unless with none.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_POST_MESSAGES, g_param_spec_enum ("post-messages", "Post messages",
          "When an element message with the peak and the regions is posted", GST_TYPE_ATTENTION_FILTER_POST_MESSAGES,
          (gint) d.messages.post, live));
  /**
   * GstAttentionFilter:message-interval:
   *
   * The least running time between two messages with post-messages=interval, in nanoseconds.
   *
   * Since: 0.1
   */
  duration (PROP_MESSAGE_INTERVAL, "message-interval", "Message interval",
      "Running time between messages with post-messages=interval, in nanoseconds", d.messages.interval);
  /**
   * GstAttentionFilter:message-threshold:
   *
   * How far the peak, or the middle of a region, must be from where the last message had it for post-messages=change, as a share of the
   * frame's width or height, whichever is the more; with 1 only regions that appear or disappear count.
   *
   * Since: 0.1
   */
  number (PROP_MESSAGE_THRESHOLD, "message-threshold", "Message threshold",
      "How far the peak or a region must move for post-messages=change, of the frame's width or height (1 = never far enough)", 0, 1,
      d.messages.threshold);
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
  install_properties (object_class);

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

  gst_element_class_set_static_metadata (element_class, "Attention filter", "Filter/Effect/Analyzer/Video",
      "Finds where people look in live video, weights the frame by it and says so in metadata",
      "The attentionfilter authors");
  add_pad_template (element_class, "sink", GST_PAD_SINK, SMALLEST_SIDE);
  add_pad_template (element_class, "src", GST_PAD_SRC, 1);

  gst_type_mark_as_plugin_api (GST_TYPE_ATTENTION_FILTER_EFFECT, (GstPluginAPIFlags) 0);
  gst_type_mark_as_plugin_api (GST_TYPE_ATTENTION_FILTER_HEATMAP_OF, (GstPluginAPIFlags) 0);
  gst_type_mark_as_plugin_api (GST_TYPE_ATTENTION_FILTER_FUSION, (GstPluginAPIFlags) 0);
  gst_type_mark_as_plugin_api (GST_TYPE_ATTENTION_FILTER_SCENE_CUT, (GstPluginAPIFlags) 0);
  gst_type_mark_as_plugin_api (GST_TYPE_ATTENTION_FILTER_MAP_REFINE, (GstPluginAPIFlags) 0);
  gst_type_mark_as_plugin_api (GST_TYPE_ATTENTION_FILTER_METADATA, (GstPluginAPIFlags) 0);
  gst_type_mark_as_plugin_api (GST_TYPE_ATTENTION_FILTER_POST_MESSAGES, (GstPluginAPIFlags) 0);
}
