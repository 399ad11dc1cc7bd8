// SPDX-License-Identifier: LGPL-2.1-or-later
// The example attention.py says what the metadata and the messages hold. ATTENTION_PY names it, ATTENTION_PYTHON a
// Python with gi.
#include <gst/video/video.h>

#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "pipeline.h"
#include "program.h"
#include "suite.h"

namespace {

constexpr int kSkipped = 77;    // to meson
constexpr const char *kFilter = " ! videoconvert ! attentionfilter name=filter effect=none ! fakesink";

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
constexpr bool kSanitized = __has_feature (address_sanitizer);
#else
constexpr bool kSanitized = false;
#endif

std::string
python ()
{
  const char *path = std::getenv ("ATTENTION_PYTHON");
  return path ? path : "";
}

Program
run (std::vector < std::string > arguments)
{
  arguments.insert (arguments.begin (), { python (), std::getenv ("ATTENTION_PY") });
  return run_program (arguments);
}

template < typename... Values > std::string
text (const char *format, Values... values)
{
  gchar *printed = g_strdup_printf (format, values...);
  const std::string line = printed;
  g_free (printed);
  return line;
}

/* What a field of a structure is, as text. */
std::string
field (const GstStructure * s, const char *name)
{
  const GValue *value = gst_structure_get_value (s, name);
  ck_assert_msg (value != NULL, "no '%s'", name);
  if (G_VALUE_HOLDS_DOUBLE (value))
    return text ("%.3f", g_value_get_double (value));
  if (G_VALUE_HOLDS_UINT64 (value))
    return text ("%.3f", (double) g_value_get_uint64 (value) / GST_SECOND);
  return G_VALUE_HOLDS_UINT (value) ? std::to_string (g_value_get_uint (value)) : g_value_get_string (value);
}

std::string
fields (const char *begin, const GstStructure * s, std::initializer_list < const char *>names)
{
  std::string line = begin;
  for (const char *name : names)
    line += *name == '=' ? name + 1 : field (s, name);
  return line + "\n";
}

std::string
lines_of (GstBuffer * buffer)
{
  const GstStructure *s = gst_custom_meta_get_structure (gst_buffer_get_custom_meta (buffer, "GstAttentionMeta"));
  std::string lines = fields ("frame ", s, { "stream-time", "= peak ", "peak-x", "= ", "peak-y" });
  gpointer state = NULL;
  while (GstMeta * meta = gst_buffer_iterate_meta_filtered (buffer, &state,
      GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE)) {
    auto *roi = (GstVideoRegionOfInterestMeta *) meta;
    lines += "frame " + field (s, "stream-time")
        + text (" region %d at %u,%u %ux%u ", roi->id, roi->x, roi->y, roi->w, roi->h)
        + fields ("", gst_video_region_of_interest_meta_get_param (roi, "roi/attention"),
            { "=weight ", "weight", "= share ", "share" });
  }
  return lines;
}

std::string
lines_of (const GstStructure * s)
{
  const std::string begin = "bus " + field (s, "stream-time") + " ";
  if (gst_structure_has_name (s, "attention-scene-cut"))
    return begin + fields ("scene cut ", s, { "change" });
  std::string lines = begin + fields ("peak ", s, { "peak-x", "= ", "peak-y", "= coverage ", "coverage" });
  for (const char *which : { "regions", "ended" }) {
    const GValue *array = gst_structure_get_value (s, which);
    for (guint i = 0; i < gst_value_array_get_size (array); i++)
      lines += begin + fields ("", gst_value_get_structure (gst_value_array_get_value (array, i)),
          { "event", "= region ", "id", "= at ", "x", "=,", "y", "= ", "width", "=x", "height", "= seen for ",
              "duration" });
  }
  return lines;
}

/* What attention.py should say of buffers and of messages. */
void
watch (const std::string & launch, std::string * frames, std::string * bus)
{
  Pipeline pipeline (launch);
  auto note = [&](GstBuffer * buffer) { *frames += lines_of (buffer); };
  pipeline.watch ("filter", note);
  gst_element_set_state (pipeline.get (), GST_STATE_PLAYING);
  GstBus *messages = gst_element_get_bus (pipeline.get ());
  for (bool ended = false; !ended;) {
    GstMessage *message = gst_bus_timed_pop_filtered (messages, GST_CLOCK_TIME_NONE,
        (GstMessageType) (GST_MESSAGE_ELEMENT | GST_MESSAGE_EOS | GST_MESSAGE_ERROR));
    ended = GST_MESSAGE_TYPE (message) != GST_MESSAGE_ELEMENT;
    if (!ended)
      *bus += lines_of (gst_message_get_structure (message));
    gst_message_unref (message);
  }
  gst_object_unref (messages);
}

/* The lines of buffers and of messages come from two threads. */
std::string
lines_that_begin (const std::string & all, const std::string & begin)
{
  std::istringstream in (all);
  std::string lines;
  for (std::string line; std::getline (in, line);)
    if (line.compare (0, begin.size (), begin) == 0)
      lines += line + "\n";
  return lines;
}

void
check_lines (const Program & said, const std::string & begin, const std::string & expected)
{
  const std::string lines = lines_that_begin (said.out, begin);
  ck_assert_msg (lines == expected, "%sinstead of\n%s", lines.c_str (), expected.c_str ());
}

/* Twenty frames, and as many of another scene. */
std::string
film (Folder & folder)
{
  const std::string pictures = folder / "%05d.png";
  for (const char *pattern : { "ball", "smpte75" })
    Pipeline (std::string ("videotestsrc num-buffers=20 pattern=") + pattern
        + " ! video/x-raw,width=160,height=120,framerate=25/1 ! "
        "pngenc ! multifilesink location=" + pictures + (*pattern == 'b' ? "" : " index=20")).play_to_the_end ();
  return "multifilesrc location=" + pictures + " caps=image/png,framerate=25/1 ! pngdec";
}

}  // namespace

