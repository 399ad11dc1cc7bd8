// SPDX-License-Identifier: LGPL-2.1-or-later
#include "boolean_maps.h"

#include <cmath>

namespace attention {
namespace {

BitRow first_columns(int n) {
  BitRow row;
  for (int i = 0; i < n; i++)
    row.set(i);
  return row;
}

/// The widest step whose shift still stays inside a row.
constexpr int kLongestStep = kMaxBitColumns / 2;

template <typename Function>
void for_each_bit(BitRow row, Function function) {
  for (uint64_t bits = row.lo; bits != 0; bits &= bits - 1)
    function(__builtin_ctzll(bits));
  for (uint64_t bits = row.hi; bits != 0; bits &= bits - 1)
    function(64 + __builtin_ctzll(bits));
}

}  // namespace

// Kogge-Stone: after the step of length n every seed has grown by up to 2n - 1 columns.
BitRow fill_row(BitRow seed, BitRow mask) {
  BitRow up = seed;
  BitRow down = seed;
  BitRow up_mask = mask;
  BitRow down_mask = mask;
  for (int n = 1; n <= kLongestStep; n *= 2) {
    up = up | (up_mask & (up << n));
    down = down | (down_mask & (down >> n));
    up_mask = up_mask & (up_mask << n);
    down_mask = down_mask & (down_mask >> n);
  }
  return up | down;
}

Surrounded::Surrounded(Size size) : size_(size), all_(first_columns(size.width)) {
  sides_.set(0);
  sides_.set(size.width - 1);
}

void Surrounded::run(const std::vector<BitRow> &mask, std::vector<BitRow> &reached) const {
  const int bottom = size_.height - 1;
  for (int y = 0; y <= bottom; y++) {
    const BitRow seed = mask[y] & (y == 0 || y == bottom ? all_ : sides_);
    reached[y] = seed.any() ? fill_row(seed, mask[y]) : seed;
  }
  const auto spread = [&](int y, int from) {
    const BitRow seed = mask[y] & reached[from] & ~reached[y];
    if (!seed.any())
      return false;
    reached[y] = reached[y] | fill_row(seed, mask[y]);
    return true;
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (int y = 1; y <= bottom; y++)
      changed |= spread(y, y - 1);
    for (int y = bottom - 1; y >= 0; y--)
      changed |= spread(y, y + 1);
  }
  for (int y = 0; y <= bottom; y++)
    reached[y] = mask[y] & ~reached[y];
}

BooleanMaps::BooleanMaps(Size size, int thresholds, bool dilate)
    : size_(size),
      thresholds_(thresholds),
      dilate_(dilate),
      surrounded_(size),
      all_(first_columns(size.width)),
      above_(size.height),
      below_(size.height),
      found_(size.height),
      level_start_(thresholds + 2),
      cursor_(thresholds + 2),
      by_level_(static_cast<size_t>(size.width) * size.height),
      level_(by_level_.size()) {}

void BooleanMaps::add(const Map &channel, float least, float greatest, Map &sum) {
  if (greatest <= least)
    return;
  // A pixel's level is the number of thresholds below it; sorted by level, a step of the threshold moves few bits.
  const float scale = static_cast<float>(thresholds_ + 1) / (greatest - least);
  std::fill(level_start_.begin(), level_start_.end(), 0);
  for (int i = 0; i < channel.count(); i++) {
    const int level = std::clamp(static_cast<int>((channel.begin()[i] - least) * scale), 0, thresholds_);
    level_[i] = static_cast<uint8_t>(level);
    level_start_[level + 1]++;
  }
  for (int level = 0; level <= thresholds_; level++)
    level_start_[level + 1] += level_start_[level];
  std::copy(level_start_.begin(), level_start_.end(), cursor_.begin());
  for (int i = 0; i < channel.count(); i++)
    by_level_[cursor_[level_[i]]++] = i;

  std::fill(above_.begin(), above_.end(), all_);
  std::fill(below_.begin(), below_.end(), BitRow{});
  for (int threshold = 0; threshold < thresholds_; threshold++) {
    for (int k = level_start_[threshold]; k < level_start_[threshold + 1]; k++) {
      const int y = by_level_[k] / size_.width;
      const int x = by_level_[k] % size_.width;
      above_[y].clear(x);
      below_[y].set(x);
    }
    add_surrounded(above_, sum);
    add_surrounded(below_, sum);
  }
}

void BooleanMaps::add_surrounded(const std::vector<BitRow> &mask, Map &sum) {
  surrounded_.run(mask, found_);
  if (dilate_)
    dilate(found_);
  int area = 0;
  for (const BitRow &row : found_)
    area += row.count();
  if (area == 0)
    return;
  const float weight = 1.0F / std::sqrt(static_cast<float>(area));
  for (int y = 0; y < size_.height; y++) {
    float *s = sum.row(y);
    for_each_bit(found_[y], [&](int x) { s[x] += weight; });
  }
}

void BooleanMaps::dilate(std::vector<BitRow> &rows) const {
  BitRow above;
  for (int y = 0; y < size_.height; y++) {
    const BitRow here = rows[y];
    const BitRow below = y + 1 < size_.height ? rows[y + 1] : BitRow{};
    const BitRow tall = above | here | below;
    rows[y] = (tall | (tall << 1) | (tall >> 1)) & all_;
    above = here;
  }
}

}  // namespace attention
