/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "property.h"

#include "properties.h"

static constexpr guint kStats = 1;      /* an id; those of the table follow */

void
gst_attention_filter_install_properties (GObjectClass * klass)
{
  /**
   * GstAttentionFilter:stats:
   *
   * `frames`, `analysed` and `reused` (#guint64), and for each stage `<stage>-median` and `<stage>-p99` (#guint64,
   * nanoseconds, of the latest 1000 frames); the stages are preprocess, partition, weigh, recombine and emit. They
   * begin anew with READY.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, kStats, g_param_spec_boxed ("stats", "Statistics",
          "Frames, how many of them were analysed, and how long each stage took", GST_TYPE_STRUCTURE,
          (GParamFlags) (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS)));
  guint id = kStats;
  while (const Property * property = gst_attention_filter_property (id - kStats)) {
    g_object_class_install_property (klass, ++id, property->spec (*property));
    if (property->type)
      gst_type_mark_as_plugin_api (property->type (), (GstPluginAPIFlags) 0);
  }
}

bool
gst_attention_filter_is_stats (guint id)
{
  return id == kStats;
}

static const Property *
find (guint id)
{
  return id > kStats ? gst_attention_filter_property (id - kStats - 1) : NULL;
}

bool
gst_attention_filter_set (Settings & settings, guint id, const GValue * value)
{
  const Property *property = find (id);
  if (property)
    property->set (settings, value);
  return property != NULL;
}

bool
gst_attention_filter_get (const Settings & settings, guint id, GValue * value)
{
  const Property *property = find (id);
  if (property)
    property->get (settings, value);
  return property != NULL;
}
