// SPDX-License-Identifier: LGPL-2.1-or-later
// What attentionroi makes of metadata that is not as it should be.
#include <limits>

#include "../chain.h"
#include "suite.h"
#include "written.h"

namespace {

constexpr double kNan = std::numeric_limits < double >::quiet_NaN ();
constexpr double kInfinity = std::numeric_limits < double >::infinity ();

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
  return run_suite ("malformed", {what_is_malformed_is_told_once_and_the_rest_is_used,
      the_filter_replaces_what_is_malformed},
      120);
}
