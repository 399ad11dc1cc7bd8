// SPDX-License-Identifier: LGPL-2.1-or-later
// What the element says in the terms of GstAnalytics.
#include <gst/analytics/analytics.h>

#include "../chain.h"
#include "../frames.h"
#include "suite.h"

namespace {

const std::string kCaps = Frame ().caps ();

struct Object
{
  std::string type;
  gint x, y, w, h;
  gfloat confidence;
  guint64 id = 0;
  GstClockTime first_seen = GST_CLOCK_TIME_NONE, last_seen = GST_CLOCK_TIME_NONE;
};

std::vector < Object >
objects_of (GstBuffer * buffer)
{
  std::vector < Object > objects;
  GstAnalyticsRelationMeta *meta = gst_buffer_get_analytics_relation_meta (buffer);
  gpointer state = NULL;
  GstAnalyticsODMtd found;
  while (meta && gst_analytics_relation_meta_iterate (meta, &state, gst_analytics_od_mtd_get_mtd_type (), &found)) {
    Object object;
    object.type = g_quark_to_string (gst_analytics_od_mtd_get_obj_type (&found));
    ck_assert (gst_analytics_od_mtd_get_location (&found, &object.x, &object.y, &object.w, &object.h,
        &object.confidence));
    gpointer tracks = NULL;
    GstAnalyticsTrackingMtd track;
    gboolean lost;
    if (gst_analytics_relation_meta_get_direct_related (meta, found.id, GST_ANALYTICS_REL_TYPE_RELATE_TO,
            gst_analytics_tracking_mtd_get_mtd_type (), &tracks, &track))
      ck_assert (gst_analytics_tracking_mtd_get_info (&track, &object.id, &object.first_seen, &object.last_seen,
          &lost));
    objects.push_back (object);
  }
  return objects;
}

/* That the objects are the regions. */
void
check_objects (GstBuffer * buffer)
{
  const auto regions = regions_of (buffer);
  const auto objects = objects_of (buffer);
  ck_assert_uint_ge (regions.size (), 1);
  ck_assert_uint_eq (objects.size (), regions.size ());
  ck_assert_uint_eq (gst_analytics_relation_get_length (gst_buffer_get_analytics_relation_meta (buffer)),
      2 * regions.size ());
  for (gsize i = 0; i < regions.size (); i++) {
    ck_assert_str_eq (objects[i].type.c_str (), "salient");
    ck_assert_int_eq (objects[i].x, (gint) regions[i]->x);
    ck_assert_int_eq (objects[i].y, (gint) regions[i]->y);
    ck_assert_int_eq (objects[i].w, (gint) regions[i]->w);
    ck_assert_int_eq (objects[i].h, (gint) regions[i]->h);
    ck_assert_int_eq ((gint) objects[i].id, regions[i]->id);
    gdouble weight;
    ck_assert (gst_structure_get_double (gst_video_region_of_interest_meta_get_param (regions[i], "roi/attention"),
        "weight", &weight));
    ck_assert_float_eq (objects[i].confidence, (gfloat) weight);
  }
}

int
count_metas (GstBuffer * buffer, GType api)
{
  int count = 0;
  gpointer state = NULL;
  while (gst_buffer_iterate_meta_filtered (buffer, &state, api))
    count++;
  return count;
}

/* A frame in which another element has found a face. */
GstBuffer *
with_face ()
{
  GstBuffer *buffer = Frame ().make ();
  GstAnalyticsODMtd face;
  ck_assert (gst_analytics_relation_meta_add_od_mtd (gst_buffer_add_analytics_relation_meta (buffer),
      g_quark_from_string ("face"), 20, 30, 40, 50, 0.25f, &face));
  return buffer;
}

}  // namespace

START_TEST (regions_are_objects)
{
  for (const char *launch : { "attentionfilter", "attentionfilter effect=none",
      "attentionfilter region-threshold=0.1 max-regions=64" }) {
    Chain filter (launch, kCaps);
    GstBuffer *out = filter.run (Frame ().make ());
    check_objects (out);
  }
}
END_TEST

START_TEST (objects_shrink_with_a_pooled_frame)
{
  Chain filter ("attentionfilter ! video/x-raw,width=32,height=18 ! identity", kCaps);
  GstBuffer *out = filter.run (Frame ().make ());
  check_objects (out);
  for (const Object & object : objects_of (out)) {
    ck_assert_int_le (object.x + object.w, 32);
    ck_assert_int_le (object.y + object.h, 18);
  }
}
END_TEST

START_TEST (tracks_are_those_of_the_regions)
{
  Chain filter ("attentionfilter", kCaps);
  guint64 id = 0;
  for (guint64 number = 0; number < 10; number++) {
    Frame frame;
    frame.number = number;
    frame.x = 0.4 + 0.01 * (double) number;
    GstBuffer *out = filter.run (frame.make ());
    const auto objects = objects_of (out);
    ck_assert_uint_ge (objects.size (), 1);
    if (number == 0)
      id = objects[0].id;
    ck_assert_uint_eq (objects[0].id, id);
    ck_assert_uint_eq (objects[0].first_seen, 0);
    ck_assert_uint_eq (objects[0].last_seen, number * kFrameTime);
  }
}
END_TEST

