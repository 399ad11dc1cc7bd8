// SPDX-License-Identifier: LGPL-2.1-or-later
// A flash passes; the light that lasts is that of the scene.
#include "partition/light.h"

#include "../maps.h"

using namespace attention;

namespace {

constexpr Nanoseconds kFrame = 40'000'000;
constexpr double kThreshold = 0.7;

class Seen {
 public:
  void show(float gain, float bias, int frame) {
    light_.look(painted({40, 22}, [&](int x, int y) { return gain * static_cast<float>(20 + x + 3 * y) + bias; }),
                frame * kFrame, kThreshold);
  }
  const Light &light() const { return light_; }

 private:
  Light light_{{40, 22}};
};

}  // namespace

START_TEST(a_strobe_passes_at_any_rate) {
  for (const int half : {1, 2, 5}) {
    Seen seen;
    for (int frame = 0; frame < 100; frame++) {
      const bool is_lit = frame / half % 2 == 1;
      seen.show(is_lit ? 1.5F : 1, is_lit ? 50.0F : 0, frame);
      ck_assert_int_eq(seen.light().is_passing(), is_lit);
    }
  }
}
END_TEST

START_TEST(a_light_that_stays_on_is_the_light) {
  Seen seen;
  for (int frame = 0; frame < 40; frame++) {
    seen.show(1, frame < 10 ? 0.0F : 60.0F, frame);
    ck_assert_int_eq(seen.light().is_passing(), frame >= 10 && frame < 23);
  }
}
END_TEST

START_TEST(a_fade_changes_the_light_and_does_not_pass) {
  Seen seen;
  for (int frame = 0; frame < 25; frame++) {
    seen.show(1 - 0.03F * static_cast<float>(frame), 0, frame);
    ck_assert(!seen.light().is_passing());
  }
  ck_assert(seen.light().is_changing());
}
END_TEST

START_TEST(another_picture_is_not_another_light) {
  Seen seen;
  seen.show(0, 60, 0);
  seen.show(1, 60, 1);
  ck_assert(!seen.light().is_passing());
  seen.show(-1, 255, 2);
  ck_assert(!seen.light().is_passing());
}
END_TEST

int main() {
  return run_suite("partition/light",
                   {a_strobe_passes_at_any_rate, a_light_that_stays_on_is_the_light,
                    a_fade_changes_the_light_and_does_not_pass, another_picture_is_not_another_light});
}
