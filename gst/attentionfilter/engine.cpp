/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "engine.h"

#include "emit.h"
#include "frame.h"
#include "instance.h"
#include "threads.h"
#include "warnings.h"

#define GST_CAT_DEFAULT gst_attention_filter_debug

/* What the engine cannot do becomes the element's error. */
static bool
is_good (GstAttentionFilter * self, const attention::Status & status)
{
  if (status.is_ok ())
    return true;
  self->state->configured = false;
  GST_ELEMENT_ERROR (self, LIBRARY, SETTINGS, ("%s", status.message ()), (NULL));
  return false;
}

/* The application is asked once for a pool; then that of the process will do. */
static void
lend_threads (GstAttentionFilter * self)
{
  State & state = *self->state;
  if (state.settings.core.threads == 1)
    return;
  if (!state.settings.executor && !state.asked) {
    state.asked = true;
    gst_element_post_message (GST_ELEMENT (self),
        gst_message_new_need_context (GST_OBJECT (self), GST_ATTENTION_TASK_POOL_CONTEXT));
    state.settings.executor = gst_attention_filter_requested (self).executor;
  }
  if (state.settings.executor)
    state.shared_executor = nullptr;
  else if (!state.shared_executor)
    state.shared_executor = gst_attention_shared_executor ();
  state.engine.lend (state.settings.executor ? state.settings.executor : state.shared_executor);
}

GstFlowReturn
gst_attention_filter_update_engine (GstAttentionFilter * self)
{
  State & state = *self->state;
  const GstVideoFilter *filter = GST_VIDEO_FILTER (self);
  attention::Geometry geometry =
      gst_attention_filter_geometry (filter->in_info, filter->out_info, state.settings.geometry);
  lend_threads (self);
  gst_attention_filter_warn_of_misfit (self, attention::fit (geometry));
  if (!state.configured || geometry != state.geometry) {
    if (!is_good (self, state.engine.configure (geometry, state.settings.core)))
      return GST_FLOW_ERROR;
    GST_DEBUG_OBJECT (self, "configured for %d x %d px, %d x %d regions%s", geometry.width, geometry.height,
        geometry.columns, geometry.rows, geometry.pooled ? ", pooled" : "");
    state.configured = true;
    state.geometry = geometry;
    state.warned = false;
    state.messages.begin_anew ();
  } else {
    if (!is_good (self, state.engine.enable (state.settings.core)))
      return GST_FLOW_ERROR;
    if (state.reset)
      state.engine.reset ();
  }
  state.reset = false;
  return GST_FLOW_OK;
}

void
gst_attention_filter_process (GstAttentionFilter * self, const attention::Picture & in, const attention::Picture * out)
{
  State & state = *self->state;
  const GstClockTime time = state.clock.now;
  state.engine.process (in, out, gst_attention_filter_core_time (time), state.settings.core);
  if (state.engine.result ().scene_cut)
    GST_DEBUG_OBJECT (self, "another scene at %" GST_TIME_FORMAT, GST_TIME_ARGS (time));
}