START_TEST (objects_of_others_stay)
{
  Chain filter ("attentionfilter", kCaps);
  GstBuffer *out = filter.run (with_face ());
  ck_assert_int_eq (count_metas (out, GST_ANALYTICS_RELATION_META_API_TYPE), 1);
  const auto objects = objects_of (out);
  ck_assert_uint_eq (objects.size (), 1 + regions_of (out).size ());
  ck_assert_str_eq (objects[0].type.c_str (), "face");
  ck_assert_int_eq (objects[0].x, 20);
  for (gsize i = 1; i < objects.size (); i++)
    ck_assert_str_eq (objects[i].type.c_str (), "salient");
}
END_TEST

START_TEST (two_in_a_row_say_it_once)
{
  Chain filter ("attentionfilter effect=none ! attentionfilter effect=none crop-left=40", kCaps);
  GstBuffer *out = filter.run (Frame ().make ());
  check_objects (out);
  ck_assert_int_eq (count_metas (out, GST_ANALYTICS_RELATION_META_API_TYPE), 1);

  Chain only_first ("attentionfilter effect=none ! attentionfilter effect=none metadata=regions", kCaps);
  out = only_first.run (Frame ().make ());
  ck_assert_ptr_null (gst_buffer_get_analytics_relation_meta (out));

  /* Beside those of others, the first filter's stay. */
  Chain mixed ("attentionfilter effect=none ! attentionfilter effect=none", kCaps);
  out = mixed.run (with_face ());
  ck_assert_uint_eq (objects_of (out).size (), 1 + regions_of (out).size ());
}
END_TEST

START_TEST (analytics_can_be_switched_off)
{
  const struct { const char *launch; bool analytics; } cases[] = {
    {"attentionfilter metadata=none", false}, {"attentionfilter metadata=regions+grid", false},
    {"attentionfilter metadata=analytics", true}, {"attentionfilter", true}, {"attentionfilter max-regions=0", true},
  };
  for (const auto & c : cases) {
    Chain filter (c.launch, kCaps);
    GstBuffer *out = filter.run (Frame ().make ());
    ck_assert_msg ((gst_buffer_get_analytics_relation_meta (out) != NULL) == c.analytics, "%s", c.launch);
#if GST_CHECK_VERSION (1, 26, 0)
    ck_assert_msg ((gst_buffer_get_tensor_meta (out) != NULL) == c.analytics, "%s", c.launch);
#endif
  }
}
END_TEST

START_TEST (objects_survive_convert_and_scale)
{
  Chain plain ("attentionfilter", kCaps);
  Chain behind ("attentionfilter ! videoconvert ! videoscale ! video/x-raw,format=BGRA,width=640,height=360 ! identity",
      kCaps);
  GstBuffer *before = plain.run (Frame ().make ());
  GstBuffer *after = behind.run (Frame ().make ());
  const auto a = objects_of (before), b = objects_of (after);
  ck_assert_uint_eq (a.size (), b.size ());
  for (gsize i = 0; i < a.size (); i++) {
    ck_assert_uint_eq (a[i].id, b[i].id);
    ck_assert_float_eq (a[i].confidence, b[i].confidence);
    ck_assert_int_le (std::abs (2 * a[i].x - b[i].x), 2);
    ck_assert_int_le (std::abs (2 * a[i].h - b[i].h), 2);
  }
}
END_TEST

#if GST_CHECK_VERSION (1, 26, 0)
START_TEST (the_tensor_is_the_grid)
{
  for (const char *launch : { "attentionfilter region-columns=20 region-rows=7",
        "attentionfilter ! attentionfilter region-columns=20 region-rows=7" }) {
    Chain filter (launch, kCaps);
    GstBuffer *out = filter.run (Frame ().make ());
    ck_assert_int_eq (count_metas (out, GST_TENSOR_META_API_TYPE), 1);
    GstTensorMeta *meta = gst_buffer_get_tensor_meta (out);
    const gint index = gst_tensor_meta_get_index_from_id (meta, g_quark_from_string ("saliency-map"));
    ck_assert_int_eq (index, 0);
    const GstTensor *tensor = gst_tensor_meta_get (meta, (gsize) index);
    ck_assert_int_eq (tensor->data_type, GST_TENSOR_DATA_TYPE_FLOAT32);
    ck_assert_int_eq (tensor->dims_order, GST_TENSOR_DIM_ORDER_ROW_MAJOR);
    ck_assert_uint_eq (tensor->num_dims, 3);
    ck_assert_uint_eq (tensor->dims[0], 1);
    ck_assert_uint_eq (tensor->dims[1], 7);
    ck_assert_uint_eq (tensor->dims[2], 20);
    const auto grid = grid_of (out);
    std::vector < gfloat > values (grid.size ());
    ck_assert_uint_eq (gst_buffer_get_size (tensor->data), values.size () * sizeof (gfloat));
    gst_buffer_extract (tensor->data, 0, values.data (), values.size () * sizeof (gfloat));
    for (gsize i = 0; i < grid.size (); i++)
      ck_assert_float_eq (values[i], grid[i] / 255.0f);
  }
}
END_TEST
#endif

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  return run_suite ("analytics", {
        regions_are_objects, objects_shrink_with_a_pooled_frame, tracks_are_those_of_the_regions,
        objects_of_others_stay, two_in_a_row_say_it_once, analytics_can_be_switched_off,
        objects_survive_convert_and_scale,
#if GST_CHECK_VERSION (1, 26, 0)
        the_tensor_is_the_grid,
#endif
      });
}
