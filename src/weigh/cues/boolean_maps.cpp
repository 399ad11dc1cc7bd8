// SPDX-License-Identifier: LGPL-2.1-or-later
#include "weigh/cues/boolean_maps.h"

#include <cmath>

namespace attention {
namespace {

/// The sum of three bits in each place, and what it carries over.
struct BitSum {
  Bits sum, carry;
};
BitSum add(Bits a, Bits b, Bits c) {
  const Bits either = a ^ b;
  return {either ^ c, (a & b) | (either & c)};
}

/// Counts, for each bit of words, in how many it is set: they are added up bit by bit to ones, twos, fours and eights
/// that stay, and each sixteen is counted in the eight bytes of a word at once, until a byte may overflow (Harley &
/// Seal).
class BitCounter {
 public:
  static constexpr int kAtOnce = 16;

  void add(const Bits *words) {
    constexpr uint64_t kLowBits = 0x0101010101010101;
    const Bits sixteens = add_up<kLevels>(words);
    for (int bit = 0; bit < 8; bit++) {
      bytes_[bit].dark += sixteens.dark >> bit & kLowBits;
      bytes_[bit].bright += sixteens.bright >> bit & kLowBits;
    }
    if (++in_bytes_ == 255)
      empty_bytes();
  }

  /// How many of the words have a bit set among the dark, and among the bright.
  std::array<std::array<int, 64>, 2> counts() {
    empty_bytes();
    std::array<std::array<int, 64>, 2> counts = sixteens_;
    for (int bit = 0; bit < 64; bit++)
      for (int p = 0; p < 2; p++) {
        counts[p][bit] *= kAtOnce;
        for (int level = 0; level < kLevels; level++)
          counts[p][bit] += static_cast<int>((p == 0 ? stays_[level].dark : stays_[level].bright) >> bit & 1) << level;
      }
    return counts;
  }

 private:
  static constexpr int kLevels = 4;

  /// Adds 1 << level words to what stays, and returns what they carry over.
  template <int kLevel>
  Bits add_up(const Bits *words) {
    if constexpr (kLevel == 0) {
      return *words;
    } else {
      const Bits a = add_up<kLevel - 1>(words);
      const Bits b = add_up<kLevel - 1>(words + (1 << (kLevel - 1)));
      const auto [sum, carry] = attention::add(stays_[kLevel - 1], a, b);
      stays_[kLevel - 1] = sum;
      return carry;
    }
  }

  void empty_bytes() {
    for (int bit = 0; bit < 64; bit++) {
      sixteens_[0][bit] += static_cast<int>(bytes_[bit % 8].dark >> bit / 8 * 8 & 255);
      sixteens_[1][bit] += static_cast<int>(bytes_[bit % 8].bright >> bit / 8 * 8 & 255);
    }
    bytes_ = {};
    in_bytes_ = 0;
  }

