/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "frame.h"

static attention::Colorimetry
colorimetry_of (const GstVideoInfo & info)
{
  attention::Colorimetry c;
  gint offset[GST_VIDEO_MAX_COMPONENTS], scale[GST_VIDEO_MAX_COMPONENTS];
  gst_video_color_range_offsets (info.colorimetry.range, info.finfo, offset, scale);
  c.luma_offset = offset[0];
  c.luma_scale = scale[0];
  if (GST_VIDEO_INFO_IS_YUV (&info)) {
    c.chroma_offset = offset[1];
    c.chroma_scale = scale[1];
  }
  gdouble kr, kb;
  if (gst_video_color_matrix_get_Kr_Kb (info.colorimetry.matrix, &kr, &kb)) {
    c.kr = kr;
    c.kb = kb;
  }
  return c;
}

bool
gst_attention_filter_pools (const GstVideoInfo & in, const GstVideoInfo & out)
{
  return GST_VIDEO_INFO_WIDTH (&in) != GST_VIDEO_INFO_WIDTH (&out)
      || GST_VIDEO_INFO_HEIGHT (&in) != GST_VIDEO_INFO_HEIGHT (&out);
}

attention::Geometry
gst_attention_filter_geometry (const GstVideoInfo & in, const GstVideoInfo & out, const attention::Geometry & asked)
{
  attention::Geometry g = asked;
  g.layout = attention::find_layout (gst_video_format_to_string (GST_VIDEO_INFO_FORMAT (&in)));
  g.colorimetry = colorimetry_of (in);
  g.width = GST_VIDEO_INFO_WIDTH (&in);
  g.height = GST_VIDEO_INFO_HEIGHT (&in);
  g.pooled = gst_attention_filter_pools (in, out);
  if (g.pooled) {
    /* The buffer has the negotiated size, whatever the properties say by now. */
    g.columns = GST_VIDEO_INFO_WIDTH (&out);
    g.rows = GST_VIDEO_INFO_HEIGHT (&out);
  }
  return g;
}

attention::Nanoseconds
gst_attention_filter_core_time (GstClockTime time)
{
  return time <= G_MAXINT64 ? (attention::Nanoseconds) time : attention::kNoTime;
}

static std::string
format_and_size (const gchar * format, guint width, guint height)
{
  return std::string (format) + " of " + std::to_string (width) + " x " + std::to_string (height) + " px";
}

/* What GStreamer takes for a mistake of the programmer, and memory that is too small from the start. */
static std::string
why_unmappable (const GstVideoInfo & info, GstBuffer * buffer)
{
  const GstVideoMeta *meta = gst_buffer_get_video_meta (buffer);
  const gsize size = gst_buffer_get_size (buffer);
  if (!meta)
    return size >= GST_VIDEO_INFO_SIZE (&info) ? "" :
        "it has " + std::to_string (size) + " bytes where it needs " + std::to_string (GST_VIDEO_INFO_SIZE (&info));
  if (meta->format != GST_VIDEO_INFO_FORMAT (&info) || meta->width < (guint) GST_VIDEO_INFO_WIDTH (&info)
      || meta->height < (guint) GST_VIDEO_INFO_HEIGHT (&info))
    return "its GstVideoMeta is of "
        + format_and_size (gst_video_format_to_string (meta->format), meta->width, meta->height);
  if (meta->n_planes != GST_VIDEO_INFO_N_PLANES (&info))
    return "its GstVideoMeta has " + std::to_string (meta->n_planes) + " planes where there are "
        + std::to_string (GST_VIDEO_INFO_N_PLANES (&info));
  for (guint p = 0; p < meta->n_planes; p++)
    if (meta->offset[p] >= size)
      return "it has " + std::to_string (size) + " bytes, and in its GstVideoMeta plane " + std::to_string (p)
          + " begins at byte " + std::to_string (meta->offset[p]);
  return "";
}

MappedFrame::MappedFrame (const GstVideoInfo & info, GstBuffer * buffer, GstMapFlags flags,
    const attention::Layout & layout)
: problem_ (why_unmappable (info, buffer))
{
  if (!problem_.empty ())
    return;
  mapped_ = gst_video_frame_map (&frame_, &info, buffer, (GstMapFlags) (flags | GST_VIDEO_FRAME_MAP_FLAG_NO_REF));
  if (mapped_)
    find_picture (layout, GST_VIDEO_INFO_WIDTH (&info), GST_VIDEO_INFO_HEIGHT (&info));
  else
    problem_ = "its memory cannot be mapped";
}

MappedFrame::~MappedFrame ()
{
  if (mapped_)
    gst_video_frame_unmap (&frame_);
}

void
MappedFrame::find_picture (const attention::Layout & layout, int width, int height)
{
  std::array < attention::Extent, attention::kMaxPlanes > extents;
  for (guint p = 0; p < GST_VIDEO_FRAME_N_PLANES (&frame_); p++) {
    picture_.data[p] = (uint8_t *) GST_VIDEO_FRAME_PLANE_DATA (&frame_, p);
    picture_.stride[p] = GST_VIDEO_FRAME_PLANE_STRIDE (&frame_, p);
    /* Without a GstVideoMeta all planes lie in the first map. */
    const GstMapInfo & map = frame_.map[frame_.meta ? p : 0];
    extents[p] = { map.data, map.data + map.size };
  }
  const attention::Status status = attention::check (layout, width, height, picture_, extents);
  problem_ = status.message ();
}
