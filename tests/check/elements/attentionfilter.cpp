// SPDX-License-Identifier: LGPL-2.1-or-later
// The element, one buffer at a time.
#include <algorithm>
#include <cmath>

#include "frames.h"
#include "suite.h"

namespace {

/* A filter between two harness pads, with a bus to listen to. */
class Filter
{
public:
  explicit Filter (const std::string & launch):harness_ (gst_harness_new_parse (launch.c_str ())), bus_ (gst_bus_new ())
  {
    gst_element_set_bus (harness_->element, bus_);
  }
  ~Filter ()
  {
    gst_element_set_bus (harness_->element, NULL);
    gst_harness_teardown (harness_);
    gst_object_unref (bus_);
  }
  Filter (const Filter &) = delete;

  GstHarness *harness () { return harness_; }
  /* Not owned: the harness holds it. */
  GstElement *element ()
  {
    GstElement *element = gst_harness_find_element (harness_, "attentionfilter");
    gst_object_unref (element);
    return element;
  }

  GstFlowReturn push (const Frame & frame)
  {
    /* Setting caps also begins a new segment. */
    if (frame.caps () != caps_)
      gst_harness_set_src_caps_str (harness_, frame.caps ().c_str ());
    caps_ = frame.caps ();
    return gst_harness_push (harness_, frame.make ());
  }
  /* The outgoing buffer belongs to the caller. */
  GstBuffer *run (const Frame & frame)
  {
    ck_assert_int_eq (push (frame), GST_FLOW_OK);
    return gst_harness_pull (harness_);
  }
  std::vector < guint8 > grid (const Frame & frame)
  {
    GstBuffer *out = run (frame);
    std::vector < guint8 > grid = grid_of (out);
    gst_buffer_unref (out);
    return grid;
  }
  std::vector < guint8 > bytes (const Frame & frame)
  {
    GstBuffer *out = run (frame);
    std::vector < guint8 > bytes = bytes_of (out);
    gst_buffer_unref (out);
    return bytes;
  }
  int messages ()
  {
    int count = 0;
    while (GstMessage * message = gst_bus_pop_filtered (bus_, GST_MESSAGE_ELEMENT)) {
      if (gst_message_has_name (message, "attentionfilter"))
        count++;
      gst_message_unref (message);
    }
    return count;
  }
  std::string problem (GstMessageType type)
  {
    std::string text;
    if (GstMessage * message = gst_bus_pop_filtered (bus_, type)) {
      GError *error = NULL;
      if (type == GST_MESSAGE_ERROR)
        gst_message_parse_error (message, &error, NULL);
      else
        gst_message_parse_warning (message, &error, NULL);
      text = error->message;
      g_error_free (error);
      gst_message_unref (message);
    }
    return text;
  }
  GstBus *bus () { return bus_; }

private:
  GstHarness * harness_;
  GstBus *bus_;
  std::string caps_;
};

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

std::vector < std::string >
formats ()
{
  GstElementFactory *factory = gst_element_factory_find ("attentionfilter");
  auto *pad = (GstStaticPadTemplate *) gst_element_factory_get_static_pad_templates (factory)->data;
  GstCaps *caps = gst_static_pad_template_get_caps (pad);
  std::vector < std::string > names;
  for (guint c = 0; c < gst_caps_get_size (caps); c++) {
    const GValue *list = gst_structure_get_value (gst_caps_get_structure (caps, c), "format");
    for (guint i = 0; list && i < gst_value_list_get_size (list); i++)
      names.push_back (g_value_get_string (gst_value_list_get_value (list, i)));
  }
  gst_caps_unref (caps);
  gst_object_unref (factory);
  return names;
}

void
for_all_frames (const std::function < void (const Frame &) > &test)
{
  const struct { int width, height; } sizes[] = { {16, 16}, {385, 289}, {1920, 1080} };
  for (const std::string & format : formats ())
    for (const auto & size : sizes)
      for (const int padding : { 0, 20 }) {
        if (size.width == 1920 && format != "I420")
          continue;             /* would take minutes */
        Frame frame;
        frame.format = format;
        frame.width = size.width;
        frame.height = size.height;
        frame.padding = padding;
        test (frame);
      }
}

}  // namespace

START_TEST (knows_the_formats)
{
  std::vector < std::string > names = formats ();
  for (const char *name : { "I420", "YV12", "NV12", "NV21", "Y42B", "Y444", "YUY2", "UYVY", "AYUV", "GRAY8", "RGB", "BGR",
        "RGBx", "BGRx", "xRGB", "xBGR", "RGBA", "BGRA", "ARGB", "ABGR", "Y41B", "A420", "NV16", "NV61", "NV24", "AV12", "YVYU",
        "VYUY", "v308", "IYU2", "VUYA", "GBR", "I420_10LE", "I422_10LE", "Y444_10LE", "P010_10LE", "GRAY16_LE", "ARGB64" })
    ck_assert_msg (std::find (names.begin (), names.end (), name) != names.end (), "%s is missing", name);
}
END_TEST

