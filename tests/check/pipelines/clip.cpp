// SPDX-License-Identifier: LGPL-2.1-or-later
// A real clip through real pipelines. ATTENTION_TEST_CLIP names it; without one, this is skipped.
#include <gst/video/video.h>

#include <cstdio>
#include <cstdlib>
#include <set>

#include "pipeline.h"
#include "suite.h"

namespace {

constexpr int kSkipped = 77;  // to meson

std::string
clip ()
{
  const char *path = std::getenv ("ATTENTION_TEST_CLIP");
  return path ? path : "";
}

std::string
decoded ()
{
  return "filesrc location=\"" + clip () + "\" ! decodebin ! videoconvert ! video/x-raw,format=I420 ! ";
}

/* What the buffers of a stream said. */
struct Seen
{
  int frames = 0, grids = 0, regions = 0;
  std::set < int > ids;

  void operator () (GstBuffer * buffer)
  {
    frames++;
    grids += gst_buffer_get_custom_meta (buffer, "GstAttentionMeta") != NULL;
    gpointer state = NULL;
    while (GstMeta * meta = gst_buffer_iterate_meta_filtered (buffer, &state,
        GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE)) {
      regions++;
      ids.insert (((GstVideoRegionOfInterestMeta *) meta)->id);
    }
  }
};

}  // namespace

START_TEST (every_frame_is_described)
{
  Pipeline pipeline (decoded () + "attentionfilter name=filter ! fakesink");
  Seen seen;
  pipeline.watch ("filter", seen);
  pipeline.play_to_the_end ();
  ck_assert_int_ge (seen.frames, 100);
  ck_assert_int_eq (seen.grids, seen.frames);
  ck_assert_int_ge (seen.regions, seen.frames);
  /* A region lives for more than a moment. */
  ck_assert_uint_lt (seen.ids.size (), (size_t) seen.regions / 3);
}
END_TEST

START_TEST (seeks_in_mid_stream)
{
  Pipeline pipeline (decoded () + "attentionfilter name=filter ! fakesink name=sink");
  Seen seen;
  pipeline.watch ("filter", seen);
  pipeline.set_state (GST_STATE_PAUSED);
  for (const gint64 at : { 5, 1, 8 }) {
    ck_assert (gst_element_seek_simple (pipeline.get (), GST_FORMAT_TIME,
            (GstSeekFlags) (GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE), at * GST_SECOND));
    pipeline.set_state (GST_STATE_PAUSED);
  }
  pipeline.play_to_the_end ();
  ck_assert_int_ge (seen.frames, 50);
  ck_assert_int_eq (seen.grids, seen.frames);
}
END_TEST

START_TEST (branches_do_not_disturb_each_other)
{
  Pipeline pipeline (decoded () + "tee name=t t. ! queue ! attentionfilter name=a effect=none ! fakesink "
      "t. ! queue ! attentionfilter name=b effect=heatmap ! attentionfilter name=c ! fakesink "
      "t. ! queue ! identity name=plain ! fakesink");
  Seen none, twice, plain;
  pipeline.watch ("a", none);
  pipeline.watch ("c", twice);
  pipeline.watch ("plain", plain);
  pipeline.play_to_the_end ();
  ck_assert_int_eq (none.grids, none.frames);
  ck_assert_int_eq (twice.grids, twice.frames);
  ck_assert_int_eq (none.frames, plain.frames);
  ck_assert_int_eq (plain.grids, 0);
}
END_TEST

START_TEST (pools_to_a_small_picture)
{
  Pipeline pipeline (decoded () + "attentionfilter region-columns=32 region-rows=18 ! video/x-raw,width=32,height=18 ! "
      "identity name=small ! videoconvert ! pngenc ! fakesink");
  GstVideoInfo info;
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, 32, 18);
  struct
  {
    gsize expected;
    int frames = 0, wrong = 0;
    void operator () (GstBuffer * buffer)
    {
      frames++;
      wrong += gst_buffer_get_size (buffer) != expected;
    }
  } counted { GST_VIDEO_INFO_SIZE (&info) };
  pipeline.watch ("small", counted);
  pipeline.play_to_the_end ();
  ck_assert_int_ge (counted.frames, 100);
  ck_assert_int_eq (counted.wrong, 0);
}
END_TEST

START_TEST (plays_inside_playbin)
{
  gchar *uri = gst_filename_to_uri (clip ().c_str (), NULL);
  Pipeline pipeline (std::string ("playbin video-filter=\"attentionfilter\" video-sink=\"fakesink\" "
          "audio-sink=\"fakesink\" uri=") + uri);
  g_free (uri);
  pipeline.play_to_the_end ();
}
END_TEST

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  if (clip ().empty ()) {
    std::printf ("ATTENTION_TEST_CLIP names no clip: skipped\n");
    return kSkipped;
  }
  return run_suite ("pipelines", {
      every_frame_is_described, seeks_in_mid_stream, branches_do_not_disturb_each_other, pools_to_a_small_picture,
      plays_inside_playbin}, 120);
}
