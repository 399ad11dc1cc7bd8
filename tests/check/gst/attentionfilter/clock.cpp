// SPDX-License-Identifier: LGPL-2.1-or-later
// Frames without a time of their own are taken one after the other.
#include <functional>
#include <map>

#include "../filter.h"
#include "suite.h"

using Stamp = std::function < void (GstBuffer * buffer, int number) >;

struct Told
{
  std::vector < guint8 > grid;
  gint id = -1;                 /* of the first region */
  int messages = 0, warnings = 0;
};

/* What is told of the last of 40 frames of a patch that walks, stamped as `stamp` will have it. */
static Told
walk (const Stamp & stamp, const char *launch = "attentionfilter effect=none")
{
  Filter filter (launch);
  Frame frame;
  gst_harness_set_src_caps_str (filter.harness (), frame.caps ().c_str ());
  Told told;
  for (int number = 0; number < 40; number++) {
    frame.number = number;
    frame.x = 0.2 + 0.01 * number;
    GstBuffer *buffer = frame.make ();
    stamp (buffer, number);
    ck_assert_int_eq (gst_harness_push (filter.harness (), buffer), GST_FLOW_OK);
    GstBuffer *out = gst_harness_pull (filter.harness ());
    if (number == 39) {
      told.grid = grid_of (out);
      ck_assert_uint_gt (regions_of (out).size (), 0);
      told.id = regions_of (out)[0]->id;
    }
    gst_buffer_unref (out);
  }
  while (GstMessage * message = gst_bus_pop (filter.bus ())) {
    told.messages += GST_MESSAGE_TYPE (message) == GST_MESSAGE_ELEMENT;
    told.warnings += GST_MESSAGE_TYPE (message) == GST_MESSAGE_WARNING;
    gst_message_unref (message);
  }
  return told;
}

static void
check_same (const Told & told, const Told & stamped)
{
  ck_assert (told.grid == stamped.grid);
  ck_assert_int_eq (told.id, stamped.id);
  ck_assert_int_eq (told.messages, stamped.messages);
  ck_assert_int_eq (told.warnings, 1);
}

START_TEST (frames_without_a_time_are_taken_as_if_they_had_one)
{
  const Told stamped = walk ([](GstBuffer *, int) { });
  ck_assert_int_eq (stamped.warnings, 0);
  const auto forget = [](GstBuffer * buffer) { GST_BUFFER_PTS (buffer) = GST_CLOCK_TIME_NONE; };
  check_same (walk ([=](GstBuffer * b, int) { forget (b); }), stamped);
  check_same (walk ([](GstBuffer * b, int) { GST_BUFFER_PTS (b) = 0; }), stamped);
  check_same (walk ([=](GstBuffer * b, int n) { if (n % 2 == 1) forget (b); }), stamped);
  /* Caps say how long a frame takes where buffers do not. */
  check_same (walk ([=](GstBuffer * b, int) {
    forget (b);
    GST_BUFFER_DURATION (b) = GST_CLOCK_TIME_NONE;
  }), stamped);
}
END_TEST

/* Where neither buffers nor caps say how long a frame takes, those before do. */
START_TEST (the_last_distance_is_a_guess)
{
  const auto run = [](bool forgets) {
    Filter filter ("attentionfilter effect=none");
    gst_harness_set_src_caps_str (filter.harness (), "video/x-raw,format=I420,width=320,height=180,framerate=0/1");
    Frame frame;
    std::vector < guint8 > grid;
    for (int number = 0; number < 30; number++) {
      frame.number = number;
      frame.x = 0.2 + 0.01 * number;
      GstBuffer *buffer = frame.make ();
      GST_BUFFER_DURATION (buffer) = GST_CLOCK_TIME_NONE;
      if (forgets && number > 4 && number % 3 != 0)
        GST_BUFFER_PTS (buffer) = GST_CLOCK_TIME_NONE;
      gst_harness_push (filter.harness (), buffer);
      GstBuffer *out = gst_harness_pull (filter.harness ());
      grid = grid_of (out);
      gst_buffer_unref (out);
    }
    return grid;
  };
  ck_assert (run (true) == run (false));
}
END_TEST

START_TEST (a_new_segment_may_begin_where_the_last_ended)
{
  Filter filter ("attentionfilter effect=none");
  Frame frame;
  gst_buffer_unref (filter.run (frame));
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (filter.harness (), gst_event_new_segment (&segment));
  gst_buffer_unref (filter.run (frame));
  ck_assert (filter.problem (GST_MESSAGE_WARNING).empty ());
}
END_TEST

int
main ()
{
  gst_init (NULL, NULL);
  return run_suite ("gst/attentionfilter/clock", {frames_without_a_time_are_taken_as_if_they_had_one,
      the_last_distance_is_a_guess, a_new_segment_may_begin_where_the_last_ended});
}
