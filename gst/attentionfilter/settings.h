/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * What the application asks for; each property sets a member.
 */
#pragma once

#include <gst/gst.h>

#include <memory>

#include "../metadata/messages.h"
#include "attention.h"

/** Which metadata outgoing buffers carry. */
enum MetadataBits : unsigned
{
  METADATA_REGIONS = 1 << 0,
  METADATA_GRID = 1 << 1,
#ifdef HAVE_ANALYTICS
  METADATA_ANALYTICS = 1 << 2,
#else
  METADATA_ANALYTICS = 0,
#endif
};

struct Settings
{
  attention::Settings core;
  attention::Geometry geometry; /* only what properties say of it */
  gint rate_n = 0, rate_d = 1;  /* analyses a second */
  unsigned metadata = METADATA_REGIONS | METADATA_GRID | METADATA_ANALYTICS;
  MessageSettings messages;
  std::shared_ptr<attention::Executor> executor; /* threads that the application lends, or none */

  Settings () { core.recombine.effects = attention::find_effect ("dim"); }

  /** Messages alone do without frames that cannot be read. */
  bool reads_frames () const { return core.recombine.effects != 0 || core.recombine.draw_regions || metadata != 0; }
  bool writes_pixels () const
  {
    return (core.recombine.effects != 0 && core.recombine.strength > 0) || core.recombine.draw_regions;
  }
};
