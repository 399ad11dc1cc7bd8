// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// A gst-launch line that a test runs to its end.
#pragma once

#include <check.h>
#include <gst/gst.h>

#include <string>
#include <vector>

class Pipeline
{
public:
  explicit Pipeline (const std::string & launch)
  {
    GError *error = NULL;
    pipeline_ = gst_parse_launch (launch.c_str (), &error);
    ck_assert_msg (error == NULL, "%s: %s", launch.c_str (), error ? error->message : "");
    bus_ = gst_element_get_bus (pipeline_);
  }
  ~Pipeline ()
  {
    set_state (GST_STATE_NULL);
    gst_object_unref (bus_);
    gst_object_unref (pipeline_);
  }
  Pipeline (const Pipeline &) = delete;

  GstElement *get () { return pipeline_; }

  /* And waits until it is there. */
  void set_state (GstState state)
  {
    ck_assert_int_ne (gst_element_set_state (pipeline_, state), GST_STATE_CHANGE_FAILURE);
    ck_assert_int_ne (gst_element_get_state (pipeline_, NULL, NULL, 20 * GST_SECOND), GST_STATE_CHANGE_FAILURE);
  }

  void set (const char *element, const char *property, const std::string & value)
  {
    GstElement *e = gst_bin_get_by_name (GST_BIN (pipeline_), element);
    gst_util_set_object_arg (G_OBJECT (e), property, value.c_str ());
    gst_object_unref (e);
  }

  /* Calls function (buffer) for what leaves the src pad of an element. */
  template < typename Function > void watch (const char *element, Function & function)
  {
    GstElement *e = gst_bin_get_by_name (GST_BIN (pipeline_), element);
    GstPad *pad = gst_element_get_static_pad (e, "src");
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, [](GstPad *, GstPadProbeInfo * info, gpointer f) {
          (*(Function *) f) (GST_PAD_PROBE_INFO_BUFFER (info));
          return GST_PAD_PROBE_OK;
        }, &function, NULL);
    gst_object_unref (pad);
    gst_object_unref (e);
  }

  /* The text of the first error, or "" at the end of the stream. */
  std::string wait ()
  {
    while (GstMessage * message = gst_bus_timed_pop_filtered (bus_, 5 * 60 * GST_SECOND,
            (GstMessageType) (GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_WARNING))) {
      const GstMessageType type = GST_MESSAGE_TYPE (message);
      const std::string text = text_of (message);
      gst_message_unref (message);
      if (type != GST_MESSAGE_WARNING)
        return text;
      warnings_.push_back (text);
    }
    return "no end after five minutes";
  }

  /* The texts of those that came while waiting. */
  const std::vector < std::string > &warnings () const { return warnings_; }

  void play_to_the_end ()
  {
    gst_element_set_state (pipeline_, GST_STATE_PLAYING);
    const std::string text = wait ();
    ck_assert_msg (text.empty (), "%s", text.c_str ());
  }

private:
  static std::string text_of (GstMessage * message)
  {
    GError *error = NULL;
    if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
      gst_message_parse_error (message, &error, NULL);
    else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_WARNING)
      gst_message_parse_warning (message, &error, NULL);
    const std::string text = error ? error->message : "";
    g_clear_error (&error);
    return text;
  }

  GstElement * pipeline_;
  GstBus *bus_;
  std::vector < std::string > warnings_;
};
