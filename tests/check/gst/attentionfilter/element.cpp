// SPDX-License-Identifier: LGPL-2.1-or-later
// The element, one buffer at a time.
#include "../filter.h"
#include "suite.h"

START_TEST (dims_the_rest_and_keeps_the_thing)
{
  Filter filter ("attentionfilter strength=1");
  Frame frame;
  frame.x = 0.3;
  frame.y = 0.4;
  const std::vector < guint8 > out = filter.bytes (frame);
  /* The patch is 110 ± 60, the ground 110. */
  guint8 brightest = 0;
  for (int y = 65; y < 80; y++)
    for (int x = 85; x < 105; x++)
      brightest = std::max (brightest, out[y * 320 + x]);
  ck_assert_uint_gt (brightest, 150);
  ck_assert_uint_lt (out[170 * 320 + 300], 40);
}
END_TEST

START_TEST (stats_count_what_is_analysed)
{
  Filter filter ("attentionfilter analysis-rate=5/1");
  const auto stat = [&](const char *field) {
    GstStructure *stats = NULL;
    guint64 value = G_MAXUINT64;
    g_object_get (filter.element (), "stats", &stats, NULL);
    ck_assert_msg (gst_structure_get_uint64 (stats, field, &value), "no %s", field);
    gst_structure_free (stats);
    return value;
  };
  ck_assert_uint_eq (stat ("frames"), 0);
  ck_assert_uint_eq (stat ("weigh-p99"), 0);
  Frame frame;
  for (frame.number = 0; frame.number < 25; frame.number++)
    gst_buffer_unref (filter.run (frame));
  ck_assert_uint_eq (stat ("frames"), 25);
  ck_assert_uint_eq (stat ("analysed"), 5);
  ck_assert_uint_eq (stat ("reused"), 20);
  for (const char *stage : { "preprocess", "partition", "weigh", "recombine", "emit" }) {
    const guint64 median = stat ((std::string (stage) + "-median").c_str ());
    ck_assert_uint_gt (median, 0);
    ck_assert_uint_ge (stat ((std::string (stage) + "-p99").c_str ()), median);
  }
  gst_element_set_state (filter.element (), GST_STATE_READY);
  ck_assert_uint_eq (stat ("frames"), 0);
}
END_TEST

START_TEST (regions_are_drawn_on_top)
{
  for (const char *launch : { "attentionfilter draw-regions=true effect=none",
      "attentionfilter draw-regions=true effect=map strength=1" }) {
    Filter filter (launch);
    GstBuffer *out = filter.run (Frame ());
    const auto regions = regions_of (out);
    ck_assert_uint_gt (regions.size (), 0);
    const std::vector < guint8 > bytes = bytes_of (out);
    /* The middle of its upper line is white. */
    ck_assert_uint_eq (bytes[regions[0]->y * 320 + regions[0]->x + regions[0]->w / 2], 235);
    gst_buffer_unref (out);
  }
}
END_TEST

START_TEST (none_copies_nothing)
{
  for (const char *launch : { "attentionfilter effect=none", "attentionfilter effect=none metadata=none" }) {
    Filter filter (launch);
    Frame frame;
    gst_harness_set_src_caps_str (filter.harness (), frame.caps ().c_str ());
    GstBuffer *in = frame.make ();
    const std::vector < guint8 > before = bytes_of (in);
    GstMemory *memory = gst_buffer_peek_memory (in, 0);
    gst_buffer_ref (in);        /* as behind a tee */
    gst_harness_push (filter.harness (), in);
    GstBuffer *out = gst_harness_pull (filter.harness ());
    ck_assert_ptr_eq (gst_buffer_peek_memory (out, 0), memory);
    ck_assert (bytes_of (out) == before);
    ck_assert_ptr_null (attention_meta (in));
    ck_assert_uint_eq (regions_of (in).size (), 0);
    gst_buffer_unref (out);
    gst_buffer_unref (in);
  }
}
END_TEST

