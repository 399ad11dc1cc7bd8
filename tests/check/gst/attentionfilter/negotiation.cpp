// SPDX-License-Identifier: LGPL-2.1-or-later
// Memory and caps: what may pass, what is read, and what is said of the rest.
#include "../filter.h"
#include "suite.h"

namespace {

/* Memory that nobody maps, and the number of attempts. */
int mapped;

struct OpaqueAllocator
{
  GstAllocator parent;
};
struct OpaqueAllocatorClass
{
  GstAllocatorClass parent;
};
G_DEFINE_TYPE (OpaqueAllocator, opaque_allocator, GST_TYPE_ALLOCATOR)

static void
opaque_allocator_init (OpaqueAllocator * allocator)
{
  GST_ALLOCATOR_CAST (allocator)->mem_type = "opaque";
  GST_ALLOCATOR_CAST (allocator)->mem_map = [](GstMemory *, gsize, GstMapFlags) -> gpointer {
    mapped++;
    return NULL;
  };
}

static void
opaque_allocator_class_init (OpaqueAllocatorClass * klass)
{
  klass->parent.free = [](GstAllocator *, GstMemory * memory) { g_free (memory); };
}

GstBuffer *
opaque_buffer (guint64 number)
{
  auto *allocator = (GstAllocator *) g_object_new (opaque_allocator_get_type (), NULL);
  GstMemory *memory = g_new0 (GstMemory, 1);
  gst_memory_init (memory, (GstMemoryFlags) 0, allocator, NULL, 4096, 0, 0, 4096);
  gst_object_unref (allocator);
  GstBuffer *buffer = gst_buffer_new ();
  gst_buffer_append_memory (buffer, memory);
  GST_BUFFER_PTS (buffer) = number * kFrameTime;
  GST_BUFFER_DURATION (buffer) = kFrameTime;
  return buffer;
}

/* Whether a buffer that others hold too goes through, the very same one and unread. */
bool
passes (GstHarness * harness, guint64 number)
{
  mapped = 0;
  GstBuffer *in = opaque_buffer (number);
  const bool ok = gst_harness_push (harness, gst_buffer_ref (in)) == GST_FLOW_OK;
  GstBuffer *out = gst_harness_try_pull (harness);
  const bool same = out == in;
  if (out)
    gst_buffer_unref (out);
  gst_buffer_unref (in);
  return ok && same && mapped == 0;
}

const char *const kOpaque[] = {
  "video/x-raw(memory:GLMemory),format=RGBA,width=320,height=180,framerate=25/1",
  "video/x-raw(memory:DMABuf),format=P010_10LE,width=7,height=20000,framerate=25/1",
  "video/x-raw(memory:DMABuf),format=DMA_DRM,width=320,height=180,framerate=25/1",
  "video/x-raw(memory:SystemMemory,meta:GstVideoOverlayComposition),format=I420,width=320,height=180,framerate=25/1",
};

bool
pad_accepts (GstPad * pad, const char *text)
{
  GstCaps *caps = gst_caps_from_string (text);
  const bool accepts = gst_pad_query_accept_caps (pad, caps);
  gst_caps_unref (caps);
  return accepts;
}

bool
pad_offers (GstPad * pad, const char *text)
{
  GstCaps *caps = gst_caps_from_string (text);
  GstCaps *filtered = gst_pad_query_caps (pad, caps);
  GstCaps *all = gst_pad_query_caps (pad, NULL);
  const bool offers = gst_caps_can_intersect (caps, all);
  ck_assert_msg (offers == gst_caps_can_intersect (caps, filtered), "%s", text);
  gst_caps_unref (all);
  gst_caps_unref (filtered);
  gst_caps_unref (caps);
  return offers;
}

/* How often upstream has been asked for other caps since it was last counted. */
int
reconfigurations (GstHarness * harness)
{
  int count = 0;
  while (GstEvent * event = gst_harness_try_pull_upstream_event (harness)) {
    count += GST_EVENT_TYPE (event) == GST_EVENT_RECONFIGURE;
    gst_event_unref (event);
  }
  return count;
}

}  // namespace

