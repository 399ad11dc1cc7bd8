// SPDX-License-Identifier: LGPL-2.1-or-later
// attentionroi: what it writes, and what it makes of metadata that is not as it should be.
#include <cmath>
#include <functional>
#include <limits>

#include <sys/mman.h>

#include "../chain.h"
#include "../frames.h"
#include "suite.h"

namespace {

constexpr double kNan = std::numeric_limits < double >::quiet_NaN ();
constexpr double kInfinity = std::numeric_limits < double >::infinity ();

GstStructure *
region (guint id, double x, double y, double weight = 1)
{
  GstStructure *s = gst_structure_new ("region", "id", G_TYPE_UINT, id, "weight", G_TYPE_DOUBLE, weight,
      "share", G_TYPE_DOUBLE, 0.25, "x_min", G_TYPE_DOUBLE, x, "x_max", G_TYPE_DOUBLE, x + 0.25,
      "y_min", G_TYPE_DOUBLE, y, "y_max", G_TYPE_DOUBLE, y + 0.5, NULL);
  for (const attention::CueInfo & cue : attention::cues ())
    gst_structure_set (s, cue.name, G_TYPE_DOUBLE, -0.125, NULL);
  return s;
}

/* Takes the structures. */
void
set_regions (GstStructure * meta, const std::vector < GstStructure * > &regions)
{
  GValue array = G_VALUE_INIT;
  g_value_init (&array, GST_TYPE_ARRAY);
  for (GstStructure * s : regions) {
    GValue value = G_VALUE_INIT;
    g_value_init (&value, GST_TYPE_STRUCTURE);
    g_value_take_boxed (&value, s);
    gst_value_array_append_and_take_value (&array, &value);
  }
  gst_structure_take_value (meta, "regions", &array);
}

std::vector < GstStructure * >
three ()
{
  return {region (7, 0, 0), region (8, 0.5, 0.25, 0.5), region (9, 0.75, 0.5, 0)};
}

void
set_weights (GstStructure * meta, gsize size)
{
  GBytes *bytes = g_bytes_new_take (g_malloc0 (size), size);
  gst_structure_set (meta, "weights", G_TYPE_BYTES, bytes, NULL);
  g_bytes_unref (bytes);
}

GstStructure *
add_meta (GstBuffer * buffer)
{
  GstStructure *s = gst_custom_meta_get_structure (gst_buffer_add_custom_meta (buffer, "GstAttentionMeta"));
  gst_structure_set (s, "version", G_TYPE_UINT, 1, "columns", G_TYPE_UINT, 4, "rows", G_TYPE_UINT, 3, "peak-x",
      G_TYPE_DOUBLE, 0.5, "peak-y", G_TYPE_DOUBLE, 0.5, "stream-time", GST_TYPE_CLOCK_TIME, (GstClockTime) 0, NULL);
  set_weights (s, 12);
  set_regions (s, three ());
  return s;
}

/* A frame whose GstAttentionMeta has been spoilt. */
using Spoil = std::function < void (GstStructure *) >;

GstBuffer *
frame_with (const Spoil & spoil)
{
  GstBuffer *buffer = Frame ().make ();
  spoil (add_meta (buffer));
  return buffer;
}

const Spoil kGood = [](GstStructure *) { };

int
delta_qp (GstVideoRegionOfInterestMeta * roi, const char *param)
{
  int value = 1000;
  const GstStructure *s = gst_video_region_of_interest_meta_get_param (roi, param);
  ck_assert_msg (s && gst_structure_get_int (s, "delta-qp", &value), "no int delta-qp in %s", param);
  return value;
}

const char *
type_of (GstVideoRegionOfInterestMeta * roi)
{
  return g_quark_to_string (roi->roi_type);
}

int
custom_metas (GstBuffer * buffer)
{
  int count = 0;
  gpointer state = NULL;
  while (GstMeta * meta = gst_buffer_iterate_meta (buffer, &state))
    count += gst_meta_info_is_custom (meta->info);
  return count;
}

}  // namespace

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

