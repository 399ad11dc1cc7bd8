// SPDX-License-Identifier: LGPL-2.1-or-later
// Properties while frames flow.
#include <gst/controller/controller.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "../chain.h"
#include "../filter.h"
#include "suite.h"

START_TEST (follows_properties_while_playing)
{
  Filter filter ("attentionfilter");
  Frame frame;
  ck_assert_uint_eq (filter.grid (frame).size (), 32 * 18);
  g_object_set (filter.element (), "region-columns", 5, "region-rows", 4, NULL);
  frame.number++;
  ck_assert_uint_eq (filter.grid (frame).size (), 20);
  GstBuffer *in = frame.make ();
  const std::vector < guint8 > before = bytes_of (in);
  gst_buffer_unref (in);
  frame.number++;
  ck_assert (filter.bytes (frame) != before);
  g_object_set (filter.element (), "effect", 0, NULL);
  frame.number++;
  ck_assert (filter.bytes (frame) == before);
  gst_util_set_object_arg (G_OBJECT (filter.element ()), "effect", "dim+heatmap");
  frame.number++;
  ck_assert (filter.bytes (frame) != before);
}
END_TEST

START_TEST (a_heatmap_can_be_that_of_each_cue)
{
  const Frame frame;
  const std::vector < guint8 > plain = Filter ("attentionfilter effect=heatmap").bytes (frame);
  ck_assert (Filter ("attentionfilter effect=heatmap heatmap-of=attention").bytes (frame) == plain);
  std::vector < std::vector < guint8 > > seen = {plain};
  for (const attention::CueInfo & cue : attention::cues ()) {
    seen.push_back (Filter (std::string ("attentionfilter effect=heatmap heatmap-of=") + cue.name).bytes (frame));
    ck_assert_msg (std::count (seen.begin (), seen.end (), seen.back ()) == 1, "%s is no other", cue.name);
    ck_assert (Filter (std::string ("attentionfilter effect=dim+map heatmap-of=") + cue.name).bytes (frame) ==
        Filter ("attentionfilter effect=dim+map").bytes (frame));
  }
}
END_TEST

START_TEST (what_does_not_fit_is_one_warning_with_numbers)
{
  const struct { const char *launch; const char *words[2]; } cases[] = {
    {"attentionfilter crop-left=200 crop-right=120", {"crop-left=200", "320 px wide"}},
    {"attentionfilter crop-bottom=8192", {"crop-bottom=8192", "180 px high"}},
    {"attentionfilter analysis-height=32 region-rows=64", {"region-rows=64", "57 x 32 px that analysis-height=32"}},
    {"attentionfilter analysis-height=7", {"analysis-height=7", "32"}},
  };
  for (const auto & c : cases) {
    Filter filter (c.launch);
    Frame frame;
    for (frame.number = 0; frame.number < 3; frame.number++)
      gst_buffer_unref (filter.run (frame));
    const std::string text = filter.problem (GST_MESSAGE_WARNING);
    for (const char *word : c.words)
      ck_assert_msg (text.find (word) != std::string::npos, "'%s' is missing in '%s'", word, text.c_str ());
    ck_assert (filter.problem (GST_MESSAGE_WARNING).empty ());
  }
}
END_TEST

