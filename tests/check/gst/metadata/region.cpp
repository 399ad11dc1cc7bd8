// SPDX-License-Identifier: LGPL-2.1-or-later
// Structures of a region: what is written, what is read of those that others have written, and what the documentation
// says of both.
#include "metadata/region.h"

#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>

#include "suite.h"

namespace {

struct Structure
{
  GstStructure *s;
  explicit Structure (GstStructure * structure):s (structure) {}
  Structure (const Structure &) = delete;
  ~Structure () { gst_structure_free (s); }
};

void
set_double (GstStructure * s, const RegionField & field, double value)
{
  gst_structure_set (s, field.name.c_str (), G_TYPE_DOUBLE, value, NULL);
}

/* Fields that are read of GstAttentionMeta. */
template < class Test >
void
for_all_read (const Test & test)
{
  for (const RegionField & field : region_fields ())
    if (field.of & REGION_FIELD_OF_GRID && field.read)
      test (field);
}

/* As GstAttentionMeta has it, each field with a value of its own; borders stand in the table in the order of their
 * values. */
GstStructure *
made_up ()
{
  GstStructure *s = gst_structure_new_empty ("region");
  int i = 0;
  for_all_read ([&](const RegionField & field) {
    i++;
    if (field.type == G_TYPE_DOUBLE)
      set_double (s, field, i / 64.0);
    else
      gst_structure_set (s, field.name.c_str (), G_TYPE_UINT, (guint) i, NULL);
  });
  return s;
}

struct Read
{
  bool is_region;
  FrameRegion region;
  std::string problem;
};

Read
read (const GstStructure * s)
{
  Read r;
  r.is_region = gst_attention_region_read (s, REGION_FIELD_OF_GRID, &r.region, &r.problem);
  return r;
}

/* What a region has in a field, written anew. */
double
double_of (const FrameRegion & region, const RegionField & field)
{
  GValue value = G_VALUE_INIT;
  g_value_init (&value, field.type);
  field.write (region, &value);
  const double number = g_value_get_double (&value);
  g_value_unset (&value);
  return number;
}

}  // namespace

START_TEST (each_structure_has_its_fields_and_no_others)
{
  int seen = 0;
  for (const RegionFieldOf of : { REGION_FIELD_OF_ATTENTION, REGION_FIELD_OF_DETECTION, REGION_FIELD_OF_GRID,
      REGION_FIELD_OF_MESSAGE }) {
    const Structure written (gst_attention_region_describe (FrameRegion (), of, "name"));
    ck_assert_str_eq (gst_structure_get_name (written.s), "name");
    int count = 0;
    for (const RegionField & field : region_fields ())
      if (field.of & of) {
        ck_assert_msg (gst_structure_has_field_typed (written.s, field.name.c_str (), field.type), "%s",
            field.name.c_str ());
        count++;
      }
    ck_assert_int_eq (gst_structure_n_fields (written.s), count);
    ck_assert_int_gt (count, 0);
    seen += count;
  }
  ck_assert_int_ge (seen, (int) region_fields ().size ());
}
END_TEST

START_TEST (what_is_read_is_what_was_written)
{
  const Structure given (made_up ());
  const Read r = read (given.s);
  ck_assert_msg (r.is_region && r.problem.empty (), "%s", r.problem.c_str ());
  const Structure again (gst_attention_region_describe (r.region, REGION_FIELD_OF_GRID, "region"));
  ck_assert (gst_structure_is_equal (given.s, again.s));
}
END_TEST

START_TEST (what_is_missing_has_a_default_and_costs_only_the_box)
{
  for_all_read ([](const RegionField & gone) {
    const Structure given (made_up ());
    gst_structure_remove_field (given.s, gone.name.c_str ());
    const Read r = read (given.s);
    ck_assert_msg (r.is_region != gone.is_needed, "%s", gone.name.c_str ());
    ck_assert_msg (r.problem.empty () != gone.is_needed, "%s: %s", gone.name.c_str (), r.problem.c_str ());
    if (gone.is_needed) {
      ck_assert (r.problem.find ("'" + gone.name + "'") != std::string::npos);
      return;
    }
    const Structure standard (gst_attention_region_describe (FrameRegion (), REGION_FIELD_OF_GRID, "region"));
    gst_structure_set_value (given.s, gone.name.c_str (), gst_structure_get_value (standard.s, gone.name.c_str ()));
    const Structure again (gst_attention_region_describe (r.region, REGION_FIELD_OF_GRID, "region"));
    ck_assert_msg (gst_structure_is_equal (given.s, again.s), "%s", gone.name.c_str ());
  });
  /* All cues of a later version, or of an earlier one, may have other names. */
  const Structure given (made_up ());
  for (const attention::CueInfo & cue : attention::cues ())
    gst_structure_remove_field (given.s, cue.name);
  ck_assert (read (given.s).is_region);
}
END_TEST