START_TEST (any_memory_is_in_the_templates)
{
  Filter filter ("attentionfilter");
  for (const char *name : { "sink", "src" }) {
    GstPad *pad = gst_element_get_static_pad (filter.element (), name);
    GstCaps *caps = gst_pad_get_pad_template_caps (pad);
    ck_assert (!gst_caps_features_is_any (gst_caps_get_features (caps, 0)));
    for (const char *text : kOpaque) {
      GstCaps *opaque = gst_caps_from_string (text);
      ck_assert_msg (gst_caps_is_subset (opaque, caps), "%s: %s", name, text);
      gst_caps_unref (opaque);
    }
    gst_caps_unref (caps);
    gst_object_unref (pad);
  }
}
END_TEST

START_TEST (any_memory_passes_where_nothing_is_read)
{
  for (const char *messages : { "none", "all" })
    for (const char *text : kOpaque) {
      Filter filter (std::string ("attentionfilter effect=none metadata=none post-messages=") + messages);
      GstPad *pad = GST_BASE_TRANSFORM_SINK_PAD (filter.element ());
      ck_assert_msg (pad_offers (pad, text) && pad_accepts (pad, text), "%s", text);
      gst_harness_set_src_caps_str (filter.harness (), text);
      for (int i = 0; i < 3; i++)
        ck_assert_msg (passes (filter.harness (), i), "%s", text);
      GstCaps *in = gst_pad_get_current_caps (filter.harness ()->srcpad);
      GstCaps *out = gst_pad_get_current_caps (filter.harness ()->sinkpad);
      ck_assert (gst_caps_is_strictly_equal (in, out));
      gst_caps_unref (in);
      gst_caps_unref (out);
      ck_assert_int_eq (filter.messages (), 0);
      ck_assert (filter.problem (GST_MESSAGE_ERROR).empty () && filter.problem (GST_MESSAGE_WARNING).empty ());
    }
}
END_TEST

START_TEST (other_memory_is_refused_where_frames_are_read)
{
  for (const char *launch : { "attentionfilter", "attentionfilter effect=none",
      "attentionfilter effect=none metadata=grid",
        "attentionfilter metadata=none", "attentionfilter metadata=none strength=0" }) {
    Filter filter (launch);
    for (const char *name : { "sink", "src" }) {
      GstPad *pad = gst_element_get_static_pad (filter.element (), name);
      for (const char *text : kOpaque)
        ck_assert_msg (!pad_offers (pad, text) && !pad_accepts (pad, text), "%s %s: %s", launch, name, text);
      ck_assert (pad_offers (pad, Frame ().caps ().c_str ()) && pad_accepts (pad, Frame ().caps ().c_str ()));
      gst_object_unref (pad);
    }
  }
}
END_TEST

START_TEST (system_memory_is_taken_in_the_same_formats_and_sizes_whatever_else_passes)
{
  for (const char *downstream : { "", " ! video/x-raw ! identity", " ! videoconvert" }) {
    const std::string launch = std::string ("attentionfilter effect=none metadata=none post-messages=all") + downstream;
    Filter filter (launch);
    GstPad *pad = GST_BASE_TRANSFORM_SINK_PAD (filter.element ());
    for (const char *text : { ",format=I420,width=8,height=180", ",format=I420,width=9000,height=180",
        ",format=P010_10BE,width=320,height=180",
          "(memory:SystemMemory,meta:GstVideoOverlayComposition),format=P010_10BE,width=320,height=180" }) {
      const std::string caps = std::string ("video/x-raw") + text + ",framerate=25/1";
      GstCaps *unread = gst_caps_from_string (caps.c_str ());
      GstCaps *offered = gst_pad_query_caps (pad, unread);
      ck_assert_msg (gst_caps_is_empty (offered) && !pad_accepts (pad, caps.c_str ()), "%s: %s", launch.c_str (), text);
      gst_caps_unref (offered);
      gst_caps_unref (unread);
    }
    /* What can be converted to what we read is converted. */
    Filter behind ("videoconvert ! " + launch);
    gst_harness_set_src_caps_str (behind.harness (),
        "video/x-raw,format=P010_10LE,width=320,height=180,framerate=25/1");
    ck_assert_int_eq (gst_harness_push (behind.harness (), gst_buffer_new_allocate (NULL, 320 * 180 * 3, NULL)),
        GST_FLOW_OK);
    gst_buffer_unref (gst_harness_pull (behind.harness ()));
    ck_assert_int_eq (behind.messages (), 1);
  }
}
END_TEST

