// SPDX-License-Identifier: LGPL-2.1-or-later
// Threads that the application lends, and those of the process.
#include <atomic>

#include "../filter.h"
#include "suite.h"

/* A pool that counts what it is given, and may do nothing about it. */
struct CountingPool
{
  GstTaskPool parent;
  std::atomic<int> *pushed;
  bool is_frozen;
};
struct CountingPoolClass
{
  GstTaskPoolClass parent_class;
};
G_DEFINE_TYPE (CountingPool, counting_pool, GST_TYPE_TASK_POOL)

static gpointer
counting_pool_push (GstTaskPool * pool, GstTaskPoolFunction func, gpointer data, GError ** error)
{
  CountingPool *self = (CountingPool *) pool;
  ++*self->pushed;
  if (!self->is_frozen)
    return GST_TASK_POOL_CLASS (counting_pool_parent_class)->push (pool, func, data, error);
  g_set_error_literal (error, GST_CORE_ERROR, GST_CORE_ERROR_FAILED, "frozen");
  return NULL;
}

static void
counting_pool_class_init (CountingPoolClass * klass)
{
  klass->parent_class.push = counting_pool_push;
}

static void
counting_pool_init (CountingPool *)
{
}

static GstContext *
context_with (GstTaskPool * pool)
{
  GstContext *context = gst_context_new ("gst.task.pool", TRUE);
  if (pool)
    gst_structure_set (gst_context_writable_structure (context), "pool", GST_TYPE_TASK_POOL, pool, NULL);
  return context;
}

static GstBusSyncReply
lend (GstBus *, GstMessage * message, gpointer pool)
{
  const gchar *type;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_NEED_CONTEXT && gst_message_parse_context_type (message, &type)
      && g_str_equal (type, "gst.task.pool")) {
    GstContext *context = context_with (GST_TASK_POOL (pool));
    gst_element_set_context (GST_ELEMENT (GST_MESSAGE_SRC (message)), context);
    gst_context_unref (context);
  }
  return GST_BUS_PASS;
}

static std::vector < std::vector < guint8 >>
shown_by (Filter & filter)
{
  std::vector < std::vector < guint8 >> shown;
  for (guint64 n = 0; n < 8; n++) {
    Frame frame;
    frame.number = n;
    frame.x = 0.3 + 0.02 * (double) n;
    shown.push_back (filter.bytes (frame));
  }
  return shown;
}

START_TEST (a_pool_is_asked_for_and_used)
{
  Filter alone ("attentionfilter");
  const auto expected = shown_by (alone);
  for (const bool is_frozen : { false, true }) {
    std::atomic<int> pushed { 0 };
    CountingPool *pool = (CountingPool *) gst_object_ref_sink (g_object_new (counting_pool_get_type (), NULL));
    pool->pushed = &pushed;
    pool->is_frozen = is_frozen;
    gst_task_pool_prepare (GST_TASK_POOL (pool), NULL);
    {
      Filter filter ("attentionfilter n-threads=2");
      gst_bus_set_sync_handler (filter.bus (), lend, pool, NULL);
      ck_assert (shown_by (filter) == expected);
    }
    ck_assert_int_ge (pushed, 1);
    gst_task_pool_cleanup (GST_TASK_POOL (pool));
    ck_assert_int_eq (GST_OBJECT_REFCOUNT_VALUE (pool), 1);
    gst_object_unref (pool);
  }
}
END_TEST

START_TEST (nobody_is_asked_for_one_thread)
{
  Filter filter ("attentionfilter n-threads=1");
  shown_by (filter);
  ck_assert_ptr_null (gst_bus_pop_filtered (filter.bus (), GST_MESSAGE_NEED_CONTEXT));
}
END_TEST

START_TEST (without_a_pool_threads_are_of_the_process)
{
  Filter alone ("attentionfilter"), one ("attentionfilter n-threads=2"), other ("attentionfilter n-threads=0");
  const auto expected = shown_by (alone);
  for (Filter * filter : { &one, &other }) {
    ck_assert (shown_by (*filter) == expected);
    GstMessage *message = gst_bus_pop_filtered (filter->bus (), GST_MESSAGE_NEED_CONTEXT);
    ck_assert_ptr_nonnull (message);
    gst_message_unref (message);
    ck_assert_ptr_null (gst_bus_pop_filtered (filter->bus (), GST_MESSAGE_NEED_CONTEXT));
  }
}
END_TEST

START_TEST (contexts_without_a_pool_lend_nothing)
{
  Filter filter ("attentionfilter n-threads=2"), alone ("attentionfilter");
  GstContext *empty = context_with (NULL), *other = gst_context_new ("something.else", FALSE);
  gst_structure_set (gst_context_writable_structure (empty), "pool", G_TYPE_STRING, "none", NULL);
  for (GstContext * context : { empty, other }) {
    gst_element_set_context (filter.element (), context);
    gst_context_unref (context);
  }
  ck_assert (shown_by (filter) == shown_by (alone));
}
END_TEST

int
main ()
{
  gst_init (NULL, NULL);
  return run_suite ("gst/attentionfilter/threads", {a_pool_is_asked_for_and_used, nobody_is_asked_for_one_thread,
          without_a_pool_threads_are_of_the_process, contexts_without_a_pool_lend_nothing});
}
