// SPDX-License-Identifier: LGPL-2.1-or-later
// Presets load, and say no more than the element knows.
#include <set>

#include "../filter.h"
#include "suite.h"

START_TEST (each_preset_sets_what_it_names)
{
  GstElement *element = gst_element_factory_make ("attentionfilter", NULL);
  gst_object_ref_sink (element);
  GKeyFile *file = g_key_file_new ();
  ck_assert (g_key_file_load_from_file (file, g_getenv ("ATTENTION_PRESETS"), G_KEY_FILE_NONE, NULL));
  std::set < std::string > names;
  gchar **groups = g_key_file_get_groups (file, NULL);
  for (gchar **group = groups; *group; group++) {
    if (g_str_has_prefix (*group, "_presets_"))
      continue;
    names.insert (*group);
    ck_assert_msg (gst_preset_load_preset (GST_PRESET (element), *group), "%s does not load", *group);
    ck_assert (g_key_file_has_key (file, *group, "_meta/comment", NULL));
    gchar **keys = g_key_file_get_keys (file, *group, NULL, NULL);
    for (gchar **key = keys; *key; key++) {
      if (g_str_has_prefix (*key, "_meta/"))
        continue;
      GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS (element), *key);
      ck_assert_msg (spec != NULL, "%s sets %s, which is no property", *group, *key);
      gchar *text = g_key_file_get_value (file, *group, *key, NULL);
      GValue asked = G_VALUE_INIT, is = G_VALUE_INIT;
      g_value_init (&asked, spec->value_type);
      g_value_init (&is, spec->value_type);
      ck_assert_msg (gst_value_deserialize (&asked, text), "%s: %s=%s is no value", *group, *key, text);
      g_object_get_property (G_OBJECT (element), *key, &is);
      ck_assert_msg (gst_value_compare (&asked, &is) == GST_VALUE_EQUAL || g_param_values_cmp (spec, &asked, &is) == 0,
          "%s does not set %s", *group, *key);
      g_value_unset (&asked);
      g_value_unset (&is);
      g_free (text);
    }
    g_strfreev (keys);
  }
  g_strfreev (groups);
  g_key_file_free (file);
  gst_object_unref (element);
  ck_assert (names == (std::set < std::string > {"conference", "surveillance", "sport", "thumbnail", "save-bits",
      "explain"}));
}
END_TEST

START_TEST (a_line_may_name_a_preset)
{
  Filter filter ("attentionfilter @preset=save-bits");
  GValue effect = G_VALUE_INIT, named = G_VALUE_INIT;
  for (GValue * value : { &effect, &named })
    g_value_init (value, g_object_class_find_property (G_OBJECT_GET_CLASS (filter.element ()), "effect")->value_type);
  g_object_get_property (G_OBJECT (filter.element ()), "effect", &effect);
  ck_assert (gst_value_deserialize (&named, "freeze+blur"));
  ck_assert_uint_eq (g_value_get_flags (&effect), g_value_get_flags (&named));
  g_value_unset (&effect);
  g_value_unset (&named);
  gst_buffer_unref (filter.run (Frame ()));
}
END_TEST

int
main ()
{
  gst_init (NULL, NULL);
  return run_suite ("gst/attentionfilter/presets", {each_preset_sets_what_it_names,
      a_line_may_name_a_preset});
}