namespace {

Spoil
with_second (const Spoil & spoil)
{
  return [spoil](GstStructure * s) {
    auto regions = three ();
    spoil (regions[1]);
    set_regions (s, regions);
  };
}

Spoil
set_double (const char *field, double value)
{
  return [field, value](GstStructure * s) { gst_structure_set (s, field, G_TYPE_DOUBLE, value, NULL); };
}

Spoil
set_string (const char *field)
{
  return [field](GstStructure * s) { gst_structure_set (s, field, G_TYPE_STRING, "1", NULL); };
}

Spoil
remove (const char *field)
{
  return [field](GstStructure * s) { gst_structure_remove_field (s, field); };
}

/* What is written into GstAttentionMeta, how many of three regions are left, and what is told of it: nothing where the
 * list is empty. */
const struct
{
  Spoil spoil;
  gsize regions;
  std::vector < const char *> words;
} kSpoilt[] = {
  {with_second (set_double ("x_min", kNan)), 2, {"region 1", "x_min"}},
  {with_second (set_double ("y_max", kInfinity)), 2, {"region 1", "y_max"}},
  {with_second (set_double ("weight", -kInfinity)), 2, {"region 1", "weight"}},
  {with_second (set_double ("share", kNan)), 2, {"region 1", "share"}},
  {with_second (set_double ("motion", kNan)), 2, {"region 1", "motion"}},
  {with_second (remove ("figure-ground")), 3, {}},
  {with_second (set_double ("centre", -1.5)), 3, {"region 1", "centre=-1.5", "-1 to 1"}},
  {with_second (set_double ("weight", 1e300)), 3, {"region 1", "weight"}},
  {with_second (set_double ("x_max", 1.5)), 3, {"region 1", "x_max=1.5"}},
  {with_second (set_double ("x_min", 0.99)), 2, {"region 1", "nothing"}},
  {with_second (set_double ("x_max", -0.5)), 2, {"region 1"}},
  {with_second (set_double ("y_min", 1.5)), 2, {"region 1"}},
  {with_second (set_string ("x_min")), 2, {"region 1", "x_min"}},
  {with_second (remove ("y_min")), 2, {"region 1", "y_min"}},
  {with_second (remove ("id")), 3, {}},
  {with_second (remove ("weight")), 3, {}},
  {with_second (set_double ("a-sixth-cue", 7)), 3, {}},
  {with_second (set_string ("anything")), 3, {}},
  {with_second ([](GstStructure * s) { gst_structure_set (s, "id", G_TYPE_INT, -1, NULL); }), 2, {"region 1", "id"}},
  {with_second ([](GstStructure * s) { gst_structure_remove_all_fields (s); }), 2, {"region 1"}},
  {[](GstStructure * s) {
      GValue array = G_VALUE_INIT, number = G_VALUE_INIT;
      g_value_init (&array, GST_TYPE_ARRAY);
      g_value_init (&number, G_TYPE_INT);
      gst_value_array_append_and_take_value (&array, &number);
      gst_structure_take_value (s, "regions", &array);
    }, 0, {"region 0", "structure"}},
  {[](GstStructure * s) { set_regions (s, {region (1, 0, 0), NULL, region (2, 0.5, 0)}); }, 2,
      {"region 1", "structure"}},
  {[](GstStructure * s) {
      std::vector < GstStructure * > many;
      for (guint i = 0; i < 3000; i++)
        many.push_back (region (i, 0, 0));
      set_regions (s, many);
    }, 64, {"3000"}},
  {set_string ("regions"), 0, {"regions"}},
  {remove ("regions"), 0, {"regions"}},
  {set_string ("version"), 3, {"version"}},
  {remove ("version"), 3, {"version"}},
  {[](GstStructure * s) { gst_structure_set (s, "version", G_TYPE_UINT, 7, NULL); }, 3, {}},
  {set_string ("a-later-field"), 3, {}},
  {[](GstStructure * s) { gst_structure_remove_all_fields (s); }, 0, {"version"}},
  {[](GstStructure * s) { set_weights (s, 11); }, 3, {"11 bytes", "4 x 3"}},
  {[](GstStructure * s) { set_weights (s, 1000); }, 3, {"1000 bytes"}},
  {[](GstStructure * s) {
      gst_structure_set (s, "columns", G_TYPE_UINT, G_MAXUINT, "rows", G_TYPE_UINT, G_MAXUINT, NULL);
    }, 3, {"12 bytes"}},
  {[](GstStructure * s) { gst_structure_set (s, "weights", G_TYPE_BYTES, NULL, NULL); }, 3, {"0 bytes"}},
  {set_string ("weights"), 3, {"weights"}},
  {remove ("weights"), 3, {"weights"}},
  {remove ("columns"), 3, {"columns"}},
  {set_double ("peak-x", kNan), 3, {"peak-x"}},
  {set_double ("peak-y", 1.01), 3, {"peak-y"}},
};

}  // namespace