START_TEST (what_is_not_known_is_let_be)
{
  const Structure plain (made_up ()), given (made_up ());
  gst_structure_set (given.s, "a-sixth-cue", G_TYPE_DOUBLE, 7.0, "colour", G_TYPE_STRING, "red", "n", G_TYPE_INT64,
      (gint64) -1, NULL);
  const Read r = read (given.s);
  ck_assert_msg (r.is_region && r.problem.empty (), "%s", r.problem.c_str ());
  const Structure again (gst_attention_region_describe (r.region, REGION_FIELD_OF_GRID, "region"));
  ck_assert (gst_structure_is_equal (plain.s, again.s));
}
END_TEST

START_TEST (what_is_of_another_type_or_no_number_costs_the_region)
{
  for_all_read ([](const RegionField & field) {
    const auto costs = [&](const GstStructure * s) {
      const Read r = read (s);
      ck_assert_msg (!r.is_region && r.problem.find ("'" + field.name + "'") != std::string::npos, "%s: '%s'",
          field.name.c_str (), r.problem.c_str ());
    };
    const Structure given (made_up ());
    gst_structure_set (given.s, field.name.c_str (), G_TYPE_STRING, "1", NULL);
    costs (given.s);
    gst_structure_set (given.s, field.name.c_str (), G_TYPE_INT, 1, NULL);
    costs (given.s);
    if (field.type != G_TYPE_DOUBLE)
      return;
    constexpr double kInfinity = std::numeric_limits < double >::infinity ();
    for (const double value : { std::numeric_limits < double >::quiet_NaN (), kInfinity, -kInfinity }) {
      set_double (given.s, field, value);
      costs (given.s);
    }
  });
}
END_TEST

START_TEST (what_is_beyond_its_range_is_brought_to_its_end)
{
  for_all_read ([](const RegionField & field) {
    if (field.type != G_TYPE_DOUBLE)
      return;
    for (const double beyond : { field.least - 0.5, field.most + 0.5, -1e300, 1e300 }) {
      const Structure given (made_up ());
      set_double (given.s, field, beyond);
      const Read r = read (given.s);
      ck_assert_double_eq (double_of (r.region, field), beyond < field.least ? field.least : field.most);
      ck_assert (!r.problem.empty ());
      /* A box may lose all that it holds. */
      ck_assert_msg (r.is_region == (r.region.x_min < r.region.x_max && r.region.y_min < r.region.y_max), "%s",
          field.name.c_str ());
      if (r.is_region)
        ck_assert_msg (r.problem.find (field.name + "=") != std::string::npos, "%s", r.problem.c_str ());
    }
    const Structure given (made_up ());
    set_double (given.s, field, field.is_needed ? double_of (read (given.s).region, field) : field.least);
    ck_assert (read (given.s).problem.empty ());
  });
}
END_TEST

START_TEST (the_documentation_has_all_fields)
{
  const char *path = std::getenv ("ATTENTION_METADATA_DOC");
  ck_assert_msg (path != NULL, "ATTENTION_METADATA_DOC names no file");
  std::ostringstream doc;
  doc << std::ifstream (path).rdbuf ();
  for (const RegionField & field : region_fields ())
    ck_assert_msg (doc.str ().find ("`" + field.name + "`") != std::string::npos, "docs/metadata.md lacks %s",
        field.name.c_str ());
}
END_TEST

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  return run_suite ("region", {
      each_structure_has_its_fields_and_no_others, what_is_read_is_what_was_written,
      what_is_missing_has_a_default_and_costs_only_the_box, what_is_not_known_is_let_be,
      what_is_of_another_type_or_no_number_costs_the_region, what_is_beyond_its_range_is_brought_to_its_end,
      the_documentation_has_all_fields});
}