/* What the filter makes of one picture in some format, brought to Y444. */
struct Shown
{
  std::vector < guint8 > pixels, grid;
};

static Shown
shown_in (const std::string & format)
{
  Filter filter ("videoconvert dither=none ! video/x-raw,format=" + format + " ! attentionfilter effect=dim+desaturate ! "
      "videoconvert dither=none ! video/x-raw,format=Y444 ! identity");
  Frame frame;
  frame.format = "Y444";
  frame.width = 960;
  frame.height = 540;
  gst_harness_set_src_caps_str (filter.harness (), frame.caps ().c_str ());
  GstBuffer *in = frame.make ();
  /* Fine luma and smooth chroma, which no subsampling changes; no colour that RGB cannot have. */
  const int count = frame.width * frame.height;
  std::vector < guint8 > pixels (3 * count);
  for (int i = 0; i < count; i++) {
    const double x = (i % frame.width) / 3.0, y = (i / frame.width) / 3.0;
    const auto blob = [&](double cx, double cy, double size) {
      return std::exp (-((x - cx) * (x - cx) + (y - cy) * (y - cy)) / (2 * size * size));
    };
    const double thing = blob (140, 80, 18), other = blob (240, 130, 30);
    const bool check = ((int) x / 4 ^ (int) y / 4) & 1;
    pixels[i] = (guint8) (90 + x / 8 + (thing > 0.3 && check ? 50 : 0));
    pixels[count + i] = (guint8) (125 - 35 * thing + 20 * other + x / 40);
    pixels[2 * count + i] = (guint8) (120 + 50 * thing - 10 * other + y / 30);
  }
  gst_buffer_fill (in, 0, pixels.data (), pixels.size ());
  ck_assert_int_eq (gst_harness_push (filter.harness (), in), GST_FLOW_OK);
  GstBuffer *out = gst_harness_pull (filter.harness ());
  const Shown shown = { bytes_of (out), grid_of (out) };
  gst_buffer_unref (out);
  return shown;
}

static int
largest_difference (const std::vector < guint8 > &a, const std::vector < guint8 > &b)
{
  ck_assert_uint_eq (a.size (), b.size ());
  int most = 0;
  for (gsize i = 0; i < a.size (); i++)
    most = std::max (most, std::abs (a[i] - b[i]));
  return most;
}

START_TEST (every_format_looks_the_same)
{
  const Shown expected = shown_in ("Y444");
  for (const std::string & format : formats ()) {
    if (GST_VIDEO_FORMAT_INFO_IS_GRAY (gst_video_format_get_info (gst_video_format_from_string (format.c_str ()))))
      continue;                 /* has no colour to show */
    const Shown shown = shown_in (format);
    const int weights = largest_difference (shown.grid, expected.grid);
    const int pixels = largest_difference (shown.pixels, expected.pixels);
    /* What 8-bit matrices of videoconvert round away is in it, too. */
    ck_assert_msg (weights <= 4 && pixels <= 6, "%s: weights differ by %d/255, pixels by %d codes", format.c_str (), weights, pixels);
  }
}
END_TEST

START_TEST (strength_0_is_bit_exact)
{
  Filter filter ("attentionfilter effect=dim+desaturate+heatmap+map strength=0");
  for_all_frames ([&](const Frame & frame) {
        GstBuffer *in = frame.make ();
        const std::vector < guint8 > before = bytes_of (in);
        gst_buffer_unref (in);
        ck_assert (filter.bytes (frame) == before);
      });
}
END_TEST

START_TEST (alpha_and_padding_are_untouched)
{
  Filter filter ("attentionfilter effect=dim+desaturate+heatmap strength=1");
  for_all_frames ([&](const Frame & frame) {
        GstBuffer *in = frame.make ();
        const std::vector < guint8 > before = bytes_of (in);
        gst_buffer_unref (in);
        const std::vector < guint8 > after = filter.bytes (frame);
        ck_assert (after != before);
        const gsize alpha = std::count (before.begin (), before.end (), kAlpha);
        const gsize padding = std::count (before.begin (), before.end (), kPadding);
        gsize kept_alpha = 0, kept_padding = 0;
        for (gsize i = 0; i < before.size (); i++) {
          kept_alpha += before[i] == kAlpha && after[i] == kAlpha;
          kept_padding += before[i] == kPadding && after[i] == kPadding;
        }
        ck_assert_msg (alpha == kept_alpha && padding == kept_padding, "%s %dx%d keeps %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
            " bytes of alpha and %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " of padding", frame.format.c_str (), frame.width,
            frame.height, kept_alpha, alpha, kept_padding, padding);
      });
}
END_TEST

