// SPDX-License-Identifier: LGPL-2.1-or-later
// attentionroi: what it writes.
#include <sys/mman.h>

#include "../chain.h"
#include "suite.h"
#include "written.h"

START_TEST (writes_what_the_filter_wrote)
{
  Chain plain ("attentionfilter effect=none"), rebuilt ("attentionfilter effect=none metadata=grid ! videoconvert ! "
      "video/x-raw,format=BGRA ! attentionroi");
  Frame frame;
  frame.width = 333;
  frame.height = 187;
  frame.x = 0.3;
  for (Chain * chain : { &plain, &rebuilt })
    chain->set_caps (frame.caps ());
  const auto a = regions_of (plain.run (frame.make ())), b = regions_of (rebuilt.run (frame.make ()));
  ck_assert_uint_ge (a.size (), 1);
  ck_assert_uint_eq (a.size (), b.size ());
  for (gsize i = 0; i < a.size (); i++) {
    ck_assert_uint_eq (a[i]->roi_type, b[i]->roi_type);
    ck_assert_int_eq (a[i]->id, b[i]->id);
    ck_assert (a[i]->x == b[i]->x && a[i]->y == b[i]->y && a[i]->w == b[i]->w && a[i]->h == b[i]->h);
    for (const char *param : { "roi/attention", "detection" })
      ck_assert (gst_structure_is_equal (gst_video_region_of_interest_meta_get_param (a[i], param),
              gst_video_region_of_interest_meta_get_param (b[i], param)));
  }
  ck_assert (rebuilt.warnings ().empty ());
}
END_TEST

START_TEST (hints_go_with_the_weight)
{
  const struct { const char *launch; int msdk[3], vaapi[3], omx[3]; } cases[] = {
    {"attentionroi", {-6, -3, 0}, {-6, -3, 0}, {-6, -3, 0}},
    {"attentionroi roi-delta-qp=-51", {-51, -26, 0}, {-10, -10, 0}, {-32, -26, 0}},
    {"attentionroi roi-delta-qp=51", {51, 26, 0}, {10, 10, 0}, {31, 26, 0}},
    {"attentionroi roi-delta-qp=0", {0, 0, 0}, {0, 0, 0}, {0, 0, 0}},
  };
  for (const auto & c : cases) {
    Chain chain (c.launch);
    chain.set_caps (Frame ().caps ());
    const auto regions = regions_of (chain.run (frame_with (kGood)));
    ck_assert_uint_eq (regions.size (), 3);
    for (int i = 0; i < 3; i++) {
      ck_assert_int_eq (delta_qp (regions[i], "roi/msdk"), c.msdk[i]);
      ck_assert_int_eq (delta_qp (regions[i], "roi/vaapi"), c.vaapi[i]);
      ck_assert_int_eq (delta_qp (regions[i], "roi-by-value/omx-alg"), c.omx[i]);
      guint rank = G_MAXUINT;
      ck_assert (gst_structure_get_uint (gst_video_region_of_interest_meta_get_param (regions[i], "roi/attention"),
          "rank", &rank));
      ck_assert_uint_eq (rank, i);
    }
    ck_assert (regions[1]->x == 160 && regions[1]->y == 45 && regions[1]->w == 80 && regions[1]->h == 90
        && regions[1]->id == 8);
  }
}
END_TEST

START_TEST (the_background_comes_last)
{
  Chain chain ("attentionroi roi-background-delta-qp=12");
  chain.set_caps (Frame ().caps ());
  GstBuffer *in = frame_with (kGood);
  gst_buffer_add_video_region_of_interest_meta (in, "face", 1, 2, 3, 4);
  const auto regions = regions_of (chain.run (in));
  ck_assert_uint_eq (regions.size (), 5);
  ck_assert_str_eq (type_of (regions[4]), "attention-background");
  ck_assert (regions[4]->x == 0 && regions[4]->y == 0 && regions[4]->w == 320 && regions[4]->h == 180);
  ck_assert_int_eq (delta_qp (regions[4], "roi/msdk"), 12);
  ck_assert_int_eq (delta_qp (regions[4], "roi/vaapi"), 10);
  ck_assert_int_eq (delta_qp (regions[4], "roi-by-value/omx-alg"), 12);
  ck_assert_ptr_null (gst_video_region_of_interest_meta_get_param (regions[4], "roi/attention"));

  /* All of a frame without regions is background. */
  const auto none = regions_of (chain.run (frame_with ([](GstStructure * s) { set_regions (s, {}); })));
  ck_assert_uint_eq (none.size (), 1);
  ck_assert_str_eq (type_of (none[0]), "attention-background");

  chain.set ("attentionroi", "roi-background-delta-qp", 0);
  ck_assert_uint_eq (regions_of (chain.run (frame_with (kGood))).size (), 3);
  ck_assert (chain.warnings ().empty ());
}
END_TEST

