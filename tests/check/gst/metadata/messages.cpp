// SPDX-License-Identifier: LGPL-2.1-or-later
// What the element says on the bus: when, and how regions begin, go on and end.
#include <cmath>
#include <map>

#include "../chain.h"
#include "../frames.h"
#include "suite.h"

namespace {

const std::string kCaps = Frame ().caps ();

struct Region
{
  guint id, x, y, width, height;
  std::string event;
  GstClockTime duration;
};

/* An element message. */
struct Said
{
  std::string name;
  GstClockTime timestamp, stream_time, running_time, duration;
  double peak_x = -1, peak_y = -1, change = -1;
  std::vector < Region > regions, ended;
};

std::vector < Region >
regions_in (const GstStructure * s, const char *field)
{
  std::vector < Region > regions;
  const GValue *array = gst_structure_get_value (s, field);
  ck_assert_msg (array && GST_VALUE_HOLDS_ARRAY (array), "no array '%s'", field);
  for (guint i = 0; i < gst_value_array_get_size (array); i++) {
    const GstStructure *r = gst_value_get_structure (gst_value_array_get_value (array, i));
    Region region;
    ck_assert (gst_structure_get (r, "id", G_TYPE_UINT, &region.id, "x", G_TYPE_UINT, &region.x, "y", G_TYPE_UINT,
        &region.y, "width", G_TYPE_UINT, &region.width, "height", G_TYPE_UINT, &region.height,
            "duration", GST_TYPE_CLOCK_TIME, &region.duration, NULL));
    region.event = gst_structure_get_string (r, "event");
    for (const char *share : { "weight", "share" }) {
      const double value = number_in (r, share);
      ck_assert (value >= 0 && value <= 1);
    }
    check_fields (r, REGION_FIELD_OF_MESSAGE);
    ck_assert_double_eq_tol (magnitude_of_cues (r), 1, 1e-4);
    regions.push_back (region);
  }
  return regions;
}

/* What was said since the last call. */
std::vector < Said >
heard (Chain & chain)
{
  std::vector < Said > all;
  while (GstMessage * message = gst_bus_pop_filtered (chain.bus (), GST_MESSAGE_ELEMENT)) {
    const GstStructure *s = gst_message_get_structure (message);
    Said said;
    said.name = gst_structure_get_name (s);
    ck_assert (gst_structure_get (s, "timestamp", GST_TYPE_CLOCK_TIME, &said.timestamp,
            "stream-time", GST_TYPE_CLOCK_TIME, &said.stream_time, "running-time", GST_TYPE_CLOCK_TIME,
                &said.running_time, "duration", GST_TYPE_CLOCK_TIME, &said.duration, NULL));
    if (said.name == "attentionfilter") {
      said.peak_x = number_in (s, "peak-x");
      said.peak_y = number_in (s, "peak-y");
      const double coverage = number_in (s, "coverage");
      ck_assert (coverage > 0 && coverage < 0.5);
      said.regions = regions_in (s, "regions");
      said.ended = regions_in (s, "ended");
    } else {
      ck_assert_str_eq (said.name.c_str (), "attention-scene-cut");
      said.change = number_in (s, "change");
    }
    all.push_back (said);
    gst_message_unref (message);
  }
  return all;
}

int
count (const std::vector < Said > &all, const char *name)
{
  return (int) std::count_if (all.begin (), all.end (), [&](const Said & said) { return said.name == name; });
}

void
run (Chain & chain, guint64 first, guint64 last, double x)
{
  Frame frame;
  frame.x = x;
  for (frame.number = first; frame.number <= last; frame.number++)
    chain.run (frame.make ());
}

/* Follows each region through messages and fails where one goes on or ends that has not begun. */
class Ledger
{
public:
  void enter (const Said & said)
  {
    for (const Region & r : said.regions) {
      const bool is_known = known_.count (r.id) > 0;
      ck_assert_str_eq (r.event.c_str (), is_known ? "update" : "begin");
      if (is_known)
        ck_assert_uint_ge (r.duration, known_[r.id].duration);
      known_[r.id] = r;
      begun_ += is_known ? 0 : 1;
    }
    for (const Region & r : said.ended) {
      ck_assert_str_eq (r.event.c_str (), "end");
      ck_assert_uint_eq (known_.count (r.id), 1);
      ck_assert_uint_ge (r.duration, known_[r.id].duration);
      known_.erase (r.id);
    }
    ck_assert_uint_eq (known_.size (), said.regions.size ());
  }

