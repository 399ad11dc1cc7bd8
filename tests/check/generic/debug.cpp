// SPDX-License-Identifier: LGPL-2.1-or-later
// Each decision has its line for whoever asks GST_DEBUG.
#include <cstdio>

#include "gst/chain.h"
#include "gst/frames.h"
#include "suite.h"

namespace {

/* The lines of our categories since they were last asked for. */
std::vector < std::string > lines;

void
note (GstDebugCategory * category, GstDebugLevel, const gchar *, const gchar *, gint, GObject *,
    GstDebugMessage * message,
    gpointer)
{
  const std::string name = gst_debug_category_get_name (category);
  if (name.compare (0, 9, "attention") == 0)
    lines.push_back (name + ": " + gst_debug_message_get (message));
}

/* Whether one of the lines begins so, once; all are forgotten. */
void
expect (const char *begin)
{
  const auto count = std::count_if (lines.begin (), lines.end (),
      [&](const std::string & line) { return line.find (begin) == 0; });
  ck_assert_msg (count == 1, "%d lines begin with '%s'", (int) count, begin);
  lines.clear ();
}

}  // namespace

START_TEST (the_filter_says_what_it_decides)
{
  Chain chain ("attentionfilter center-bias=0", Frame ().caps ());
  Frame frame;
  frame.x = 0.25;
  chain.run (frame.make ());
  expect ("attentionfilter: configured for 320 x 180 px, 32 x 18 regions");
  frame.x = 0.8;
  frame.number = 1;
  chain.run (frame.make ());
  expect ("attentionfilter: another scene at 0:00:00.040000000");
  frame.number = 1000;
  GstBuffer *late = frame.make ();
  GST_BUFFER_FLAG_SET (late, GST_BUFFER_FLAG_DISCONT);
  chain.run (late);
  expect ("attentionfilter: reset: a gap from 0:00:00.040000000 to 0:00:40.000000000");
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (chain.harness (), gst_event_new_segment (&segment));
  expect ("attentionfilter: reset: segment");
  chain.run (gst_buffer_new_allocate (NULL, 100, NULL));
  expect ("attentionfilter: no frame in");
  chain.set ("attentionfilter", "region-columns", 5);
  expect ("attentionfilter: a pooled frame has 5 x 18 px by now");
  frame.width = 640;
  chain.set_caps (frame.caps ());
  expect ("attentionfilter: negotiated, in place: video/x-raw");
  chain.set ("attentionfilter", "effect", 0);
  chain.set ("attentionfilter", "metadata", 0);
  expect ("attentionfilter: upstream is asked for any memory");
  chain.set ("attentionfilter", "post-messages", 0);
  chain.run (frame.make ());
  expect ("attentionfilter: frames are not asked for");
}
END_TEST

START_TEST (what_is_refused_is_said)
{
  Chain chain ("attentionfilter ! video/x-raw,width=21,height=18 ! identity");
  GstCaps *caps = gst_caps_from_string (Frame ().caps ().c_str ());
  gst_harness_push_event (chain.harness (), gst_event_new_stream_start ("test"));
  gst_harness_push_event (chain.harness (), gst_event_new_caps (caps));
  gst_caps_unref (caps);
  expect ("attentionfilter: refused video/x-raw");
}
END_TEST

START_TEST (metadata_that_is_left_out_is_said)
{
  Chain chain ("attentionfilter ! videoscale add-borders=false ! "
      "video/x-raw,width=320,height=320,pixel-aspect-ratio=1/1 ! attentionroi", Frame ().caps ());
  chain.run (Frame ().make ());
  const std::vector < std::string > all = lines;
  expect ("attentionmeta: left out of buffer");
  lines = all;
  expect ("attentionroi: no GstAttentionMeta, so no regions in buffer");
  lines = all;
  expect ("attentionroi: regions are those of video/x-raw");
}
END_TEST

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
#ifdef GST_DISABLE_GST_DEBUG
  std::puts ("GStreamer was built without debug lines: skipped");
  return 77;                    /* to meson */
#else
  /* In brackets, as macros of these names compare functions with data. NULL is the one that prints. */
  (gst_debug_remove_log_function) (NULL);
  (gst_debug_add_log_function) (note, NULL, NULL);
  gst_debug_set_threshold_from_string ("attentionfilter:5,attentionroi:5,attentionmeta:5", TRUE);
  return run_suite ("debug", {the_filter_says_what_it_decides, what_is_refused_is_said,
      metadata_that_is_left_out_is_said});
#endif
}
