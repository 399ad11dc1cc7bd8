// SPDX-License-Identifier: LGPL-2.1-or-later
// Cuts, and changes of the light.
#include "partition/scene.h"

#include "../maps.h"

using namespace attention;

START_TEST(a_cut_differs_and_light_does_not) {
  const Size size{40, 22};
  const Map picture = painted(size, [](int x, int y) { return texture(4 * x, 4 * y); });
  const Map brighter = painted(size, [](int x, int y) { return 0.6F * texture(4 * x, 4 * y) + 90; });
  const Map moved = painted(size, [](int x, int y) { return texture(4 * x + 3, 4 * y); });
  const Map white = painted(size, [](int, int) { return 255.0F; });
  const Map other =
      painted(size, [](int x, int y) { return x < 12 || y > 15 ? 20.0F : 200 - texture(9 * y, 7 * x) / 2; });
  const double threshold = PartitionSettings().scene_cut_threshold;
  Scene scene(size);
  const auto change_to = [&](const Map &luma) {
    scene.look(luma, 0, PartitionSettings());
    return static_cast<double>(scene.change());
  };
  ck_assert_double_eq(change_to(picture), 0);
  ck_assert_double_lt(change_to(brighter), 0.01);
  ck_assert_double_lt(change_to(moved), threshold);
  ck_assert_double_eq(change_to(white), 0);
  ck_assert_double_lt(change_to(picture), threshold);
  ck_assert_double_gt(change_to(other), threshold);
  scene.reset();
  ck_assert_double_eq(change_to(picture), 0);
}
END_TEST

int main() { return run_suite("partition/scene", {a_cut_differs_and_light_does_not}); }