  void enter (const std::vector < Said > &all)
  {
    for (const Said & said : all)
      if (said.name == "attentionfilter")
        enter (said);
  }

  int begun () const { return begun_; }
  int open () const { return (int) known_.size (); }

private:
  std::map < guint, Region > known_;
  int begun_ = 0;
};

/* How far two points are from each other along the axis on which it is more. */
double
distance (double ax, double ay, double bx, double by)
{
  return std::max (std::fabs (ax - bx), std::fabs (ay - by));
}

/* How far the peak and the regions of two messages are from each other; 2 where the regions are not the same. */
double
distance (const Said & a, const Said & b, const Frame & frame)
{
  double most = distance (a.peak_x, a.peak_y, b.peak_x, b.peak_y);
  std::map < guint, Region > of_b;
  for (const Region & r : b.regions)
    of_b[r.id] = r;
  for (const Region & r : a.regions) {
    const auto other = of_b.find (r.id);
    if (other == of_b.end ())
      return 2;
    most = std::max (most, distance ((r.x + r.width / 2.0) / frame.width, (r.y + r.height / 2.0) / frame.height,
            (other->second.x + other->second.width / 2.0) / frame.width,
                (other->second.y + other->second.height / 2.0) / frame.height));
  }
  return a.regions.size () == b.regions.size () ? most : 2;
}

}  // namespace

START_TEST (posts_exactly_on_change)
{
  Chain chain ("attentionfilter center-bias=0", kCaps);
  run (chain, 0, 5, 0.25);
  ck_assert_int_eq (count (heard (chain), "attentionfilter"), 1);
  run (chain, 6, 6, 0.8);       /* a scene cut: it is there at once */
  ck_assert_int_eq (count (heard (chain), "attentionfilter"), 1);
  run (chain, 7, 11, 0.8);
  ck_assert_int_eq (count (heard (chain), "attentionfilter"), 0);
}
END_TEST

START_TEST (posts_as_often_as_asked)
{
  const struct { const char *launch; int messages; } cases[] = {
    {"attentionfilter post-messages=none", 0},
    {"attentionfilter post-messages=all", 26},
    {"attentionfilter post-messages=interval", 2},
    {"attentionfilter post-messages=interval message-interval=200000000", 6},
  };
  for (const auto & c : cases) {
    Chain chain (c.launch, kCaps);
    run (chain, 0, 25, 0.5);
    const int messages = (int) heard (chain).size ();
    ck_assert_msg (messages == c.messages, "%s: %d messages", c.launch, messages);
  }
}
END_TEST

START_TEST (a_message_says_all)
{
  Chain chain ("attentionfilter", kCaps);
  run (chain, 5, 5, 0.5);
  const std::vector < Said > all = heard (chain);
  ck_assert_uint_eq (all.size (), 1);
  const Said & said = all[0];
  ck_assert_uint_eq (said.timestamp, 5 * kFrameTime);
  ck_assert_uint_eq (said.stream_time, 5 * kFrameTime);
  ck_assert_uint_eq (said.running_time, 5 * kFrameTime);
  ck_assert_uint_eq (said.duration, kFrameTime);
  ck_assert_double_eq_tol (said.peak_x, 0.5, 0.1);
  ck_assert_double_eq_tol (said.peak_y, 0.5, 0.1);
  ck_assert_uint_ge (said.regions.size (), 1);
  const Region & r = said.regions[0];
  ck_assert (r.x < 160 && r.x + r.width > 160 && r.y < 90 && r.y + r.height > 90);
}
END_TEST

