// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Video buffers for the tests of the element: any format, padded rows, one patch that draws attention.
#pragma once

#include <check.h>
#include <gst/check/gstharness.h>
#include <gst/video/video.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "metadata/region_fields.h"

constexpr GstClockTime kFrameTime = 40 * GST_MSECOND;
constexpr guint8 kPadding = 0x5c;
constexpr guint8 kAlpha = 0x93;

inline std::string
caps_of (const char *format, int width, int height)
{
  return std::string ("video/x-raw,format=") + format + ",width=" + std::to_string (width) + ",height="
      + std::to_string (height) + ",framerate=25/1";
}

struct Frame
{
  std::string format = "I420";
  int width = 320;
  int height = 180;
  int padding = 0;              /* bytes at the end of each row */
  double x = 0.5, y = 0.5;      /* of the patch, 0-1 */
  double size = 0.08;           /* half of it, 0-1 */
  guint64 number = 0;           /* decides the timestamp */

  GstVideoInfo info () const
  {
    GstVideoInfo info;
    gst_video_info_set_format (&info, gst_video_format_from_string (format.c_str ()), width, height);
    return info;
  }

  std::string caps () const { return caps_of (format.c_str (), width, height); }

  guint8 sample (double at_x, double at_y, int component) const
  {
    if (component == GST_VIDEO_COMP_A)
      return kAlpha;
    if (std::abs (at_x - x) > size || std::abs (at_y - y) > size)
      return 110;
    const int odd = ((int) (at_x * 80) + (int) (at_y * 80)) & 1;
    return component == 0 ? (odd ? 230 : 30) : 160;
  }

  GstBuffer *make () const
  {
    const GstVideoInfo plain = info ();
    gsize offset[GST_VIDEO_MAX_PLANES] = { 0 };
    gint stride[GST_VIDEO_MAX_PLANES] = { 0 };
    gsize size_bytes = 0;
    for (guint p = 0; p < GST_VIDEO_INFO_N_PLANES (&plain); p++) {
      offset[p] = size_bytes;
      stride[p] = GST_VIDEO_INFO_PLANE_STRIDE (&plain, p) + padding;
      guint c = 0;
      while (GST_VIDEO_INFO_COMP_PLANE (&plain, c) != p)
        c++;
      size_bytes += (gsize) stride[p] * GST_VIDEO_INFO_COMP_HEIGHT (&plain, c);
    }
    GstBuffer *buffer = gst_buffer_new_allocate (NULL, size_bytes, NULL);
    gst_buffer_memset (buffer, 0, kPadding, size_bytes);
    gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_INFO_FORMAT (&plain), width, height,
        GST_VIDEO_INFO_N_PLANES (&plain), offset, stride);
    GstVideoFrame frame;
    g_assert_true (gst_video_frame_map (&frame, &plain, buffer, GST_MAP_WRITE));
    for (guint c = 0; c < GST_VIDEO_FRAME_N_COMPONENTS (&frame); c++) {
      const int w = GST_VIDEO_FRAME_COMP_WIDTH (&frame, c), h = GST_VIDEO_FRAME_COMP_HEIGHT (&frame, c);
      for (int row = 0; row < h; row++)
        for (int column = 0; column < w; column++) {
          guint8 *at = (guint8 *) GST_VIDEO_FRAME_COMP_DATA (&frame, c) + row * GST_VIDEO_FRAME_COMP_STRIDE (&frame, c)
              + column * GST_VIDEO_FRAME_COMP_PSTRIDE (&frame, c);
          /* GStreamer 1.22 has the second chroma sample of P010 one byte in, not two. */
          if (GST_VIDEO_FRAME_COMP_DEPTH (&frame, c) > 8)
            at += GST_VIDEO_FRAME_COMP_POFFSET (&frame, c) % 2;
          const guint8 value = sample ((column + 0.5) / w, (row + 0.5) / h, c);
          if (GST_VIDEO_FRAME_COMP_DEPTH (&frame, c) == 8)
            *at = value;
          else
            *(guint16 *) at = (guint16) (value << (GST_VIDEO_FRAME_COMP_DEPTH (&frame, c) - 8
                    + GST_VIDEO_FORMAT_INFO_SHIFT (plain.finfo, c)));
        }
    }
    gst_video_frame_unmap (&frame);
    GST_BUFFER_PTS (buffer) = number * kFrameTime;
    GST_BUFFER_DURATION (buffer) = kFrameTime;
    return buffer;
  }
};

inline std::vector < guint8 >
bytes_of (GstBuffer * buffer)
{
  std::vector < guint8 > bytes (gst_buffer_get_size (buffer));
  gst_buffer_extract (buffer, 0, bytes.data (), bytes.size ());
  return bytes;
}

inline GstStructure *
attention_meta (GstBuffer * buffer)
{
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, "GstAttentionMeta");
  return meta ? gst_custom_meta_get_structure (meta) : NULL;
}

inline std::vector < guint8 >
grid_of (GstBuffer * buffer)
{
  GstStructure *s = attention_meta (buffer);
  ck_assert_ptr_nonnull (s);
  GBytes *weights = NULL;
  ck_assert (gst_structure_get (s, "weights", G_TYPE_BYTES, &weights, NULL));
  gsize size;
  const auto *data = (const guint8 *) g_bytes_get_data (weights, &size);
  std::vector < guint8 > grid (data, data + size);
  g_bytes_unref (weights);
  return grid;
}

inline std::vector < GstVideoRegionOfInterestMeta * >
regions_of (GstBuffer * buffer)
{
  std::vector < GstVideoRegionOfInterestMeta * > regions;
  gpointer state = NULL;
  while (GstMeta * meta = gst_buffer_iterate_meta_filtered (buffer, &state, GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE))
    regions.push_back ((GstVideoRegionOfInterestMeta *) meta);
  return regions;
}

inline double
number_in (const GstStructure * s, const char *field)
{
  double value = -1;
  ck_assert_msg (gst_structure_get_double (s, field, &value), "no double '%s'", field);
  return value;
}

/* All cues of a region, whichever way they speak. */
inline double
magnitude_of_cues (const GstStructure * region)
{
  double sum = 0;
  for (const attention::CueInfo & cue : attention::cues ())
    sum += std::fabs (number_in (region, cue.name));
  return sum;
}

/* Whether a structure has all fields of a region that such structures have. */
inline void
check_fields (const GstStructure * region, RegionFieldOf of)
{
  for (const RegionField & field : region_fields ())
    if (field.of & of)
      ck_assert_msg (gst_structure_has_field_typed (region, field.name.c_str (), field.type), "no '%s'",
          field.name.c_str ());
}
