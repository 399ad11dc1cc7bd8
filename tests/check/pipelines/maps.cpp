// SPDX-License-Identifier: LGPL-2.1-or-later
// The example attention-maps on pictures, a video and a folder made here. ATTENTION_MAPS names the program.
#include <cstdlib>
#include <string>
#include <vector>

#include "pipeline.h"
#include "program.h"
#include "suite.h"

namespace {

/* The exit status; what it says on stderr goes to *said. */
int
run_maps (std::vector < std::string > arguments, std::string * said)
{
  arguments.insert (arguments.begin (), std::getenv ("ATTENTION_MAPS"));
  const Program maps = run_program (arguments);
  *said = maps.err;
  return maps.status;
}

int
files_in (const std::string & path)
{
  int count = 0;
  if (GDir * dir = g_dir_open (path.c_str (), 0, NULL)) {
    while (g_dir_read_name (dir))
      count++;
    g_dir_close (dir);
  }
  return count;
}

bool
is_there (const std::string & path)
{
  return g_file_test (path.c_str (), G_FILE_TEST_IS_REGULAR);
}

}  // namespace

START_TEST (maps_of_every_kind_of_input)
{
  Folder in, out;
  const std::string frames = in / "walk/frames";
  g_mkdir_with_parents (frames.c_str (), 0755);
  const std::string source =
      "videotestsrc pattern=ball num-buffers=7 ! video/x-raw,width=160,height=120,framerate=25/1 ! ";
  Pipeline (source + "pngenc ! multifilesink location=" + frames + "/%05d.png").play_to_the_end ();
  Pipeline (source + "x264enc ! mp4mux ! filesink location=" + (in / "ball.mp4")).play_to_the_end ();
  Pipeline (source + "jpegenc snapshot=true ! filesink location=" + (in / "still.jpg")).play_to_the_end ();
  g_file_set_contents ((in / "broken.png").c_str (), "no picture", -1, NULL);

  std::string said;
  ck_assert_int_eq (run_maps ({out / "maps", in / "still.jpg", in / "ball.mp4", frames, "--every", "3"}, &said), 0);
  ck_assert_str_eq (said.c_str (), "");
  ck_assert (is_there (out / "maps/still.png"));
  for (const char *name : { "maps/ball/00000.png", "maps/ball/00003.png", "maps/ball/00006.png", "maps/walk/00000.png",
        "maps/walk/00006.png" })
    ck_assert_msg (is_there (out / name), "%s", name);
  ck_assert_int_eq (files_in (out / "maps/ball"), 3);
  ck_assert_int_eq (files_in (out / "maps/walk"), 3);

  /* An 8-bit grey PNG. */
  gchar *png = NULL;
  gsize size = 0;
  ck_assert (g_file_get_contents ((out / "maps/still.png").c_str (), &png, &size, NULL));
  ck_assert_uint_gt (size, 26);
  ck_assert_int_eq (png[24], 8);
  ck_assert_int_eq (png[25], 0);
  g_free (png);

  /* What cannot be read is named, and the rest is done: a broken picture, a missing file, sound alone, a frame of a
   * folder. */
  Pipeline ("audiotestsrc num-buffers=20 ! wavenc ! filesink location=" + (in / "sound.wav")).play_to_the_end ();
  g_file_set_contents ((frames + "/00002.png").c_str (), "no picture", -1, NULL);
  ck_assert_int_eq (run_maps ({out / "rest", in / "broken.png", in / "missing.mp4", in / "sound.wav", frames,
      in / "still.jpg"}, &said), 1);
  for (const char *name : { "broken.png", "missing.mp4", "sound.wav", "00002.png" })
    ck_assert_msg (said.find (name) != std::string::npos, "%s is not named: %s", name, said.c_str ());
  ck_assert (is_there (out / "rest/still.png"));
  ck_assert (!is_there (out / "rest/walk/00002.png"));
  ck_assert_int_eq (files_in (out / "rest/walk"), 6);

  /* No input covers another's maps, and a setting that is none is no default. */
  ck_assert_int_eq (run_maps ({out / "twice", in / "still.jpg", in / "still.jpg"}, &said), 1);
  ck_assert_msg (said.find ("already") != std::string::npos, "%s", said.c_str ());
  for (const char *setting : { "fusion=lerned", "temperature=9999", "nothing=1" })
    ck_assert_int_eq (run_maps ({out / "set", in / "still.jpg", "--set", setting}, &said), 1);
  ck_assert_int_eq (run_maps ({out / "set", in / "still.jpg", "--set", "fusion=product  center-bias=0"}, &said), 0);
}
END_TEST

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  return run_suite ("attention-maps", { maps_of_every_kind_of_input }, 120);
}
