/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "warnings.h"

#include "frame.h"
#include "instance.h"

#define GST_CAT_DEFAULT gst_attention_filter_debug

void
gst_attention_filter_warn_of_misfit (GstAttentionFilter * self, const attention::Status & status)
{
  State & state = *self->state;
  if (state.misfit == status.message ())
    return;
  state.misfit = status.message ();
  if (!status.is_ok ())
    GST_ELEMENT_WARNING (self, LIBRARY, SETTINGS, ("%s", status.message ()), (NULL));
}

/* One odd buffer is no reason to end a stream; an empty one marks a gap. */
static bool
is_to_be_warned_of (GstAttentionFilter * self, GstBuffer * buffer, const std::string & problem)
{
  GST_DEBUG_OBJECT (self, "no frame in %" GST_PTR_FORMAT ": %s", (void *) buffer, problem.c_str ());
  if (self->state->warned || gst_buffer_get_size (buffer) == 0)
    return false;
  self->state->warned = true;
  return true;
}

void
gst_attention_filter_warn_of_buffer (GstAttentionFilter * self, GstBuffer * buffer, const std::string & problem)
{
  const GstVideoInfo *info = &GST_VIDEO_FILTER (self)->in_info;
  const bool is_left_out = gst_attention_filter_pools (*info, GST_VIDEO_FILTER (self)->out_info);
  if (!is_to_be_warned_of (self, buffer, problem))
    return;
  GST_ELEMENT_WARNING (self, STREAM, FORMAT,
      ("A buffer does not hold the %s frame of %d x %d px that the caps announce: %s. %s, as are others like it. "
          "Correct the caps or the element upstream.", GST_VIDEO_INFO_NAME (info), GST_VIDEO_INFO_WIDTH (info),
          GST_VIDEO_INFO_HEIGHT (info), problem.c_str (),
          is_left_out ? "It is left out" : "It is left as it is"), (NULL));
}

void
gst_attention_filter_warn_of_time (GstAttentionFilter * self, const GstBuffer * buffer)
{
  Clock & clock = self->state->clock;
  if (clock.warned)
    return;
  clock.warned = true;
  const bool has_time = GST_BUFFER_PTS_IS_VALID (buffer);
  GST_ELEMENT_WARNING (self, STREAM, FORMAT,
      ("A buffer has %s. It is taken to come one frame after the one before, as are others like it. "
          "Give each frame a timestamp of its own upstream (do-timestamp, videorate, a parser).",
          has_time ? "a timestamp outside of the segment, or that of the one before" : "no timestamp"), (NULL));
}

void
gst_attention_filter_warn_of_pooled_buffer (GstAttentionFilter * self, GstBuffer * buffer, const std::string & problem)
{
  const GstVideoInfo *info = &GST_VIDEO_FILTER (self)->out_info;
  if (!is_to_be_warned_of (self, buffer, problem))
    return;
  GST_ELEMENT_WARNING (self, RESOURCE, WRITE,
      ("A buffer that downstream gave cannot hold the %s frame of %d x %d px that it asked for: %s. "
          "The frame is left out, as are others like it. Correct the element downstream.",
          GST_VIDEO_INFO_NAME (info), GST_VIDEO_INFO_WIDTH (info), GST_VIDEO_INFO_HEIGHT (info), problem.c_str ()),
      (NULL));
}
