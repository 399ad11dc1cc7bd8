// SPDX-License-Identifier: LGPL-2.1-or-later
// What is expected of any element: states, properties, threads.
#include <atomic>
#include <thread>

#include "pipeline.h"
#include "suite.h"

namespace {

/* Every property of ours that can be written, with its specification. */
template < typename Function > void
for_each_property (GstElement * element, Function function)
{
  guint n = 0;
  GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (element), &n);
  for (guint i = 0; i < n; i++)
    if (specs[i]->owner_type == G_OBJECT_TYPE (element) && (specs[i]->flags & G_PARAM_WRITABLE))
      function (specs[i]);
  g_free (specs);
}

}  // namespace

START_TEST (a_hundred_state_cycles)
{
  Pipeline pipeline ("videotestsrc ! video/x-raw,width=160,height=120 ! attentionfilter ! attentionroi ! fakesink");
  for (int i = 0; i < 100; i++) {
    pipeline.set_state (i % 2 == 0 ? GST_STATE_PLAYING : GST_STATE_PAUSED);
    pipeline.set_state (i % 3 == 0 ? GST_STATE_READY : GST_STATE_NULL);
  }
}
END_TEST

static void
check_properties (const char *name, int least)
{
  GstElement *element = gst_element_factory_make (name, NULL);
  int count = 0;
  for_each_property (element, [&](GParamSpec * spec) {
        count++;
        ck_assert_str_ne (g_param_spec_get_blurb (spec), "");
        ck_assert (spec->flags & GST_PARAM_MUTABLE_PLAYING);
        GValue value = G_VALUE_INIT;
        g_object_get_property (G_OBJECT (element), spec->name, &value);
        ck_assert_msg (g_param_value_defaults (spec, &value), "%s does not begin at its default", spec->name);
        g_value_unset (&value);
        const auto keeps = [&](GValue * v) {
          GValue back = G_VALUE_INIT;
          g_object_set_property (G_OBJECT (element), spec->name, v);
          g_object_get_property (G_OBJECT (element), spec->name, &back);
          ck_assert_msg (g_param_values_cmp (spec, v, &back) == 0, "%s", spec->name);
          g_value_unset (&back);
        };
        g_value_init (&value, spec->value_type);
        if (G_IS_PARAM_SPEC_UINT (spec)) {
          for (const guint v : { G_PARAM_SPEC_UINT (spec)->minimum, G_PARAM_SPEC_UINT (spec)->maximum }) {
            g_value_set_uint (&value, v);
            keeps (&value);
          }
        } else if (G_IS_PARAM_SPEC_UINT64 (spec)) {
          for (const guint64 v : { G_PARAM_SPEC_UINT64 (spec)->minimum, G_PARAM_SPEC_UINT64 (spec)->maximum }) {
            g_value_set_uint64 (&value, v);
            keeps (&value);
          }
        } else if (G_IS_PARAM_SPEC_DOUBLE (spec)) {
          for (const gdouble v : { G_PARAM_SPEC_DOUBLE (spec)->minimum, G_PARAM_SPEC_DOUBLE (spec)->maximum }) {
            g_value_set_double (&value, v);
            keeps (&value);
          }
        } else if (G_IS_PARAM_SPEC_INT (spec)) {
          for (const gint v : { G_PARAM_SPEC_INT (spec)->minimum, G_PARAM_SPEC_INT (spec)->maximum }) {
            g_value_set_int (&value, v);
            keeps (&value);
          }
        }
        g_value_unset (&value);
      });
  ck_assert_int_ge (count, least);
  gst_object_unref (element);
}

START_TEST (properties_keep_their_ends)
{
  check_properties ("attentionfilter", 19);
  check_properties ("attentionroi", 2);
}
END_TEST

START_TEST (extreme_properties_stream)
{
  const char *extremes[] = {
    "strength=0 temperature=0.01 center-bias=0 attack=0 release=0 region-threshold=0 max-regions=64",
    "strength=1 temperature=100 center-bias=1 attack=9223372036854775807 release=9223372036854775807",
    "region-threshold=1 max-regions=0",
    "region-columns=256 region-rows=256 effect=dim+desaturate+heatmap+map", "region-columns=1 region-rows=1",
    "analysis-height=540", "analysis-height=32", "analysis-height=1", "crop-left=303 crop-top=223",
    "crop-left=8192 crop-right=8192 crop-top=8192 crop-bottom=8192", "message-interval=0 post-messages=interval",
    "message-interval=9223372036854775807 post-messages=interval"
  };
  for (const char *extreme : extremes)
    Pipeline ("videotestsrc num-buffers=10 pattern=snow ! video/x-raw,width=320,height=240 ! attentionfilter "
        + std::string (extreme) + " ! fakesink").play_to_the_end ();
}
END_TEST

START_TEST (every_size_and_shape)
{
  for (const char *size : { "width=16,height=16", "width=8192,height=16", "width=16,height=8192",
      "width=17,height=4001", "width=8192,height=8192" })
    Pipeline (std::string ("videotestsrc num-buffers=2 ! video/x-raw,format=NV12,") + size
        + " ! attentionfilter ! fakesink").play_to_the_end ();
}
END_TEST

