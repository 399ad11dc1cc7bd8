/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "attentionfilter/element.h"
#include "attentionroi/element.h"
#include "metadata/grid.h"

static gboolean
plugin_init (GstPlugin * plugin)
{
  /* Names of custom metas are global: once for the process, here. */
  gst_attention_meta_register ();
  gboolean registered = GST_ELEMENT_REGISTER (attentionfilter, plugin);
  registered |= GST_ELEMENT_REGISTER (attentionroi, plugin);
  return registered;
}

GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, attentionfilter,
    "Finds where people look in live video and weights the frame by it",
    plugin_init, PACKAGE_VERSION, "LGPL", PACKAGE_NAME, GST_PACKAGE_ORIGIN)