/* The same video twice: each message of one says whether the other should have had one. */
START_TEST (change_is_what_goes_further_than_the_threshold)
{
  int before = 31;
  for (const double threshold : { 0.0, 0.1, 1.0 }) {
    Chain all ("attentionfilter center-bias=0 attack=0 release=0 post-messages=all", kCaps);
    Chain some ("attentionfilter center-bias=0 attack=0 release=0 message-threshold=" + std::to_string (threshold),
        kCaps);
    int messages = 0;
    Said told;
    Frame frame;
    for (frame.number = 0; frame.number < 30; frame.number++) {
      frame.x = 0.25 + 0.01 * (double) std::max (frame.number, (guint64) 5);
      all.run (frame.make ());
      some.run (frame.make ());
      const Said now = heard (all).back ();
      const bool is_due = messages == 0 || distance (now, told, frame) > threshold;
      const std::vector < Said > posted = heard (some);
      ck_assert_msg ((posted.size () == 1) == is_due, "message-threshold=%f: %d messages of frame %d", threshold,
          (int) posted.size (), (int) frame.number);
      if (is_due) {
        ck_assert_uint_eq (posted[0].timestamp, now.timestamp);
        ck_assert (distance (posted[0], now, frame) == 0);
        told = now;
        messages++;
      }
    }
    ck_assert_int_lt (messages, before);
    before = messages;
  }
}
END_TEST

START_TEST (regions_begin_go_on_and_end)
{
  for (const char *messages : { "all", "change", "interval message-interval=120000000",
      "interval message-interval=10000000000" }) {
    Chain chain (std::string ("attentionfilter center-bias=0 post-messages=") + messages, kCaps);
    Ledger ledger;
    for (guint64 scene = 0; scene < 4; scene++) {
      run (chain, 6 * scene, 6 * scene + 5, scene % 2 == 0 ? 0.25 : 0.8);
      ledger.enter (heard (chain));
    }
    const bool just_once = strstr (messages, "10000000000") != NULL;
    ck_assert_int_ge (ledger.begun (), just_once ? 1 : 4);
    ck_assert_int_ge (ledger.open (), 1);
    chain.finish ();
    const std::vector < Said > last = heard (chain);
    ck_assert_uint_eq (last.size (), 1);
    ck_assert_uint_eq (last[0].timestamp, 23 * kFrameTime);
    ledger.enter (last);
    ck_assert_int_eq (ledger.open (), 0);
  }
}
END_TEST

START_TEST (duration_is_how_long_a_region_has_been_seen)
{
  Chain chain ("attentionfilter center-bias=0 post-messages=all", kCaps);
  run (chain, 0, 9, 0.25);
  const std::vector < Said > all = heard (chain);
  ck_assert_uint_eq (all.size (), 10);
  for (guint64 i = 0; i < 10; i++)
    ck_assert_uint_eq (all[i].regions[0].duration, i * kFrameTime);
  const guint id = all[9].regions[0].id;
  run (chain, 10, 10, 0.8);
  const Said cut = heard (chain).back ();
  ck_assert_uint_eq (cut.regions[0].duration, 0);
  ck_assert_uint_ge (cut.ended.size (), 1);
  ck_assert_uint_eq (cut.ended[0].id, id);
  ck_assert_uint_eq (cut.ended[0].duration, 9 * kFrameTime);
  ck_assert_uint_eq (cut.ended[0].x, all[9].regions[0].x);

  /* A frame without a time is taken at one. */
  Chain timeless ("attentionfilter post-messages=all", kCaps);
  GstBuffer *buffer = Frame ().make ();
  GST_BUFFER_PTS (buffer) = GST_CLOCK_TIME_NONE;
  timeless.run (buffer);
  ck_assert_uint_eq (heard (timeless)[0].regions[0].duration, 0);
}
END_TEST

START_TEST (the_bus_knows_how_long_a_region_was_seen_between_messages)
{
  Chain chain ("attentionfilter center-bias=0", kCaps);
  run (chain, 0, 9, 0.25);
  ck_assert_uint_eq (heard (chain).size (), 1);
  chain.finish ();
  const std::vector < Said > last = heard (chain);
  ck_assert_uint_eq (last.size (), 1);
  ck_assert_uint_eq (last[0].timestamp, 9 * kFrameTime);
  ck_assert_uint_eq (last[0].regions.size (), 0);
  ck_assert_uint_eq (last[0].ended[0].duration, 9 * kFrameTime);
}
END_TEST

