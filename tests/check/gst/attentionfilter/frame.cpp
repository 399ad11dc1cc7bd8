// SPDX-License-Identifier: LGPL-2.1-or-later
// Buffers that hold a frame, and buffers that say so.
#include <array>

#include "../filter.h"
#include "../guarded.h"
#include "suite.h"

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

START_TEST (a_short_buffer_is_warned_of_and_passed_on)
{
  Filter filter ("attentionfilter");
  gst_harness_set_src_caps_str (filter.harness (), Frame ().caps ().c_str ());
  for (int i = 0; i < 3; i++) {
    GstBuffer *in = gst_buffer_new_allocate (NULL, 100, NULL);
    GST_BUFFER_PTS (in) = i * kFrameTime;
    ck_assert_int_eq (gst_harness_push (filter.harness (), in), GST_FLOW_OK);
    GstBuffer *out = gst_harness_pull (filter.harness ());
    ck_assert_uint_eq (gst_buffer_get_size (out), 100);
    gst_buffer_unref (out);
  }
  const std::string text = filter.problem (GST_MESSAGE_WARNING);
  ck_assert_msg (text.find ("100 bytes") != std::string::npos && text.find ("320 x 180") != std::string::npos, "%s",
      text.c_str ());
  ck_assert (filter.problem (GST_MESSAGE_WARNING).empty ());
  ck_assert_uint_eq (filter.grid (Frame ()).size (), 32 * 18);
}
END_TEST

namespace {

/* A GstVideoMeta for an I420 frame of 320 x 180 px, and the memory below it. */
struct Claim
{
  GstVideoFormat format = GST_VIDEO_FORMAT_I420;
  guint width = 320, height = 180, planes = 3;
  gsize size = 0;               /* of the memory */
  gsize offset[GST_VIDEO_MAX_PLANES] = { 0 };
  gint stride[GST_VIDEO_MAX_PLANES] = { 0 };

  Claim ()
  {
    const GstVideoInfo info = Frame ().info ();
    size = GST_VIDEO_INFO_SIZE (&info);
    std::copy (info.offset, info.offset + GST_VIDEO_MAX_PLANES, offset);
    std::copy (info.stride, info.stride + GST_VIDEO_MAX_PLANES, stride);
  }

  GstBuffer *make (bool at_start)
  {
    GstBuffer *buffer = guarded_buffer (size, 90, at_start);
    gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE, format, width, height, planes, offset, stride);
    GST_BUFFER_PTS (buffer) = 0;
    return buffer;
  }
};

/* Claims that do not hold, and what is to be said of each. */
const struct { std::function < void (Claim &) > lie; const char *word; } kLies[] = {
  {[](Claim & c) { c.size = 1000; c.offset[1] = 300; c.offset[2] = 600; }, "plane 0 takes bytes 0 to 57599 of 1000"},
  {[](Claim & c) { c.size = 1000; }, "it has 1000 bytes, and in its GstVideoMeta plane 1 begins at byte"},
  {[](Claim & c) { c.size = 320 * 180; c.offset[1] = c.offset[2] = 320 * 180 - 1; }, "plane 1 takes"},
  {[](Claim & c) { c.width = 160; c.height = 90; }, "its GstVideoMeta is of I420 of 160 x 90 px"},
  {[](Claim & c) { c.format = GST_VIDEO_FORMAT_NV12; c.planes = 2; }, "its GstVideoMeta is of NV12"},
  {[](Claim & c) { c.planes = 2; }, "2 planes where there are 3"},
  {[](Claim & c) { c.stride[0] = c.stride[1] = c.stride[2] = 0; }, "rows of plane 0 are 0 bytes apart"},
  {[](Claim & c) { c.stride[0] = -320; }, "plane 0 takes bytes -57280 to"},
  {[](Claim & c) { c.offset[2] = c.size - 10; }, "plane 2 takes"},
  {[](Claim & c) { c.stride[1] = 640; }, "plane 1 takes"},
  {[](Claim & c) { c.offset[1]--; c.size--; }, "plane 2 takes"},
  {[](Claim & c) { c.stride[2] = G_MAXINT; }, "plane 2 takes"},
};

/* Where a frame pushed with these caps goes to full background-color=red, the codes of Y, U and V. */
std::array < int, 3 > red_codes (const char *colorimetry)
{
  Filter filter ("attentionfilter effect=dim strength=1 background-color=0xffff0000 crop-left=64");
  Frame frame;
  gst_harness_set_src_caps_str (filter.harness (), (frame.caps () + ",colorimetry=" + colorimetry).c_str ());
  ck_assert_int_eq (gst_harness_push (filter.harness (), frame.make ()), GST_FLOW_OK);
  GstBuffer *out = gst_harness_pull (filter.harness ());
  const std::vector < guint8 > bytes = bytes_of (out);
  gst_buffer_unref (out);
  const GstVideoInfo info = frame.info ();
  return { bytes[0], bytes[GST_VIDEO_INFO_PLANE_OFFSET (&info, 1)], bytes[GST_VIDEO_INFO_PLANE_OFFSET (&info, 2)] };
}

}  // namespace

