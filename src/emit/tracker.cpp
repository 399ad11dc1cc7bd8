// SPDX-License-Identifier: LGPL-2.1-or-later
#include "emit/tracker.h"

#include <algorithm>
#include <cstddef>
#include <tuple>

#include "base/time.h"

namespace attention {
namespace {

constexpr size_t kMaxTracks = 3 * kMaxRegionsOfInterest;
constexpr float kSameOverlap = 0.15F;   // intersection over union that makes two boxes one object …
constexpr float kSameContained = 0.6F;  // … or this much of the smaller inside of the larger
constexpr int kHitsToTell = 2;
constexpr int kLeastTold = 3;                        // frames
constexpr Nanoseconds kPatience = 400'000'000;       // that an unseen region is still told
constexpr Nanoseconds kForgotten = 5'000'000'000;    // after which it is not, whatever it was promised
constexpr Nanoseconds kShareConstant = 300'000'000;  // of the smoothing by which regions are ranked
constexpr float kStays = 1.25F;                      // advantage of a region told before over a new one
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

Tracker::Tracker(float sample_x, float sample_y, uint32_t last_id)
    : sample_x_(sample_x), sample_y_(sample_y), last_id_(last_id) {
  tracks_.reserve(kMaxTracks);
  match_.reserve(kMaxRegionsOfInterest);
  pairs_.reserve(kMaxRegionsOfInterest * kMaxTracks);
  placed_.reserve(kMaxTracks);
  order_.reserve(kMaxTracks);
}

void Tracker::reset() {
  tracks_.clear();
  order_.clear();
  fresh_ = true;
}

bool Tracker::Track::must_be_told() const { return told > 0 && told < kLeastTold; }

void Tracker::run(std::vector<RegionOfInterest> &regions, Nanoseconds time, int max_regions, Nanoseconds attack) {
  const Nanoseconds step = fresh_ || time == kNoTime || last_time_ == kNoTime ? 0 : time_between(time, last_time_);
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
  tracks_.erase(std::remove_if(tracks_.begin(), tracks_.end(), [&](const Track &t) { return is_over(t, time); }),
                tracks_.end());
  tell(regions, max_regions);
  last_time_ = time;
  fresh_ = false;
}

// The pair that is most alike is one object; so on until no pair is alike.
void Tracker::match(const std::vector<RegionOfInterest> &found) {
  match_.assign(found.size(), -1);
  pairs_.clear();
  for (size_t i = 0; i < found.size(); i++)
    for (size_t t = 0; t < tracks_.size(); t++)
      if (const float alike = likeness(box_of(found[i]), tracks_[t].box); alike > 0)
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
                     Nanoseconds attack) const {
  const uint32_t id = track.region.id;
  const float share = track.region.share;
  const bool is_new = track.hits == 0;
  const Nanoseconds first_seen = is_new ? time : track.region.first_seen;
  track.region = found;
  track.region.id = id;
  track.region.first_seen = first_seen;
  track.region.last_seen = time;
  if (is_new) {
    track.box = box_of(found);
  } else {
    const float way = share_of_way(step, attack);
    const Box goal = box_of(found);
    const auto move = [way](float &edge, float to, float dead) { edge = follow(edge, to, way, way, dead); };
    move(track.box.left, goal.left, sample_x_);
    move(track.box.right, goal.right, sample_x_);
    move(track.box.top, goal.top, sample_y_);
    move(track.box.bottom, goal.bottom, sample_y_);
    track.region.share = share + (found.share - share) * share_of_way(step, kShareConstant);
  }
  track.seen = true;
  track.hits++;
}

bool Tracker::is_over(const Track &track, Nanoseconds time) const {
  const bool forgotten = time == kNoTime || time_between(time, track.region.last_seen) > kForgotten;
  if (track.seen || (track.must_be_told() && !forgotten))
    return false;
  return track.told == 0 || time == kNoTime || time_between(time, track.region.last_seen) > kPatience;
}

void Tracker::tell(std::vector<RegionOfInterest> &regions, int max_regions) {
  std::sort(tracks_.begin(), tracks_.end(), [](const Track &a, const Track &b) {
    if (a.must_be_told() != b.must_be_told())
      return a.must_be_told();
    return a.region.share * (a.told_before ? kStays : 1.0F) > b.region.share * (b.told_before ? kStays : 1.0F);
  });
  regions.clear();
  placed_.clear();
  for (Track &track : tracks_) {
    track.told_before = false;
    Box box;
    if (static_cast<int>(regions.size()) >= max_regions || !(fresh_ || track.told > 0 || track.hits >= kHitsToTell) ||
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
    return std::find(order_.begin(), order_.end(), r.id) - order_.begin();
  };
  std::sort(regions.begin(), regions.end(), [&](const RegionOfInterest &a, const RegionOfInterest &b) {
    return place(a) != place(b) ? place(a) < place(b) : a.share > b.share;
  });
  const auto known = static_cast<ptrdiff_t>(order_.size());
  for (size_t last = 1; last < regions.size(); last++)
    for (size_t i = last; i > 0; i--) {
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
  box = track.box.rounded();
  if (!is_clear(box) && track.seen && is_clear(box_of(track.region)))
    box = box_of(track.region);
  for (const Box &other : placed_)
    if (other.meets(box))
      box = cut(box, other);
  const float least = track.must_be_told() ? 0.0F : kLeastLeft * track.box.area();
  return box.area() > least;
}

}  // namespace attention