START_TEST (what_has_begun_ends_once)
{
  const auto end_of_stream = [](Chain & chain) { gst_harness_push_event (chain.harness (), gst_event_new_eos ()); };
  const auto flush = [](Chain & chain) {
    gst_harness_push_event (chain.harness (), gst_event_new_flush_start ());
    gst_harness_push_event (chain.harness (), gst_event_new_flush_stop (TRUE));
  };
  const auto stop = [](Chain & chain) { gst_element_set_state (chain.harness ()->element, GST_STATE_READY); };
  for (const auto & ends : std::vector < std::function < void (Chain &) >> { end_of_stream, flush, stop }) {
    for (const char *messages : { "none", "change", "interval", "all" }) {
      Chain chain (std::string ("attentionfilter post-messages=") + messages, kCaps);
      ends (chain);
      ck_assert_uint_eq (heard (chain).size (), 0);
      Chain used (std::string ("attentionfilter post-messages=") + messages, kCaps);
      run (used, 0, 3, 0.5);
      Ledger ledger;
      ledger.enter (heard (used));
      ends (used);
      const std::vector < Said > last = heard (used);
      ck_assert_uint_eq (last.size (), strcmp (messages, "none") == 0 ? 0 : 1);
      ledger.enter (last);
      ck_assert_int_eq (ledger.open (), 0);
      ends (used);
      stop (used);
      ck_assert_uint_eq (heard (used).size (), 0);
    }
  }
}
END_TEST

/* The application hears of it before the stream is over. */
START_TEST (regions_end_before_the_stream_does)
{
  Chain chain ("attentionfilter", kCaps);
  run (chain, 0, 1, 0.5);
  heard (chain);
  gst_pad_add_probe (chain.harness ()->sinkpad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
      [](GstPad *, GstPadProbeInfo * info, gpointer user_data) -> GstPadProbeReturn {
        if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_EOS)
          ck_assert_uint_eq (heard (*(Chain *) user_data).size (), 1);
        return GST_PAD_PROBE_OK;
      }, &chain, NULL);
  chain.finish ();
  ck_assert_uint_eq (heard (chain).size (), 0);
}
END_TEST

START_TEST (new_caps_end_what_was_before)
{
  Chain chain ("attentionfilter", kCaps);
  Ledger ledger;
  for (guint64 i = 0; i < 4; i++) {
    Frame frame;
    frame.width += 64 * (int) i;
    frame.number = i;
    chain.set_caps (frame.caps ());
    chain.run (frame.make ());
    const std::vector < Said > all = heard (chain);
    ck_assert_uint_eq (all.size (), 1);
    ledger.enter (all);
  }
  ck_assert_int_ge (ledger.begun (), 4);
}
END_TEST

START_TEST (messages_can_be_switched_while_playing)
{
  Chain chain ("attentionfilter", kCaps);
  Ledger ledger;
  run (chain, 0, 3, 0.25);
  ledger.enter (heard (chain));
  chain.set ("attentionfilter", "post-messages", 0);
  run (chain, 4, 7, 0.8);
  const std::vector < Said > last = heard (chain);
  ck_assert_uint_eq (last.size (), 1);
  ck_assert_uint_eq (last[0].regions.size (), 0);
  ck_assert_uint_ge (last[0].ended.size (), 1);
  ledger.enter (last);
  ck_assert_int_eq (ledger.open (), 0);
  chain.set ("attentionfilter", "post-messages", 1);
  run (chain, 8, 11, 0.8);
  const std::vector < Said > all = heard (chain);
  ck_assert_uint_eq (all.size (), 1);
  ck_assert_uint_eq (all[0].ended.size (), 0);
  ledger.enter (all);
}
END_TEST

