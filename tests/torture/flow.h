// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Pipelines whose frames are counted, and properties of their attentionfilters set at random.
#pragma once

#include <gst/gst.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

/// Frames that came to the sinks of all pipelines.
inline std::atomic<guint64> frames{0};

/// A pipeline that runs for as long as it lives; any error ends the program.
class Flow {
 public:
  explicit Flow(const std::string &launch) {
    GError *error = nullptr;
    pipeline_ = gst_parse_launch(launch.c_str(), &error);
    if (error != nullptr)
      fail(error->message);
    GstIterator *sinks = gst_bin_iterate_sinks(GST_BIN(pipeline_));
    gst_iterator_foreach(
        sinks,
        [](const GValue *value, gpointer) {
          GstPad *pad = gst_element_get_static_pad(GST_ELEMENT(g_value_get_object(value)), "sink");
          gst_pad_add_probe(
              pad, GST_PAD_PROBE_TYPE_BUFFER,
              [](GstPad *, GstPadProbeInfo *, gpointer) {
                frames++;
                return GST_PAD_PROBE_OK;
              },
              nullptr, nullptr);
          gst_object_unref(pad);
        },
        nullptr);
    gst_iterator_free(sinks);
    GstIterator *all = gst_bin_iterate_elements(GST_BIN(pipeline_));
    gst_iterator_foreach(
        all,
        [](const GValue *value, gpointer filters) {
          auto *element = GST_ELEMENT(g_value_get_object(value));
          if (gst_element_get_factory(element) == gst_element_factory_find("attentionfilter"))
            static_cast<std::vector<GstElement *> *>(filters)->push_back(element);
        },
        &filters_);
    gst_iterator_free(all);
    bus_ = gst_element_get_bus(pipeline_);
    gst_element_set_state(pipeline_, GST_STATE_PLAYING);
  }
  ~Flow() {
    gst_element_set_state(pipeline_, GST_STATE_NULL);
    gst_object_unref(bus_);
    gst_object_unref(pipeline_);
  }
  Flow(const Flow &) = delete;

  GstElement *get() { return pipeline_; }
  const std::vector<GstElement *> &filters() const { return filters_; }

  /// Takes what was posted; an error ends the program.
  void listen() {
    while (GstMessage *message = gst_bus_pop(bus_)) {
      if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
        GError *error = nullptr;
        gst_message_parse_error(message, &error, nullptr);
        fail(error->message);
      }
      gst_message_unref(message);
    }
  }

  [[noreturn]] static void fail(const char *text) {
    std::fprintf(stderr, "%s\n", text);
    std::exit(1);
  }

 private:
  GstElement *pipeline_;
  GstBus *bus_;
  std::vector<GstElement *> filters_;
};

/// Sets one property of an element to a value that it may have, other than those named in `but`.
inline void set_any_property(GstElement *element, std::mt19937 &random, const std::vector<std::string> &but = {}) {
  guint count;
  GParamSpec **specs = g_object_class_list_properties(G_OBJECT_GET_CLASS(element), &count);
  GParamSpec *spec = specs[random() % count];
  g_free(specs);
  if (spec->owner_type != G_OBJECT_TYPE(element) || std::find(but.begin(), but.end(), spec->name) != but.end())
    return;
  GValue value = G_VALUE_INIT;
  g_value_init(&value, spec->value_type);
  g_object_get_property(G_OBJECT(element), spec->name, &value);
  if ((spec->flags & G_PARAM_WRITABLE) != 0) {
    const double share = static_cast<double>(random() % 1000) / 999;
    if (G_IS_PARAM_SPEC_DOUBLE(spec))
      g_value_set_double(&value, G_PARAM_SPEC_DOUBLE(spec)->minimum +
                                     share * (G_PARAM_SPEC_DOUBLE(spec)->maximum - G_PARAM_SPEC_DOUBLE(spec)->minimum));
    else if (G_IS_PARAM_SPEC_UINT(spec))
      g_value_set_uint(
          &value, G_PARAM_SPEC_UINT(spec)->minimum + random() % (std::min(G_PARAM_SPEC_UINT(spec)->maximum, 40U) + 1 -
                                                                 G_PARAM_SPEC_UINT(spec)->minimum));
    else if (G_IS_PARAM_SPEC_UINT64(spec))
      g_value_set_uint64(&value, random() % 4 == 0 ? G_PARAM_SPEC_UINT64(spec)->maximum : random() % GST_SECOND);
    else if (G_IS_PARAM_SPEC_BOOLEAN(spec))
      g_value_set_boolean(&value, random() % 2);
    else if (G_IS_PARAM_SPEC_ENUM(spec))
      g_value_set_enum(
          &value,
          G_PARAM_SPEC_ENUM(spec)->enum_class->values[random() % G_PARAM_SPEC_ENUM(spec)->enum_class->n_values].value);
    else if (G_IS_PARAM_SPEC_FLAGS(spec))
      g_value_set_flags(&value, static_cast<guint>(random()) & G_PARAM_SPEC_FLAGS(spec)->flags_class->mask);
    else if (GST_IS_PARAM_SPEC_FRACTION(spec))
      gst_value_set_fraction(&value, static_cast<gint>(random() % 30), 1);
    g_object_set_property(G_OBJECT(element), spec->name, &value);
  }
  g_value_unset(&value);
}
