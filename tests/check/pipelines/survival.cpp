// SPDX-License-Identifier: LGPL-2.1-or-later
// What other elements leave of our metadata: measured, and compared with the table of docs/metadata.md, which
// ATTENTION_METADATA_DOC names. ATTENTION_SURVIVAL_TABLE names a file to write the measured table to.
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <sstream>

#include "gst/chain.h"
#include "gst/frames.h"
#include "suite.h"

namespace {

constexpr int kFrames = 12;

/* In shares of the frame. */
struct Box
{
  double x_min, x_max, y_min, y_max;
};

/* Where a box of the frame that was analysed is seen. */
using Place = std::function < Box (const Box &) >;

const Place kSame = [](const Box & b) { return b; };

struct Row
{
  const char *element;  // as the table says it
  const char *launch;
  Place place = kSame;
  bool crops_downstream = false;
  bool raw = true;
};

Box
within (double left, double top, double width, double height, const Box & b)
{
  const auto share = [](double at, double first, double length) {
    return std::clamp ((at - first) / length, 0.0, 1.0);
  };
  return {share (b.x_min, left, width), share (b.x_max, left, width), share (b.y_min, top, height),
      share (b.y_max, top, height)};
}

const Place kCropped = [](const Box & b) { return within (0.125, 1.0 / 9, 0.75, 7.0 / 9, b); };

const std::vector < Row > kRows = {
  {"`videoconvert`", "videoconvert ! video/x-raw,format=NV12"},
  {"`videoscale`, the shape of the display kept", "videoscale ! video/x-raw,width=640,height=90"},
  {"`videoscale`, with borders", "videoscale ! video/x-raw,width=320,height=320,pixel-aspect-ratio=1/1",
    [](const Box & b) { return within (0, -0.5 * 140 / 180, 1, 320.0 / 180, b); }},
  {"`videoscale add-borders=false`, stretched",
      "videoscale add-borders=false ! video/x-raw,width=320,height=320,pixel-aspect-ratio=1/1"},
  {"`videorate`", "videorate ! video/x-raw,framerate=50/1"},
  {"`tee`, `queue`", "tee ! queue"},
  {"`videocrop`", "videocrop left=40 right=40 top=20 bottom=20", kCropped},
  {"`videocrop` where downstream crops (`GstVideoCropMeta`)", "videocrop left=40 right=40 top=20 bottom=20", kCropped,
      true},
  {"`videoflip video-direction=horiz`", "videoflip video-direction=horiz",
    [](const Box & b) { return Box {1 - b.x_max, 1 - b.x_min, b.y_min, b.y_max}; }},
  {"`videoflip video-direction=90r`", "videoflip video-direction=90r",
    [](const Box & b) { return Box {1 - b.y_max, 1 - b.y_min, b.x_min, b.x_max}; }},
  {"`videoflip video-direction=identity`", "videoflip video-direction=identity"},
  {"`deinterlace`, of progressive frames", "deinterlace"},
  {"`deinterlace mode=interlaced`", "deinterlace mode=interlaced fields=top"},
  {"`compositor`", "compositor"},
  {"`x264enc`", "x264enc", kSame, false, false},
  {"`x264enc`, `h264parse`", "x264enc ! h264parse", kSame, false, false},
  {"`x264enc`, `h264parse`, `avdec_h264`", "x264enc ! h264parse ! avdec_h264"},
  {"`vp8enc`", "vp8enc deadline=1", kSame, false, false},
  {"`vp8enc`, `vp8dec`", "vp8enc deadline=1 ! vp8dec"},
  {"`jpegenc`", "jpegenc", kSame, false, false},
  {"`jpegenc`, `jpegparse`", "jpegenc ! jpegparse", kSame, false, false},
  {"`jpegenc`, `jpegparse`, `jpegdec`", "jpegenc ! jpegparse ! jpegdec"},
};

const char kHeader[] =
    "| behind | ROI boxes | their params | `GstAttentionMeta` | ROIs and params behind `attentionroi` |";

bool
is_installed (const std::string & launch)
{
  std::istringstream words ("attentionfilter ! " + launch);
  bool first = true;
  for (std::string word; words >> word;) {
    const bool is_element = first && word.find ('/') == std::string::npos;
    first = word == "!";
    if (!is_element)
      continue;
    GstElementFactory *factory = gst_element_factory_find (word.c_str ());
    if (!factory)
      return false;
    gst_object_unref (factory);
  }
  return true;
}

/* What the filter says of a picture that stands still. */
struct Truth
{
  std::vector < Box > boxes;
  std::vector < int > ids;
  std::vector < double > weights;
  std::vector < guint8 > grid;
  double peak_x, peak_y;
};

Frame
still (int number)
{
  Frame frame;
  frame.x = 0.35;
  frame.y = 0.4;
  frame.number = (guint64) number;
  return frame;
}

void
play (Chain & chain)
{
  chain.set_caps (still (0).caps () + ",pixel-aspect-ratio=1/1");
  for (int i = 0; i < kFrames; i++)
    ck_assert_int_eq (gst_harness_push (chain.harness (), still (i).make ()), GST_FLOW_OK);
}

Truth
truth ()
{
  Chain plain ("attentionfilter effect=none");
  play (plain);
  GstBuffer *out = plain.finish ().back ();
  Truth t;
  t.grid = grid_of (out);
  t.peak_x = number_in (attention_meta (out), "peak-x");
  t.peak_y = number_in (attention_meta (out), "peak-y");
  for (GstVideoRegionOfInterestMeta * roi : regions_of (out)) {
    const GstStructure *d = gst_video_region_of_interest_meta_get_param (roi, "detection");
    t.boxes.push_back ({number_in (d, "x_min"), number_in (d, "x_max"), number_in (d, "y_min"),
        number_in (d, "y_max")});
    t.ids.push_back (roi->id);
    t.weights.push_back (number_in (d, "confidence"));
  }
  ck_assert_uint_ge (t.boxes.size (), 1);
  return t;
}

bool
is_near (double a, double b, double tolerance)
{
  return std::abs (a - b) <= tolerance;
}

/* Within two pixels. */
bool
holds (const GstVideoRegionOfInterestMeta * roi, const Box & box, const GstVideoInfo & info)
{
  return is_near (roi->x, box.x_min * info.width, 2) && is_near (roi->x + roi->w, box.x_max * info.width, 2)
      && is_near (roi->y, box.y_min * info.height, 2) && is_near (roi->y + roi->h, box.y_max * info.height, 2);
}

const char *
boxes_are (GstBuffer * buffer, const Truth & t, const Row & row, const GstVideoInfo & info)
{
  const auto regions = regions_of (buffer);
  if (regions.empty ())
    return "none";
  bool good = regions.size () == t.boxes.size ();
  for (gsize i = 0; good && i < regions.size (); i++)
    good = regions[i]->id == t.ids[i] && holds (regions[i], row.place (t.boxes[i]), info);
  return good ? "true" : "wrong";
}

const char *
params_are (GstBuffer * buffer, const Truth & t, const Row & row)
{
  const auto regions = regions_of (buffer);
  int with = 0;
  bool good = regions.size () == t.boxes.size ();
  for (gsize i = 0; i < regions.size (); i++) {
    const GstStructure *a = gst_video_region_of_interest_meta_get_param (regions[i], "roi/attention");
    const GstStructure *d = gst_video_region_of_interest_meta_get_param (regions[i], "detection");
    if (!a || !d)
      continue;
    with++;
    const Box box = good ? row.place (t.boxes[i]) : Box ();
    good = good && is_near (number_in (a, "weight"), t.weights[i], 1e-6)
        && is_near (number_in (d, "x_min"), box.x_min, 1e-6)
        && is_near (number_in (d, "x_max"), box.x_max, 1e-6) && is_near (number_in (d, "y_min"), box.y_min, 1e-6)
        && is_near (number_in (d, "y_max"), box.y_max, 1e-6);
  }
  return with == 0 ? "none" : good ? "true" : "wrong";
}

/* It is in shares of the frame: true as long as the frame shows the whole picture and nothing else, upright. */
const char *
meta_is (Chain & chain, GstBuffer * buffer, const Truth & t, const Row & row)
{
  const GstStructure *s = attention_meta (buffer);
  if (!s)
    return "none";
  GstClockTime time;
  ck_assert (gst_structure_get (s, "stream-time", GST_TYPE_CLOCK_TIME, &time, NULL));
  /* What videorate repeats is as old as one frame. */
  bool good = std::abs (GST_CLOCK_DIFF (time, chain.stream_time (buffer))) < (GstClockTimeDiff) kFrameTime;
  const Box box {0.25, 0.5, 0.25, 0.5}, placed = row.place (box);
  good = good && is_near (box.x_min, placed.x_min, 1e-6) && is_near (box.x_max, placed.x_max, 1e-6)
      && is_near (box.y_min, placed.y_min, 1e-6) && is_near (box.y_max, placed.y_max, 1e-6);
  good = good && grid_of (buffer) == t.grid && number_in (s, "peak-x") == t.peak_x
      && number_in (s, "peak-y") == t.peak_y;
  return good ? "true" : "wrong";
}

/* Whether the bright samples of the patch are where the row says: the elements do what the truth is built on. */
bool
shows_patch_at (GstBuffer * buffer, const Box & box, const GstVideoInfo & info)
{
  GstVideoFrame frame;
  ck_assert (GST_VIDEO_INFO_IS_YUV (&info) && gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ));
  const gpointer luma = GST_VIDEO_FRAME_COMP_DATA (&frame, 0);
  int left = info.width, right = 0, top = info.height, bottom = 0;
  for (int y = 0; y < info.height; y++)
    for (int x = 0; x < info.width; x++)
      if (((const guint8 *) luma)[y * GST_VIDEO_FRAME_COMP_STRIDE (&frame, 0) + x] > 180) {
        left = std::min (left, x);
        right = std::max (right, x + 1);
        top = std::min (top, y);
        bottom = std::max (bottom, y + 1);
      }
  gst_video_frame_unmap (&frame);
  return is_near (left, box.x_min * info.width, 6) && is_near (right, box.x_max * info.width, 6)
      && is_near (top, box.y_min * info.height, 6) && is_near (bottom, box.y_max * info.height, 6);
}

