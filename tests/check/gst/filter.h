// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// The element between two harness pads, one frame at a time.
#pragma once

#include "frames.h"

/* A filter between two harness pads, with a bus to listen to. */
class Filter
{
public:
  explicit Filter (const std::string & launch):harness_ (gst_harness_new_parse (launch.c_str ())), bus_ (gst_bus_new ())
  {
    gst_element_set_bus (harness_->element, bus_);
  }
  ~Filter ()
  {
    gst_element_set_bus (harness_->element, NULL);
    gst_harness_teardown (harness_);
    gst_object_unref (bus_);
  }
  Filter (const Filter &) = delete;

  GstHarness *harness () { return harness_; }
  /* Not owned: the harness holds it. */
  GstElement *element ()
  {
    GstElement *element = gst_harness_find_element (harness_, "attentionfilter");
    gst_object_unref (element);
    return element;
  }

  GstFlowReturn push (const Frame & frame)
  {
    /* Setting caps also begins a new segment. */
    if (frame.caps () != caps_)
      gst_harness_set_src_caps_str (harness_, frame.caps ().c_str ());
    caps_ = frame.caps ();
    return gst_harness_push (harness_, frame.make ());
  }
  /* The outgoing buffer belongs to the caller. */
  GstBuffer *run (const Frame & frame)
  {
    ck_assert_int_eq (push (frame), GST_FLOW_OK);
    return gst_harness_pull (harness_);
  }
  std::vector < guint8 > grid (const Frame & frame)
  {
    GstBuffer *out = run (frame);
    std::vector < guint8 > grid = grid_of (out);
    gst_buffer_unref (out);
    return grid;
  }
  std::vector < guint8 > bytes (const Frame & frame)
  {
    GstBuffer *out = run (frame);
    std::vector < guint8 > bytes = bytes_of (out);
    gst_buffer_unref (out);
    return bytes;
  }
  int messages ()
  {
    int count = 0;
    while (GstMessage * message = gst_bus_pop_filtered (bus_, GST_MESSAGE_ELEMENT)) {
      if (gst_message_has_name (message, "attentionfilter"))
        count++;
      gst_message_unref (message);
    }
    return count;
  }
  std::string problem (GstMessageType type)
  {
    std::string text;
    if (GstMessage * message = gst_bus_pop_filtered (bus_, type)) {
      GError *error = NULL;
      if (type == GST_MESSAGE_ERROR)
        gst_message_parse_error (message, &error, NULL);
      else
        gst_message_parse_warning (message, &error, NULL);
      text = error->message;
      g_error_free (error);
      gst_message_unref (message);
    }
    return text;
  }
  GstBus *bus () { return bus_; }

private:
  GstHarness * harness_;
  GstBus *bus_;
  std::string caps_;
};
