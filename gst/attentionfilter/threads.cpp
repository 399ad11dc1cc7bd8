/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "threads.h"

#include <mutex>

namespace {

class TaskPool:public attention::Executor
{
public:
  /** Takes @pool over. */
  explicit TaskPool (GstTaskPool * pool):pool_ (pool) {}
  ~TaskPool () override { gst_object_unref (pool_); }
  TaskPool (const TaskPool &) = delete;
  TaskPool & operator= (const TaskPool &) = delete;

  bool submit (void (*work) (void *), void *context) override
  {
    GError *error = NULL;
    gpointer handle = gst_task_pool_push (pool_, work, context, &error);
    if (error) {
      GST_DEBUG_OBJECT (pool_, "no thread: %s", error->message);
      g_error_free (error);
      return false;
    }
    if (handle)
      gst_task_pool_dispose_handle (pool_, handle);
    return true;
  }

protected:
  GstTaskPool *pool_;
};

class OwnTaskPool final:public TaskPool
{
public:
  OwnTaskPool ():TaskPool (gst_shared_task_pool_new ())
  {
    gst_shared_task_pool_set_max_threads (GST_SHARED_TASK_POOL (pool_), g_get_num_processors ());
    GError *error = NULL;
    gst_task_pool_prepare (pool_, &error);
    if (error)
      GST_WARNING_OBJECT (pool_, "no threads: %s", error->message);
    g_clear_error (&error);
  }
  ~OwnTaskPool () override { gst_task_pool_cleanup (pool_); }
};

gboolean
find_pool (GQuark, const GValue * value, gpointer user_data)
{
  if (!G_VALUE_HOLDS (value, GST_TYPE_TASK_POOL) || !g_value_get_object (value))
    return TRUE;
  *static_cast<GstTaskPool **> (user_data) = GST_TASK_POOL (g_value_dup_object (value));
  return FALSE;
}

}

std::shared_ptr<attention::Executor>
gst_attention_executor_of_context (GstContext * context)
{
  GstTaskPool *pool = NULL;
  if (gst_context_has_context_type (context, GST_ATTENTION_TASK_POOL_CONTEXT))
    gst_structure_foreach (gst_context_get_structure (context), find_pool, &pool);
  return pool ? std::make_shared<TaskPool> (pool) : nullptr;
}

std::shared_ptr<attention::Executor>
gst_attention_shared_executor ()
{
  static std::mutex mutex;
  static std::weak_ptr<attention::Executor> shared;
  const std::lock_guard<std::mutex> lock (mutex);
  std::shared_ptr<attention::Executor> executor = shared.lock ();
  if (executor == nullptr)
    shared = executor = std::make_shared<OwnTaskPool> ();
  return executor;
}