START_TEST (a_claim_that_does_not_hold_is_told_and_nothing_touched)
{
  g_log_set_always_fatal ((GLogLevelFlags) (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING));
  for (const auto & lie : kLies)
    for (const char *effect : { "none", "dim", "blur" })
      for (const bool at_start : { false, true }) {
        Filter filter (std::string ("attentionfilter effect=") + effect);
        gst_harness_set_src_caps_str (filter.harness (), Frame ().caps ().c_str ());
        Claim claim;
        lie.lie (claim);
        ck_assert_int_eq (gst_harness_push (filter.harness (), claim.make (at_start)), GST_FLOW_OK);
        GstBuffer *out = gst_harness_pull (filter.harness ());
        for (const guint8 byte : bytes_of (out))
          ck_assert_uint_eq (byte, 90);
        ck_assert_ptr_null (attention_meta (out));
        gst_buffer_unref (out);
        const std::string text = filter.problem (GST_MESSAGE_WARNING);
        ck_assert_msg (text.find (lie.word) != std::string::npos, "'%s' is missing in '%s'", lie.word, text.c_str ());
      }
}
END_TEST

/* Rows from the last to the first, rows with room between them, planes in another order: all true, if odd. */
START_TEST (an_odd_claim_that_holds_is_read_to_its_last_byte)
{
  g_log_set_always_fatal ((GLogLevelFlags) (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING));
  const std::function < void (Claim &) > claims[] = {
    [](Claim &) { },
    [](Claim & c) { c.stride[0] = -320; c.offset[0] = 320 * 179; },
    [](Claim & c) { std::swap (c.offset[1], c.offset[2]); },
    [](Claim & c) {
      c.stride[0] = 1000;
      c.offset[1] = 1000 * 180 - 680;
      c.offset[2] = c.offset[1] + 160 * 90;
      c.size = c.offset[2] + 160 * 90;
    },
  };
  for (const auto & claim : claims)
    for (const bool at_start : { false, true }) {
      Filter filter ("attentionfilter effect=dim");
      gst_harness_set_src_caps_str (filter.harness (), Frame ().caps ().c_str ());
      Claim c;
      claim (c);
      ck_assert_int_eq (gst_harness_push (filter.harness (), c.make (at_start)), GST_FLOW_OK);
      GstBuffer *out = gst_harness_pull (filter.harness ());
      ck_assert_ptr_nonnull (attention_meta (out));
      gst_buffer_unref (out);
      ck_assert (filter.problem (GST_MESSAGE_WARNING).empty ());
    }
}
END_TEST

/* As cameras and decoders give frames: each plane in a memory of its own. */
START_TEST (planes_may_lie_in_memory_of_their_own)
{
  const Frame frame;
  GstVideoInfo info = frame.info ();
  GstBuffer *whole = frame.make ();
  const std::vector < guint8 > bytes = bytes_of (whole);
  gst_buffer_unref (whole);
  /* Where the second and the third memory begin: with the planes, or elsewhere. */
  const struct { gsize second, third; const char *word; } cases[] = {
    {info.offset[1], info.offset[2], ""},
    {info.offset[1], info.size, ""},
    {info.offset[1] - 1, info.offset[2], "plane 0 takes bytes 0 to 57599 of 57599"},
    {info.offset[1] + 1, info.offset[2], "plane 1 takes bytes 57600 to 71999 of 57601"},
    {info.offset[1], info.offset[2] + 9000, "plane 2 takes bytes"},
  };
  for (const auto & c : cases) {
    Filter filter ("attentionfilter effect=dim");
    gst_harness_set_src_caps_str (filter.harness (), frame.caps ().c_str ());
    GstBuffer *in = gst_buffer_new ();
    const gsize ends[] = { c.second, c.third, info.size };
    gsize begin = 0;
    for (const gsize end : ends) {
      if (end == begin)
        continue;
      GstBuffer *part = guarded_buffer (end - begin, 0, false);
      gst_buffer_fill (part, 0, bytes.data () + begin, end - begin);
      gst_buffer_append_memory (in, gst_buffer_get_memory (part, 0));
      gst_buffer_unref (part);
      begin = end;
    }
    gst_buffer_add_video_meta_full (in, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_I420, 320, 180, 3, info.offset,
        info.stride);
    GST_BUFFER_PTS (in) = 0;
    ck_assert_int_eq (gst_harness_push (filter.harness (), in), GST_FLOW_OK);
    GstBuffer *out = gst_harness_pull (filter.harness ());
    const std::string text = filter.problem (GST_MESSAGE_WARNING);
    ck_assert_msg (*c.word ? text.find (c.word) != std::string::npos : text.empty (), "'%s' instead of '%s'",
        text.c_str (), c.word);
    ck_assert ((attention_meta (out) == NULL) == (*c.word != 0));
    ck_assert (bytes_of (out) == (*c.word ? bytes : Filter ("attentionfilter effect=dim").bytes (frame)));
    gst_buffer_unref (out);
  }
}
END_TEST

START_TEST (colours_are_those_of_the_caps)
{
  const std::array < int, 3 > bt601 = {81, 90, 240}, bt709 = {63, 102, 240};
  ck_assert (red_codes ("bt601") == bt601);
  ck_assert (red_codes ("bt709") == bt709);
  ck_assert (red_codes ("1:4:5:1") [0] == 76);     /* bt601 in the full range */
}
END_TEST

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  return run_suite ("frame", {
      rows_that_are_too_short_are_warned_of, a_short_buffer_is_warned_of_and_passed_on,
      a_claim_that_does_not_hold_is_told_and_nothing_touched, an_odd_claim_that_holds_is_read_to_its_last_byte,
      planes_may_lie_in_memory_of_their_own, colours_are_those_of_the_caps});
}