START_TEST (properties_change_under_way)
{
  Pipeline pipeline ("videotestsrc num-buffers=300 pattern=ball ! video/x-raw,format=I420,width=320,height=240 ! "
      "attentionfilter name=filter ! fakesink");
  std::atomic < bool > done { false };
  std::thread other ([&] {
        GRand *random = g_rand_new_with_seed (1);
        while (!done) {
          pipeline.set ("filter", "effect", std::to_string (g_rand_int_range (random, 0, 16)));
          pipeline.set ("filter", "metadata", std::to_string (g_rand_int_range (random, 0, 4)));
          pipeline.set ("filter", "region-columns", std::to_string (g_rand_int_range (random, 1, 64)));
          pipeline.set ("filter", "crop-left", std::to_string (g_rand_int_range (random, 0, 200)));
          pipeline.set ("filter", "strength", std::to_string (g_rand_double (random)));
          g_usleep (500);
        }
        g_rand_free (random);
      });
  gst_element_set_state (pipeline.get (), GST_STATE_PLAYING);
  const std::string text = pipeline.wait ();
  done = true;
  other.join ();
  ck_assert_msg (text.empty (), "%s", text.c_str ());
}
END_TEST

namespace {

/* What is set, and where, before a frame is made. */
struct Step
{
  int frame;
  const char *element, *property, *value;
};

/* Takes steps as frames leave the source. */
struct Steps
{
  Pipeline & pipeline;
  std::vector < Step > steps;
  int frame = 0;

  void operator () (GstBuffer *)
  {
    for (const Step & step : steps)
      if (step.frame == frame)
        pipeline.set (step.element, step.property, step.value);
    frame++;
  }
};

struct Counted
{
  int frames = 0, told = 0;
  void operator () (GstBuffer * buffer)
  {
    frames++;
    told += gst_buffer_get_custom_meta (buffer, "GstAttentionMeta") != NULL;
  }
};

}  // namespace

START_TEST (what_does_not_fit_for_a_moment_ends_no_stream)
{
  const struct { std::vector < Step > steps; const char *word; } cases[] = {
    {{{5, "filter", "crop-right", "200"}, {10, "filter", "crop-left", "200"}, {15, "filter", "crop-right", "0"}},
        "crop-left=200"},
    {{{5, "filter", "analysis-height", "20"}, {10, "filter", "analysis-height", "0"}}, "analysis-height=20"},
    {{{5, "filter", "crop-top", "200"}, {10, "size", "caps", "video/x-raw,width=160,height=120"},
            {15, "size", "caps", "video/x-raw,width=320,height=240"}}, "crop-top=200"},
    {{{5, "filter", "analysis-height", "32"}, {10, "filter", "region-rows", "256"}, {15, "filter", "region-rows", "9"}},
        "region-rows=256"},
  };
  for (const auto & c : cases) {
    Pipeline pipeline ("videotestsrc name=source num-buffers=30 pattern=ball ! videoscale ! "
        "capsfilter name=size caps=video/x-raw,width=320,height=240 ! attentionfilter name=filter ! "
        "identity name=behind ! fakesink");
    Steps steps = { pipeline, c.steps };
    Counted counted;
    pipeline.watch ("source", steps);
    pipeline.watch ("behind", counted);
    pipeline.play_to_the_end ();
    ck_assert_int_eq (counted.frames, 30);
    ck_assert_int_eq (counted.told, 30);
    ck_assert_msg (pipeline.warnings ().size () == 1, "%s: %d warnings", c.word, (int) pipeline.warnings ().size ());
    ck_assert_msg (pipeline.warnings ()[0].find (c.word) != std::string::npos, "%s", pipeline.warnings ()[0].c_str ());
  }
}
END_TEST

START_TEST (a_grid_that_changes_under_a_pooled_frame_ends_with_our_sentence)
{
  Pipeline pipeline ("videotestsrc name=source num-buffers=30 ! video/x-raw,width=160,height=120 ! "
      "attentionfilter name=filter region-columns=20 region-rows=10 ! video/x-raw,width=20,height=10 ! fakesink");
  Steps steps = { pipeline, {{10, "filter", "region-columns", "21"}} };
  pipeline.watch ("source", steps);
  gst_element_set_state (pipeline.get (), GST_STATE_PLAYING);
  const std::string text = pipeline.wait ();
  ck_assert_msg (text.find ("region-columns=21 x region-rows=10") != std::string::npos, "%s", text.c_str ());
}
END_TEST

/* A source that can make any size is not asked for a frame as small as the grid. */
START_TEST (pooling_wants_a_larger_frame)
{
  Pipeline pipeline ("videotestsrc num-buffers=2 name=source ! attentionfilter ! video/x-raw,width=32,height=18 ! "
      "identity name=small ! fakesink");
  struct
  {
    gsize largest = 0;
    void operator () (GstBuffer * buffer) { largest = MAX (largest, gst_buffer_get_size (buffer)); }
  } source, small;
  pipeline.watch ("source", source);
  pipeline.watch ("small", small);
  pipeline.play_to_the_end ();
  ck_assert_uint_gt (source.largest, 100 * 100);
  ck_assert_uint_lt (small.largest, 32 * 18 * 4 + 1);
}
END_TEST

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  return run_suite ("generic", {
      a_hundred_state_cycles, properties_keep_their_ends, extreme_properties_stream, every_size_and_shape,
      properties_change_under_way, what_does_not_fit_for_a_moment_ends_no_stream,
      a_grid_that_changes_under_a_pooled_frame_ends_with_our_sentence, pooling_wants_a_larger_frame}, 120);
}