START_TEST (what_is_malformed_is_told_once_and_the_rest_is_used)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kSpoilt); i++) {
    Chain chain ("attentionroi");
    chain.set_caps (Frame ().caps ());
    for (int again = 0; again < 3; again++) {
      GstBuffer *out = chain.run (frame_with (kSpoilt[i].spoil));
      const auto regions = regions_of (out);
      ck_assert_msg (regions.size () == kSpoilt[i].regions, "case %d: %d regions", (int) i, (int) regions.size ());
      for (GstVideoRegionOfInterestMeta * roi : regions) {
        ck_assert_msg (roi->w > 0 && roi->h > 0 && roi->x + roi->w <= 320 && roi->y + roi->h <= 180, "case %d",
            (int) i);
        const GstStructure *attention = gst_video_region_of_interest_meta_get_param (roi, "roi/attention");
        const double weight = number_in (attention, "weight");
        ck_assert (std::fabs (number_in (attention, "centre")) <= 1);
        ck_assert (weight >= 0 && weight <= 1 && std::abs (delta_qp (roi, "roi/msdk")) <= 6);
      }
      ck_assert_int_eq (custom_metas (out), 1);
    }
    ck_assert_uint_eq (regions_of (chain.run (frame_with (kGood))).size (), 3);
    const auto warnings = chain.warnings ();
    ck_assert_msg (warnings.size () == (kSpoilt[i].words.empty () ? 0 : 1), "case %d: %d warnings", (int) i,
        (int) warnings.size ());
    for (const char *word : kSpoilt[i].words)
      ck_assert_msg (warnings[0].find (word) != std::string::npos, "case %d: '%s' is missing in '%s'", (int) i, word,
          warnings[0].c_str ());
  }
}
END_TEST

/* Whatever came before, attentionfilter replaces it. */
START_TEST (the_filter_replaces_what_is_malformed)
{
  Chain chain ("attentionfilter effect=none"), scaled ("videoscale ! video/x-raw,width=640,height=360 ! attentionroi");
  chain.set_caps (Frame ().caps ());
  GstBuffer *in = frame_with ([](GstStructure * s) {
        gst_structure_set (s, "peak-x", G_TYPE_DOUBLE, kNan, "regions", G_TYPE_STRING, "none", "more", G_TYPE_INT, 1,
            NULL);
        set_weights (s, 3);
      });
  add_meta (in);
  GstBuffer *out = chain.run (in);
  ck_assert_int_eq (custom_metas (out), 1);
  ck_assert_uint_eq (grid_of (out).size (), 32 * 18);
  ck_assert (!gst_structure_has_field (attention_meta (out), "more"));
  ck_assert (std::isfinite (number_in (attention_meta (out), "peak-x")));
  ck_assert (chain.warnings ().empty ());

  /* Two that others wrote become one when they are copied, and fields we do not know go with it. */
  scaled.set_caps (Frame ().caps ());
  in = frame_with ([](GstStructure * s) { gst_structure_set (s, "more", G_TYPE_INT, 1, NULL); });
  add_meta (in);
  out = scaled.run (in);
  ck_assert_int_eq (custom_metas (out), 1);
  ck_assert (gst_structure_has_field (attention_meta (out), "more"));
  ck_assert_uint_eq (regions_of (out).size (), 3);
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
      two_in_a_row_say_it_once, regions_of_others_stay, a_frame_without_the_meta_has_no_regions,
      what_is_malformed_is_told_once_and_the_rest_is_used, the_filter_replaces_what_is_malformed}, 120);
}