START_TEST (grey_and_i420_luma_agree)
{
  /* Both in full range, or black would be another code. */
  const auto luma = [](const char *format) {
    Filter filter ("attentionfilter");
    Frame frame;
    frame.format = format;
    gst_harness_set_src_caps_str (filter.harness (), (frame.caps () + ",colorimetry=1:4:0:0").c_str ());
    GstBuffer *in = frame.make ();
    if (frame.format == "I420")
      gst_buffer_memset (in, 320 * 180, 128, 2 * 160 * 90);
    ck_assert_int_eq (gst_harness_push (filter.harness (), in), GST_FLOW_OK);
    GstBuffer *out = gst_harness_pull (filter.harness ());
    std::vector < guint8 > bytes = bytes_of (out);
    gst_buffer_unref (out);
    bytes.resize (320 * 180);
    return bytes;
  };
  ck_assert (luma ("GRAY8") == luma ("I420"));
}
END_TEST

START_TEST (dims_the_rest_and_keeps_the_thing)
{
  Filter filter ("attentionfilter strength=1");
  Frame frame;
  frame.x = 0.3;
  frame.y = 0.4;
  const std::vector < guint8 > out = filter.bytes (frame);
  /* The patch is 110 ± 60, the ground 110. */
  guint8 brightest = 0;
  for (int y = 65; y < 80; y++)
    for (int x = 85; x < 105; x++)
      brightest = std::max (brightest, out[y * 320 + x]);
  ck_assert_uint_gt (brightest, 150);
  ck_assert_uint_lt (out[170 * 320 + 300], 40);
}
END_TEST

START_TEST (stats_count_what_is_analysed)
{
  Filter filter ("attentionfilter analysis-rate=5/1");
  const auto stat = [&](const char *field) {
    GstStructure *stats = NULL;
    guint64 value = G_MAXUINT64;
    g_object_get (filter.element (), "stats", &stats, NULL);
    ck_assert_msg (gst_structure_get_uint64 (stats, field, &value), "no %s", field);
    gst_structure_free (stats);
    return value;
  };
  ck_assert_uint_eq (stat ("frames"), 0);
  ck_assert_uint_eq (stat ("weigh-p99"), 0);
  Frame frame;
  for (frame.number = 0; frame.number < 25; frame.number++)
    gst_buffer_unref (filter.run (frame));
  ck_assert_uint_eq (stat ("frames"), 25);
  ck_assert_uint_eq (stat ("analysed"), 5);
  ck_assert_uint_eq (stat ("reused"), 20);
  for (const char *stage : { "preprocess", "partition", "weigh", "recombine", "emit" }) {
    const guint64 median = stat ((std::string (stage) + "-median").c_str ());
    ck_assert_uint_gt (median, 0);
    ck_assert_uint_ge (stat ((std::string (stage) + "-p99").c_str ()), median);
  }
  gst_element_set_state (filter.element (), GST_STATE_READY);
  ck_assert_uint_eq (stat ("frames"), 0);
}
END_TEST

START_TEST (regions_are_drawn_on_top)
{
  for (const char *launch : { "attentionfilter draw-regions=true effect=none", "attentionfilter draw-regions=true effect=map strength=1" }) {
    Filter filter (launch);
    GstBuffer *out = filter.run (Frame ());
    const auto regions = regions_of (out);
    ck_assert_uint_gt (regions.size (), 0);
    const std::vector < guint8 > bytes = bytes_of (out);
    /* The middle of its upper line is white. */
    ck_assert_uint_eq (bytes[regions[0]->y * 320 + regions[0]->x + regions[0]->w / 2], 235);
    gst_buffer_unref (out);
  }
}
END_TEST

START_TEST (none_copies_nothing)
{
  for (const char *launch : { "attentionfilter effect=none", "attentionfilter effect=none metadata=none" }) {
    Filter filter (launch);
    Frame frame;
    gst_harness_set_src_caps_str (filter.harness (), frame.caps ().c_str ());
    GstBuffer *in = frame.make ();
    const std::vector < guint8 > before = bytes_of (in);
    GstMemory *memory = gst_buffer_peek_memory (in, 0);
    gst_buffer_ref (in);        /* as behind a tee */
    gst_harness_push (filter.harness (), in);
    GstBuffer *out = gst_harness_pull (filter.harness ());
    ck_assert_ptr_eq (gst_buffer_peek_memory (out, 0), memory);
    ck_assert (bytes_of (out) == before);
    ck_assert_ptr_null (attention_meta (in));
    ck_assert_uint_eq (regions_of (in).size (), 0);
    gst_buffer_unref (out);
    gst_buffer_unref (in);
  }
}
END_TEST

