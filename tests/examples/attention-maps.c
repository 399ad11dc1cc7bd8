/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Writes what attentionfilter weighs as 8-bit grey PNG maps: attention-maps OUTDIR INPUT...
 *
 *   a picture             OUTDIR/<stem>.png, from a fresh state
 *   a video               OUTDIR/<stem>/%05d.png, every frame or --every N
 *   a folder of pictures  OUTDIR/<folder>/<picture>.png, taken as a video of --fps frames a second; a folder
 *                         that is called "frames" goes by the name of the folder it is in
 *
 * An input that cannot be read is named on stderr; the rest is still done, and the exit status is 1.
 */
#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>

#include <stdio.h>
#include <string.h>

#include "png.h"

#define PATIENCE (100 * GST_MSECOND)
#define DECODE "filesrc name=file ! decodebin name=decoder ! videoconvert name=pictures ! video/x-raw,format=RGB"
#define WEIGH "attentionfilter name=filter effect=map strength=1 metadata=none post-messages=none ! videoconvert ! " \
    "video/x-raw,format=GRAY8"
#define SINK "appsink name=sink sync=false max-buffers=4"

static int every = 1;
static double fps = 24;
static char *settings = NULL;

/* What is fed and what comes out of one pipeline. */
typedef struct
{
  const char *input;            /* named where something goes wrong */
  GstElement *pipeline;
  GstAppSink *sink;
  GstBus *bus;
} Run;

static gboolean
is_picture (const char *path)
{
  static const char *endings[] = { ".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".gif", ".ppm", ".pgm" };
  char *lower = g_ascii_strdown (path, -1);
  gboolean found = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    found = found || g_str_has_suffix (lower, endings[i]);
  g_free (lower);
  return found;
}

static char *
stem_of (const char *path)
{
  char *stem = g_path_get_basename (path);
  char *dot = strrchr (stem, '.');
  if (dot && dot != stem)
    *dot = '\0';
  return stem;
}

/* One property of --set; says on stderr what is wrong with it. */
static gboolean
apply_setting (GstElement * filter, const char *setting)
{
  char **pair = g_strsplit (setting, "=", 2);
  GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS (filter), pair[0]);
  GValue value = G_VALUE_INIT;
  gboolean good = spec && pair[1];
  if (good) {
    g_value_init (&value, spec->value_type);
    good = gst_value_deserialize_with_pspec (&value, pair[1], spec) && !g_param_value_validate (spec, &value);
  }
  if (good)
    g_object_set_property (G_OBJECT (filter), pair[0], &value);
  else
    g_printerr ("--set: attentionfilter has no property and value '%s'\n", setting);
  if (G_IS_VALUE (&value))
    g_value_unset (&value);
  g_strfreev (pair);
  return good;
}

/* Applies --set "property=value ..." to a filter. */
static gboolean
apply_settings (GstElement * filter)
{
  char **each = g_strsplit (settings ? settings : "", " ", -1);
  gboolean good = TRUE;
  for (char **setting = each; *setting; setting++)
    if (**setting)
      good = apply_setting (filter, *setting) && good;
  g_strfreev (each);
  return good;
}

/* A file without pictures would end neither in a frame nor in an error. */
static void
check_pictures (GstElement * decoder, gpointer pipeline)
{
  GstElement *pictures = gst_bin_get_by_name (GST_BIN (pipeline), "pictures");
  GstPad *pad = gst_element_get_static_pad (pictures, "sink");
  if (!gst_pad_is_linked (pad))
    GST_ELEMENT_ERROR (decoder, STREAM, WRONG_TYPE, ("holds no picture that can be decoded"), (NULL));
  gst_object_unref (pad);
  gst_object_unref (pictures);
}