START_TEST (refused_memory_is_one_error_that_says_what_stands_in_the_way)
{
  const struct { const char *launch; std::vector < const char *> words; } cases[] = {
    {"attentionfilter", {"effect=dim and metadata=regions+grid", "memory:GLMemory", "system memory", "effect=none",
        "metadata=none"}},
    {"attentionfilter metadata=none effect=blur+dim", {"effect=blur+dim;", "memory:GLMemory"}},
    {"attentionfilter effect=none metadata=grid", {"for metadata=grid;", "memory:GLMemory"}},
    {"attentionfilter effect=none metadata=none ! video/x-raw ! identity", {"Downstream", "memory:GLMemory"}},
  };
  for (const auto & c : cases) {
    Filter filter (c.launch);
    gst_harness_push_event (filter.harness (), gst_event_new_stream_start ("test"));
    GstCaps *caps = gst_caps_from_string (kOpaque[0]);
    /* To the filter's own pad: that of the bin around it would refuse the caps before. */
    for (int again = 0; again < 3; again++)
      ck_assert (!gst_pad_send_event (GST_BASE_TRANSFORM_SINK_PAD (filter.element ()), gst_event_new_caps (caps)));
    gst_caps_unref (caps);
    const std::string text = filter.problem (GST_MESSAGE_ERROR);
    for (const char *word : c.words)
      ck_assert_msg (text.find (word) != std::string::npos, "'%s' is missing in '%s'", word, text.c_str ());
    ck_assert (filter.problem (GST_MESSAGE_ERROR).empty () && filter.problem (GST_MESSAGE_WARNING).empty ());
  }
}
END_TEST

START_TEST (what_is_read_decides_on_memory_while_playing)
{
  Filter filter ("attentionfilter effect=none metadata=none");
  GstHarness *h = filter.harness ();
  gst_harness_set_src_caps_str (h, kOpaque[0]);
  ck_assert (passes (h, 0));
  reconfigurations (h);

  gst_util_set_object_arg (G_OBJECT (filter.element ()), "effect", "dim");
  ck_assert_int_eq (reconfigurations (h), 1);
  Frame frame;
  frame.number = 1;
  GstBuffer *in = frame.make ();
  const std::vector < guint8 > before = bytes_of (in);
  gst_buffer_unref (in);
  ck_assert (filter.bytes (frame) != before);
  /* Only what changes the caps is negotiated. */
  g_object_set (filter.element (), "metadata", 3, "strength", 0.5, NULL);
  ck_assert_int_eq (reconfigurations (h), 0);
  frame.number = 2;
  ck_assert_uint_eq (filter.grid (frame).size (), 32 * 18);

  g_object_set (filter.element (), "effect", 0, "metadata", 0, NULL);
  ck_assert_int_eq (reconfigurations (h), 1);
  frame.number = 3;
  ck_assert (filter.bytes (frame) == before);
  gst_harness_set_src_caps_str (h, kOpaque[1]);
  ck_assert (passes (h, 4));
  ck_assert (filter.problem (GST_MESSAGE_ERROR).empty () && filter.problem (GST_MESSAGE_WARNING).empty ());
}
END_TEST

START_TEST (memory_that_upstream_cannot_change_is_one_error_while_playing)
{
  Filter filter ("attentionfilter effect=none metadata=none");
  GstHarness *h = filter.harness ();
  gst_harness_set_src_caps_str (h, kOpaque[0]);
  for (int i = 0; i < 2; i++) {
    g_object_set (filter.element (), "metadata", 0, NULL);
    ck_assert (passes (h, 2 * i));
    gst_util_set_object_arg (G_OBJECT (filter.element ()), "metadata", "grid");
    for (int again = 0; again < 3; again++) {
      ck_assert_int_eq (gst_harness_push (h, opaque_buffer (2 * i + 1)), GST_FLOW_NOT_NEGOTIATED);
      ck_assert_ptr_null (gst_harness_try_pull (h));
    }
    const std::string text = filter.problem (GST_MESSAGE_ERROR);
    for (const char *word : { "metadata=grid", "memory:GLMemory" })
      ck_assert_msg (text.find (word) != std::string::npos, "'%s' is missing in '%s'", word, text.c_str ());
    ck_assert (filter.problem (GST_MESSAGE_ERROR).empty () && filter.problem (GST_MESSAGE_WARNING).empty ());
  }
}
END_TEST