START_TEST (a_shared_buffer_is_not_written)
{
  Filter filter ("attentionfilter effect=heatmap");
  Frame frame;
  gst_harness_set_src_caps_str (filter.harness (), frame.caps ().c_str ());
  GstBuffer *in = frame.make ();
  const std::vector < guint8 > before = bytes_of (in);
  gst_buffer_ref (in);
  gst_harness_push (filter.harness (), in);
  GstBuffer *out = gst_harness_pull (filter.harness ());
  ck_assert (bytes_of (in) == before);
  ck_assert (bytes_of (out) != before);
  ck_assert_ptr_null (attention_meta (in));
  gst_buffer_unref (out);
  gst_buffer_unref (in);
}
END_TEST

static double
magnitude_of_cues (const GstStructure * region)
{
  double sum = 0;
  for (const char *cue : { "figure-ground", "detail", "contrast", "motion", "centre" })
    sum += std::fabs (number_in (region, cue));
  return sum;
}

START_TEST (says_what_it_saw)
{
  Filter filter ("attentionfilter region-columns=16 region-rows=9");
  Frame frame;
  frame.x = 0.25;
  frame.y = 0.5;
  frame.number = 3;
  GstBuffer *out = filter.run (frame);
  GstStructure *s = attention_meta (out);
  ck_assert_ptr_nonnull (s);
  guint version, columns, rows;
  GstClockTime time;
  ck_assert (gst_structure_get (s, "version", G_TYPE_UINT, &version, "columns", G_TYPE_UINT, &columns, "rows", G_TYPE_UINT, &rows,
          "stream-time", GST_TYPE_CLOCK_TIME, &time, NULL));
  ck_assert_uint_eq (version, 1);
  ck_assert_uint_eq (columns, 16);
  ck_assert_uint_eq (rows, 9);
  ck_assert_uint_eq (time, 3 * kFrameTime);
  ck_assert_uint_eq (grid_of (out).size (), 16 * 9);
  ck_assert_double_eq_tol (number_in (s, "peak-x"), 0.25, 0.09);
  ck_assert_double_eq_tol (number_in (s, "peak-y"), 0.5, 0.09);

  const auto regions = regions_of (out);
  ck_assert_uint_ge (regions.size (), 1);
  const GstVideoRegionOfInterestMeta *roi = regions[0];
  ck_assert_str_eq (g_quark_to_string (roi->roi_type), "attention");
  ck_assert_uint_le (roi->x, 80);
  ck_assert_uint_ge (roi->x + roi->w, 80);
  GstStructure *attention = gst_video_region_of_interest_meta_get_param ((GstVideoRegionOfInterestMeta *) roi, "roi/attention");
  guint rank, id;
  ck_assert (gst_structure_get (attention, "rank", G_TYPE_UINT, &rank, "id", G_TYPE_UINT, &id, NULL));
  ck_assert_uint_eq (rank, 0);
  ck_assert_int_eq (id, roi->id);
  ck_assert_double_le (number_in (attention, "weight"), 1);
  GstStructure *detection = gst_video_region_of_interest_meta_get_param ((GstVideoRegionOfInterestMeta *) roi, "detection");
  ck_assert_double_eq_tol (number_in (detection, "x_min"), roi->x / 320.0, 1e-6);
  ck_assert_double_eq_tol (number_in (detection, "x_max"), (roi->x + roi->w) / 320.0, 1e-6);
  ck_assert_double_eq_tol (number_in (detection, "y_min"), roi->y / 180.0, 1e-6);
  ck_assert_double_eq_tol (number_in (detection, "y_max"), (roi->y + roi->h) / 180.0, 1e-6);
  ck_assert_double_eq (number_in (detection, "confidence"), number_in (attention, "weight"));
  ck_assert (gst_structure_has_field_typed (detection, "label_id", G_TYPE_INT));

  /* The grid's meta has the regions as well, in shares of the frame. */
  const GValue *array = gst_structure_get_value (s, "regions");
  ck_assert (GST_VALUE_HOLDS_ARRAY (array));
  ck_assert_uint_eq (gst_value_array_get_size (array), regions.size ());
  const GstStructure *first = gst_value_get_structure (gst_value_array_get_value (array, 0));
  ck_assert (gst_structure_get_uint (first, "id", &id));
  ck_assert_int_eq (id, roi->id);
  for (const char *field : { "weight", "share", "figure-ground", "detail", "contrast", "motion", "centre" })
    ck_assert_double_eq (number_in (first, field), number_in (attention, field));
  ck_assert_double_eq_tol (magnitude_of_cues (attention), 1, 1e-4);
  for (const char *field : { "x_min", "x_max", "y_min", "y_max" })
    ck_assert_double_eq (number_in (first, field), number_in (detection, field));
  gst_buffer_unref (out);
}
END_TEST