static gboolean
start (Run * run, const char *launch, const char *input)
{
  GError *error = NULL;
  run->input = input;
  run->pipeline = gst_parse_launch (launch, &error);
  if (error) {
    g_printerr ("%s\n", error->message);
    g_error_free (error);
    return FALSE;
  }
  run->sink = GST_APP_SINK (gst_bin_get_by_name (GST_BIN (run->pipeline), "sink"));
  run->bus = gst_element_get_bus (run->pipeline);
  GstElement *file = gst_bin_get_by_name (GST_BIN (run->pipeline), "file");
  if (file) {
    GstElement *decoder = gst_bin_get_by_name (GST_BIN (run->pipeline), "decoder");
    g_object_set (file, "location", input, NULL);
    g_signal_connect (decoder, "no-more-pads", G_CALLBACK (check_pictures), run->pipeline);
    gst_object_unref (decoder);
    gst_object_unref (file);
  }
  GstElement *filter = gst_bin_get_by_name (GST_BIN (run->pipeline), "filter");
  const gboolean good = !filter || apply_settings (filter);
  g_clear_object (&filter);
  if (good)
    gst_element_set_state (run->pipeline, GST_STATE_PLAYING);
  return good;
}

static void
stop (Run * run)
{
  if (run->pipeline)
    gst_element_set_state (run->pipeline, GST_STATE_NULL);
  g_clear_object (&run->bus);
  g_clear_object (&run->sink);
  g_clear_object (&run->pipeline);
}

/* The next frame; NULL at the end, or after an error, which is named on stderr and makes *failed TRUE. */
static GstSample *
pull (Run * run, gboolean * failed)
{
  for (;;) {
    GstSample *sample = gst_app_sink_try_pull_sample (run->sink, PATIENCE);
    if (sample)
      return sample;
    GstMessage *message = gst_bus_pop_filtered (run->bus, GST_MESSAGE_ERROR);
    if (message) {
      GError *error = NULL;
      gst_message_parse_error (message, &error, NULL);
      g_printerr ("%s: %s\n", run->input, error->message);
      g_error_free (error);
      gst_message_unref (message);
      *failed = TRUE;
      return NULL;
    }
    if (gst_app_sink_is_eos (run->sink))
      return NULL;
  }
}

/* Decodes one picture; NULL, and a line on stderr, where that cannot be done. */
static GstSample *
decode (const char *path)
{
  Run run = { 0 };
  gboolean failed = FALSE;
  GstSample *sample = NULL;
  if (start (&run, DECODE " ! " SINK, path)) {
    sample = pull (&run, &failed);
    if (!sample && !failed)
      g_printerr ("%s: holds no picture\n", path);
  }
  stop (&run);
  return sample;
}

/* Weighs pictures one after the other, as frames of one video; each map goes to the folder, by the stem of its
 * picture. */
static gboolean
write_pictures (const char *input, GPtrArray * pictures, const char *folder)
{
  Run run = { 0 };
  gboolean good = start (&run, "appsrc name=feed format=time ! " WEIGH " ! " SINK, input);
  GstElement *feed = good ? gst_bin_get_by_name (GST_BIN (run.pipeline), "feed") : NULL;
  gboolean failed = !good;
  for (guint i = 0; i < pictures->len && !failed; i++) {
    const char *path = g_ptr_array_index (pictures, i);
    GstSample *picture = decode (path);
    if (!picture) {
      good = FALSE;
      continue;
    }
    GstBuffer *buffer = gst_buffer_copy (gst_sample_get_buffer (picture));
    GST_BUFFER_PTS (buffer) = (GstClockTime) (i * GST_SECOND / fps);
    GST_BUFFER_DURATION (buffer) = (GstClockTime) (GST_SECOND / fps);
    g_object_set (feed, "caps", gst_sample_get_caps (picture), NULL);
    gst_app_src_push_buffer (GST_APP_SRC (feed), buffer);
    gst_sample_unref (picture);
    GstSample *map = pull (&run, &failed);
    if (map && i % every == 0) {
      char *stem = stem_of (path);
      char *name = g_strdup_printf ("%s/%s.png", folder, stem);
      good = png_write (map, name) && good;
      g_free (name);
      g_free (stem);
    }
    if (map)
      gst_sample_unref (map);
  }
  g_clear_object (&feed);
  stop (&run);
  return good && !failed;
}

