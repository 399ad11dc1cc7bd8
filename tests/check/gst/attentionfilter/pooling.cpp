// SPDX-License-Identifier: LGPL-2.1-or-later
// One pixel a region, where downstream asks for it.
#include "../filter.h"
#include "../guarded.h"
#include "suite.h"

static const char kPooled[] =
    "attentionfilter region-columns=20 region-rows=10 ! video/x-raw,width=20,height=10 ! identity";

START_TEST (pools_when_downstream_asks)
{
  Filter filter (kPooled);
  Frame frame;
  frame.format = "GRAY8";
  frame.size = 0;
  GstBuffer *out = filter.run (frame);
  ck_assert_uint_eq (gst_buffer_get_size (out), 20 * 10);
  for (const guint8 byte : bytes_of (out))
    ck_assert_uint_eq (byte, 110);
  for (const GstVideoRegionOfInterestMeta * roi : regions_of (out)) {
    ck_assert_uint_le (roi->x + roi->w, 20);
    ck_assert_uint_le (roi->y + roi->h, 10);
  }
  gst_buffer_unref (out);
  GstCaps *caps = gst_pad_get_current_caps (filter.harness ()->sinkpad);
  gint par_n, par_d;
  ck_assert (gst_structure_get_fraction (gst_caps_get_structure (caps, 0), "pixel-aspect-ratio", &par_n, &par_d));
  /* 16:9 on 20x10 */
  ck_assert_int_eq (par_n * 9, par_d * 8);
  gst_caps_unref (caps);
}
END_TEST

START_TEST (interleaved_frames_stay_so_and_pool_to_progressive)
{
  const std::string caps = Frame ().caps () + ",interlace-mode=interleaved,field-order=top-field-first";
  const auto mode = [&](const char *launch) {
    Filter filter (launch);
    gst_harness_set_src_caps_str (filter.harness (), caps.c_str ());
    ck_assert_int_eq (gst_harness_push (filter.harness (), Frame ().make ()), GST_FLOW_OK);
    gst_buffer_unref (gst_harness_pull (filter.harness ()));
    GstCaps *out = gst_pad_get_current_caps (filter.harness ()->sinkpad);
    std::string found = gst_structure_get_string (gst_caps_get_structure (out, 0), "interlace-mode");
    gst_caps_unref (out);
    return found;
  };
  ck_assert (mode ("attentionfilter effect=dim+blur") == "interleaved");
  ck_assert (mode (kPooled) == "progressive");
}
END_TEST

START_TEST (a_size_that_cannot_be_had_ends_with_the_grid)
{
  Filter filter ("attentionfilter region-columns=20 ! video/x-raw,width=21,height=18 ! identity");
  gst_harness_push_event (filter.harness (), gst_event_new_stream_start ("test"));
  GstCaps *caps = gst_caps_from_string (Frame ().caps ().c_str ());
  gst_harness_push_event (filter.harness (), gst_event_new_caps (caps));
  gst_caps_unref (caps);
  const std::string text = filter.problem (GST_MESSAGE_ERROR);
  ck_assert_msg (text.find ("region-columns=20 x region-rows=18") != std::string::npos, "%s", text.c_str ());
}
END_TEST

START_TEST (a_grid_that_changes_under_a_pooled_frame_is_one_error_of_the_element)
{
  Filter filter (kPooled);
  Frame frame;
  gst_buffer_unref (filter.run (frame));
  g_object_set (filter.element (), "region-columns", 21, NULL);
  for (int i = 0; i < 3; i++) {
    frame.number++;
    ck_assert_int_eq (filter.push (frame), GST_FLOW_NOT_NEGOTIATED);
  }
  const std::string text = filter.problem (GST_MESSAGE_ERROR);
  ck_assert_msg (text.find ("region-columns=21 x region-rows=10") != std::string::npos, "%s", text.c_str ());
  ck_assert (filter.problem (GST_MESSAGE_ERROR).empty ());
}
END_TEST

START_TEST (a_buffer_without_a_frame_becomes_a_gap)
{
  const struct { gsize size; bool is_gap; int warnings; } cases[] = { {1000, false, 1}, {0, false, 0}, {0, true, 0} };
  for (const auto & c : cases) {
    Filter filter (kPooled);
    Frame frame;
    gst_buffer_unref (filter.run (frame));
    while (GstEvent * event = gst_harness_try_pull_event (filter.harness ()))
      gst_event_unref (event);
    GstBuffer *in = c.size == 0 ? gst_buffer_new () : gst_buffer_new_allocate (NULL, c.size, NULL);
    GST_BUFFER_PTS (in) = kFrameTime;
    GST_BUFFER_DURATION (in) = kFrameTime;
    if (c.is_gap)
      GST_BUFFER_FLAG_SET (in, GST_BUFFER_FLAG_GAP);
    ck_assert_int_eq (gst_harness_push (filter.harness (), in), GST_FLOW_OK);
    ck_assert_ptr_null (gst_harness_try_pull (filter.harness ()));
    GstEvent *event = gst_harness_try_pull_event (filter.harness ());
    ck_assert (event != NULL && GST_EVENT_TYPE (event) == GST_EVENT_GAP);
    GstClockTime time, duration;
    gst_event_parse_gap (event, &time, &duration);
    ck_assert (time == kFrameTime && duration == kFrameTime);
    gst_event_unref (event);
    const std::string text = filter.problem (GST_MESSAGE_WARNING);
    ck_assert_int_eq (!text.empty (), c.warnings);
    if (c.warnings)
      ck_assert_msg (text.find ("it has 1000 bytes") != std::string::npos
          && text.find ("left out") != std::string::npos, "%s", text.c_str ());
    frame.number = 2;
    gst_buffer_unref (filter.run (frame));
  }
}
END_TEST