START_TEST (metadata_can_be_switched_off)
{
  const struct { const char *launch; bool regions, grid; } cases[] = {
    {"attentionfilter metadata=none", false, false},
    {"attentionfilter metadata=regions", true, false},
    {"attentionfilter metadata=grid", false, true},
    {"attentionfilter metadata=regions+grid", true, true},
    {"attentionfilter max-regions=0", false, true},
  };
  for (const auto & c : cases) {
    Filter filter (c.launch);
    GstBuffer *out = filter.run (Frame ());
    ck_assert_msg ((attention_meta (out) != NULL) == c.grid, "%s", c.launch);
    ck_assert_msg (regions_of (out).empty () != c.regions, "%s", c.launch);
    gst_buffer_unref (out);
  }
}
END_TEST

START_TEST (metas_survive_convert_and_scale)
{
  Filter plain ("attentionfilter");
  Filter behind ("attentionfilter ! videoconvert ! videoscale ! video/x-raw,format=BGRA,width=640,height=90 ! identity");
  Frame frame;
  frame.x = 0.3;
  GstBuffer *before = plain.run (frame);
  GstBuffer *after = behind.run (frame);
  ck_assert (grid_of (before) == grid_of (after));
  for (const char *field : { "peak-x", "peak-y" })
    ck_assert_double_eq (number_in (attention_meta (before), field), number_in (attention_meta (after), field));
  const auto a = regions_of (before);
  const auto b = regions_of (after);
  ck_assert_uint_ge (a.size (), 1);
  ck_assert_uint_eq (a.size (), b.size ());
  for (gsize i = 0; i < a.size (); i++) {
    ck_assert_int_eq (a[i]->id, b[i]->id);
    ck_assert_int_le (std::abs ((int) (2 * a[i]->x) - (int) b[i]->x), 2);
    ck_assert_int_le (std::abs ((int) a[i]->y - (int) (2 * b[i]->y)), 2);
    ck_assert_int_le (std::abs ((int) (2 * a[i]->w) - (int) b[i]->w), 2);
  }
  gst_buffer_unref (before);
  gst_buffer_unref (after);
}
END_TEST

START_TEST (two_in_a_row_say_it_once)
{
  Filter filter ("attentionfilter effect=none ! attentionfilter effect=none region-columns=7 region-rows=5");
  GstBuffer *out = filter.run (Frame ());
  ck_assert_uint_eq (grid_of (out).size (), 35);
  int metas = 0;
  gpointer state = NULL;
  while (GstMeta * meta = gst_buffer_iterate_meta (out, &state))
    metas += gst_meta_info_is_custom (meta->info);
  ck_assert_int_eq (metas, 1);
  const auto regions = regions_of (out);
  for (gsize i = 0; i < regions.size (); i++)
    for (gsize j = 0; j < i; j++)
      ck_assert_int_ne (regions[i]->id, regions[j]->id);
  gst_buffer_unref (out);
}
END_TEST

START_TEST (renegotiates_in_mid_stream)
{
  Filter filter ("attentionfilter");
  Frame frame;
  const struct { const char *format; int width, height; } steps[] = {
    {"I420", 320, 180}, {"NV12", 320, 180}, {"BGRx", 641, 361}, {"GRAY8", 16, 16}, {"AYUV", 1920, 1080}, {"I420", 320, 180}
  };
  for (const auto & step : steps) {
    frame.format = step.format;
    frame.width = step.width;
    frame.height = step.height;
    for (int i = 0; i < 3; i++) {
      GstBuffer *out = filter.run (frame);
      const GstVideoInfo info = frame.info ();
      ck_assert_uint_ge (gst_buffer_get_size (out), GST_VIDEO_INFO_SIZE (&info));
      ck_assert_uint_eq (grid_of (out).size (), 32 * 18);
      gst_buffer_unref (out);
      frame.number++;
    }
  }
}
END_TEST