START_TEST (a_source_and_its_cut)
{
  Folder folder;
  const std::string source = film (folder);
  std::string frames, bus;
  watch (source + kFilter, &frames, &bus);
  ck_assert (frames.find (" region ") != std::string::npos);
  for (const char *event : { "scene cut", "begin", "update", "end" })
    ck_assert_msg (bus.find (event) != std::string::npos, "no %s: %s", event, bus.c_str ());
  const Program said = run ({source});
  ck_assert_msg (said.status == 0 && said.err.empty (), "%s", said.err.c_str ());
  check_lines (said, "frame", frames);
  check_lines (said, "bus", bus);
  ck_assert_uint_eq (said.out.size (), frames.size () + bus.size ());
}
END_TEST

/* The first frames of a longer file are those of a shorter one. */
START_TEST (a_file_and_a_number_of_frames)
{
  Folder folder;
  for (const char *n : { "5", "20" })
    Pipeline (std::string ("videotestsrc num-buffers=") + n
        + " pattern=ball ! video/x-raw,width=160,height=120,framerate=25/1 ! jpegenc ! "
        "avimux ! filesink location=\"" + (folder / "a ball ") + n + "\"").play_to_the_end ();
  std::string frames, bus;
  watch ("filesrc location=\"" + (folder / "a ball 5") + "\" ! decodebin" + kFilter, &frames, &bus);
  ck_assert (!frames.empty () && !bus.empty ());
  for (const int n : { 0, 5 }) {
    const Program said = run ({"--frames", std::to_string (n), folder / "a ball 20"});
    ck_assert_msg (said.status == 0 && said.err.empty (), "%s", said.err.c_str ());
    check_lines (said, "frame", n == 0 ? "" : frames);
    check_lines (said, "bus", n == 0 ? "" : bus);
  }
}
END_TEST

START_TEST (what_cannot_be_played_is_said)
{
  Folder folder;
  const std::string file = folder / "broken.mp4";
  g_file_set_contents (file.c_str (), "no video", -1, NULL);
  for (const std::string & source : { file, std::string ("nosuchsource"),
      std::string ("filesrc location=/no/such/file ! decodebin") }) {
    const Program said = run ({source});
    ck_assert_int_eq (said.status, 1);
    ck_assert_str_eq (said.out.c_str (), "");
    ck_assert (!said.err.empty ());
    ck_assert_msg (said.err.find ("Traceback") == std::string::npos, "%s", said.err.c_str ());
  }
}
END_TEST

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  if (python ().empty () || kSanitized) {
    std::puts (kSanitized ? "Python is not sanitized, so it cannot load a plugin that is: skipped" :
        "there is no Python with gi, install python3-gi: skipped");
    return kSkipped;
  }
  return run_suite ("attention.py", {
      a_source_and_its_cut, a_file_and_a_number_of_frames, what_cannot_be_played_is_said}, 120);
}
