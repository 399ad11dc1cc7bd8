// SPDX-License-Identifier: LGPL-2.1-or-later
// Every pixel format: what goes in and what comes out.
#include "../filter.h"
#include "suite.h"

namespace {

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
  for (const char *name : { "I420", "YV12", "NV12", "NV21", "Y42B", "Y444", "YUY2", "UYVY", "AYUV", "GRAY8", "RGB",
        "BGR", "RGBx", "BGRx", "xRGB", "xBGR", "RGBA", "BGRA", "ARGB", "ABGR", "Y41B", "A420", "NV16", "NV61", "NV24",
        "AV12", "YVYU", "VYUY", "v308", "IYU2", "VUYA", "GBR", "I420_10LE", "I422_10LE", "Y444_10LE", "P010_10LE",
        "GRAY16_LE", "ARGB64" })
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
  Filter filter ("videoconvert dither=none ! video/x-raw,format=" + format
      + " ! attentionfilter effect=dim+desaturate ! "
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
    ck_assert_msg (weights <= 5 && pixels <= 6, "%s: weights differ by %d/255, pixels by %d codes", format.c_str (),
        weights, pixels);
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
        ck_assert_msg (alpha == kept_alpha && padding == kept_padding,
            "%s %dx%d keeps %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
            " bytes of alpha and %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " of padding", frame.format.c_str (),
                frame.width, frame.height, kept_alpha, alpha, kept_padding, padding);
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

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  return run_suite ("formats", {
      knows_the_formats, every_format_looks_the_same, strength_0_is_bit_exact, alpha_and_padding_are_untouched,
      grey_and_i420_luma_agree});
}