START_TEST (starts_afresh_after_flush_segment_and_gaps)
{
  Frame other;
  other.x = 0.3;
  Frame frame;
  frame.x = 0.4;
  frame.number = 2;
  Filter fresh ("attentionfilter scene-cut=ignore");
  const std::vector < guint8 > expected = fresh.grid (frame);

  const auto after = [&](const std::function < void (GstHarness *, GstBuffer *) > &event) {
    Filter filter ("attentionfilter scene-cut=ignore");
    filter.grid (other);
    other.number = 1;
    filter.grid (other);
    other.number = 0;
    GstBuffer *in = frame.make ();
    event (filter.harness (), in);
    gst_harness_push (filter.harness (), in);
    GstBuffer *out = gst_harness_pull (filter.harness ());
    std::vector < guint8 > grid = grid_of (out);
    gst_buffer_unref (out);
    return grid;
  };
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  ck_assert (after ([](GstHarness *, GstBuffer *) { }) != expected);
  /* A dropped frame leaves a gap too, and is no reason to forget. */
  ck_assert (after ([](GstHarness *, GstBuffer * in) { GST_BUFFER_FLAG_SET (in, GST_BUFFER_FLAG_DISCONT); }) != expected);
  ck_assert (after ([](GstHarness *, GstBuffer * in) {
        GST_BUFFER_FLAG_SET (in, GST_BUFFER_FLAG_DISCONT);
        GST_BUFFER_PTS (in) += 10 * GST_SECOND;
      }) == expected);
  ck_assert (after ([&](GstHarness * h, GstBuffer *) { gst_harness_push_event (h, gst_event_new_segment (&segment)); }) == expected);
  ck_assert (after ([&](GstHarness * h, GstBuffer *) {
        gst_harness_push_event (h, gst_event_new_flush_start ());
        gst_harness_push_event (h, gst_event_new_flush_stop (TRUE));
        gst_harness_push_event (h, gst_event_new_segment (&segment));
      }) == expected);
}
END_TEST

START_TEST (new_caps_are_news)
{
  Filter filter ("attentionfilter");
  Frame frame;
  GstBuffer *out = filter.run (frame);
  const gint first = regions_of (out)[0]->id;
  gst_buffer_unref (out);
  ck_assert_int_eq (filter.messages (), 1);
  frame.width = 640;
  frame.number++;
  out = filter.run (frame);
  ck_assert_int_ne (regions_of (out)[0]->id, first);
  gst_buffer_unref (out);
  ck_assert_int_eq (filter.messages (), 1);
}
END_TEST

START_TEST (streams_without_time_are_quiet)
{
  g_log_set_always_fatal ((GLogLevelFlags) (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING));
  Filter filter ("attentionfilter post-messages=all");
  Frame frame;
  gst_harness_set_src_caps_str (filter.harness (), frame.caps ().c_str ());
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_BYTES);
  gst_harness_push_event (filter.harness (), gst_event_new_segment (&segment));
  gst_harness_push (filter.harness (), frame.make ());
  GstBuffer *out = gst_harness_pull (filter.harness ());
  ck_assert_ptr_nonnull (attention_meta (out));
  gst_buffer_unref (out);
  /* An empty buffer says that there is nothing to see, and is no mistake. */
  gst_harness_push (filter.harness (), gst_buffer_new ());
  gst_buffer_unref (gst_harness_pull (filter.harness ()));
  ck_assert (filter.problem (GST_MESSAGE_WARNING).empty ());
}
END_TEST

START_TEST (rows_that_are_too_short_are_warned_of)
{
  Filter filter ("attentionfilter");
  GstVideoInfo info;
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_YUY2, 17, 16);
  gst_harness_set_src_caps_str (filter.harness (), "video/x-raw,format=YUY2,width=17,height=16,framerate=25/1");
  GstBuffer *in = gst_buffer_new_allocate (NULL, 34 * 16, NULL);
  gst_buffer_memset (in, 0, 100, 34 * 16);
  gsize offset[GST_VIDEO_MAX_PLANES] = { 0 };
  gint stride[GST_VIDEO_MAX_PLANES] = { 34 };
  gst_buffer_add_video_meta_full (in, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_YUY2, 17, 16, 1, offset, stride);
  ck_assert_int_eq (gst_harness_push (filter.harness (), in), GST_FLOW_OK);
  gst_buffer_unref (gst_harness_pull (filter.harness ()));
  ck_assert (!filter.problem (GST_MESSAGE_WARNING).empty ());
}
END_TEST

START_TEST (passes_eos_on)
{
  Filter filter ("attentionfilter");
  gst_buffer_unref (filter.run (Frame ()));
  ck_assert (gst_harness_push_event (filter.harness (), gst_event_new_eos ()));
  bool eos = false;
  while (GstEvent * event = gst_harness_try_pull_event (filter.harness ())) {
    eos |= GST_EVENT_TYPE (event) == GST_EVENT_EOS;
    gst_event_unref (event);
  }
  ck_assert (eos);
}
END_TEST