START_TEST (a_shared_buffer_is_not_written)
{
  Filter filter ("attentionfilter effect=heatmap");
  Frame frame;
  gst_harness_set_src_caps_str (filter.harness (), frame.caps ().c_str ());
  GstBuffer *in = frame.make ();
  const std::vector < guint8 > before = bytes_of (in);
  gst_buffer_ref (in);
  gst_harness_push (filter.harness (), in);
  GstBuffer *out = gst_harness_pull (filter.harness ());
  ck_assert (bytes_of (in) == before);
  ck_assert (bytes_of (out) != before);
  ck_assert_ptr_null (attention_meta (in));
  gst_buffer_unref (out);
  gst_buffer_unref (in);
}
END_TEST

START_TEST (says_what_it_saw)
{
  Filter filter ("attentionfilter region-columns=16 region-rows=9");
  Frame frame;
  frame.x = 0.25;
  frame.y = 0.5;
  frame.number = 3;
  GstBuffer *out = filter.run (frame);
  GstStructure *s = attention_meta (out);
  ck_assert_ptr_nonnull (s);
  guint version, columns, rows;
  GstClockTime time;
  ck_assert (gst_structure_get (s, "version", G_TYPE_UINT, &version, "columns", G_TYPE_UINT, &columns, "rows",
      G_TYPE_UINT, &rows, "stream-time", GST_TYPE_CLOCK_TIME, &time, NULL));
  ck_assert_uint_eq (version, 1);
  ck_assert_uint_eq (columns, 16);
  ck_assert_uint_eq (rows, 9);
  ck_assert_uint_eq (time, 3 * kFrameTime);
  ck_assert_uint_eq (grid_of (out).size (), 16 * 9);
  ck_assert_double_eq_tol (number_in (s, "peak-x"), 0.25, 0.09);
  ck_assert_double_eq_tol (number_in (s, "peak-y"), 0.5, 0.09);

  const auto regions = regions_of (out);
  ck_assert_uint_ge (regions.size (), 1);
  const GstVideoRegionOfInterestMeta *roi = regions[0];
  ck_assert_str_eq (g_quark_to_string (roi->roi_type), "attention");
  ck_assert_uint_le (roi->x, 80);
  ck_assert_uint_ge (roi->x + roi->w, 80);
  GstStructure *attention = gst_video_region_of_interest_meta_get_param ((GstVideoRegionOfInterestMeta *) roi,
      "roi/attention");
  guint rank, id;
  ck_assert (gst_structure_get (attention, "rank", G_TYPE_UINT, &rank, "id", G_TYPE_UINT, &id, NULL));
  ck_assert_uint_eq (rank, 0);
  ck_assert_int_eq (id, roi->id);
  ck_assert_double_le (number_in (attention, "weight"), 1);
  GstStructure *detection = gst_video_region_of_interest_meta_get_param ((GstVideoRegionOfInterestMeta *) roi,
      "detection");
  ck_assert_double_eq_tol (number_in (detection, "x_min"), roi->x / 320.0, 1e-6);
  ck_assert_double_eq_tol (number_in (detection, "x_max"), (roi->x + roi->w) / 320.0, 1e-6);
  ck_assert_double_eq_tol (number_in (detection, "y_min"), roi->y / 180.0, 1e-6);
  ck_assert_double_eq_tol (number_in (detection, "y_max"), (roi->y + roi->h) / 180.0, 1e-6);
  ck_assert_double_eq (number_in (detection, "confidence"), number_in (attention, "weight"));
  ck_assert (gst_structure_has_field_typed (detection, "label_id", G_TYPE_INT));
  gst_buffer_unref (out);
}
END_TEST