START_TEST (regions_follow_the_size_of_the_frame)
{
  Chain chain ("attentionroi");
  for (const int scale : { 1, 3, 2 }) {
    Frame frame;
    frame.width *= scale;
    frame.height *= scale;
    chain.set_caps (frame.caps ());
    GstBuffer *in = frame.make ();
    add_meta (in);
    const auto regions = regions_of (chain.run (in));
    ck_assert_uint_eq (regions.size (), 3);
    ck_assert_uint_eq (regions[2]->x, 240 * scale);
    ck_assert_uint_eq (regions[2]->h, 90 * scale);
  }
}
END_TEST

START_TEST (no_frame_is_read_or_copied)
{
  for (const char *caps : { "video/x-raw(memory:DMABuf),format=NV12,width=320,height=180,framerate=25/1",
        "video/x-raw(memory:GLMemory,meta:GstVideoOverlayComposition),format=RGBA,width=320,height=180,framerate=25/1",
        "video/x-raw(memory:DMABuf),format=DMA_DRM,drm-format=NV12,width=320,height=180,framerate=25/1" }) {
    Chain chain ("attentionroi");
    chain.set_caps (caps);
    gpointer forbidden = mmap (NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ck_assert (forbidden != MAP_FAILED);
    GstBuffer *in = gst_buffer_new_wrapped_full ((GstMemoryFlags) 0, forbidden, 4096, 0, 4096, NULL, NULL);
    add_meta (in);
    gst_buffer_ref (in);        /* as behind a tee */
    GstBuffer *out = chain.run (in);
    ck_assert_uint_eq (regions_of (out).size (), 3);
    ck_assert_uint_eq (regions_of (in).size (), 0);
    ck_assert_ptr_eq (gst_buffer_peek_memory (out, 0), gst_buffer_peek_memory (in, 0));
    gst_buffer_unref (in);
    ck_assert (chain.warnings ().empty ());
  }
}
END_TEST

/* What downstream offers is handed on, but for crops where places are told: they would be those of another picture. */
START_TEST (allocation_is_between_its_neighbours)
{
  const std::string plain = Frame ().caps ();
  const struct { const char *launch; std::string caps; bool crop; } cases[] = {
    {"attentionroi", plain, false},
    {"attentionfilter effect=none", plain, false},
    {"attentionfilter", plain, false},
    {"attentionfilter effect=none metadata=none",
        "video/x-raw(memory:DMABuf),format=NV12,width=320,height=180,framerate=25/1", true},
  };
  for (const auto & c : cases) {
    Chain chain (c.launch);
    gst_harness_add_propose_allocation_meta (chain.harness (), GST_VIDEO_META_API_TYPE, NULL);
    gst_harness_add_propose_allocation_meta (chain.harness (), GST_VIDEO_CROP_META_API_TYPE, NULL);
    chain.set_caps (c.caps);
    chain.run (frame_with (kGood));
    GstCaps *caps = gst_caps_from_string (c.caps.c_str ());
    GstQuery *query = gst_query_new_allocation (caps, TRUE);
    ck_assert (gst_pad_peer_query (chain.harness ()->srcpad, query));
    ck_assert (gst_query_find_allocation_meta (query, GST_VIDEO_META_API_TYPE, NULL));
    ck_assert_msg (gst_query_find_allocation_meta (query, GST_VIDEO_CROP_META_API_TYPE, NULL) == c.crop, "%s",
        c.launch);
    gst_query_unref (query);
    gst_caps_unref (caps);
  }
}
END_TEST

START_TEST (two_in_a_row_say_it_once)
{
  Chain chain ("attentionfilter effect=none ! attentionroi roi-background-delta-qp=3 roi-delta-qp=-9 ! "
      "attentionfilter effect=none ! "
      "attentionroi roi-background-delta-qp=5 ! attentionroi roi-background-delta-qp=4 roi-delta-qp=-8");
  chain.set_caps (Frame ().caps ());
  GstBuffer *out = chain.run (Frame ().make ());
  const auto regions = regions_of (out);
  ck_assert_uint_ge (regions.size (), 2);
  for (gsize i = 0; i < regions.size (); i++)
    ck_assert_str_eq (type_of (regions[i]), i + 1 < regions.size () ? "attention" : "attention-background");
  for (gsize i = 0; i + 1 < regions.size (); i++) {
    ck_assert_uint_eq (g_list_length (regions[i]->params), 5);
    for (gsize j = 0; j < i; j++)
      ck_assert_int_ne (regions[i]->id, regions[j]->id);
  }
  ck_assert_int_eq (delta_qp (regions.back (), "roi/msdk"), 4);
  ck_assert_int_eq (custom_metas (out), 1);
  ck_assert (chain.warnings ().empty ());
}
END_TEST

START_TEST (regions_of_others_stay)
{
  constexpr guint kMany = 5000;
  Chain chain ("attentionfilter effect=none ! attentionroi");
  chain.set_caps (Frame ().caps ());
  GstBuffer *in = Frame ().make ();
  for (guint i = 0; i < kMany; i++) {
    /* Also such as lie outside of the frame, or hold what is ours by name only. */
    auto *roi = gst_buffer_add_video_region_of_interest_meta (in, i % 2 ? "face" : "car", i, G_MAXUINT - i, i,
        G_MAXUINT);
    roi->id = (gint) i;
    gst_video_region_of_interest_meta_add_param (roi, gst_structure_new ("roi/attention", "weight", G_TYPE_STRING,
        "much", NULL));
  }
  auto *ours = gst_buffer_add_video_region_of_interest_meta (in, "attention", 5, 5, G_MAXUINT, G_MAXUINT);
  ours->id = -5;
  gst_video_region_of_interest_meta_add_param (ours, gst_structure_new ("detection", "x_min", G_TYPE_STRING, "left",
      NULL));
  GstBuffer *out = chain.run (in);
  const auto regions = regions_of (out);
  ck_assert_uint_gt (regions.size (), kMany);
  for (guint i = 0; i < kMany; i++) {
    ck_assert_int_eq (regions[i]->id, i);
    ck_assert (regions[i]->x == i && regions[i]->y == G_MAXUINT - i && regions[i]->w == i
        && regions[i]->h == G_MAXUINT);
    ck_assert_str_eq (type_of (regions[i]), i % 2 ? "face" : "car");
    ck_assert_uint_eq (g_list_length (regions[i]->params), 1);
  }
  for (gsize i = kMany; i < regions.size (); i++) {
    ck_assert_int_ne (regions[i]->id, -5);
    ck_assert_uint_le (regions[i]->x + regions[i]->w, 320);
  }
  ck_assert (chain.warnings ().empty ());
}
END_TEST

/* Regions that nothing vouches for are of another picture, perhaps. */
START_TEST (a_frame_without_the_meta_has_no_regions)
{
  Chain chain ("attentionroi roi-background-delta-qp=5");
  chain.set_caps (Frame ().caps ());
  for (int i = 0; i < 3; i++) {
    GstBuffer *in = Frame ().make ();
    gst_buffer_add_video_region_of_interest_meta (in, "attention", 1, 2, 3, 4);
    gst_buffer_add_video_region_of_interest_meta (in, "face", 1, 2, 3, 4);
    const auto regions = regions_of (chain.run (in));
    ck_assert_uint_eq (regions.size (), 1);
    ck_assert_str_eq (type_of (regions[0]), "face");
  }
  const auto warnings = chain.warnings ();
  ck_assert_uint_eq (warnings.size (), 1);
  for (const char *word : { "GstAttentionMeta", "metadata=grid" })
    ck_assert_msg (warnings[0].find (word) != std::string::npos, "%s", warnings[0].c_str ());
  ck_assert_uint_eq (regions_of (chain.run (frame_with (kGood))).size (), 4);

  /* An empty buffer says that there is nothing to see. */
  Chain empty ("attentionroi");
  empty.set_caps (Frame ().caps ());
  empty.run (gst_buffer_new ());
  ck_assert (empty.warnings ().empty ());
}
END_TEST

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  /* Its plugin registers the meta that the tests write. */
  gst_object_unref (gst_element_factory_make ("attentionroi", NULL));
  return run_suite ("attentionroi", {
      writes_what_the_filter_wrote, hints_go_with_the_weight, the_background_comes_last,
      regions_follow_the_size_of_the_frame, no_frame_is_read_or_copied, allocation_is_between_its_neighbours,
      two_in_a_row_say_it_once, regions_of_others_stay, a_frame_without_the_meta_has_no_regions}, 120);
}
