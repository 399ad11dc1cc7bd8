/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * From what GStreamer knows of a frame to what the core does.
 */
#pragma once

#include <gst/video/video.h>

#include <array>
#include <string>

#include "attention.h"

/** What the core sees of frames like @in that become frames like @out, with what @asked has from properties. */
attention::Geometry gst_attention_filter_geometry (const GstVideoInfo & in, const GstVideoInfo & out,
    const attention::Geometry & asked);

/** Whether frames like @in become one pixel a region. */
bool gst_attention_filter_pools (const GstVideoInfo & in, const GstVideoInfo & out);

/** attention::kNoTime for what is no time, or one beyond any. */
attention::Nanoseconds gst_attention_filter_core_time (GstClockTime time);

/**
 * A mapped frame, every byte of which lies in its buffer; the buffer stays writable for metadata while it lives no
 * longer than needed.
 */
class MappedFrame
{
public:
  MappedFrame (const GstVideoInfo & info, GstBuffer * buffer, GstMapFlags flags, const attention::Layout & layout);
  ~MappedFrame ();
  MappedFrame (const MappedFrame &) = delete;
  MappedFrame & operator= (const MappedFrame &) = delete;

  /** Whether there is a picture. */
  explicit operator bool () const { return problem_.empty (); }
  const attention::Picture & picture () const { return picture_; }
  /** Why there is none. */
  const std::string & problem () const { return problem_; }

private:
  void find_picture (const attention::Layout & layout, int width, int height);

  GstVideoFrame frame_ {};
  bool mapped_ = false;
  attention::Picture picture_;
  std::string problem_;
};