  std::array<Bits, kLevels> stays_{};
  std::array<Bits, 8> bytes_{};
  int in_bytes_ = 0;
  std::array<std::array<int, 64>, 2> sixteens_{};
};

}  // namespace

// A seed reaches all of the mask that it is joined to in its row, to the right and to the left.
void Surrounded::fill(const Bits *mask, Bits *reached) {
  const int n = static_cast<int>(seeded_.size());
  Bits right, left;
  // Neither waits for the other.
  for (int x = 0; x < n; x++) {
    to_right_[x] = right = reached[x] | (mask[x] & right);
    to_left_[n - 1 - x] = left = reached[n - 1 - x] | (mask[n - 1 - x] & left);
  }
  for (int x = 0; x < n; x++)
    reached[x] = to_right_[x] | to_left_[x];
}

bool Surrounded::spread(const Bits *mask, const Bits *from, Bits *reached) {
  const int n = static_cast<int>(seeded_.size());
  Bits fresh;
  for (int x = 0; x < n; x++) {
    const Bits seed = mask[x] & from[x];
    fresh = fresh | (seed & ~reached[x]);
    seeded_[x] = reached[x] | seed;
  }
  if (!fresh.any())
    return false;
  std::copy(seeded_.begin(), seeded_.end(), reached);
  fill(mask, reached);
  return true;
}

void Surrounded::run(const Plane<Bits> &mask, Plane<Bits> &out) {
  const int bottom = mask.height() - 1;
  const int right = mask.width() - 1;
  for (int y = 0; y <= bottom; y++) {
    if (y == 0 || y == bottom) {
      std::copy_n(mask.row(y), mask.width(), out.row(y));
      continue;
    }
    Bits *row = out.row(y);
    for (int x = 0; x <= right; x++)
      row[x] = mask.row(y)[x] & out.row(y - 1)[x];
    row[0] = mask.row(y)[0];
    row[right] = mask.row(y)[right];
    fill(mask.row(y), row);
  }
  // A row need be looked at again only where the one beside it has changed since.
  std::fill(above_changed_.begin(), above_changed_.end(), false);
  std::fill(below_changed_.begin(), below_changed_.end(), true);
  const auto note = [&](int y) {
    above_changed_[y + 1] = true;
    below_changed_[std::max(y - 1, 0)] = true;
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (int y = bottom - 1; y >= 0; y--) {
      const bool looks = below_changed_[y];
      below_changed_[y] = false;
      if (looks && spread(mask.row(y), out.row(y + 1), out.row(y))) {
        note(y);
        changed = true;
      }
    }
    for (int y = 1; y <= bottom; y++) {
      const bool looks = above_changed_[y];
      above_changed_[y] = false;
      if (looks && spread(mask.row(y), out.row(y - 1), out.row(y))) {
        note(y);
        changed = true;
      }
    }
  }
  for (int i = 0; i < out.count(); i++)
    out.begin()[i] = mask.begin()[i] & ~out.begin()[i];
}

BooleanMaps::BooleanMaps(Size size, int thresholds, bool dilate)
    : thresholds_(thresholds),
      dilate_(dilate),
      surrounded_(size),
      mask_(size),
      found_(size),
      above_(size.width),
      tall_(size.width + 2) {
  for (auto &steps : steps_)
    steps.resize(mask_.count());
}

void BooleanMaps::run(const std::array<Map, kChannels> &channels, const std::array<Range, kChannels> &ranges,
                      Map &sum) {
  threshold(channels, ranges);
  surrounded_.run(mask_, found_);
  if (dilate_)
    dilate();
  weigh_areas();
  for (int i = 0; i < found_.count(); i++) {
    const Bits &found = found_.begin()[i];
    float weight = 0;
    for (int b = 0; b < kBytes && found.any(); b++)
      weight += dark_[b][found.dark >> 8 * b & 255] + bright_[b][found.bright >> 8 * b & 255];
    sum.begin()[i] = weight;
  }
}

// Bit t of a channel is set among the dark where its value lies below threshold t, and among the bright where it does
// not.
void BooleanMaps::threshold(const std::array<Map, kChannels> &channels, const std::array<Range, kChannels> &ranges) {
  const int n = mask_.count();
  const uint64_t all = (uint64_t{1} << thresholds_) - 1;
  std::array<std::array<Bits, kMaxThresholds + 1>, kChannels> steps{};  // what a value between two thresholds sets
  for (int c = 0; c < kChannels; c++) {
    const auto [least, greatest] = ranges[c];
    const bool has_maps = greatest > least;
    for (int step = 0; has_maps && step <= thresholds_; step++) {
      const uint64_t bright = (uint64_t{1} << step) - 1;
      steps[c][step] = {(bright ^ all) << c * kMaxThresholds, bright << c * kMaxThresholds};
    }
    const float base = least;
    const float scale = has_maps ? static_cast<float>(thresholds_ + 1) / (greatest - least) : 0.0F;
    const auto last = static_cast<float>(thresholds_);
    const float *value = channels[c].begin();
    uint8_t *step = steps_[c].data();
    for (int i = 0; i < n; i++)
      step[i] = static_cast<uint8_t>(static_cast<int>(std::min(std::max((value[i] - base) * scale, 0.0F), last)));
  }
  for (int i = 0; i < n; i++)
    mask_.begin()[i] = steps[0][steps_[0][i]] | steps[1][steps_[1][i]] | steps[2][steps_[2][i]];
}

void BooleanMaps::dilate() {
  const int n = found_.width();
  std::fill(above_.begin(), above_.end(), Bits{});
  for (int y = 0; y < found_.height(); y++) {
    Bits *row = found_.row(y);
    const Bits *below = y + 1 < found_.height() ? found_.row(y + 1) : row;
    for (int x = 0; x < n; x++) {
      tall_[x + 1] = above_[x] | row[x] | below[x];
      above_[x] = row[x];
    }
    for (int x = 0; x < n; x++)
      row[x] = tall_[x] | tall_[x + 1] | tall_[x + 2];
  }
}

void BooleanMaps::weigh_areas() {
  BitCounter counter;
  int begin = 0;
  for (; begin + BitCounter::kAtOnce <= found_.count(); begin += BitCounter::kAtOnce)
    counter.add(found_.begin() + begin);
  std::array<Bits, BitCounter::kAtOnce> rest{};
  std::copy(found_.begin() + begin, found_.end(), rest.begin());
  counter.add(rest.data());
  const auto area = counter.counts();
  const auto fill = [](const std::array<int, 64> &areas, std::array<Table, kBytes> &tables) {
    for (int b = 0; b < kBytes; b++)
      for (int value = 1; value < 256; value++) {
        const int lowest = __builtin_ctz(value);
        const int pixels = areas[8 * b + lowest];
        const int rest = value & (value - 1);
        tables[b][value] = tables[b][rest] + (rest != 0     ? tables[b][value ^ rest]
                                              : pixels != 0 ? 1.0F / std::sqrt(static_cast<float>(pixels))
                                                            : 0.0F);
      }
  };
  fill(area[0], dark_);
  fill(area[1], bright_);
}

}  // namespace attention
