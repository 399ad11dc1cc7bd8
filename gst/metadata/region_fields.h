/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * The fields of a region: one row each of a table, which all that writes or reads regions walks. A further field is a
 * row, and where nothing holds it yet, a member of FrameRegion.
 */
#pragma once

#include <gst/gst.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <vector>

#include "attention.h"

/** Which structures have a field. */
enum RegionFieldOf : unsigned
{
  REGION_FIELD_OF_ATTENTION = 1 << 0,   /* param `roi/attention` of a GstVideoRegionOfInterestMeta */
  REGION_FIELD_OF_DETECTION = 1 << 1,   /* its param `detection` */
  REGION_FIELD_OF_GRID = 1 << 2,        /* GstAttentionMeta */
  REGION_FIELD_OF_MESSAGE = 1 << 3,
};

/** All in shares of the frame, so that it holds at any size, but for what only messages say. */
struct FrameRegion
{
  guint id = 0;
  double weight = 1, share = 0;
  double x_min = 0, x_max = 0, y_min = 0, y_max = 0;
  std::array < double, attention::kMaxCues > cues {};   /* as in attention::RegionOfInterest */

  guint rank = 0;               /* among those of its frame */
  const gchar *event = "";      /* of a message */
  GstClockTime duration = GST_CLOCK_TIME_NONE;  /* for which it has been seen, of stream time */
  guint x = 0, y = 0, width = 0, height = 0;    /* px of the frame that was analysed */

  FrameRegion () = default;
  /** Of a frame of @frame_width x @frame_height pixels. */
  FrameRegion (const attention::RegionOfInterest & region, int frame_width, int frame_height)
  : id (region.id), weight (region.weight), share (region.share),
    x_min ((double) region.x / frame_width), x_max ((double) (region.x + region.width) / frame_width),
    y_min ((double) region.y / frame_height), y_max ((double) (region.y + region.height) / frame_height),
    x ((guint) region.x), y ((guint) region.y), width ((guint) region.width), height ((guint) region.height)
  {
    std::copy (region.cues.begin (), region.cues.end (), cues.begin ());
  }
};

struct RegionField
{
  std::string name;
  unsigned of;                  /* RegionFieldOf */
  GType type;
  std::function < void (const FrameRegion &, GValue *) > write;
  /* Of a value of the type, whatever its range; nothing where it is not for reading. */
  std::function < void (FrameRegion &, const GValue *) > read;
  double least = 0, most = 0;   /* of doubles */
  bool is_needed = false;       /* by whoever reads a region */
};

/** A member that is a double from @least to 1. */
template < class Member >
RegionField
region_number (const std::string & name, unsigned of, Member member, double least = 0)
{
  return { name, of, G_TYPE_DOUBLE,
    [=](const FrameRegion & r, GValue * value) { g_value_set_double (value, member (r)); },
    [=](FrameRegion & r, const GValue * value) { member (r) = std::clamp (g_value_get_double (value), least, 1.0); },
    least, 1 };
}

/** A border of the box, without which there is no region. */
template < class Member >
RegionField
region_border (const std::string & name, unsigned of, Member member)
{
  RegionField field = region_number (name, of, member);
  field.is_needed = true;
  return field;
}

template < class Member >
RegionField
region_count (const std::string & name, unsigned of, Member member)
{
  return { name, of, G_TYPE_UINT,
    [=](const FrameRegion & r, GValue * value) { g_value_set_uint (value, member (r)); },
    [=](FrameRegion & r, const GValue * value) { member (r) = g_value_get_uint (value); } };
}

/** The table, the cues of the core last. */
inline const std::vector < RegionField > &
region_fields ()
{
#define MEMBER(member) [](auto & region) -> auto & { return region.member; }
  constexpr unsigned kAttention = REGION_FIELD_OF_ATTENTION, kDetection = REGION_FIELD_OF_DETECTION;
  constexpr unsigned kGrid = REGION_FIELD_OF_GRID, kMessage = REGION_FIELD_OF_MESSAGE;
  static const std::vector < RegionField > all = [] {
    std::vector < RegionField > fields = {
      region_count ("id", kAttention | kGrid | kMessage, MEMBER (id)),
      {"event", kMessage, G_TYPE_STRING,
          [](const FrameRegion & r, GValue * value) { g_value_set_string (value, r.event); }, {}},
      {"duration", kMessage, GST_TYPE_CLOCK_TIME,
          [](const FrameRegion & r, GValue * value) { g_value_set_uint64 (value, r.duration); }, {}},
      region_count ("x", kMessage, MEMBER (x)),
      region_count ("y", kMessage, MEMBER (y)),
      region_count ("width", kMessage, MEMBER (width)),
      region_count ("height", kMessage, MEMBER (height)),
      region_number ("weight", kAttention | kGrid | kMessage, MEMBER (weight)),
      region_number ("share", kAttention | kGrid | kMessage, MEMBER (share)),
      region_count ("rank", kAttention, MEMBER (rank)),
      region_border ("x_min", kDetection | kGrid, MEMBER (x_min)),
      region_border ("x_max", kDetection | kGrid, MEMBER (x_max)),
      region_border ("y_min", kDetection | kGrid, MEMBER (y_min)),
      region_border ("y_max", kDetection | kGrid, MEMBER (y_max)),
      region_number ("confidence", kDetection, MEMBER (weight)),
      {"label_id", kDetection, G_TYPE_INT, [](const FrameRegion &, GValue * value) { g_value_set_int (value, 0); }, {}},
    };
    for (size_t c = 0; c < attention::cues ().size (); c++)
      fields.push_back (region_number (attention::cues ()[c].name, kAttention | kGrid | kMessage,
              [c](auto & region) -> auto & { return region.cues[c]; }, -1));
    return fields;
  } ();
  return all;
#undef MEMBER
}
