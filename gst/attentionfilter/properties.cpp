/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "properties.h"

#include <vector>

namespace
{

GType
effect_type (void)
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

GType
heatmap_of_type (void)
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

GType
metadata_type (void)
{
  static const GFlagsValue values[] = {
    {0, "No metadata", "none"},
    {METADATA_REGIONS, "A GstVideoRegionOfInterestMeta for each region", "regions"},
    {METADATA_GRID, "A GstAttentionMeta with the grid of weights and the regions", "grid"},
#ifdef HAVE_ANALYTICS
    {METADATA_ANALYTICS,
        "A GstAnalyticsRelationMeta with an object and a track for each region, and a GstTensorMeta with the grid",
        "analytics"},
#endif
    {0, NULL, NULL}
  };
  static const GType type = g_flags_register_static ("GstAttentionFilterMetadata", values);
  return type;
}

GType
fusion_type (void)
{
  static const GEnumValue values[] = {
    {(int) attention::Fusion::kLearned, "Small convolutions trained on fixations", "learned"},
    {(int) attention::Fusion::kProduct, "Figure-ground times detail, made by hand", "product"},
    {0, NULL, NULL}
  };
  static const GType type = g_enum_register_static ("GstAttentionFilterFusion", values);
  return type;
}

GType
scene_cut_type (void)
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

GType
map_refine_type (void)
{
  static const GEnumValue values[] = {
    {(int) attention::MapRefine::kNone, "Evenly between the samples of the map", "none"},
    {(int) attention::MapRefine::kGuided, "Along the edges of the picture's luma", "guided"},
    {(int) attention::MapRefine::kObject, "Completed over what the attended things are made of", "object"},
    {0, NULL, NULL}
  };
  static const GType type = g_enum_register_static ("GstAttentionFilterMapRefine", values);
  return type;
}

GType
post_messages_type (void)
{
  static const GEnumValue values[] = {
    {(int) PostMessages::NONE, "Never", "none"},
    {(int) PostMessages::CHANGE,
        "When regions appear or disappear, or these or the peak have moved by more than message-threshold", "change"},
    {(int) PostMessages::INTERVAL, "Every message-interval", "interval"},
    {(int) PostMessages::ALL, "For every frame", "all"},
    {0, NULL, NULL}
  };
  static const GType type = g_enum_register_static ("GstAttentionFilterPostMessages", values);
  return type;
}

void
set_analysis_rate (Settings & s, const GValue * value)
{
  s.rate_n = gst_value_get_fraction_numerator (value);
  s.rate_d = gst_value_get_fraction_denominator (value);
  s.core.pace.interval = s.rate_n == 0 ? 0 :
      (attention::Nanoseconds) gst_util_uint64_scale (GST_SECOND, (guint64) s.rate_d, (guint64) s.rate_n);
}

void
get_analysis_rate (const Settings & s, GValue * value)
{
  gst_value_set_fraction (value, s.rate_n, s.rate_d);
}

const Property properties[] = {
  /**
   * GstAttentionFilter:effect:
   *
   * What is done to the pixels. Several effects apply in the order in which they are listed.
   *
   * Since: 0.1
   */
  {"effect", "Effect",
      "What is done to the pixels; several effects apply in the order listed, none leaves them untouched",
      kLive, flags, {}, effect_type, FLAGS (core.recombine.effects)},
  /**
   * GstAttentionFilter:heatmap-of:
   *
   * What effect heatmap shows: where people look, or what one cue scored in the last frame that was analysed, in the
   * same shape but not refined. Other effects do not depend on it.
   *
   * Since: 0.1
   */
  {"heatmap-of", "Heatmap of", "What effect=heatmap shows",
      kLive, choice, {}, heatmap_of_type, ENUM (core.weigh.heatmap_of)},
  /**
   * GstAttentionFilter:strength:
   *
   * How much of the effect is seen where it applies fully: 0 leaves the pixels bit-exact.
   *
   * Since: 0.1
   */
  {"strength", "Strength",
      "How strong the effects, or the weights in a pooled frame, are: 0 leaves the pixels as they are, 1 "
      "replaces them where nobody looks",
      kAnimated, number, attention::kShares, NULL, DOUBLE (core.recombine.strength)},
  /**
   * GstAttentionFilter:background-color:
   *
   * The colour that dim fades to, as 0xAARRGGBB; its alpha is ignored and the frame's alpha is never touched.
   *
   * Since: 0.1
   */
  {"background-color", "Background color", "The colour that effect=dim fades to (big-endian ARGB; alpha is ignored)",
      kAnimated, count, {0, G_MAXUINT32}, NULL, UINT (core.recombine.background)},
  /**
   * GstAttentionFilter:gamma:
   *
   * Exponent that shapes the weights before effects and pooling use them: below 1 more of the frame counts as
   * attended. Metadata and messages hold the weights as they were found.
   *
   * Since: 0.1
   */
  {"gamma", "Gamma", "Exponent that shapes the weights for effects and pooling: below 1 keeps more of the frame",
      kAnimated, number, attention::kGammas, NULL, DOUBLE (core.recombine.gamma)},
  /**
   * GstAttentionFilter:background-weight:
   *
   * The least weight that effects and pooling see.
   *
   * Since: 0.1
   */
  {"background-weight", "Background weight", "Least weight that effects and pooling see",
      kAnimated, number, attention::kShares, NULL, DOUBLE (core.recombine.background_weight)},
  /**
   * GstAttentionFilter:map-refine:
   *
   * How the weights of the small map become those of the pixels: evenly, so that they end where the picture has an
   * edge, or completed over what the attended things are made of.
   *
   * Since: 0.1
   */
  {"map-refine", "Map refine", "How the weights of the small map become those of the pixels",
      kLive, choice, {}, map_refine_type, ENUM (core.recombine.map_refine)},
  /**
   * GstAttentionFilter:blur-radius:
   *
   * How far effect=blur spreads a point, as a fraction of the frame's height. The cost does not depend on it.
   *
   * Since: 0.1
   */
  {"blur-radius", "Blur radius", "Radius of effect=blur (two standard deviations) as a fraction of the frame's height",
      kAnimated, number, attention::kBlurRadii, NULL, DOUBLE (core.recombine.blur_radius)},
  /**
   * GstAttentionFilter:freeze-refresh:
   *
   * How often effect=freeze compares what it holds with the video and holds it anew where they differ, in
   * nanoseconds of stream time; each block at another time. What moves is followed at once.
   *
   * Since: 0.1
   */
  {"freeze-refresh", "Freeze refresh",
      "How often effect=freeze takes anew what has come to differ from what it holds, in nanoseconds (0 = holds "
      "nothing)",
      kAnimated, duration, {}, NULL, UINT64 (core.recombine.freeze_refresh)},
  /**
   * GstAttentionFilter:analysis-height:
   *
   * Height of the small picture in which attention is looked for, 32 to 540 pixels, or 0 to choose it from the shape
   * of the frame (180 for 16:9). More shows smaller things and costs more.
   *
   * Since: 0.1
   */
  {"analysis-height", "Analysis height", "Height in pixels of the small picture that is analysed (32-540, 0 = auto)",
      kLive, count, {0, attention::kLargestAnalysisHeight}, NULL, UINT (geometry.analysis_height)},
  /**
   * GstAttentionFilter:crop-left:
   *
   * Attention is looked for to the right of this margin only; the margin weighs 0.
   *
   * Since: 0.1
   */
  {"crop-left", "Crop left", "Pixels at the left edge that are not looked at and weigh 0",
      kLive, count, {0, attention::kLargestSide}, NULL, UINT (geometry.crop_left)},
  /**
   * GstAttentionFilter:crop-top:
   *
   * Attention is looked for below this margin only; the margin weighs 0.
   *
   * Since: 0.1
   */
  {"crop-top", "Crop top", "Pixels at the top edge that are not looked at and weigh 0",
      kLive, count, {0, attention::kLargestSide}, NULL, UINT (geometry.crop_top)},
  /**
   * GstAttentionFilter:crop-right:
   *
   * Attention is looked for to the left of this margin only; the margin weighs 0.
   *
   * Since: 0.1
   */
  {"crop-right", "Crop right", "Pixels at the right edge that are not looked at and weigh 0",
      kLive, count, {0, attention::kLargestSide}, NULL, UINT (geometry.crop_right)},
  /**
   * GstAttentionFilter:crop-bottom:
   *
   * Attention is looked for above this margin only; the margin weighs 0.
   *
   * Since: 0.1
   */
  {"crop-bottom", "Crop bottom", "Pixels at the bottom edge that are not looked at and weigh 0",
      kLive, count, {0, attention::kLargestSide}, NULL, UINT (geometry.crop_bottom)},
  /**
   * GstAttentionFilter:region-columns:
   *
   * Columns of the grid of regions. A region has a whole number of pixels; the last may be smaller.
   *
   * Since: 0.1
   */
  {"region-columns", "Region columns", "Columns of the grid of regions, and width of a pooled frame",
      kLive, count, {1, attention::kLargestGrid}, NULL, UINT (geometry.columns)},
  /**
   * GstAttentionFilter:region-rows:
   *
   * Rows of the grid of regions.
   *
   * Since: 0.1
   */
  {"region-rows", "Region rows", "Rows of the grid of regions, and height of a pooled frame",
      kLive, count, {1, attention::kLargestGrid}, NULL, UINT (geometry.rows)},
  /**
   * GstAttentionFilter:temperature:
   *
   * Temperature of the softmax that divides the frame's attention among the regions.
   *
   * Since: 0.1
   */
  {"temperature", "Temperature",
      "Softmax temperature of the attention over regions: low gives all to the strongest, high divides it "
      "evenly",
      kAnimated, number, attention::kTemperatures, NULL, DOUBLE (core.weigh.temperature)},
  /**
   * GstAttentionFilter:center-bias:
   *
   * How much the middle of the frame is preferred, as people do.
   *
   * Since: 0.1
   */
  {"center-bias", "Center bias",
      "How much the middle of the frame is preferred: 0 not at all, 1 leaves nothing at the edges",
      kAnimated, number, attention::kShares, NULL, DOUBLE (core.weigh.center_bias)},
  /**
   * GstAttentionFilter:fusion:
   *
   * How the cues become one map of what the still picture holds for the eye.
   *
   * Since: 0.1
   */
  {"fusion", "Fusion", "How the cues become one map",
      kLive, choice, {}, fusion_type, ENUM (core.weigh.fusion)},
  /**
   * GstAttentionFilter:scene-cut:
   *
   * What happens when a frame shows another scene than the one before.
   *
   * Since: 0.1
   */
  {"scene-cut", "Scene cut", "What happens when a frame shows another scene than the one before",
      kLive, choice, {}, scene_cut_type, ENUM (core.partition.scene_cut)},
  /**
   * GstAttentionFilter:scene-cut-threshold:
   *
   * How different a frame must be from the one before, brightness and contrast aside, to be another scene.
   *
   * Since: 0.1
   */
  {"scene-cut-threshold", "Scene cut threshold",
      "How different a frame must be from the one before to be another scene: 0 any, 1 never",
      kAnimated, number, attention::kShares, NULL, DOUBLE (core.partition.scene_cut_threshold)},
  /**
   * GstAttentionFilter:lightning-threshold:
   *
   * When more than this share of the frame turns brighter or darker at once, it is the light that changed: motion is
   * held for that frame. Where the light is quite another, frames are not analysed until it has lasted half a second.
   *
   * Since: 0.1
   */
  {"lightning-threshold", "Lightning threshold",
      "Share of the frame that must change at once for it to be the light and not motion (1 = never)",
      kAnimated, number, attention::kShares, NULL, DOUBLE (core.partition.lightning_threshold)},
  /**
   * GstAttentionFilter:attack:
   *
   * Time constant of rising weights, in nanoseconds of stream time; 0 follows at once.
   *
   * Since: 0.1
   */
  {"attack", "Attack", "Time constant of rising weights in nanoseconds (0 = at once)",
      kAnimated, duration, {}, NULL, UINT64 (core.weigh.attack)},
  /**
   * GstAttentionFilter:release:
   *
   * Time constant of falling weights, in nanoseconds of stream time; 0 follows at once.
   *
   * Since: 0.1
   */
  {"release", "Release", "Time constant of falling weights in nanoseconds (0 = at once)",
      kAnimated, duration, {}, NULL, UINT64 (core.weigh.release)},
  /**
   * GstAttentionFilter:max-regions:
   *
   * The greatest number of regions in metadata and messages.
   *
   * Since: 0.1
   */
  {"max-regions", "Max regions", "Greatest number of regions in metadata and messages",
      kAnimated, count, {0, attention::kMaxRegionsOfInterest}, NULL, UINT (core.emit.max_regions)},
  /**
   * GstAttentionFilter:region-threshold:
   *
   * A region is the box of a thing as far as its weights, completed over what it is made of, reach this share of its
   * own greatest weight. Things whose greatest weight does not reach this share of the frame's are no regions.
   *
   * Since: 0.1
   */
  {"region-threshold", "Region threshold",
      "Share of its greatest weight down to which a thing's box extends, and of the frame's that it must reach",
      kAnimated, number, attention::kShares, NULL, DOUBLE (core.emit.region_threshold)},
  /**
   * GstAttentionFilter:draw-regions:
   *
   * Draws the box and the identity of each region on top of the effects; a pooled frame has none.
   *
   * Since: 0.1
   */
  {"draw-regions", "Draw regions", "Whether the boxes and identities of the regions are drawn on top of the effects",
      kAnimated, toggle, {}, NULL, BOOLEAN (core.recombine.draw_regions)},
  /**
   * GstAttentionFilter:analysis-rate:
   *
   * How many frames a second of stream time are analysed, 0 for every frame. In between, the weights go on towards
   * what was found last, moved as the camera moved; a scene cut is seen at the next analysis.
   *
   * Since: 0.1
   */
  {"analysis-rate", "Analysis rate", "Frames a second that are analysed (0/1 = every frame)",
      kLive, rate, {}, NULL, set_analysis_rate, get_analysis_rate},
  /**
   * GstAttentionFilter:max-analysis-time:
   *
   * The mean time that analysis may take of a frame: where it takes longer, fewer frames are analysed. The stream is
   * never held up.
   *
   * Since: 0.1
   */
  {"max-analysis-time", "Max analysis time",
      "Mean time in nanoseconds that analysis may take of a frame; fewer are analysed where it takes longer (0 "
      "= any)",
      kLive, duration, {}, NULL, UINT64 (core.pace.most_time)},
  /**
   * GstAttentionFilter:n-threads:
   *
   * Threads that share the scaling and the recombination of a frame; what comes out is the same to the bit.
   *
   * Since: 0.1
   */
  {"n-threads", "Threads", "Threads that share the work on a frame (0 = one for each core)",
      kLive, count, {0, attention::kMostThreads}, NULL, UINT (core.threads)},
  /**
   * GstAttentionFilter:metadata:
   *
   * Which metadata outgoing buffers carry.
   *
   * Since: 0.1
   */
  {"metadata", "Metadata", "Which metadata outgoing buffers carry",
      kLive, flags, {}, metadata_type, FLAGS (metadata)},
  /**
   * GstAttentionFilter:post-messages:
   *
   * When an element message says what was found. Scene cuts are told at once, unless with none.
   *
   * Since: 0.1
   */
  {"post-messages", "Post messages", "When an element message with the peak and the regions is posted",
      kLive, choice, {}, post_messages_type, ENUM (messages.post)},
  /**
   * GstAttentionFilter:message-interval:
   *
   * The least running time between two messages with post-messages=interval, in nanoseconds.
   *
   * Since: 0.1
   */
  {"message-interval", "Message interval", "Running time between messages with post-messages=interval, in nanoseconds",
      kAnimated, duration, {}, NULL, UINT64 (messages.interval)},
  /**
   * GstAttentionFilter:message-threshold:
   *
   * How far the peak, or the middle of a region, must be from where the last message had it for
   * post-messages=change, as a share of the frame's width or height, whichever is the more; with 1 only regions that
   * appear or disappear count.
   *
   * Since: 0.1
   */
  {"message-threshold", "Message threshold",
      "How far the peak or a region must move for post-messages=change, of the frame's width or height (1 = "
      "never far enough)",
      kAnimated, number, attention::kShares, NULL, DOUBLE (messages.threshold)},
};

}  // namespace

const Property *
gst_attention_filter_property (guint index)
{
  return index < G_N_ELEMENTS (properties) ? &properties[index] : NULL;
}