/* Of all buffers, or "varies". */
std::string
verdict (const std::vector < GstBuffer * > &buffers, const std::function < const char * (GstBuffer *) > &of)
{
  ck_assert_uint_ge (buffers.size (), 1);
  /* Identities and weights are those of the last frame once they have come to rest. */
  std::string all = of (buffers.back ());
  for (gsize i = buffers.size () / 2; i < buffers.size (); i++)
    if (all != of (buffers[i]))
      return "varies";
  return all;
}

std::string
measured (const Row & row, const Truth & t)
{
  using Look = std::function < void (Chain &, const GstVideoInfo &) >;
  const auto chain_of = [&](const std::string & launch, const Look & look) {
    Chain chain (launch);
    if (row.crops_downstream) {
      gst_harness_add_propose_allocation_meta (chain.harness (), GST_VIDEO_META_API_TYPE, NULL);
      gst_harness_add_propose_allocation_meta (chain.harness (), GST_VIDEO_CROP_META_API_TYPE, NULL);
    }
    play (chain);
    chain.finish ();
    look (chain, chain.info ());
  };
  const std::string launch = std::string ("attentionfilter effect=none ! ") + row.launch + " ! ";
  std::string line = std::string ("| ") + row.element;
  chain_of (launch + "identity", [&](Chain & chain, const GstVideoInfo & info) {
        const auto & out = chain.finish ();
        if (row.raw && !row.crops_downstream) {
          const Frame f = still (0);
          const Box patch = row.place ({f.x - f.size, f.x + f.size, f.y - f.size, f.y + f.size});
          ck_assert_msg (shows_patch_at (out.back (), patch, info), "%s shows another picture", row.launch);
        }
        line += " | " + verdict (out, [&](GstBuffer * b) { return boxes_are (b, t, row, info); });
        line += " | " + verdict (out, [&](GstBuffer * b) { return params_are (b, t, row); });
        line += " | " + verdict (out, [&](GstBuffer * b) { return meta_is (chain, b, t, row); });
      });
  if (!row.raw)
    return line + " | – |";
  chain_of (launch + "attentionroi", [&](Chain & chain, const GstVideoInfo & info) {
        const auto & out = chain.finish ();
        const std::string boxes = verdict (out, [&](GstBuffer * b) { return boxes_are (b, t, row, info); });
        const std::string params = verdict (out, [&](GstBuffer * b) { return params_are (b, t, row); });
        line += " | " + (boxes == params ? boxes : boxes + ", params " + params) + " |";
      });
  return line;
}