START_TEST (a_claim_that_does_not_hold_is_left_out)
{
  g_log_set_always_fatal ((GLogLevelFlags) (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING));
  Filter filter (kPooled);
  const Frame frame;
  GstVideoInfo info = frame.info ();
  gst_harness_set_src_caps_str (filter.harness (), frame.caps ().c_str ());
  GstBuffer *in = guarded_buffer (info.size / 2, 90, false);
  gsize offset[GST_VIDEO_MAX_PLANES] = { 0, info.size / 2 - 1, info.size / 2 - 1 };
  gst_buffer_add_video_meta_full (in, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_I420, 320, 180, 3, offset,
      info.stride);
  ck_assert_int_eq (gst_harness_push (filter.harness (), in), GST_FLOW_OK);
  ck_assert_ptr_null (gst_harness_try_pull (filter.harness ()));
  const std::string text = filter.problem (GST_MESSAGE_WARNING);
  for (const char *word : { "plane 0 takes bytes 0 to 57599 of 43200", "left out", "upstream" })
    ck_assert_msg (text.find (word) != std::string::npos, "'%s' is missing in '%s'", word, text.c_str ());
}
END_TEST

namespace {

/* Memory that cannot be mapped. */
struct ClosedAllocator
{
  GstAllocator parent;
};
struct ClosedAllocatorClass
{
  GstAllocatorClass parent;
};
G_DEFINE_TYPE (ClosedAllocator, closed_allocator, GST_TYPE_ALLOCATOR)

void
closed_allocator_init (ClosedAllocator * allocator)
{
  GST_ALLOCATOR_CAST (allocator)->mem_type = "closed";
  GST_ALLOCATOR_CAST (allocator)->mem_map = [](GstMemory *, gsize, GstMapFlags) -> gpointer { return NULL; };
}

void
closed_allocator_class_init (ClosedAllocatorClass * klass)
{
  klass->parent.alloc = [](GstAllocator * allocator, gsize size, GstAllocationParams *) {
    GstMemory *memory = g_new0 (GstMemory, 1);
    gst_memory_init (memory, (GstMemoryFlags) 0, allocator, NULL, size, 0, 0, size);
    return memory;
  };
  klass->parent.free = [](GstAllocator *, GstMemory * memory) { g_free (memory); };
}

}  // namespace

/* It is not upstream's fault. */
START_TEST (a_buffer_of_downstream_that_cannot_be_written_is_told_so)
{
  Filter filter ("attentionfilter region-columns=20 region-rows=10");
  gst_harness_set_sink_caps_str (filter.harness (), "video/x-raw,format=I420,width=20,height=10");
  gst_harness_set_propose_allocator (filter.harness (), (GstAllocator *) g_object_new (closed_allocator_get_type (),
      NULL), NULL);
  Frame frame;
  for (frame.number = 0; frame.number < 2; frame.number++) {
    ck_assert_int_eq (filter.push (frame), GST_FLOW_OK);
    ck_assert_ptr_null (gst_harness_try_pull (filter.harness ()));
  }
  const std::string text = filter.problem (GST_MESSAGE_WARNING);
  for (const char *word : { "20 x 10 px", "cannot be mapped", "downstream", "left out" })
    ck_assert_msg (text.find (word) != std::string::npos, "'%s' is missing in '%s'", word, text.c_str ());
  ck_assert (text.find ("upstream") == std::string::npos);
  ck_assert (filter.problem (GST_MESSAGE_WARNING).empty ());
}
END_TEST

START_TEST (places_in_metadata_of_others_shrink_with_the_frame)
{
  Filter filter (kPooled);
  Frame frame;
  gst_harness_set_src_caps_str (filter.harness (), frame.caps ().c_str ());
  GstBuffer *in = frame.make ();
  gst_buffer_add_video_region_of_interest_meta (in, "face", 160, 90, 32, 36);
  ck_assert_int_eq (gst_harness_push (filter.harness (), in), GST_FLOW_OK);
  GstBuffer *out = gst_harness_pull (filter.harness ());
  int faces = 0;
  for (const GstVideoRegionOfInterestMeta * roi : regions_of (out)) {
    if (roi->roi_type != g_quark_from_static_string ("face"))
      continue;
    faces++;
    ck_assert (roi->x == 10 && roi->y == 5 && roi->w == 2 && roi->h == 2);
  }
  ck_assert_int_eq (faces, 1);
  gst_buffer_unref (out);
}
END_TEST

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  return run_suite ("pooling", {
      pools_when_downstream_asks, interleaved_frames_stay_so_and_pool_to_progressive,
      a_size_that_cannot_be_had_ends_with_the_grid,
      a_grid_that_changes_under_a_pooled_frame_is_one_error_of_the_element, a_buffer_without_a_frame_becomes_a_gap,
      a_claim_that_does_not_hold_is_left_out, a_buffer_of_downstream_that_cannot_be_written_is_told_so,
      places_in_metadata_of_others_shrink_with_the_frame});
}
