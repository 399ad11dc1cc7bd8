/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Shows what attentionfilter makes of a video: demo FOLDER [FILE]
 *
 * Writes FOLDER/attention.mp4 (the original beside dim beside heatmap), FOLDER/attention.jsonl (one line a frame) and
 * FOLDER/attention.png (one frame of the video). Without FILE, a test picture moves.
 */
#include <gst/gst.h>
#include <json-glib/json-glib.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "png.h"

#define WIDTH "640"
#define PNG_AT 0.35              /* of the duration */

static const char filters[] =
    "videoconvert ! videoscale ! video/x-raw,format=I420,width=" WIDTH ",height=[2,8192,2],pixel-aspect-ratio=1/1 ! "
    "progressreport update-freq=1 ! tee name=frames "
    "compositor name=beside background=black sink_1::xpos=640 sink_2::xpos=1280 ! video/x-raw,format=I420 ! "
    "identity name=composed ! x264enc speed-preset=veryfast bitrate=4000 ! mp4mux ! filesink name=video "
    "frames. ! queue ! beside.sink_0 "
    "frames. ! queue ! attentionfilter post-messages=all ! beside.sink_1 "
    "frames. ! queue ! attentionfilter effect=heatmap post-messages=none ! beside.sink_2";

typedef struct
{
  GstElement *pipeline;
  FILE *lines;
  GstClockTime written;         /* the frame of the last line */
  GstSample *picture;           /* the frame for the PNG */
} Demo;

/* Keeps the last frame that is not behind PNG_AT. */
static GstPadProbeReturn
keep_picture (GstPad * pad, GstPadProbeInfo * info, gpointer user_data)
{
  Demo *demo = (Demo *) user_data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  gint64 duration = 0;
  gst_element_query_duration (demo->pipeline, GST_FORMAT_TIME, &duration);
  if (demo->picture && GST_BUFFER_PTS (buffer) > PNG_AT * duration)
    return GST_PAD_PROBE_REMOVE;
  GstCaps *caps = gst_pad_get_current_caps (pad);
  if (demo->picture)
    gst_sample_unref (demo->picture);
  demo->picture = gst_sample_new (buffer, caps, NULL, NULL);
  gst_caps_unref (caps);
  return GST_PAD_PROBE_OK;
}

/* A structure as a JSON object; GStreamer's names are already good ones. */
static JsonNode *
to_json (const GstStructure * structure)
{
  JsonObject *object = json_object_new ();
  for (int i = 0; i < gst_structure_n_fields (structure); i++) {
    const char *name = gst_structure_nth_field_name (structure, i);
    const GValue *value = gst_structure_get_value (structure, name);
    if (GST_VALUE_HOLDS_ARRAY (value)) {
      JsonArray *array = json_array_new ();
      for (guint k = 0; k < gst_value_array_get_size (value); k++)
        json_array_add_element (array, to_json (gst_value_get_structure (gst_value_array_get_value (value, k))));
      json_object_set_array_member (object, name, array);
    } else if (G_VALUE_HOLDS_DOUBLE (value)) {
      json_object_set_double_member (object, name, g_value_get_double (value));
    } else if (G_VALUE_HOLDS_STRING (value)) {
      json_object_set_string_member (object, name, g_value_get_string (value));
    } else if (G_VALUE_HOLDS_UINT (value)) {
      json_object_set_int_member (object, name, g_value_get_uint (value));
    } else if (G_VALUE_HOLDS_UINT64 (value)) {
      if (GST_CLOCK_TIME_IS_VALID (g_value_get_uint64 (value)))
        json_object_set_int_member (object, name, (gint64) g_value_get_uint64 (value));
      else
        json_object_set_null_member (object, name);
    }
  }
  JsonNode *node = json_node_alloc ();
  json_node_init_object (node, object);
  json_object_unref (object);
  return node;
}