bool
is_documented_version ()
{
  guint major, minor, micro, nano;
  gst_version (&major, &minor, &micro, &nano);
  return major == 1 && minor == 22;
}

std::vector < std::string >
documented ()
{
  const char *path = std::getenv ("ATTENTION_METADATA_DOC");
  ck_assert_msg (path != NULL, "ATTENTION_METADATA_DOC names no file");
  std::ifstream file (path);
  std::vector < std::string > lines;
  for (std::string line; std::getline (file, line);)
    lines.push_back (line);
  return lines;
}

}  // namespace

/* Behind attentionroi places are true, or nothing is told of them. */
START_TEST (behind_attentionroi_all_is_true_or_absent)
{
  const Truth t = truth ();
  for (const Row & row : kRows) {
    if (!row.raw || !is_installed (row.launch))
      continue;
    const std::string line = measured (row, t);
    const std::string last = line.substr (line.rfind ('|', line.size () - 2));
    ck_assert_msg (last == "| true |" || last == "| none |", "%s", line.c_str ());
  }
}
END_TEST

START_TEST (the_documented_table_is_what_is_measured)
{
  const Truth t = truth ();
  std::vector < std::string > lines = {kHeader, "|---|---|---|---|---|"};
  for (const Row & row : kRows) {
    if (is_installed (row.launch))
      lines.push_back (measured (row, t));
    else
      g_printerr ("not installed: %s\n", row.launch);
  }
  if (const char *path = std::getenv ("ATTENTION_SURVIVAL_TABLE")) {
    std::ofstream file (path);
    for (const std::string & line : lines)
      file << line << "\n";
  }
  if (!is_documented_version ())
    return;
  const std::vector < std::string > doc = documented ();
  for (const std::string & line : lines)
    ck_assert_msg (std::find (doc.begin (), doc.end (), line) != doc.end (), "docs/metadata.md lacks: %s",
        line.c_str ());
}
END_TEST

/* What an element upstream leaves to be cropped is analysed cropped. */
START_TEST (crops_come_before_the_analysis)
{
  std::vector < guint8 > grids[2];
  for (const bool downstream : { false, true }) {
    Chain chain ("videocrop left=160 ! attentionfilter effect=none");
    if (downstream) {
      gst_harness_add_propose_allocation_meta (chain.harness (), GST_VIDEO_META_API_TYPE, NULL);
      gst_harness_add_propose_allocation_meta (chain.harness (), GST_VIDEO_CROP_META_API_TYPE, NULL);
    }
    Frame frame;
    frame.x = 0.7;
    chain.set_caps (frame.caps ());
    grids[downstream] = grid_of (chain.run (frame.make ()));
  }
  ck_assert (grids[0] == grids[1]);
}
END_TEST

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  return run_suite ("survival", {
      crops_come_before_the_analysis, behind_attentionroi_all_is_true_or_absent,
      the_documented_table_is_what_is_measured}, 300);
}