START_TEST (frames_on_their_way_pass_until_upstream_has_changed_memory)
{
  Filter filter ("attentionfilter effect=none metadata=none");
  GstHarness *h = filter.harness ();
  gst_pad_add_probe (h->srcpad, GST_PAD_PROBE_TYPE_QUERY_UPSTREAM, [](GstPad *, GstPadProbeInfo * info, gpointer) {
        GstQuery *query = GST_PAD_PROBE_INFO_QUERY (info);
        if (GST_QUERY_TYPE (query) != GST_QUERY_CAPS)
          return GST_PAD_PROBE_OK;
        GstCaps *caps = gst_caps_from_string ("video/x-raw(memory:GLMemory); video/x-raw");
        gst_query_set_caps_result (query, caps);
        gst_caps_unref (caps);
        return GST_PAD_PROBE_HANDLED;
      }, NULL, NULL);
  gst_harness_set_src_caps_str (h, kOpaque[0]);
  ck_assert (passes (h, 0));
  gst_util_set_object_arg (G_OBJECT (filter.element ()), "effect", "dim");
  /* The size of the grid makes the filter negotiate, and these caps no longer can be. */
  g_object_set (filter.element (), "region-columns", 5, NULL);
  ck_assert (passes (h, 1));
  Frame frame;
  frame.number = 2;
  GstBuffer *in = frame.make ();
  ck_assert (filter.bytes (frame) != bytes_of (in));
  gst_buffer_unref (in);
  ck_assert (filter.problem (GST_MESSAGE_ERROR).empty () && filter.problem (GST_MESSAGE_WARNING).empty ());
}
END_TEST

START_TEST (frames_of_which_nothing_is_asked_are_not_read)
{
  Filter filter ("attentionfilter effect=none metadata=none post-messages=none scene-cut=ignore");
  GstHarness *h = filter.harness ();
  gst_harness_set_src_caps_str (h, Frame ().caps ().c_str ());
  ck_assert (passes (h, 0));
  ck_assert (filter.problem (GST_MESSAGE_WARNING).empty ());

  /* What is asked for later begins afresh each time. */
  Frame other;
  other.x = 0.3;
  Frame frame;
  frame.x = 0.4;
  Filter fresh ("attentionfilter effect=none scene-cut=ignore");
  frame.number = 4;
  const std::vector < guint8 > expected = fresh.grid (frame);
  g_object_set (filter.element (), "metadata", 2, "post-messages", 1, NULL);
  for (other.number = 1; other.number < 3; other.number++)
    filter.grid (other);
  ck_assert_int_eq (filter.messages (), 1);
  g_object_set (filter.element (), "metadata", 0, "post-messages", 0, NULL);
  ck_assert (passes (h, 3));
  ck_assert_int_eq (filter.messages (), 1);     /* the regions that were told of end */
  g_object_set (filter.element (), "metadata", 2, "post-messages", 1, NULL);
  GstBuffer *in = frame.make ();
  gst_harness_push (h, in);
  GstBuffer *out = gst_harness_pull (h);
  ck_assert (grid_of (out) == expected);
  gst_buffer_unref (out);
  ck_assert_int_eq (filter.messages (), 1);
}
END_TEST

/* A scaler downstream could take any shape of pixels, which must not become that of frames whose caps do not say. */
START_TEST (pixels_are_square_where_caps_do_not_say)
{
  Filter filter ("attentionfilter name=filter ! videoscale ! video/x-raw,width=640,height=360 ! identity");
  gst_buffer_unref (filter.run (Frame ()));
  GstPad *pad = gst_element_get_static_pad (filter.element (), "src");
  GstCaps *caps = gst_pad_get_current_caps (pad);
  GstVideoInfo info;
  ck_assert (gst_video_info_from_caps (&info, caps));
  ck_assert (info.par_n == 1 && info.par_d == 1);
  gst_caps_unref (caps);
  gst_object_unref (pad);
}
END_TEST

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  return run_suite ("negotiation", {
      any_memory_is_in_the_templates, any_memory_passes_where_nothing_is_read,
      other_memory_is_refused_where_frames_are_read,
      system_memory_is_taken_in_the_same_formats_and_sizes_whatever_else_passes,
      refused_memory_is_one_error_that_says_what_stands_in_the_way, what_is_read_decides_on_memory_while_playing,
      memory_that_upstream_cannot_change_is_one_error_while_playing,
      frames_on_their_way_pass_until_upstream_has_changed_memory, frames_of_which_nothing_is_asked_are_not_read,
      pixels_are_square_where_caps_do_not_say});
}