static gboolean
write_video (const char *input, const char *folder)
{
  Run run = { 0 };
  gboolean good = start (&run, DECODE " ! " WEIGH " ! " SINK, input);
  gboolean failed = !good;
  guint count = 0;
  GstSample *map;
  while (good && (map = pull (&run, &failed))) {
    if (count % every == 0) {
      char *name = g_strdup_printf ("%s/%05u.png", folder, count);
      good = png_write (map, name);
      g_free (name);
    }
    count++;
    gst_sample_unref (map);
  }
  if (good && !failed && count == 0) {
    g_printerr ("%s: holds no picture\n", input);
    good = FALSE;
  }
  stop (&run);
  return good && !failed;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static GPtrArray *
pictures_in (const char *folder)
{
  GPtrArray *pictures = g_ptr_array_new_with_free_func (g_free);
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir)))
    if (is_picture (name))
      g_ptr_array_add (pictures, g_build_filename (folder, name, NULL));
  if (dir)
    g_dir_close (dir);
  g_ptr_array_sort (pictures, by_name);
  return pictures;
}

static char *
name_of_folder (const char *folder)
{
  char *path = g_canonicalize_filename (folder, NULL);
  char *name = g_path_get_basename (path);
  if (strcmp (name, "frames") == 0) {
    char *parent = g_path_get_dirname (path);
    g_free (name);
    name = g_path_get_basename (parent);
    g_free (parent);
  }
  g_free (path);
  return name;
}

/* @done holds the places already written to, so that no input covers another's maps. */
static gboolean
process (const char *outdir, const char *input, GHashTable * done)
{
  const gboolean is_folder = g_file_test (input, G_FILE_TEST_IS_DIR);
  if (!is_folder && !g_file_test (input, G_FILE_TEST_IS_REGULAR)) {
    g_printerr ("%s: there is no such file or folder\n", input);
    return FALSE;
  }
  const gboolean is_still = !is_folder && is_picture (input);
  char *name = is_folder ? name_of_folder (input) : stem_of (input);
  char *folder = is_still ? g_strdup (outdir) : g_build_filename (outdir, name, NULL);
  char *place = g_strconcat (name, is_still ? ".png" : "/", NULL);
  gboolean good = FALSE;
  if (!g_hash_table_add (done, place)) {
    g_printerr ("%s: another input's maps are in %s/%s already; give them an OUTDIR of their own\n", input, outdir,
        name);
  } else if (is_folder || is_still) {
    GPtrArray *pictures = is_folder ? pictures_in (input) : g_ptr_array_new_with_free_func (g_free);
    if (is_still)
      g_ptr_array_add (pictures, g_strdup (input));
    g_mkdir_with_parents (folder, 0755);
    good = pictures->len > 0 && write_pictures (input, pictures, folder);
    if (pictures->len == 0)
      g_printerr ("%s: holds no picture\n", input);
    g_ptr_array_unref (pictures);
  } else {
    g_mkdir_with_parents (folder, 0755);
    good = write_video (input, folder);
  }
  g_free (folder);
  g_free (name);
  return good;
}

int
main (int argc, char **argv)
{
  char **paths = NULL;
  const GOptionEntry entries[] = {
    {"every", 0, 0, G_OPTION_ARG_INT, &every, "Write every Nth frame of a video or folder", "N"},
    {"fps", 0, 0, G_OPTION_ARG_DOUBLE, &fps, "Frames a second of a folder of pictures (24)", "F"},
    {"set", 0, 0, G_OPTION_ARG_STRING, &settings, "Properties of attentionfilter, separated by spaces", "NAME=VALUE"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, NULL},
    {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL}
  };
  GError *error = NULL;
  GOptionContext *context = g_option_context_new ("OUTDIR INPUT...");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  const gboolean understood = g_option_context_parse (context, &argc, &argv, &error);
  g_option_context_free (context);
  if (!understood || !paths || !paths[1] || every < 1 || fps <= 0) {
    g_printerr ("%s\nusage: attention-maps OUTDIR INPUT... [--every N] [--fps F]; N from 1, F above 0\n",
        error ? error->message : "");
    g_clear_error (&error);
    return 2;
  }
  int status = 0;
  GHashTable *done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (char **input = paths + 1; *input; input++)
    if (!process (paths[0], *input, done))
      status = 1;
  g_hash_table_unref (done);
  g_strfreev (paths);
  g_free (settings);
  return status;
}
