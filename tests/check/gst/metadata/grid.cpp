// SPDX-License-Identifier: LGPL-2.1-or-later
// GstAttentionMeta on its way: what it outlives, and what it does not.
#include "../chain.h"
#include "../frames.h"
#include "suite.h"

/* Places are shares of the picture: they hold as long as its shape on the display does, give or take a little. */
START_TEST (what_changes_the_shape_leaves_it_out)
{
  const struct { int height; bool stays; } cases[] = { {180, true}, {184, true}, {176, true}, {190, false},
      {170, false}, {240, false} };
  for (const auto & c : cases) {
    Chain chain ("attentionfilter effect=none ! videoscale add-borders=false ! "
        "video/x-raw,width=320,pixel-aspect-ratio=1/1,height=" + std::to_string (c.height) + " ! identity",
        Frame ().caps ());
    GstBuffer *out = chain.run (Frame ().make ());
    ck_assert_msg ((attention_meta (out) != NULL) == c.stays, "%d px high", c.height);
  }
}
END_TEST

START_TEST (a_part_of_a_frame_is_another_picture)
{
  Chain chain ("attentionfilter effect=none", Frame ().caps ());
  GstBuffer *out = chain.run (Frame ().make ());
  const gsize size = gst_buffer_get_size (out);
  const struct { gsize offset, size; bool is_whole; } parts[] =
      { {0, size, true}, {0, size / 2, false}, {size / 2, size / 2, false} };
  for (const auto & part : parts) {
    GstBuffer *copy = gst_buffer_copy_region (out, GST_BUFFER_COPY_ALL, part.offset, part.size);
    ck_assert ((attention_meta (copy) != NULL) == part.is_whole);
    gst_buffer_unref (copy);
  }
}
END_TEST

/* Also of a frame that is not analysed, as its weights have been carried on to it. */
START_TEST (stream_time_is_that_of_the_frame_it_lies_on)
{
  for (const char *launch : { "attentionfilter", "attentionfilter analysis-rate=2/1", "attentionfilter ! identity ! "
        "attentionfilter analysis-rate=1/1",
            "attentionfilter region-columns=20 ! video/x-raw,width=20,height=18 ! identity" }) {
    Chain chain (launch, Frame ().caps ());
    GstSegment segment;
    gst_segment_init (&segment, GST_FORMAT_TIME);
    segment.start = 2 * kFrameTime;
    segment.time = 100 * kFrameTime;
    gst_harness_push_event (chain.harness (), gst_event_new_segment (&segment));
    Frame frame;
    for (frame.number = 2; frame.number < 20; frame.number++) {
      GstClockTime time;
      ck_assert (gst_structure_get_clock_time (attention_meta (chain.run (frame.make ())), "stream-time", &time));
      ck_assert_uint_eq (time, (98 + frame.number) * kFrameTime);
    }
  }
}
END_TEST

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  return run_suite ("grid", {what_changes_the_shape_leaves_it_out, a_part_of_a_frame_is_another_picture,
      stream_time_is_that_of_the_frame_it_lies_on});
}