/* At the end of the stream the last frame comes again, without the regions that ended with it. */
static void
write_line (Demo * demo, const GstStructure * seen)
{
  GstClockTime pts;
  if (!gst_structure_get_clock_time (seen, "timestamp", &pts) || pts == demo->written)
    return;
  demo->written = pts;
  GstStructure *line = gst_structure_new_empty ("line");
  gst_structure_set_value (line, "pts", gst_structure_get_value (seen, "timestamp"));
  static const char *fields[] = { "peak-x", "peak-y", "coverage", "regions" };
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    gst_structure_set_value (line, fields[i], gst_structure_get_value (seen, fields[i]));
  JsonNode *node = to_json (line);
  char *text = json_to_string (node, FALSE);
  fprintf (demo->lines, "%s\n", text);
  g_free (text);
  json_node_unref (node);
  gst_structure_free (line);
}

static gboolean
run (Demo * demo)
{
  gboolean running = TRUE;
  gboolean good = FALSE;
  GstBus *bus = gst_element_get_bus (demo->pipeline);
  gst_element_set_state (demo->pipeline, GST_STATE_PLAYING);
  while (running) {
    GstMessage *message = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE,
        (GstMessageType) (GST_MESSAGE_ELEMENT | GST_MESSAGE_EOS | GST_MESSAGE_ERROR));
    if (gst_message_has_name (message, "attentionfilter")) {
      write_line (demo, gst_message_get_structure (message));
    } else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
      GError *error = NULL;
      gst_message_parse_error (message, &error, NULL);
      g_printerr ("%s: %s\n", GST_MESSAGE_SRC_NAME (message), error->message);
      g_error_free (error);
      running = FALSE;
    } else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS) {
      running = FALSE;
      good = TRUE;
    }
    gst_message_unref (message);
  }
  gst_element_set_state (demo->pipeline, GST_STATE_NULL);
  gst_object_unref (bus);
  return good;
}

static void
set_location (GstElement * pipeline, const char *name, const char *path)
{
  GstElement *element = gst_bin_get_by_name (GST_BIN (pipeline), name);
  g_object_set (element, "location", path, NULL);
  gst_object_unref (element);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  if (argc < 2 || argc > 3) {
    g_printerr ("usage: %s FOLDER [FILE]\n", argv[0]);
    return 2;
  }
  g_mkdir_with_parents (argv[1], 0755);
  char *video = g_build_filename (argv[1], "attention.mp4", NULL);
  char *jsonl = g_build_filename (argv[1], "attention.jsonl", NULL);
  char *png = g_build_filename (argv[1], "attention.png", NULL);
  char *launch = g_strconcat (argc == 3 ? "filesrc name=file ! decodebin ! " :
      "videotestsrc pattern=ball num-buffers=150 ! ", filters, NULL);
  GError *error = NULL;
  Demo demo = { gst_parse_launch (launch, &error), fopen (jsonl, "w"), GST_CLOCK_TIME_NONE, NULL };
  gboolean good = FALSE;

  if (error) {
    g_printerr ("%s\n", error->message);
  } else if (!demo.lines) {
    g_printerr ("%s: %s\n", jsonl, strerror (errno));
  } else {
    if (argc == 3)
      set_location (demo.pipeline, "file", argv[2]);
    set_location (demo.pipeline, "video", video);
    GstElement *composed = gst_bin_get_by_name (GST_BIN (demo.pipeline), "composed");
    GstPad *pad = gst_element_get_static_pad (composed, "src");
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, keep_picture, &demo, NULL);
    gst_object_unref (pad);
    gst_object_unref (composed);
    good = run (&demo) && png_write (demo.picture, png);
  }
  if (good)
    g_print ("%s  the original, dim and heatmap side by side\n"
        "%s  the peak and the regions of every frame\n%s  one frame\n", video, jsonl, png);

  g_clear_error (&error);
  if (demo.lines)
    fclose (demo.lines);
  if (demo.picture)
    gst_sample_unref (demo.picture);
  if (demo.pipeline)
    gst_object_unref (demo.pipeline);
  g_free (launch);
  g_free (png);
  g_free (jsonl);
  g_free (video);
  return good ? 0 : 1;
}