START_TEST (says_the_same_of_a_region_everywhere)
{
  Filter filter ("attentionfilter");
  GstBuffer *out = filter.run (Frame ());
  const GValue *array = gst_structure_get_value (attention_meta (out), "regions");
  ck_assert (GST_VALUE_HOLDS_ARRAY (array));
  const auto regions = regions_of (out);
  ck_assert_uint_ge (regions.size (), 1);
  ck_assert_uint_eq (gst_value_array_get_size (array), regions.size ());
  for (guint i = 0; i < regions.size (); i++) {
    const GstStructure *of_grid = gst_value_get_structure (gst_value_array_get_value (array, i));
    const GstStructure *attention = gst_video_region_of_interest_meta_get_param (regions[i], "roi/attention");
    const GstStructure *detection = gst_video_region_of_interest_meta_get_param (regions[i], "detection");
    check_fields (of_grid, REGION_FIELD_OF_GRID);
    check_fields (attention, REGION_FIELD_OF_ATTENTION);
    check_fields (detection, REGION_FIELD_OF_DETECTION);
    ck_assert_double_eq_tol (magnitude_of_cues (attention), 1, 1e-4);
    for (const RegionField & field : region_fields ()) {
      const GstStructure *of_roi = field.of & REGION_FIELD_OF_ATTENTION ? attention : detection;
      const GValue *a = gst_structure_get_value (of_grid, field.name.c_str ());
      const GValue *b = gst_structure_get_value (of_roi, field.name.c_str ());
      ck_assert_msg (!a || !b || gst_value_compare (a, b) == GST_VALUE_EQUAL, "%s", field.name.c_str ());
    }
  }
  gst_buffer_unref (out);
}
END_TEST

START_TEST (metadata_can_be_switched_off)
{
  const struct { const char *launch; bool regions, grid; } cases[] = {
    {"attentionfilter metadata=none", false, false},
    {"attentionfilter metadata=regions", true, false},
    {"attentionfilter metadata=grid", false, true},
    {"attentionfilter metadata=regions+grid", true, true},
    {"attentionfilter max-regions=0", false, true},
  };
  for (const auto & c : cases) {
    Filter filter (c.launch);
    GstBuffer *out = filter.run (Frame ());
    ck_assert_msg ((attention_meta (out) != NULL) == c.grid, "%s", c.launch);
    ck_assert_msg (regions_of (out).empty () != c.regions, "%s", c.launch);
    gst_buffer_unref (out);
  }
}
END_TEST

START_TEST (metas_survive_convert_and_scale)
{
  Filter plain ("attentionfilter");
  Filter behind ("attentionfilter ! videoconvert ! videoscale ! video/x-raw,format=BGRA,width=640,height=90 ! "
      "identity");
  Frame frame;
  frame.x = 0.3;
  GstBuffer *before = plain.run (frame);
  GstBuffer *after = behind.run (frame);
  ck_assert (grid_of (before) == grid_of (after));
  for (const char *field : { "peak-x", "peak-y" })
    ck_assert_double_eq (number_in (attention_meta (before), field), number_in (attention_meta (after), field));
  const auto a = regions_of (before);
  const auto b = regions_of (after);
  ck_assert_uint_ge (a.size (), 1);
  ck_assert_uint_eq (a.size (), b.size ());
  for (gsize i = 0; i < a.size (); i++) {
    ck_assert_int_eq (a[i]->id, b[i]->id);
    ck_assert_int_le (std::abs ((int) (2 * a[i]->x) - (int) b[i]->x), 2);
    ck_assert_int_le (std::abs ((int) a[i]->y - (int) (2 * b[i]->y)), 2);
    ck_assert_int_le (std::abs ((int) (2 * a[i]->w) - (int) b[i]->w), 2);
  }
  gst_buffer_unref (before);
  gst_buffer_unref (after);
}
END_TEST

START_TEST (two_in_a_row_say_it_once)
{
  Filter filter ("attentionfilter effect=none ! attentionfilter effect=none region-columns=7 region-rows=5");
  GstBuffer *out = filter.run (Frame ());
  ck_assert_uint_eq (grid_of (out).size (), 35);
  int metas = 0;
  gpointer state = NULL;
  while (GstMeta * meta = gst_buffer_iterate_meta (out, &state))
    metas += gst_meta_info_is_custom (meta->info);
  ck_assert_int_eq (metas, 1);
  const auto regions = regions_of (out);
  for (gsize i = 0; i < regions.size (); i++)
    for (gsize j = 0; j < i; j++)
      ck_assert_int_ne (regions[i]->id, regions[j]->id);
  gst_buffer_unref (out);
}
END_TEST

