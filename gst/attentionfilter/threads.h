/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * Threads that share the work on a frame: those of a #GstTaskPool that the application gives in a context, else those
 * of one pool for all filters of the process.
 */
#pragma once

#include <gst/gst.h>

#include <memory>

#include "base/executor.h"

/** The context that GStreamer 1.28 calls GST_TASK_POOL_CONTEXT_TYPE. */
#define GST_ATTENTION_TASK_POOL_CONTEXT "gst.task.pool"

/** What the pool of a context does as an executor; NULL where @context is of another type or holds no pool. */
std::shared_ptr<attention::Executor> gst_attention_executor_of_context (GstContext * context);

/** The one of the process, with a thread for each core; there while anybody holds it. */
std::shared_ptr<attention::Executor> gst_attention_shared_executor ();
