/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the element says on the bus, and when. */
#pragma once

#include <gst/gst.h>

#include <vector>

#include "region.h"

enum class PostMessages
{ NONE, CHANGE, INTERVAL, ALL };

struct MessageSettings
{
  PostMessages post = PostMessages::CHANGE;
  GstClockTime interval = GST_SECOND;
  double threshold = 0.1;       /* of the frame's width or height */
};

/* The times that a message carries, as those of `level` do. */
struct MessageTimes
{
  GstClockTime timestamp = GST_CLOCK_TIME_NONE, stream_time = GST_CLOCK_TIME_NONE, running_time = GST_CLOCK_TIME_NONE;
  GstClockTime duration = GST_CLOCK_TIME_NONE;
};

/* The structure of the element message "attention-scene-cut". */
GstStructure *gst_attention_scene_cut_message (const attention::Result & result, const MessageTimes & times);

/* The regions as the bus knows them: each begins in one message, goes on in those that follow, and ends in one. */
class Messages
{
public:
  /* Takes in what was found in a frame of @width x @height pixels. */
  void see (const attention::Result & result, const MessageTimes & times, int width, int height);
  /* What comes next is told whatever was told before. */
  void begin_anew () { told_any_ = false; }
  bool is_due (const MessageSettings & settings) const;
  /* The structure of the element message "attentionfilter" of the latest frame; what it says is told. */
  GstStructure *tell ();
  /* Ends all regions that were told of, as nothing follows them; false where there are none. */
  bool end_all ();

private:
  struct Place
  {
    double x, y;                /* 0-1 of the frame */
  };

  enum class Event
  { BEGIN, UPDATE, END };

  struct Region
  {
    attention::RegionOfInterest seen;   /* at last */
    Place place;                /* of its middle */
    Place told;                 /* the place that the last message implies */
    Event event;                /* that the next message is to tell */
  };

  static void end (std::vector < Region > &regions);
  GstStructure *describe (const Region & region) const;
  GValue describe_all (bool ended) const;

  std::vector < Region > regions_;
  std::vector < Region > gone_; /* its memory is kept */
  MessageTimes times_;
  int width_ = 1, height_ = 1;  /* px of the frame */
  Place peak_ {}, told_peak_ {};
  double coverage_ = 0;
  bool told_any_ = false;
  GstClockTime told_time_ = GST_CLOCK_TIME_NONE;
};