namespace {

/* The ends of what a property can be; none where it has no order. */
std::vector < GValue >
ends_of (GParamSpec * spec)
{
  std::vector < GValue > ends;
  const auto add = [&](const auto & set) {
    GValue value = G_VALUE_INIT;
    g_value_init (&value, spec->value_type);
    set (&value);
    ends.push_back (value);
  };
  if (auto *number = G_IS_PARAM_SPEC_DOUBLE (spec) ? G_PARAM_SPEC_DOUBLE (spec) : NULL)
    for (const double end : { number->minimum, number->maximum })
      add ([&](GValue * v) { g_value_set_double (v, end); });
  else if (auto *count = G_IS_PARAM_SPEC_UINT (spec) ? G_PARAM_SPEC_UINT (spec) : NULL)
    for (const guint end : { count->minimum, count->maximum })
      add ([&](GValue * v) { g_value_set_uint (v, end); });
  else if (auto *time = G_IS_PARAM_SPEC_UINT64 (spec) ? G_PARAM_SPEC_UINT64 (spec) : NULL)
    for (const guint64 end : { time->minimum, time->maximum })
      add ([&](GValue * v) { g_value_set_uint64 (v, end); });
  else if (auto *choice = G_IS_PARAM_SPEC_ENUM (spec) ? G_PARAM_SPEC_ENUM (spec) : NULL)
    for (guint i = 0; i < choice->enum_class->n_values; i++)
      add ([&](GValue * v) { g_value_set_enum (v, choice->enum_class->values[i].value); });
  else if (auto *flags = G_IS_PARAM_SPEC_FLAGS (spec) ? G_PARAM_SPEC_FLAGS (spec) : NULL)
    for (const guint end : { 0u, flags->flags_class->mask })
      add ([&](GValue * v) { g_value_set_flags (v, end); });
  else if (G_IS_PARAM_SPEC_BOOLEAN (spec))
    for (const gboolean end : { gboolean (FALSE), gboolean (TRUE) })
      add ([&](GValue * v) { g_value_set_boolean (v, end); });
  else if (GST_IS_PARAM_SPEC_FRACTION (spec))
    for (const auto & end : { std::pair < gint, gint > {0, 1}, {1, G_MAXINT}, {G_MAXINT, 1} })
      add ([&](GValue * v) { gst_value_set_fraction (v, end.first, end.second); });
  return ends;
}

/* Calls test (property) for each that an element itself has and that can be written. */
template < class Test >
void
for_all_properties (const char *name, const Test & test)
{
  GstElement *element = gst_element_factory_make (name, NULL);
  guint count;
  GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (element), &count);
  for (guint i = 0; i < count; i++)
    if (specs[i]->owner_type == G_OBJECT_TYPE (element) && (specs[i]->flags & G_PARAM_WRITABLE))
      test (specs[i]);
  g_free (specs);
  gst_object_unref (element);
}

guint64
analysed_by (GstElement * element)
{
  GstStructure *stats = NULL;
  g_object_get (element, "stats", &stats, NULL);
  guint64 analysed = 0;
  ck_assert (gst_structure_get_uint64 (stats, "analysed", &analysed));
  gst_structure_free (stats);
  return analysed;
}

}  // namespace

START_TEST (each_property_works_at_its_ends)
{
  constexpr guint64 kFrames = 12;
  int tried = 0;
  for_all_properties ("attentionfilter", [&](GParamSpec * spec) {
    for (GValue & end : ends_of (spec)) {
      Filter filter ("attentionfilter");
      g_object_set_property (G_OBJECT (filter.element ()), spec->name, &end);
      GValue now = G_VALUE_INIT;
      g_value_init (&now, spec->value_type);
      g_object_get_property (G_OBJECT (filter.element ()), spec->name, &now);
      ck_assert_msg (gst_value_compare (&now, &end) == GST_VALUE_EQUAL, "%s is not what was set", spec->name);
      const bool grid = g_strcmp0 (spec->name, "metadata") != 0;
      Frame frame;
      for (frame.number = 0; frame.number < kFrames; frame.number++) {
        GstBuffer *out = filter.run (frame);
        ck_assert_msg (!grid || attention_meta (out) != NULL, "%s: frame %d says nothing", spec->name,
            (int) frame.number);
        gst_buffer_unref (out);
      }
      ck_assert_msg (filter.problem (GST_MESSAGE_ERROR).empty (), "%s", spec->name);
      /* At one analysis in 68 years it is the first. */
      const bool is_rare = GST_IS_PARAM_SPEC_FRACTION (spec) && gst_value_get_fraction_denominator (&end) == G_MAXINT;
      ck_assert_msg (analysed_by (filter.element ()) == (is_rare ? 1 : kFrames), "%s: %d frames analysed", spec->name,
          (int) analysed_by (filter.element ()));
      g_value_unset (&now);
      g_value_unset (&end);
      tried++;
    }
  });
  ck_assert_int_ge (tried, 2 * 35);
}
END_TEST

START_TEST (as_much_time_as_there_is_is_time_for_every_frame)
{
  Filter filter ("attentionfilter max-analysis-time=9223372036854775807");
  Frame frame;
  for (frame.number = 0; frame.number < 20; frame.number++)
    filter.grid (frame);
  ck_assert_uint_eq (analysed_by (filter.element ()), 20);
}
END_TEST

START_TEST (the_readme_has_all_properties)
{
  const char *path = std::getenv ("ATTENTION_README");
  ck_assert_msg (path != NULL, "ATTENTION_README names no file");
  std::ostringstream readme;
  readme << std::ifstream (path).rdbuf ();
  const auto check = [&](GParamSpec * spec) {
    ck_assert_msg (readme.str ().find (std::string ("`") + spec->name + "`") != std::string::npos, "README.md lacks %s",
        spec->name);
  };
  for_all_properties ("attentionfilter", check);
  for_all_properties ("attentionroi", check);
}
END_TEST