START_TEST (pools_when_downstream_asks)
{
  Filter filter ("attentionfilter region-columns=20 region-rows=10 ! video/x-raw,width=20,height=10 ! identity");
  Frame frame;
  frame.format = "GRAY8";
  frame.size = 0;
  GstBuffer *out = filter.run (frame);
  ck_assert_uint_eq (gst_buffer_get_size (out), 20 * 10);
  for (const guint8 byte : bytes_of (out))
    ck_assert_uint_eq (byte, 110);
  for (const GstVideoRegionOfInterestMeta * roi : regions_of (out)) {
    ck_assert_uint_le (roi->x + roi->w, 20);
    ck_assert_uint_le (roi->y + roi->h, 10);
  }
  gst_buffer_unref (out);
  GstCaps *caps = gst_pad_get_current_caps (filter.harness ()->sinkpad);
  gint par_n, par_d;
  ck_assert (gst_structure_get_fraction (gst_caps_get_structure (caps, 0), "pixel-aspect-ratio", &par_n, &par_d));
  /* 16:9 on 20x10 */
  ck_assert_int_eq (par_n * 9, par_d * 8);
  gst_caps_unref (caps);
}
END_TEST

START_TEST (interleaved_frames_stay_so_and_pool_to_progressive)
{
  const std::string caps = "video/x-raw,format=I420,width=320,height=180,framerate=25/1,interlace-mode=interleaved,field-order=top-field-first";
  const auto mode = [&](const char *launch) {
    Filter filter (launch);
    gst_harness_set_src_caps_str (filter.harness (), caps.c_str ());
    ck_assert_int_eq (gst_harness_push (filter.harness (), Frame ().make ()), GST_FLOW_OK);
    gst_buffer_unref (gst_harness_pull (filter.harness ()));
    GstCaps *out = gst_pad_get_current_caps (filter.harness ()->sinkpad);
    std::string found = gst_structure_get_string (gst_caps_get_structure (out, 0), "interlace-mode");
    gst_caps_unref (out);
    return found;
  };
  ck_assert (mode ("attentionfilter effect=dim+blur") == "interleaved");
  ck_assert (mode ("attentionfilter region-columns=20 region-rows=10 ! video/x-raw,width=20,height=10 ! identity") == "progressive");
}
END_TEST

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
  for (const char *cue : { "figure-ground", "detail", "contrast", "motion", "centre" }) {
    seen.push_back (Filter (std::string ("attentionfilter effect=heatmap heatmap-of=") + cue).bytes (frame));
    ck_assert_msg (std::count (seen.begin (), seen.end (), seen.back ()) == 1, "%s is no other", cue);
    ck_assert (Filter (std::string ("attentionfilter effect=dim+map heatmap-of=") + cue).bytes (frame) ==
        Filter ("attentionfilter effect=dim+map").bytes (frame));
  }
}
END_TEST

START_TEST (what_does_not_fit_is_one_warning_with_numbers)
{
  const struct { const char *launch; const char *words[2]; } cases[] = {
    {"attentionfilter crop-left=200 crop-right=120", {"crop-left=200", "320 px wide"}},
    {"attentionfilter crop-bottom=8192", {"crop-bottom=8192", "180 px high"}},
    {"attentionfilter analysis-height=32 region-rows=64", {"region-rows=64", "32 px of analysis-height"}},
    {"attentionfilter analysis-height=7", {"analysis-height=7", "32"}},
  };
  for (const auto & c : cases) {
    Filter filter (c.launch);
    for (int i = 0; i < 3; i++)
      gst_buffer_unref (filter.run (Frame ()));
    const std::string text = filter.problem (GST_MESSAGE_WARNING);
    for (const char *word : c.words)
      ck_assert_msg (text.find (word) != std::string::npos, "'%s' is missing in '%s'", word, text.c_str ());
    ck_assert (filter.problem (GST_MESSAGE_WARNING).empty ());
  }
}
END_TEST

START_TEST (a_size_that_cannot_be_had_ends_with_the_grid)
{
  Filter filter ("attentionfilter region-columns=20 ! video/x-raw,width=21,height=18 ! identity");
  gst_harness_push_event (filter.harness (), gst_event_new_stream_start ("test"));
  GstCaps *caps = gst_caps_from_string (Frame ().caps ().c_str ());
  gst_harness_push_event (filter.harness (), gst_event_new_caps (caps));
  gst_caps_unref (caps);
  const std::string text = filter.problem (GST_MESSAGE_ERROR);
  ck_assert_msg (text.find ("region-columns=20 x region-rows=18") != std::string::npos, "%s", text.c_str ());
}
END_TEST

