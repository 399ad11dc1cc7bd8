// SPDX-License-Identifier: LGPL-2.1-or-later
// GLib's mutexes and conditions are futexes of its own, which ThreadSanitizer does not know; the program's functions of
// these names come before the library's, and tell it.
#include <dlfcn.h>
#include <glib.h>
#include <sanitizer/tsan_interface.h>

namespace {

template <typename Function>
Function next(Function, const char *name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

/// A condition lets go of its mutex while it waits.
template <typename Wait>
auto waiting(GMutex *mutex, const Wait &wait) {
  __tsan_mutex_pre_unlock(mutex, 0);
  __tsan_mutex_post_unlock(mutex, 0);
  auto result = wait();
  __tsan_mutex_pre_lock(mutex, 0);
  __tsan_mutex_post_lock(mutex, 0, 0);
  return result;
}

}  // namespace

#define NEXT(function) static const auto real = next(&function, #function)

extern "C" {

void g_mutex_lock(GMutex *mutex) {
  NEXT(g_mutex_lock);
  __tsan_mutex_pre_lock(mutex, 0);
  real(mutex);
  __tsan_mutex_post_lock(mutex, 0, 0);
}

gboolean g_mutex_trylock(GMutex *mutex) {
  NEXT(g_mutex_trylock);
  __tsan_mutex_pre_lock(mutex, __tsan_mutex_try_lock);
  const gboolean locked = real(mutex);
  __tsan_mutex_post_lock(mutex, __tsan_mutex_try_lock | (locked ? 0 : __tsan_mutex_try_lock_failed), 0);
  return locked;
}

void g_mutex_unlock(GMutex *mutex) {
  NEXT(g_mutex_unlock);
  __tsan_mutex_pre_unlock(mutex, 0);
  real(mutex);
  __tsan_mutex_post_unlock(mutex, 0);
}

void g_cond_wait(GCond *condition, GMutex *mutex) {
  NEXT(g_cond_wait);
  waiting(mutex, [&] {
    real(condition, mutex);
    return 0;
  });
}

gboolean g_cond_wait_until(GCond *condition, GMutex *mutex, gint64 end) {
  NEXT(g_cond_wait_until);
  return waiting(mutex, [&] { return real(condition, mutex, end); });
}
}
