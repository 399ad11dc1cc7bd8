/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "types.h"

#include <vector>

#include "settings.h"

GType
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

GType
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

GType
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

GType
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

GType
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

GType
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

GType
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
