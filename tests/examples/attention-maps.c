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

#define FILTER "videoconvert ! video/x-raw,format=RGB ! attentionfilter name=filter effect=map strength=1 metadata=none " \
    "post-messages=none ! videoconvert ! video/x-raw,format=GRAY8 ! appsink name=maps sync=false max-buffers=4"

#define PATIENCE (100 * GST_MSECOND)

static int every = 1;
static double fps = 24;
static char *settings = NULL;

static gboolean
is_picture (const char *path)
{
  static const char *endings[] = { ".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff" };
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

/* Applies --set "property=value ...". */
static gboolean
apply_settings (GstElement * pipeline)
{
  if (!settings)
    return TRUE;
  GstElement *filter = gst_bin_get_by_name (GST_BIN (pipeline), "filter");
  char **pairs = g_strsplit (settings, " ", -1);
  gboolean good = TRUE;
  for (char **pair = pairs; *pair; pair++) {
    char *value = strchr (*pair, '=');
    if (value)
      *value++ = '\0';
    if (!value || !g_object_class_find_property (G_OBJECT_GET_CLASS (filter), *pair)) {
      g_printerr ("--set: '%s' is no property=value of attentionfilter\n", *pair);
      good = FALSE;
    } else {
      gst_util_set_object_arg (G_OBJECT (filter), *pair, value);
    }
  }
  g_strfreev (pairs);
  gst_object_unref (filter);
  return good;
}

/* Where the map of frame number @index goes; NULL where it is not wanted. */
typedef char *(*NameMap) (const char *folder, const GPtrArray * pictures, guint index);

static char *
name_of_picture (const char *folder, const GPtrArray * pictures, guint index)
{
  (void) pictures;
  return index == 0 ? g_strconcat (folder, ".png", NULL) : NULL;
}

static char *
name_of_frame (const char *folder, const GPtrArray * pictures, guint index)
{
  (void) pictures;
  return index % every == 0 ? g_strdup_printf ("%s/%05u.png", folder, index) : NULL;
}

static char *
name_of_member (const char *folder, const GPtrArray * pictures, guint index)
{
  if (index >= pictures->len || index % every != 0)
    return NULL;
  char *stem = stem_of (g_ptr_array_index (pictures, index));
  char *name = g_strdup_printf ("%s/%s.png", folder, stem);
  g_free (stem);
  return name;
}

/* Names an error of the pipeline on stderr; FALSE where there is none. */
static gboolean
has_failed (GstBus * bus, const char *input)
{
  GstMessage *message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  if (!message)
    return FALSE;
  GError *error = NULL;
  gst_message_parse_error (message, &error, NULL);
  g_printerr ("%s: %s\n", input, error->message);
  g_error_free (error);
  gst_message_unref (message);
  return TRUE;
}

/* Runs the pipeline to its end; its "feed", if it has one, is given the @pictures as it goes. */
static gboolean
write_maps (GstElement * pipeline, const char *input, const char *folder, GPtrArray * pictures, NameMap name)
{
  GstElement *maps = gst_bin_get_by_name (GST_BIN (pipeline), "maps");
  GstElement *feed = gst_bin_get_by_name (GST_BIN (pipeline), "feed");
  gboolean good = apply_settings (pipeline);
  guint count = 0;
  guint fed = 0;
  GstBus *bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (good) {
    if (feed && fed < pictures->len) {
      const char *path = g_ptr_array_index (pictures, fed);
      char *data;
      gsize size;
      if (!g_file_get_contents (path, &data, &size, NULL)) {
        g_printerr ("%s cannot be read\n", path);
        good = FALSE;
        break;
      }
      GstBuffer *buffer = gst_buffer_new_wrapped (data, size);
      GST_BUFFER_PTS (buffer) = (GstClockTime) (fed * GST_SECOND / fps);
      GST_BUFFER_DURATION (buffer) = (GstClockTime) (GST_SECOND / fps);
      gst_app_src_push_buffer (GST_APP_SRC (feed), buffer);
      if (++fed == pictures->len)
        gst_app_src_end_of_stream (GST_APP_SRC (feed));
    }
    GstSample *sample = gst_app_sink_try_pull_sample (GST_APP_SINK (maps), feed && fed < pictures->len ? 0 : PATIENCE);
    if (sample) {
      const GstClockTime time = GST_BUFFER_PTS (gst_sample_get_buffer (sample));
      const guint index = feed ? (guint) (GST_CLOCK_TIME_IS_VALID (time) ? time * fps / GST_SECOND + 0.5 : count) : count;
      char *path = name (folder, pictures, index);
      if (path)
        good = png_write (sample, path);
      g_free (path);
      gst_sample_unref (sample);
      count++;
    } else if (gst_app_sink_is_eos (GST_APP_SINK (maps))) {
      break;
    } else {
      good = !has_failed (bus, input);
    }
  }
  if (good && (has_failed (bus, input) || count == 0)) {
    if (count == 0)
      g_printerr ("%s: holds no picture\n", input);
    good = FALSE;
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (bus);
  gst_object_unref (maps);
  if (feed)
    gst_object_unref (feed);
  return good;
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

static gboolean
process (const char *outdir, const char *input)
{
  const gboolean is_folder = g_file_test (input, G_FILE_TEST_IS_DIR);
  const gboolean is_still = !is_folder && is_picture (input);
  char *name = is_folder ? name_of_folder (input) : stem_of (input);
  char *folder = g_build_filename (outdir, name, NULL);
  GPtrArray *pictures = is_folder ? pictures_in (input) : NULL;
  GError *error = NULL;
  GstElement *pipeline = gst_parse_launch (is_folder ? "appsrc name=feed format=time ! decodebin ! " FILTER
      : "filesrc name=file ! decodebin ! " FILTER, &error);
  gboolean good = FALSE;

  if (error) {
    g_printerr ("%s\n", error->message);
    g_error_free (error);
  } else if (is_folder && pictures->len == 0) {
    g_printerr ("%s: holds no picture\n", input);
  } else {
    g_mkdir_with_parents (is_still ? outdir : folder, 0755);
    if (!is_folder) {
      GstElement *file = gst_bin_get_by_name (GST_BIN (pipeline), "file");
      g_object_set (file, "location", input, NULL);
      gst_object_unref (file);
    }
    good = write_maps (pipeline, input, folder, pictures, is_folder ? name_of_member : is_still ? name_of_picture : name_of_frame);
  }
  if (pipeline)
    gst_object_unref (pipeline);
  if (pictures)
    g_ptr_array_unref (pictures);
  g_free (folder);
  g_free (name);
  return good;
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    {"every", 0, 0, G_OPTION_ARG_INT, &every, "Write every Nth frame of a video", "N"},
    {"fps", 0, 0, G_OPTION_ARG_DOUBLE, &fps, "Frames a second of a folder of pictures (24)", "F"},
    {"set", 0, 0, G_OPTION_ARG_STRING, &settings, "Properties of attentionfilter, separated by spaces", "NAME=VALUE"},
    {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL}
  };
  GError *error = NULL;
  GOptionContext *context = g_option_context_new ("OUTDIR INPUT...");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  const gboolean understood = g_option_context_parse (context, &argc, &argv, &error);
  g_option_context_free (context);
  if (!understood || argc < 3 || every < 1 || fps <= 0) {
    g_printerr ("%s\nusage: attention-maps OUTDIR INPUT... [--every N] [--fps F]; N from 1, F above 0\n", error ? error->message : "");
    g_clear_error (&error);
    return 2;
  }
  int status = 0;
  for (int i = 2; i < argc; i++)
    if (!process (argv[1], argv[i]))
      status = 1;
  g_free (settings);
  return status;
}
