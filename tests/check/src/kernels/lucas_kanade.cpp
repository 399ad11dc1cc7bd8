// SPDX-License-Identifier: LGPL-2.1-or-later
// Points are found where they were, with the same bits in all vectors that this machine has.
#include "kernels/lucas_kanade.h"

#include <map>
#include <tuple>

#include "rows.h"
#include "suite.h"

using namespace attention;

namespace {

constexpr int kLevels = 3;
constexpr Size kSize{96, 64};

/// A pattern with edges in all directions, moved by (dx, dy), at half the size with each level.
struct Pyramid {
  Pyramid(float dx, float dy, float brighter) {
    for (int level = 0; level < kLevels; level++) {
      const int scale = 1 << level;
      Map map({kSize.width / scale, kSize.height / scale});
      for (int y = 0; y < map.height(); y++)
        for (int x = 0; x < map.width(); x++)
          map.row(y)[x] = brighter + pattern((static_cast<float>(x) + 0.5F) * static_cast<float>(scale) - 0.5F - dx,
                                             (static_cast<float>(y) + 0.5F) * static_cast<float>(scale) - 0.5F - dy);
      maps[level] = std::move(map);
      levels[level] = &maps[level];
    }
  }
  Pyramid(const Pyramid &) = delete;

  static float pattern(float x, float y) {
    return 100 + 40 * std::sin(x * 0.31F) * std::cos(y * 0.27F) + 30 * std::sin(x * 0.11F + y * 0.17F);
  }

  Map maps[kLevels];
  const Map *levels[kLevels];
};

struct Found {
  bool found;
  float dx, dy;
};

Found track(const Pyramid &now, const Pyramid &before, float x, float y) {
  Found result{false, 0, 0};
  result.found = kernels::track(now.levels, before.levels, kLevels, x, y, &result.dx, &result.dy);
  return result;
}

}  // namespace

START_TEST(a_point_is_found_where_it_was) {
  const Pyramid before(0, 0, 0);
  for (const auto &[dx, dy] :
       {std::pair{0.0F, 0.0F}, std::pair{0.3F, -0.4F}, std::pair{2.5F, 1.5F}, std::pair{-5.0F, 3.0F}}) {
    const Pyramid now(dx, dy, 0);
    for (const auto &[x, y] : {std::pair{40.0F, 30.0F}, std::pair{55.5F, 33.25F}, std::pair{30.0F, 20.0F}}) {
      const Found at = track(now, before, x, y);
      ck_assert(at.found);
      ck_assert_float_eq_tol(at.dx, -dx, 0.1);
      ck_assert_float_eq_tol(at.dy, -dy, 0.1);
    }
  }
}
END_TEST

START_TEST(brightness_is_no_movement) {
  const Found at = track(Pyramid(1, 0, 25), Pyramid(0, 0, 0), 40, 30);
  ck_assert(at.found);
  ck_assert_float_eq_tol(at.dx, -1, 0.1);
  ck_assert_float_eq_tol(at.dy, 0, 0.1);
}
END_TEST

START_TEST(plain_windows_say_nothing) {
  Pyramid plain(0, 0, 0);
  for (Map &map : plain.maps)
    map.fill(100);
  ck_assert(!track(plain, plain, 40, 30).found);
  for (int y = 0; y < kSize.height; y++)  // an edge says nothing along itself
    std::fill_n(plain.maps[0].row(y), 40, 200.0F);
  ck_assert(!track(plain, plain, 40, 30).found);
}
END_TEST

START_TEST(all_vectors_say_the_same) {
  const Pyramid before(0, 0, 0), now(1.7F, -0.9F, 3);
  std::map<std::tuple<int, int>, Found> firsts;
  for_all_targets([&](int n, int a, int) {
    const Found at =
        track(now, before, static_cast<float>(n % kSize.width), static_cast<float>(a * 4));  // borders, too
    const Found first = firsts.emplace(std::make_tuple(n, a), at).first->second;
    ck_assert_int_eq(at.found, first.found);
    ck_assert(at.dx == first.dx && at.dy == first.dy);
  });
}
END_TEST

int main() {
  return run_suite("lucas_kanade", {a_point_is_found_where_it_was, brightness_is_no_movement, plain_windows_say_nothing,
                                    all_vectors_say_the_same});
}
