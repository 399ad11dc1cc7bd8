/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * What an attentionfilter holds, for the files of this folder.
 */
#pragma once

#include <string>

#include "../metadata/messages.h"
#include "../stats.h"
#include "clock.h"
#include "element.h"
#include "settings.h"

GST_DEBUG_CATEGORY_EXTERN (gst_attention_filter_debug);

/** What streaming needs and the application never touches. */
struct State
{
  attention::Engine engine;
  std::shared_ptr<attention::Executor> shared_executor; /* of the process, where the application lends none */
  bool configured = false;
  bool reset = true;            /* before the next frame */
  bool warned = false;          /* of buffers that hold no frame */
  bool opaque = false;          /* the frames are not ours to read */
  bool refused = false;         /* caps, and said why */
  bool asked = false;           /* the application for threads */
  std::string misfit;           /* what was last warned of */
  Clock clock;
  attention::Geometry geometry; /* that the engine is configured for */
  Settings settings;            /* of the frame in hand */
  Messages messages;
};

class ObjectLock
{
public:
  explicit ObjectLock (gpointer object):object_ (GST_OBJECT_CAST (object)) { GST_OBJECT_LOCK (object_); }
  ~ObjectLock () { GST_OBJECT_UNLOCK (object_); }
  ObjectLock (const ObjectLock &) = delete;
  ObjectLock & operator= (const ObjectLock &) = delete;
private:
  GstObject * object_;
};

struct _GstAttentionFilter
{
  GstVideoFilter parent;

  Settings *settings;           /* under the object lock, copied once a frame */
  Stats *stats;                 /* under the object lock, too */
  State *state;                 /* streaming thread only */
};

/** What the application asks for by now. */
inline Settings
gst_attention_filter_requested (GstAttentionFilter * self)
{
  ObjectLock lock (self);
  return *self->settings;
}

/** What has been counted by now. */
inline Stats
gst_attention_filter_stats (GstAttentionFilter * self)
{
  ObjectLock lock (self);
  return *self->stats;
}