START_TEST (a_short_buffer_is_warned_of_and_passed_on)
{
  Filter filter ("attentionfilter");
  gst_harness_set_src_caps_str (filter.harness (), Frame ().caps ().c_str ());
  for (int i = 0; i < 3; i++) {
    ck_assert_int_eq (gst_harness_push (filter.harness (), gst_buffer_new_allocate (NULL, 100, NULL)), GST_FLOW_OK);
    GstBuffer *out = gst_harness_pull (filter.harness ());
    ck_assert_uint_eq (gst_buffer_get_size (out), 100);
    gst_buffer_unref (out);
  }
  const std::string text = filter.problem (GST_MESSAGE_WARNING);
  ck_assert_msg (text.find ("100 bytes") != std::string::npos && text.find ("320 x 180") != std::string::npos, "%s", text.c_str ());
  ck_assert (filter.problem (GST_MESSAGE_WARNING).empty ());
  ck_assert_uint_eq (filter.grid (Frame ()).size (), 32 * 18);
}
END_TEST

START_TEST (frames_without_time_stand_alone)
{
  Frame a;
  a.x = 0.25;
  Frame b;
  b.x = 0.75;
  Filter fresh ("attentionfilter");
  const std::vector < guint8 > expected = fresh.grid (b);
  Filter filter ("attentionfilter");
  gst_harness_set_src_caps_str (filter.harness (), "video/x-raw,format=I420,width=320,height=180,framerate=0/1");
  std::vector < guint8 > last;
  for (const Frame & frame : { a, a, b }) {
    GstBuffer *in = frame.make ();
    GST_BUFFER_PTS (in) = GST_CLOCK_TIME_NONE;
    gst_harness_push (filter.harness (), in);
    GstBuffer *out = gst_harness_pull (filter.harness ());
    last = grid_of (out);
    gst_buffer_unref (out);
  }
  ck_assert (last == expected);
}
END_TEST

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
  for (const char *launch : { "attentionfilter", "attentionfilter effect=none", "attentionfilter effect=none metadata=grid",
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
    for (const char *text : { ",format=I420,width=8,height=180", ",format=I420,width=9000,height=180", ",format=P010_10BE,width=320,height=180",
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
    gst_harness_set_src_caps_str (behind.harness (), "video/x-raw,format=P010_10LE,width=320,height=180,framerate=25/1");
    ck_assert_int_eq (gst_harness_push (behind.harness (), gst_buffer_new_allocate (NULL, 320 * 180 * 3, NULL)), GST_FLOW_OK);
    gst_buffer_unref (gst_harness_pull (behind.harness ()));
    ck_assert_int_eq (behind.messages (), 1);
  }
}
END_TEST

START_TEST (refused_memory_is_one_error_that_says_what_stands_in_the_way)
{
  const struct { const char *launch; std::vector < const char *> words; } cases[] = {
    {"attentionfilter", {"effect=dim and metadata=regions+grid", "memory:GLMemory", "system memory", "effect=none", "metadata=none"}},
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

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  return run_suite ("element", { knows_the_formats, every_format_looks_the_same, strength_0_is_bit_exact, alpha_and_padding_are_untouched,
        grey_and_i420_luma_agree, dims_the_rest_and_keeps_the_thing, regions_are_drawn_on_top, stats_count_what_is_analysed, none_copies_nothing, a_shared_buffer_is_not_written,
        says_what_it_saw, metadata_can_be_switched_off, metas_survive_convert_and_scale, two_in_a_row_say_it_once,
        renegotiates_in_mid_stream, starts_afresh_after_flush_segment_and_gaps, new_caps_are_news,
        streams_without_time_are_quiet, rows_that_are_too_short_are_warned_of, passes_eos_on, pools_when_downstream_asks,
        interleaved_frames_stay_so_and_pool_to_progressive, follows_properties_while_playing, a_heatmap_can_be_that_of_each_cue,
        what_does_not_fit_is_one_warning_with_numbers, a_size_that_cannot_be_had_ends_with_the_grid,
        a_short_buffer_is_warned_of_and_passed_on, frames_without_time_stand_alone,
        any_memory_is_in_the_templates, any_memory_passes_where_nothing_is_read, other_memory_is_refused_where_frames_are_read,
        system_memory_is_taken_in_the_same_formats_and_sizes_whatever_else_passes,
        refused_memory_is_one_error_that_says_what_stands_in_the_way, what_is_read_decides_on_memory_while_playing,
        memory_that_upstream_cannot_change_is_one_error_while_playing,
        frames_on_their_way_pass_until_upstream_has_changed_memory, frames_of_which_nothing_is_asked_are_not_read
      }, 120);
}