START_TEST (renegotiates_in_mid_stream)
{
  Filter filter ("attentionfilter");
  Frame frame;
  const struct { const char *format; int width, height; } steps[] = {
    {"I420", 320, 180}, {"NV12", 320, 180}, {"BGRx", 641, 361}, {"GRAY8", 16, 16}, {"AYUV", 1920, 1080},
    {"I420", 320, 180},
  };
  for (const auto & step : steps) {
    frame.format = step.format;
    frame.width = step.width;
    frame.height = step.height;
    for (int i = 0; i < 3; i++) {
      GstBuffer *out = filter.run (frame);
      const GstVideoInfo info = frame.info ();
      ck_assert_uint_ge (gst_buffer_get_size (out), GST_VIDEO_INFO_SIZE (&info));
      ck_assert_uint_eq (grid_of (out).size (), 32 * 18);
      gst_buffer_unref (out);
      frame.number++;
    }
  }
}
END_TEST

START_TEST (starts_afresh_after_flush_segment_and_gaps)
{
  Frame other;
  other.x = 0.3;
  Frame frame;
  frame.x = 0.4;
  frame.number = 2;
  Filter fresh ("attentionfilter scene-cut=ignore");
  const std::vector < guint8 > expected = fresh.grid (frame);

  const auto after = [&](const std::function < void (GstHarness *, GstBuffer *) > &event) {
    Filter filter ("attentionfilter scene-cut=ignore");
    filter.grid (other);
    other.number = 1;
    filter.grid (other);
    other.number = 0;
    GstBuffer *in = frame.make ();
    event (filter.harness (), in);
    gst_harness_push (filter.harness (), in);
    GstBuffer *out = gst_harness_pull (filter.harness ());
    std::vector < guint8 > grid = grid_of (out);
    gst_buffer_unref (out);
    return grid;
  };
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  ck_assert (after ([](GstHarness *, GstBuffer *) { }) != expected);
  /* A dropped frame leaves a gap too, and is no reason to forget. */
  ck_assert (after ([](GstHarness *, GstBuffer * in) {
        GST_BUFFER_FLAG_SET (in, GST_BUFFER_FLAG_DISCONT);
      }) != expected);
  const auto after_gap = [&](GstClockTime gap) {
    return after ([&](GstHarness *, GstBuffer * in) {
          GST_BUFFER_FLAG_SET (in, GST_BUFFER_FLAG_DISCONT);
          GST_BUFFER_PTS (in) += gap;
        });
  };
  ck_assert (after_gap (400 * GST_MSECOND) != expected);
  ck_assert (after_gap (600 * GST_MSECOND) == expected);
  ck_assert (after_gap (10 * GST_SECOND) == expected);
  ck_assert (after ([&](GstHarness * h, GstBuffer *) {
        gst_harness_push_event (h, gst_event_new_segment (&segment));
      }) == expected);
  ck_assert (after ([&](GstHarness * h, GstBuffer *) {
        gst_harness_push_event (h, gst_event_new_flush_start ());
        gst_harness_push_event (h, gst_event_new_flush_stop (TRUE));
        gst_harness_push_event (h, gst_event_new_segment (&segment));
      }) == expected);
}
END_TEST

/* Overload drops frames and marks each gap; a gap is from the frame before, not from the first. */
START_TEST (short_gaps_hold_however_many)
{
  Filter filter ("attentionfilter effect=none scene-cut=ignore"),
      whole ("attentionfilter effect=none scene-cut=ignore");
  Frame frame;
  gst_harness_set_src_caps_str (filter.harness (), frame.caps ().c_str ());
  for (frame.number = 0; frame.number < 100; frame.number += 5) {
    frame.x = 0.3 + 0.003 * (double) frame.number;
    GstBuffer *in = frame.make ();
    GST_BUFFER_FLAG_SET (in, GST_BUFFER_FLAG_DISCONT);
    ck_assert_int_eq (gst_harness_push (filter.harness (), in), GST_FLOW_OK);
    GstBuffer *out = gst_harness_pull (filter.harness ());
    ck_assert (grid_of (out) == whole.grid (frame));
    gst_buffer_unref (out);
  }
}
END_TEST

