// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Programs that a test runs, and a folder for them to work in.
#pragma once

#include <check.h>
#include <glib/gstdio.h>

#include <string>
#include <vector>

/* A folder that is emptied at the end. */
class Folder
{
public:
  Folder ():path_ (g_dir_make_tmp ("attention-XXXXXX", NULL)) {}
  ~Folder ()
  {
    discard (path_);
    g_free (path_);
  }
  Folder (const Folder &) = delete;
  std::string operator/ (const std::string & name) const { return std::string (path_) + "/" + name; }

private:
  static void discard (const std::string & path)
  {
    if (GDir * dir = g_dir_open (path.c_str (), 0, NULL)) {
      while (const gchar * name = g_dir_read_name (dir))
        discard (path + "/" + name);
      g_dir_close (dir);
      g_rmdir (path.c_str ());
    } else {
      g_remove (path.c_str ());
    }
  }
  gchar *path_;
};

struct Program
{
  int status;                   /* 0 or 1 */
  std::string out, err;
};

/* Runs a program, looked for in PATH, to its end. */
inline Program
run_program (std::vector < std::string > words)
{
  std::vector < gchar * > argv;
  for (std::string & word : words)
    argv.push_back (&word[0]);
  argv.push_back (NULL);
  gchar *out = NULL, *err = NULL;
  gint status = -1;
  GError *error = NULL;
  const bool ran = g_spawn_sync (NULL, argv.data (), NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, &status,
      &error);
  ck_assert_msg (ran, "%s", error ? error->message : "");
  Program program = { g_spawn_check_wait_status (status, NULL) ? 0 : 1, out, err };
  g_free (out);
  g_free (err);
  return program;
}
