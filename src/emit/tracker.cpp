// SPDX-License-Identifier: LGPL-2.1-or-later
#include "emit/tracker.h"

#include <algorithm>
#include <cstddef>
#include <tuple>

#include "base/time.h"

namespace attention {
namespace {

constexpr size_t kMaxTracks = 3 * kMaxRegionsOfInterest;
constexpr float kSameOverlap = 0.15F;                // intersection over union that makes two boxes one object …
constexpr float kSameContained = 0.6F;               // … or this much of the smaller inside of the larger
constexpr int kLeastTold = 3;                        // frames
constexpr Nanoseconds kPatience = 400'000'000;       // that an unseen region is still told
constexpr Nanoseconds kRemembered = 2'500'000'000;   // that it is known again
constexpr Nanoseconds kForgotten = 5'000'000'000;    // after which it is not, whatever it was promised
constexpr Nanoseconds kShareConstant = 300'000'000;  // of the smoothing by which regions are ranked
constexpr Nanoseconds kPullConstant = 1000'000'000;  // of the smoothing by which one is attended
constexpr float kStays = 1.4F;                       // advantage of a region told before over a new one
constexpr Nanoseconds kLooks = 1'000'000'000;        // that a region comes first at least
constexpr float kFast = 1.5F;                        // samples that a thing is off its course which count fully …
constexpr float kFastShare = 0.7F;                   // … and let it be corrected by so much
constexpr Nanoseconds kGrows = 200'000'000;          // time constant of what is known of its ends
constexpr float kRests = 2.0F, kMoves = 6.0F;        // samples a second: slower is noise, faster is movement
constexpr Nanoseconds kCoasts = 200'000'000;         // time constant in which an unseen thing slows down
constexpr float kLeastLeft = 0.3F;                   // of a box that others cut: less is not worth telling

Box box_of(const RegionOfInterest &r) {
  return {static_cast<float>(r.x), static_cast<float>(r.y), static_cast<float>(r.x + r.width),
          static_cast<float>(r.y + r.height)};
}

float likeness(const Box &a, const Box &b) {
  const float common = a.meet(b).area();
  const float overlap = common / (a.area() + b.area() - common);
  const float contained = common / std::min(a.area(), b.area());
  return overlap > kSameOverlap || contained > kSameContained ? overlap + contained : 0.0F;
}

/// Cuts from `box` the side that meets `other`, so that the most is left.
Box cut(const Box &box, const Box &other) {
  Box best{};
  for (const Box &rest : {Box{box.left, box.top, std::min(box.right, other.left), box.bottom},
                          Box{std::max(box.left, other.right), box.top, box.right, box.bottom},
                          Box{box.left, box.top, box.right, std::min(box.bottom, other.top)},
                          Box{box.left, std::max(box.top, other.bottom), box.right, box.bottom}})
    if (rest.area() > best.area())
      best = rest;
  return best;
}

}  // namespace

Tracker::Tracker(float sample_x, float sample_y, const Box &frame, uint32_t last_id)
    : sample_x_(sample_x), sample_y_(sample_y), frame_(frame), last_id_(last_id) {
  tracks_.reserve(kMaxTracks);
  match_.reserve(kMaxRegionsOfInterest);
  pairs_.reserve(kMaxRegionsOfInterest * kMaxTracks);
  placed_.reserve(kMaxTracks);
  order_.reserve(kMaxTracks);
}

void Tracker::reset() {
  tracks_.clear();
  order_.clear();
  attended_ = 0;
  fresh_ = true;
}

bool Tracker::Track::must_be_told() const { return told > 0 && told < kLeastTold; }

void Tracker::Trend::add(float found, float memory) {
  off += (found - off) * memory;
  far += (std::fabs(found) - far) * memory;
}

void Tracker::End::correct(float to, float share, float memory) {
  trend.add(to - at, memory);
  at += (to - at) * share * trend.belief();
}

void Tracker::Course::correct(float from, float to, float seconds, float moves, float memory, float sample) {
  const float first = from - begin.at, last = to - end.at;
  const float least = std::fabs(first) < std::fabs(last) ? first : last;
  const float off = first * last > 0 ? least : 0.0F;
  trend.add(off, memory);
  // The further off on the same side, the more it is believed that the thing went another way.
  const float surprise = std::min(std::fabs(off) / (kFast * sample), 1.0F) * trend.belief() * trend.belief();
  const float alpha = moves * trend.belief() + std::max(kFastShare - moves, 0.0F) * surprise;
  begin.at += alpha * off;
  end.at += alpha * off;
  if (seconds > 0)
    speed += alpha * alpha / (2 - alpha) * off / seconds;
}

Nanoseconds Tracker::since(Nanoseconds before, Nanoseconds time) const {
  return fresh_ || time == kNoTime || before == kNoTime ? 0 : time_between(time, before);
}

void Tracker::run(std::vector<RegionOfInterest> &regions, Nanoseconds time, int max_regions, Nanoseconds attack) {
  const Nanoseconds step = since(last_look_, time);
  go(since(last_time_, time));
  for (Track &track : tracks_)
    track.seen = false;
  match(regions);
  for (size_t i = 0; i < regions.size(); i++) {
    if (match_[i] < 0) {
      if (tracks_.size() == kMaxTracks)
        continue;
      match_[i] = static_cast<int>(tracks_.size());
      tracks_.emplace_back();
    }
    update(tracks_[match_[i]], regions[i], time, step, attack);
  }
  const float slows = share_of_way(step, kCoasts);
  for (Track &track : tracks_)
    if (!track.seen) {
      track.x.speed -= track.x.speed * slows;
      track.y.speed -= track.y.speed * slows;
    }
  tracks_.erase(std::remove_if(tracks_.begin(), tracks_.end(), [&](const Track &t) { return is_over(t, time); }),
                tracks_.end());
  last_time_ = last_look_ = time;
  attend(time);
  tell(regions, max_regions);
  fresh_ = false;
}

void Tracker::carry_on(std::vector<RegionOfInterest> &regions, Nanoseconds time, int max_regions) {
  go(since(last_time_, time));
  tell(regions, max_regions);
  last_time_ = time;
}

/// How much of its movement is one, 0–1.
float Tracker::movement(const Track &track) const {
  const float speed = std::hypot(track.x.speed / sample_x_, track.y.speed / sample_y_);
  return std::clamp((speed - kRests) / (kMoves - kRests), 0.0F, 1.0F);
}

void Tracker::go(Nanoseconds step) {
  const float seconds = static_cast<float>(step) / 1e9F;
  for (Track &track : tracks_) {
    track.x.go(seconds);
    track.y.go(seconds);
    const float moves = movement(track) * seconds;
    track.box.left += moves * track.x.speed;
    track.box.right += moves * track.x.speed;
    track.box.top += moves * track.y.speed;
    track.box.bottom += moves * track.y.speed;
  }
}

// The pair that is most alike is one object; so on until no pair is alike.
void Tracker::match(const std::vector<RegionOfInterest> &found) {
  match_.assign(found.size(), -1);
  pairs_.clear();
  for (size_t i = 0; i < found.size(); i++)
    for (size_t t = 0; t < tracks_.size(); t++)
      if (const float alike = likeness(box_of(found[i]), tracks_[t].course()); alike > 0)
        pairs_.push_back({alike, static_cast<int>(i), static_cast<int>(t)});
  std::sort(pairs_.begin(), pairs_.end(), [](const Pair &a, const Pair &b) {
    return std::tie(b.alike, a.found, a.track) < std::tie(a.alike, b.found, b.track);
  });
  for (const Pair &pair : pairs_) {
    if (match_[pair.found] >= 0 || tracks_[pair.track].seen)
      continue;
    match_[pair.found] = pair.track;
    tracks_[pair.track].seen = true;
  }
}

void Tracker::update(Track &track, const RegionOfInterest &found, Nanoseconds time, Nanoseconds step,
                     Nanoseconds attack) {
  const uint32_t id = track.region.id;
  const float share = track.region.share;
  const bool is_new = track.hits == 0;
  const Nanoseconds first_seen = is_new ? time : track.region.first_seen;
  track.region = found;
  track.region.id = id;
  track.region.first_seen = first_seen;
  track.region.last_seen = time;
  track.seen = true;
  track.hits++;
  const Box box = box_of(found);
  if (is_new) {
    track.x.begin.at = box.left;
    track.x.end.at = box.right;
    track.y.begin.at = box.top;
    track.y.end.at = box.bottom;
    track.box = box;
    track.pull = found.weight;
    return;
  }
  const float way = share_of_way(step, attack);
  const float seconds = static_cast<float>(step) / 1e9F;
  // What both of its ends have in common it moved, the rest it grew, a new one at once.
  const float grows = std::max(way, 1.0F / static_cast<float>(track.hits));
  const float memory = std::max(share_of_way(step, kGrows), 1.0F / static_cast<float>(track.hits));
  track.x.correct(box.left, box.right, seconds, way, memory, sample_x_);
  track.y.correct(box.top, box.bottom, seconds, way, memory, sample_y_);
  track.x.begin.correct(box.left, grows, memory);
  track.x.end.correct(box.right, grows, memory);
  track.y.begin.correct(box.top, grows, memory);
  track.y.end.correct(box.bottom, grows, memory);
  // At rest only what is clear moves the box, in movement all.
  const float moves = movement(track);
  const Box goal = track.course();
  const float near = way + (1 - way) * moves;
  const auto move = [&](float &edge, float to, float sample) {
    edge = follow(edge, to, near, near, sample * (1 - moves));
  };
  move(track.box.left, goal.left, sample_x_);
  move(track.box.right, goal.right, sample_x_);
  move(track.box.top, goal.top, sample_y_);
  move(track.box.bottom, goal.bottom, sample_y_);
  const float smooth = share_of_way(step, kShareConstant);
  track.region.share = share + (found.share - share) * smooth;
  // The mean of what was seen of it, at first.
  const float steady = std::max(share_of_way(step, kPullConstant), 1.0F / static_cast<float>(track.hits));
  track.pull += (found.weight - track.pull) * steady;
}

bool Tracker::is_over(const Track &track, Nanoseconds time) const {
  const bool forgotten = time == kNoTime || time_between(time, track.region.last_seen) > kForgotten;
  if (track.seen || (track.must_be_told() && !forgotten))
    return false;
  return track.told == 0 || time == kNoTime || time_between(time, track.region.last_seen) > kRemembered;
}

/// What is attended stays so until something else clearly pulls more, for a while at least.
void Tracker::attend(Nanoseconds time) {
  const Track *now = nullptr, *most = nullptr;
  for (const Track &track : tracks_) {
    if (!may_be_told(track) || is_hidden(track))
      continue;
    if (track.region.id != 0 && track.region.id == attended_)
      now = &track;
    if (track.seen && (most == nullptr || track.pull > most->pull))
      most = &track;
  }
  if (most == nullptr || most == now)
    return;
  const bool may_change =
      now == nullptr ||
      (now->told >= kLeastTold && most->pull > kStays * now->pull &&
       (attended_since_ == kNoTime || time == kNoTime || time_between(time, attended_since_) >= kLooks));
  if (!may_change)
    return;
  Track &attended = tracks_[static_cast<size_t>(most - tracks_.data())];
  if (attended.region.id == 0)
    attended.region.id = ++last_id_;
  attended_since_ = attended_ == 0 ? kNoTime : time;  // the first look at a scene is a guess
  attended_ = attended.region.id;
}

/// Whether it was missed in the last look, and has been for long.
bool Tracker::is_hidden(const Track &track) const {
  return last_look_ != kNoTime && !track.must_be_told() && time_between(last_look_, track.region.last_seen) > kPatience;
}

void Tracker::tell(std::vector<RegionOfInterest> &regions, int max_regions) {
  std::sort(tracks_.begin(), tracks_.end(), [this](const Track &a, const Track &b) {
    if ((a.region.id == attended_) != (b.region.id == attended_))
      return a.region.id == attended_;
    if (a.must_be_told() != b.must_be_told())
      return a.must_be_told();
    return a.region.share * (a.told_before ? kStays : 1.0F) > b.region.share * (b.told_before ? kStays : 1.0F);
  });
  regions.clear();
  placed_.clear();
  for (Track &track : tracks_) {
    track.told_before = false;
    Box box;
    if (static_cast<int>(regions.size()) >= max_regions || !may_be_told(track) || is_hidden(track) ||
        !place(track, box))
      continue;
    if (track.region.id == 0)
      track.region.id = ++last_id_;
    track.told++;
    track.told_before = true;
    placed_.push_back(box);
    regions.push_back(track.region);
    RegionOfInterest &told = regions.back();
    told.x = static_cast<int>(box.left);
    told.y = static_cast<int>(box.top);
    told.width = static_cast<int>(box.right - box.left);
    told.height = static_cast<int>(box.bottom - box.top);
  }
  rank(regions);
}

// The most important first, but two change places only where it is clear, so that noise does not.
void Tracker::rank(std::vector<RegionOfInterest> &regions) {
  const auto place = [&](const RegionOfInterest &r) {
    return r.id == attended_ ? ptrdiff_t{-1} : std::find(order_.begin(), order_.end(), r.id) - order_.begin();
  };
  std::sort(regions.begin(), regions.end(), [&](const RegionOfInterest &a, const RegionOfInterest &b) {
    return place(a) != place(b) ? place(a) < place(b) : a.share > b.share;
  });
  const auto known = static_cast<ptrdiff_t>(order_.size());
  for (size_t last = 1; last < regions.size(); last++)
    for (size_t i = last; i > 0 && regions[i - 1].id != attended_; i--) {
      const float lead = place(regions[i]) < known ? kStays : 1.0F;
      if (regions[i].share <= lead * regions[i - 1].share)
        break;
      std::swap(regions[i], regions[i - 1]);
    }
  order_.clear();
  for (const RegionOfInterest &region : regions)
    order_.push_back(region.id);
}

/// Where a region is told, in whole px, clear of those already placed; false where too little is left of it.
bool Tracker::place(const Track &track, Box &box) const {
  const auto is_clear = [&](const Box &b) {
    return std::none_of(placed_.begin(), placed_.end(), [&](const Box &p) { return p.meets(b); });
  };
  box = track.box.rounded().meet(frame_);
  if (!is_clear(box) && track.seen && is_clear(box_of(track.region)))
    box = box_of(track.region);
  for (const Box &other : placed_)
    if (other.meets(box))
      box = cut(box, other);
  const float least = track.must_be_told() ? 0.0F : kLeastLeft * track.box.area();
  return box.area() > least;
}

}  // namespace attention
