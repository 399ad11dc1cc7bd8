/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "messages.h"

#include <algorithm>
#include <cmath>

static GstStructure *
message_structure (const gchar * name, const MessageTimes & times)
{
  return gst_structure_new (name,
      "timestamp", GST_TYPE_CLOCK_TIME, times.timestamp, "stream-time", GST_TYPE_CLOCK_TIME, times.stream_time,
      "running-time", GST_TYPE_CLOCK_TIME, times.running_time, "duration", GST_TYPE_CLOCK_TIME, times.duration, NULL);
}

GstStructure *
gst_attention_scene_cut_message (const attention::Result & result, const MessageTimes & times)
{
  GstStructure *s = message_structure ("attention-scene-cut", times);
  gst_structure_set (s, "change", G_TYPE_DOUBLE, (gdouble) result.scene_change, NULL);
  return s;
}

void
Messages::see (const attention::Result & result, const MessageTimes & times, int width, int height)
{
  times_ = times;
  width_ = width;
  height_ = height;
  peak_ = { result.peak_x, result.peak_y };
  coverage_ = result.coverage;
  gone_.swap (regions_);
  regions_.clear ();
  for (int i = 0; i < result.region_count; i++) {
    const attention::RegionOfInterest & seen = result.regions[i];
    const Place place = { (seen.x + seen.width / 2.0) / width, (seen.y + seen.height / 2.0) / height };
    const auto known = std::find_if (gone_.begin (), gone_.end (),
        [&](const Region & r) { return r.seen.id == seen.id; });
    if (known == gone_.end () || known->event == Event::BEGIN)
      regions_.push_back ({ seen, place, place, Event::BEGIN });
    else
      regions_.push_back ({ seen, place, known->told, Event::UPDATE });
    if (known != gone_.end ())
      gone_.erase (known);
  }
  end (gone_);
  regions_.insert (regions_.end (), gone_.begin (), gone_.end ());
}

/* What was never told of need not end. */
void
Messages::end (std::vector < Region > &regions)
{
  regions.erase (std::remove_if (regions.begin (), regions.end (),
          [](const Region & r) { return r.event == Event::BEGIN; }), regions.end ());
  for (Region & region : regions)
    region.event = Event::END;
}

bool
Messages::end_all ()
{
  end (regions_);
  return !regions_.empty ();
}

bool
Messages::is_due (const MessageSettings & settings) const
{
  const auto has_moved = [&](const Place & now, const Place & told) {
    return std::max (std::fabs (now.x - told.x), std::fabs (now.y - told.y)) > settings.threshold;
  };
  switch (settings.post) {
    case PostMessages::CHANGE:
      return !told_any_ || has_moved (peak_, told_peak_)
          || std::any_of (regions_.begin (), regions_.end (), [&](const Region & r) {
                return r.event != Event::UPDATE || has_moved (r.place, r.told);
              });
    case PostMessages::INTERVAL:
      return !told_any_ || !GST_CLOCK_TIME_IS_VALID (told_time_) || !GST_CLOCK_TIME_IS_VALID (times_.running_time)
          || times_.running_time < told_time_ || times_.running_time - told_time_ >= settings.interval;
    case PostMessages::ALL:
      return true;
    default:
      return false;
  }
}

/* For how long it has been seen. Reverse playback runs towards smaller times. */
static GstClockTime
time_seen (const attention::RegionOfInterest & region)
{
  if (region.first_seen == attention::kNoTime || region.last_seen == attention::kNoTime)
    return GST_CLOCK_TIME_NONE;
  return (GstClockTime) std::abs (region.last_seen - region.first_seen);
}

GstStructure *
Messages::describe (const Region & region) const
{
  static constexpr const gchar *kEvents[] = { "begin", "update", "end" };
  FrameRegion said (region.seen, width_, height_);
  said.event = kEvents[(int) region.event];
  said.duration = time_seen (region.seen);
  return gst_attention_region_describe (said, REGION_FIELD_OF_MESSAGE, "region");
}

GValue
Messages::describe_all (bool ended) const
{
  GValue array = G_VALUE_INIT;
  g_value_init (&array, GST_TYPE_ARRAY);
  for (const Region & region : regions_)
    if ((region.event == Event::END) == ended)
      gst_attention_append_structure (&array, describe (region));
  return array;
}

GstStructure *
Messages::tell ()
{
  GstStructure *s = message_structure ("attentionfilter", times_);
  gst_structure_set (s, "peak-x", G_TYPE_DOUBLE, peak_.x, "peak-y", G_TYPE_DOUBLE, peak_.y,
      "coverage", G_TYPE_DOUBLE, coverage_, NULL);
  GValue regions = describe_all (false);
  GValue ended = describe_all (true);
  gst_structure_take_value (s, "regions", &regions);
  gst_structure_take_value (s, "ended", &ended);

  regions_.erase (std::remove_if (regions_.begin (), regions_.end (),
          [](const Region & r) { return r.event == Event::END; }), regions_.end ());
  for (Region & region : regions_) {
    region.event = Event::UPDATE;
    region.told = region.place;
  }
  told_any_ = true;
  told_peak_ = peak_;
  told_time_ = times_.running_time;
  return s;
}