/* What GStreamer cannot control it asserts on. */
START_TEST (what_claims_to_be_controllable_is)
{
  g_log_set_always_fatal ((GLogLevelFlags) (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING));
  int controlled = 0;
  for (const char *name : { "attentionfilter", "attentionroi" })
    for_all_properties (name, [&](GParamSpec * spec) {
      if (!(spec->flags & GST_PARAM_CONTROLLABLE))
        return;
      Chain chain ("attentionfilter ! attentionroi", Frame ().caps ());
      GstElement *element = gst_harness_find_element (chain.harness (), name);
      const auto as_text = [&] {
        GValue value = G_VALUE_INIT;
        g_object_get_property (G_OBJECT (element), spec->name, &value);
        gchar *text = gst_value_serialize (&value);
        const std::string copy = text;
        g_free (text);
        g_value_unset (&value);
        return copy;
      };
      GstControlSource *source = gst_interpolation_control_source_new ();
      gst_timed_value_control_source_set (GST_TIMED_VALUE_CONTROL_SOURCE (source), 0, 0.0);
      gst_timed_value_control_source_set (GST_TIMED_VALUE_CONTROL_SOURCE (source), kFrameTime, 0.5);
      GstControlBinding *binding = gst_direct_control_binding_new (GST_OBJECT (element), spec->name, source);
      ck_assert_msg (gst_object_add_control_binding (GST_OBJECT (element), binding), "%s", spec->name);
      Frame frame;
      chain.run (frame.make ());
      const std::string first = as_text ();
      frame.number = 1;
      chain.run (frame.make ());
      ck_assert_msg (as_text () != first, "%s stays %s", spec->name, first.c_str ());
      gst_object_unref (source);
      gst_object_unref (element);
      controlled++;
    });
  ck_assert_int_ge (controlled, 10);
}
END_TEST

/* Margins that cross for a moment, as they do where they are set one after the other. */
START_TEST (what_does_not_fit_for_a_moment_is_warned_of_and_given_later)
{
  Filter filter ("attentionfilter effect=none");
  Frame frame;
  const auto next = [&] {
    frame.number++;
    return filter.grid (frame);
  };
  next ();
  g_object_set (filter.element (), "crop-right", 200, NULL);
  next ();
  ck_assert (filter.problem (GST_MESSAGE_WARNING).empty ());
  g_object_set (filter.element (), "crop-left", 200, NULL);
  for (int i = 0; i < 3; i++)
    next ();
  const std::string text = filter.problem (GST_MESSAGE_WARNING);
  ck_assert_msg (text.find ("crop-left=200") != std::string::npos, "%s", text.c_str ());
  ck_assert (filter.problem (GST_MESSAGE_WARNING).empty ());
  g_object_set (filter.element (), "crop-right", 0, NULL);
  const std::vector < guint8 > late = next ();
  Filter fresh ("attentionfilter effect=none crop-left=200");
  ck_assert (late == fresh.grid (frame));
  ck_assert (filter.problem (GST_MESSAGE_WARNING).empty ());
}
END_TEST

START_TEST (margins_of_a_larger_frame_are_given_again_when_it_comes_back)
{
  Filter filter ("attentionfilter effect=none crop-left=300 crop-top=150");
  Frame large, small;
  large.width = 640;
  large.height = 360;
  filter.grid (large);
  ck_assert (filter.problem (GST_MESSAGE_WARNING).empty ());
  small.width = 160;
  small.height = 96;
  for (small.number = 1; small.number < 4; small.number++)
    filter.grid (small);
  ck_assert (!filter.problem (GST_MESSAGE_WARNING).empty ());
  ck_assert (filter.problem (GST_MESSAGE_WARNING).empty ());
  Filter fresh ("attentionfilter effect=none crop-left=300 crop-top=150");
  large.number = 4;
  ck_assert (filter.grid (large) == fresh.grid (large));
  g_object_set (filter.element (), "analysis-height", 20, "region-columns", 256, "region-rows", 256, NULL);
  for (large.number = 5; large.number < 8; large.number++)
    filter.grid (large);
  ck_assert (!filter.problem (GST_MESSAGE_WARNING).empty ());
  ck_assert (filter.problem (GST_MESSAGE_WARNING).empty ());
}
END_TEST

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  return run_suite ("properties", {
      follows_properties_while_playing, a_heatmap_can_be_that_of_each_cue,
      what_does_not_fit_is_one_warning_with_numbers, each_property_works_at_its_ends,
      as_much_time_as_there_is_is_time_for_every_frame, the_readme_has_all_properties,
      what_claims_to_be_controllable_is, what_does_not_fit_for_a_moment_is_warned_of_and_given_later,
      margins_of_a_larger_frame_are_given_again_when_it_comes_back});
}
