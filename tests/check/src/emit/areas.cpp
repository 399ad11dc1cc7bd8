// SPDX-License-Identifier: LGPL-2.1-or-later
// Areas of a map against the same found and joined in the plainest way.
#include "emit/areas.h"

#include <tuple>

#include "../maps.h"

using namespace attention;

namespace {

constexpr float kThreshold = 0.5F;

/// The areas of a map, joined until none meets another: as often as it takes.
std::vector<Area> plain_areas(const Map &map) {
  std::vector<Area> areas;
  Plane<int> label(map.size());
  label.fill(-1);
  for (int i = 0; i < map.count(); i++)
    if (map.begin()[i] >= kThreshold)
      label.begin()[i] = i;
  for (bool changed = true; changed;) {
    changed = false;
    for (int y = 0; y < map.height(); y++)
      for (int x = 0; x < map.width(); x++)
        for (const auto &[dx, dy] : {std::pair{1, 0}, std::pair{-1, 0}, std::pair{0, 1}, std::pair{0, -1}}) {
          const int u = x + dx, v = y + dy;
          if (u < 0 || v < 0 || u >= map.width() || v >= map.height() || label.row(y)[x] < 0 || label.row(v)[u] < 0)
            continue;
          if (label.row(v)[u] < label.row(y)[x]) {
            label.row(y)[x] = label.row(v)[u];
            changed = true;
          }
        }
  }
  for (int l = 0; l < map.count(); l++) {
    Area area{{1e9F, 1e9F, 0, 0}, 0};
    for (int y = 0; y < map.height(); y++)
      for (int x = 0; x < map.width(); x++)
        if (label.row(y)[x] == l) {
          const auto fx = static_cast<float>(x), fy = static_cast<float>(y);
          area.box = area.box.join({fx, fy, fx + 1, fy + 1});
          area.weight = std::max(area.weight, map.row(y)[x]);
        }
    if (area.weight > 0)
      areas.push_back(area);
  }
  for (bool joined = true; joined;) {
    joined = false;
    for (size_t i = 0; i < areas.size() && !joined; i++)
      for (size_t j = i + 1; j < areas.size() && !joined; j++)
        if (areas[i].box.meets(areas[j].box)) {
          areas[i] = {areas[i].box.join(areas[j].box), std::max(areas[i].weight, areas[j].weight)};
          areas.erase(areas.begin() + static_cast<ptrdiff_t>(j));
          joined = true;
        }
  }
  return areas;
}

void sort(std::vector<Area> &areas) {
  std::sort(areas.begin(), areas.end(), [](const Area &a, const Area &b) {
    return std::tie(a.box.top, a.box.left) < std::tie(b.box.top, b.box.left);
  });
}

}  // namespace

START_TEST(areas_are_found_and_joined) {
  for (const float most : {0.55F, 0.7F, 0.9F}) {  // few areas, many, one of them large
    const Map map = noise({48, 27}, 0, most);
    Areas finder(map.size());
    std::vector<Area> found = finder.find(map, kThreshold), expected = plain_areas(map);
    sort(found);
    sort(expected);
    ck_assert_uint_eq(found.size(), expected.size());
    for (size_t i = 0; i < found.size(); i++) {
      const Box &a = found[i].box, &b = expected[i].box;
      ck_assert(a.left == b.left && a.top == b.top && a.right == b.right && a.bottom == b.bottom &&
                found[i].weight == expected[i].weight);
    }
  }
}
END_TEST

// Each sample an area of its own: more than are kept.
START_TEST(of_too_many_the_strongest_are_kept) {
  Map map = painted(
      {80, 60}, [](int x, int y) { return (x + y) % 2 == 0 ? 0.5F + static_cast<float>(y * 80 + x) / 20000 : 0.0F; });
  Areas finder(map.size());
  const std::vector<Area> &found = finder.find(map, kThreshold);
  ck_assert_uint_eq(found.size(), Areas::kMost);
  for (const Area &area : found)
    ck_assert_float_ge(area.weight, 0.5F + static_cast<float>(80 * 60 - 2 * static_cast<int>(Areas::kMost)) / 20000);
}
END_TEST

// Nested corners, each of which meets the next only when it has grown: the worst case of joining.
START_TEST(a_chain_of_boxes_becomes_one) {
  constexpr int kSide = 120;
  Map map = painted({kSide, kSide}, [](int x, int y) { return std::min(x, y) % 2 == 0 ? 1.0F : 0.0F; });
  Areas finder(map.size());
  const std::vector<Area> &found = finder.find(map, kThreshold);
  ck_assert_uint_eq(found.size(), 1);
  ck_assert_float_eq(found[0].box.area(), static_cast<float>(kSide) * kSide);
}
END_TEST

int main() {
  return run_suite("emit/areas",
                   {areas_are_found_and_joined, of_too_many_the_strongest_are_kept, a_chain_of_boxes_becomes_one});
}
