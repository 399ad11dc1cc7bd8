/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Prints where people would look in a video file: embed FILE */
#include <gst/gst.h>

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  if (argc != 2) {
    g_printerr ("usage: %s FILE\n", argv[0]);
    return 2;
  }

  GError *error = NULL;
  GstElement *pipeline = gst_parse_launch ("filesrc name=file ! decodebin ! videoconvert ! "
      "attentionfilter effect=none post-messages=interval message-interval=500000000 ! fakesink", &error);
  if (!pipeline) {
    g_printerr ("%s\n", error->message);
    g_error_free (error);
    return 1;
  }
  GstElement *file = gst_bin_get_by_name (GST_BIN (pipeline), "file");
  g_object_set (file, "location", argv[1], NULL);
  gst_object_unref (file);

  int status = -1;
  GstBus *bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (status < 0) {
    GstMessage *message = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE,
        (GstMessageType) (GST_MESSAGE_ELEMENT | GST_MESSAGE_EOS | GST_MESSAGE_ERROR));
    if (gst_message_has_name (message, "attentionfilter")) {
      GstClockTime time;
      double x, y;
      gst_structure_get (gst_message_get_structure (message), "stream-time", GST_TYPE_CLOCK_TIME, &time,
          "peak-x", G_TYPE_DOUBLE, &x, "peak-y", G_TYPE_DOUBLE, &y, NULL);
      g_print ("%" GST_TIME_FORMAT "  %2.0f %% from the left, %2.0f %% from the top\n", GST_TIME_ARGS (time), 100 * x,
          100 * y);
    } else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
      gst_message_parse_error (message, &error, NULL);
      g_printerr ("%s\n", error->message);
      g_error_free (error);
      status = 1;
    } else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS) {
      status = 0;
    }
    gst_message_unref (message);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (bus);
  gst_object_unref (pipeline);
  return status;
}
