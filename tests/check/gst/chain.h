// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Elements in a row between two harness pads, with a bus to listen to.
#pragma once

#include <check.h>
#include <gst/check/gstharness.h>
#include <gst/video/video.h>

#include <string>
#include <vector>

class Chain
{
public:
  explicit Chain (const std::string & launch, const std::string & caps =
      ""):harness_ (gst_harness_new_parse (launch.c_str ())), bus_ (gst_bus_new ())
  {
    gst_element_set_bus (harness_->element, bus_);
    if (!caps.empty ())
      set_caps (caps);
  }
  ~Chain ()
  {
    for (GstBuffer * buffer : out_)
      gst_buffer_unref (buffer);
    gst_element_set_bus (harness_->element, NULL);
    gst_harness_teardown (harness_);
    gst_object_unref (bus_);
  }
  Chain (const Chain &) = delete;

  GstHarness *harness () { return harness_; }
  GstBus *bus () { return bus_; }

  void set_caps (const std::string & caps) { gst_harness_set_src_caps_str (harness_, caps.c_str ()); }

  void set (const char *element, const char *property, int value)
  {
    GstElement *e = gst_harness_find_element (harness_, element);
    g_object_set (e, property, value, NULL);
    gst_object_unref (e);
  }

  /* What comes out for one buffer that is held up by no element; it lives as long as the chain. */
  GstBuffer *run (GstBuffer * buffer)
  {
    ck_assert_int_eq (gst_harness_push (harness_, buffer), GST_FLOW_OK);
    out_.push_back (gst_harness_pull (harness_));
    ck_assert_ptr_nonnull (out_.back ());
    return out_.back ();
  }

  /* The same for all that have been pushed, once the stream has come to its end. */
  const std::vector < GstBuffer * > &finish ()
  {
    if (!finished_)
      gst_harness_push_event (harness_, gst_event_new_eos ());
    while (!finished_) {
      GstEvent *event = gst_harness_pull_event (harness_);
      ck_assert_msg (event != NULL, "the stream does not end");
      finished_ = GST_EVENT_TYPE (event) == GST_EVENT_EOS;
      gst_event_unref (event);
    }
    while (GstBuffer * buffer = gst_harness_try_pull (harness_))
      out_.push_back (buffer);
    return out_;
  }

  /* Of what comes out. */
  GstVideoInfo info ()
  {
    GstVideoInfo info;
    GstCaps *caps = gst_pad_get_current_caps (harness_->sinkpad);
    ck_assert_ptr_nonnull (caps);
    if (!gst_video_info_from_caps (&info, caps))
      gst_video_info_init (&info);
    gst_structure_get_int (gst_caps_get_structure (caps, 0), "width", &info.width);
    gst_structure_get_int (gst_caps_get_structure (caps, 0), "height", &info.height);
    gst_caps_unref (caps);
    return info;
  }

  GstClockTime stream_time (GstBuffer * buffer)
  {
    GstEvent *event = gst_pad_get_sticky_event (harness_->sinkpad, GST_EVENT_SEGMENT, 0);
    ck_assert_ptr_nonnull (event);
    const GstSegment *segment;
    gst_event_parse_segment (event, &segment);
    const GstClockTime time = gst_segment_to_stream_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
    gst_event_unref (event);
    return time;
  }

  std::vector < std::string > warnings ()
  {
    std::vector < std::string > texts;
    while (GstMessage * message = gst_bus_pop_filtered (bus_,
        (GstMessageType) (GST_MESSAGE_WARNING | GST_MESSAGE_ERROR))) {
      GError *error = NULL;
      if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
        gst_message_parse_error (message, &error, NULL);
      else
        gst_message_parse_warning (message, &error, NULL);
      texts.push_back (error->message);
      g_error_free (error);
      gst_message_unref (message);
    }
    return texts;
  }

private:
  GstHarness * harness_;
  GstBus *bus_;
  std::vector < GstBuffer * > out_;
  bool finished_ = false;
};
