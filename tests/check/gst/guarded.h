// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Buffers between pages that nobody may touch: what reads or writes beyond them ends the test.
#pragma once

#include <check.h>
#include <gst/gst.h>
#include <sys/mman.h>
#include <unistd.h>

/* A buffer of @size bytes that ends, or with @at_start begins, at such a page. */
inline GstBuffer *
guarded_buffer (gsize size, guint8 value, bool at_start)
{
  struct Pages
  {
    guint8 *begin;
    gsize length;
  };
  const gsize page = (gsize) sysconf (_SC_PAGESIZE);
  const gsize inner = (size + page - 1) / page * page;
  auto *pages = (guint8 *) mmap (NULL, inner + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ck_assert (pages != MAP_FAILED);
  ck_assert_int_eq (mprotect (pages + page, inner, PROT_READ | PROT_WRITE), 0);
  guint8 *data = at_start ? pages + page : pages + page + inner - size;
  memset (data, value, size);
  return gst_buffer_new_wrapped_full ((GstMemoryFlags) 0, data, size, 0, size, new Pages { pages, inner + 2 * page },
      [](gpointer held) {
        auto *p = (Pages *) held;
        munmap (p->begin, p->length);
        delete p;
      });
}