START_TEST (a_scene_cut_is_told_at_once)
{
  const struct { const char *launch; int cuts; } cases[] = {
    {"attentionfilter center-bias=0 post-messages=none", 0},
    {"attentionfilter center-bias=0", 1},
    {"attentionfilter center-bias=0 post-messages=all", 1},
    {"attentionfilter center-bias=0 post-messages=interval message-interval=10000000000", 1},
    {"attentionfilter center-bias=0 scene-cut=ease", 1},
    {"attentionfilter center-bias=0 scene-cut=ignore", 0},
    {"attentionfilter center-bias=0 scene-cut-threshold=1", 0},
    {"attentionfilter center-bias=0 max-regions=0", 1},
  };
  for (const auto & c : cases) {
    Chain chain (c.launch, kCaps);
    run (chain, 0, 5, 0.25);
    ck_assert_msg (count (heard (chain), "attention-scene-cut") == 0, "%s", c.launch);
    run (chain, 6, 9, 0.8);
    const std::vector < Said > all = heard (chain);
    ck_assert_msg (count (all, "attention-scene-cut") == c.cuts, "%s", c.launch);
    if (c.cuts == 0)
      continue;
    const Said & cut = all[0];
    ck_assert_str_eq (cut.name.c_str (), "attention-scene-cut");
    ck_assert (cut.change >= 0.35 && cut.change <= 1);
    for (const GstClockTime time : { cut.timestamp, cut.stream_time, cut.running_time })
      ck_assert_uint_eq (time, 6 * kFrameTime);
    ck_assert_uint_eq (cut.duration, kFrameTime);
  }
}
END_TEST

START_TEST (nothing_is_posted_under_a_lock)
{
  Chain chain ("attentionfilter center-bias=0 post-messages=all", kCaps);
  static int posted;
  posted = 0;
  gst_bus_set_sync_handler (chain.bus (), [](GstBus *, GstMessage * message, gpointer) -> GstBusSyncReply {
        if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ELEMENT) {
          ck_assert (GST_OBJECT_TRYLOCK (GST_MESSAGE_SRC (message)));
          GST_OBJECT_UNLOCK (GST_MESSAGE_SRC (message));
          posted++;
        }
        return GST_BUS_PASS;
      }, NULL, NULL);
  run (chain, 0, 2, 0.25);
  run (chain, 3, 3, 0.8);
  chain.finish ();
  ck_assert_int_eq (posted, 6);
}
END_TEST

START_TEST (a_duration_is_no_jump)
{
  Chain chain ("attentionfilter post-messages=all", kCaps);
  run (chain, 0, 10, 0.5);
  const guint64 hour = 3600 * GST_SECOND / kFrameTime;
  run (chain, hour, hour + 10, 0.5);
  for (const Said & said : heard (chain))
    for (const Region & r : said.regions)
      ck_assert_uint_le (r.duration, 2 * GST_SECOND);
}
END_TEST

START_TEST (a_duration_is_positive_when_time_runs_back)
{
  Chain chain ("attentionfilter post-messages=all", kCaps);
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.rate = -1;
  segment.stop = 100 * kFrameTime;
  gst_harness_push_event (chain.harness (), gst_event_new_segment (&segment));
  for (guint64 number = 50; number > 20; number--)
    run (chain, number, number, 0.5);
  const std::vector < Said > all = heard (chain);
  GstClockTime longest = 0;
  for (const Said & said : all)
    for (const Region & r : said.regions) {
      ck_assert_uint_le (r.duration, 30 * kFrameTime);
      longest = MAX (longest, r.duration);
    }
  ck_assert_uint_ge (longest, 20 * kFrameTime);
}
END_TEST

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  return run_suite ("messages", {
      posts_exactly_on_change, posts_as_often_as_asked, a_message_says_all,
      change_is_what_goes_further_than_the_threshold, regions_begin_go_on_and_end,
      duration_is_how_long_a_region_has_been_seen, the_bus_knows_how_long_a_region_was_seen_between_messages,
      what_has_begun_ends_once, regions_end_before_the_stream_does, new_caps_end_what_was_before,
      messages_can_be_switched_while_playing, a_scene_cut_is_told_at_once, nothing_is_posted_under_a_lock,
      a_duration_is_no_jump, a_duration_is_positive_when_time_runs_back});
}