START_TEST (new_caps_are_news)
{
  Filter filter ("attentionfilter");
  Frame frame;
  GstBuffer *out = filter.run (frame);
  const gint first = regions_of (out)[0]->id;
  gst_buffer_unref (out);
  ck_assert_int_eq (filter.messages (), 1);
  frame.width = 640;
  frame.number++;
  out = filter.run (frame);
  ck_assert_int_ne (regions_of (out)[0]->id, first);
  gst_buffer_unref (out);
  ck_assert_int_eq (filter.messages (), 1);
}
END_TEST

/* Also where there is nothing else to tell, and no time for it yet. */
START_TEST (new_caps_are_told_of_at_once)
{
  for (const char *post : { "change message-threshold=1", "interval message-interval=3600000000000" }) {
    Filter filter (std::string ("attentionfilter max-regions=0 post-messages=") + post);
    Frame frame;
    for (const int width : { 320, 640, 320 }) {
      frame.width = width;
      for (int i = 0; i < 3; i++) {
        gst_buffer_unref (filter.run (frame));
        ck_assert_int_eq (filter.messages (), i == 0 ? 1 : 0);
        frame.number++;
      }
    }
  }
}
END_TEST

START_TEST (streams_without_time_are_quiet)
{
  g_log_set_always_fatal ((GLogLevelFlags) (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING));
  Filter filter ("attentionfilter post-messages=all");
  Frame frame;
  gst_harness_set_src_caps_str (filter.harness (), frame.caps ().c_str ());
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_BYTES);
  gst_harness_push_event (filter.harness (), gst_event_new_segment (&segment));
  gst_harness_push (filter.harness (), frame.make ());
  GstBuffer *out = gst_harness_pull (filter.harness ());
  ck_assert_ptr_nonnull (attention_meta (out));
  gst_buffer_unref (out);
  /* An empty buffer says that there is nothing to see, and is no mistake. */
  gst_harness_push (filter.harness (), gst_buffer_new ());
  gst_buffer_unref (gst_harness_pull (filter.harness ()));
  ck_assert (filter.problem (GST_MESSAGE_WARNING).empty ());
}
END_TEST

START_TEST (passes_eos_on)
{
  Filter filter ("attentionfilter");
  gst_buffer_unref (filter.run (Frame ()));
  ck_assert (gst_harness_push_event (filter.harness (), gst_event_new_eos ()));
  bool eos = false;
  while (GstEvent * event = gst_harness_try_pull_event (filter.harness ())) {
    eos |= GST_EVENT_TYPE (event) == GST_EVENT_EOS;
    gst_event_unref (event);
  }
  ck_assert (eos);
}
END_TEST

START_TEST (another_picture_is_another_scene_without_a_time)
{
  Frame a;
  a.x = 0.25;
  Frame b;
  b.x = 0.75;
  Filter fresh ("attentionfilter");
  const std::vector < guint8 > expected = fresh.grid (b);
  Filter filter ("attentionfilter");
  gst_harness_set_src_caps_str (filter.harness (), "video/x-raw,format=I420,width=320,height=180,framerate=0/1");
  std::vector < guint8 > last;
  for (const Frame & frame : { a, a, b }) {
    GstBuffer *in = frame.make ();
    GST_BUFFER_PTS (in) = GST_CLOCK_TIME_NONE;
    gst_harness_push (filter.harness (), in);
    GstBuffer *out = gst_harness_pull (filter.harness ());
    last = grid_of (out);
    gst_buffer_unref (out);
  }
  ck_assert (last == expected);
}
END_TEST

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  return run_suite ("element", {
      dims_the_rest_and_keeps_the_thing, stats_count_what_is_analysed, regions_are_drawn_on_top, none_copies_nothing,
      a_shared_buffer_is_not_written, says_what_it_saw, says_the_same_of_a_region_everywhere,
      metadata_can_be_switched_off, metas_survive_convert_and_scale, two_in_a_row_say_it_once,
          renegotiates_in_mid_stream,
      starts_afresh_after_flush_segment_and_gaps, short_gaps_hold_however_many, new_caps_are_news,
      new_caps_are_told_of_at_once, streams_without_time_are_quiet, passes_eos_on,
      another_picture_is_another_scene_without_a_time});
}
