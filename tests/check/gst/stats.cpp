// SPDX-License-Identifier: LGPL-2.1-or-later
// What the element counts.
#include "stats.h"

#include "suite.h"

namespace {

void
add (Stats & stats, int frames, attention::Nanoseconds time, bool analysed)
{
  attention::Result result;
  result.analysed = analysed;
  result.times.fill (time);
  for (int i = 0; i < frames; i++)
    stats.add (result);
}

guint64
field (const Stats & stats, const char *name)
{
  GstStructure *s = stats.describe ();
  guint64 value = 0;
  ck_assert_msg (gst_structure_get_uint64 (s, name, &value), "no uint64 '%s'", name);
  gst_structure_free (s);
  return value;
}

}  // namespace

START_TEST (times_are_those_of_the_latest_1000_frames)
{
  Stats stats;
  add (stats, 1000, 9000, true);
  ck_assert_uint_eq (field (stats, "weigh-median"), 9000);
  add (stats, 400, 5, true);
  ck_assert_uint_eq (field (stats, "weigh-median"), 9000);
  ck_assert_uint_eq (field (stats, "weigh-p99"), 9000);
  add (stats, 200, 5, true);
  ck_assert_uint_eq (field (stats, "weigh-median"), 5);
  ck_assert_uint_eq (field (stats, "weigh-p99"), 9000);
  add (stats, 400, 5, true);
  ck_assert_uint_eq (field (stats, "weigh-p99"), 5);
  add (stats, 300, 7, true);
  ck_assert_uint_eq (field (stats, "weigh-median"), 5);
  ck_assert_uint_eq (field (stats, "weigh-p99"), 7);
}
END_TEST

START_TEST (frames_are_analysed_or_reused)
{
  Stats stats;
  add (stats, 3, 10, true);
  add (stats, 5, 0, false);
  ck_assert_uint_eq (field (stats, "frames"), 8);
  ck_assert_uint_eq (field (stats, "analysed"), 3);
  ck_assert_uint_eq (field (stats, "reused"), 5);
  ck_assert_uint_eq (field (stats, "weigh-median"), 10);
}
END_TEST

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  return run_suite ("stats", {times_are_those_of_the_latest_1000_frames, frames_are_analysed_or_reused});
}
