// SPDX-License-Identifier: LGPL-2.1-or-later
// What counts as motion, and what does not.
#include <functional>

#include "../../noise.h"
#include "image/statistics.h"
#include "weigh/cues/cue.h"

using namespace attention;

namespace {

constexpr Size kAnalysis{320, 180};
constexpr Nanoseconds kSecond = 1'000'000'000;

using Paint = std::function<float(double x, double y)>;

/// Numbers to begin anywhere in: to make them takes longer than to look at the picture.
const std::vector<float> &normal() {
  static const std::vector<float> numbers = [] {
    std::mt19937 bits(1);
    std::normal_distribution<float> any;
    std::vector<float> made(1 << 17);
    std::generate(made.begin(), made.end(), [&] { return any(bits); });
    return made;
  }();
  return numbers;
}

/// The cue, and what it looks at.
class Seen {
 public:
  explicit Seen(float noise = 1) : noise_(noise) {}

  /// Luma at time `at`, in seconds; some noise is added to it.
  void show(const Paint &luma, double at) {
    AnalysisPlanes planes(kAnalysis);
    size_t next = bits_();
    planes.y =
        painted(kAnalysis, [&](int x, int y) { return luma(x, y) + noise_ * normal()[next++ % normal().size()]; });
    partition_.run(planes, static_cast<Nanoseconds>(at * kSecond), settings_.partition, workers_);
    cue_->look(partition_.features());
    cue_->score(score_);
  }
  const Map &score() const { return score_; }
  float greatest() const { return range(score_).greatest; }

 private:
  Geometry geometry_ = frame_of(640, 360);
  AnalysisSizes sizes_ = AnalysisSizes::choose(geometry_);
  Settings settings_;
  Workers workers_{1};
  Partition partition_{geometry_, sizes_};
  std::unique_ptr<Cue> cue_ = kCues[first_of(CueRole::kMotion)].create(sizes_, partition_.features());
  Map score_{sizes_.map};
  std::mt19937 bits_{1};
  float noise_;
};

float ground(double x, double y) { return texture(x, y); }

/// Bright, 10 × 30 px, with its left edge at `left`.
Paint thing_at(double left) {
  return [=](double x, double y) {
    const double covered = std::clamp(std::min(x + 1, left + 10) - std::max(x, left), 0.0, 1.0);
    return y >= 80 && y < 110 ? static_cast<float>(ground(x, y) * (1 - covered) + 240 * covered) : ground(x, y);
  };
}

}  // namespace

START_TEST(a_slow_thing_counts_the_same_at_any_rate) {
  for (const int rate : {5, 12, 25, 50, 100}) {
    Seen seen;
    float greatest = 0;
    for (int i = 0; i < 2 * rate; i++) {
      const double at = static_cast<double>(i) / rate;
      seen.show(thing_at(100 + 12 * at), at);
      if (at > 1)
        greatest = std::max(greatest, seen.greatest());
    }
    ck_assert_msg(greatest > 0.3F, "%g at %d frames a second", greatest, rate);
  }
}
END_TEST

START_TEST(it_counts_where_the_thing_is_and_not_where_it_was) {
  Seen seen;
  for (int i = 0; i < 30; i++)
    seen.show(thing_at(20 + 6 * i), i * 0.04);
  const int x = (20 + 6 * 29 + 5) / 2, y = 95 / 2;  // the map has half as many samples
  ck_assert_float_gt(seen.score().row(y)[x], 0.8F);
  ck_assert_float_lt(seen.score().row(y)[x - 15], 0.2F);
}
END_TEST

START_TEST(a_camera_that_pans_by_any_step_is_no_motion) {
  for (const double step : {0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0}) {
    Seen seen;
    for (int i = 0; i < 20; i++)
      seen.show([&](double x, double y) { return ground(x + step * i, y); }, i * 0.04);
    ck_assert_msg(seen.greatest() < 0.1F, "%g where the camera moves by %g px a frame", seen.greatest(), step);
  }
}
END_TEST

START_TEST(what_goes_on_in_one_place_is_got_used_to_and_news_when_it_changes) {
  Seen seen;
  std::mt19937 bits(3);
  Map flicker({10, 10});
  float first = 0, last = 0;
  for (int i = 0; i < 300; i++) {
    for (float &v : flicker)
      v = static_cast<float>(bits() % 120) - 60;
    seen.show(
        [&](double x, double y) {
          const bool inside = x >= 60 && x < 100 && y >= 60 && y < 100;
          return ground(x, y) + (inside ? flicker.row(static_cast<int>(y - 60) / 4)[static_cast<int>(x - 60) / 4] : 0);
        },
        i * 0.04);
    if (i == 10)
      first = seen.greatest();
    last = seen.greatest();
  }
  ck_assert_float_gt(first, 0.6F);
  ck_assert_float_lt(last, 0.4F * first);
  for (int i = 300; i < 310; i++)
    seen.show(thing_at(150 + 6 * (i - 300)), i * 0.04);
  ck_assert_float_gt(seen.greatest(), 0.6F);
}
END_TEST

START_TEST(a_picture_that_goes_over_into_another_does_not_move) {
  Seen dissolve, fade;
  for (int i = 0; i < 40; i++) {
    const auto share = static_cast<float>(std::clamp((i - 10) / 25.0, 0.0, 1.0));
    dissolve.show([&](double x, double y) { return (1 - share) * ground(x, y) + share * ground(y + 500, x); },
                  i * 0.04);
    fade.show([&](double x, double y) { return ground(x, y) * (1 - 0.9F * share); }, i * 0.04);
    ck_assert_msg(dissolve.greatest() < 0.2F, "%g in frame %d", dissolve.greatest(), i);
    ck_assert_msg(fade.greatest() < 0.2F, "%g in frame %d of the fade", fade.greatest(), i);
  }
}
END_TEST

START_TEST(a_straight_front_is_a_wipe) {
  for (const bool down : {false, true}) {
    Seen seen;
    for (int i = 0; i < 50; i++) {
      const double front = std::clamp((i - 10) / 25.0, 0.0, 1.0) * (down ? 180 : 320);
      seen.show([&](double x, double y) { return (down ? y : x) < front ? 255 - ground(y + 500, x) : ground(x, y); },
                i * 0.04);
      ck_assert_msg(seen.greatest() < 0.1F, "%g in frame %d", seen.greatest(), i);
    }
  }
}
END_TEST

// A picture that shoves another out of the frame is like a camera that moves, until both stop.
START_TEST(a_push_leaves_nothing_that_moves) {
  for (int frames = 10; frames <= 40; frames += 3) {
    Seen seen;
    for (int i = 0; i < 10 + frames + 30; i++) {
      const double shift = std::clamp((i - 9) / static_cast<double>(frames), 0.0, 1.0) * 320;
      seen.show(
          [&](double x, double y) {
            return x + shift < 320 ? ground(x + shift, y) : 255 - ground((y + 500) / 6, (x + shift - 320) / 6);
          },
          i * 0.04);
      if (i > 9 + frames)
        ck_assert_msg(seen.greatest() < 0.1F, "%g in frame %d of a push over %d", seen.greatest(), i, frames);
    }
  }
}
END_TEST

START_TEST(a_letter_on_a_still_screen_is_news_for_a_while) {
  Seen seen(0);
  const auto screen = [&](bool typed) {
    return [=](double x, double y) { return typed && x >= 100 && x < 103 && y >= 60 && y < 64 ? 120.0F : 240.0F; };
  };
  for (int i = 0; i < 20; i++)
    seen.show(screen(i >= 10), i * 0.04);
  ck_assert_float_gt(seen.score().row(31)[50], 0.3F);
  for (int i = 20; i < 200; i++)
    seen.show(screen(true), i * 0.04);
  ck_assert_float_lt(seen.greatest(), 0.05F);
}
END_TEST

int main() {
  return run_suite(
      "weigh/cues/motion",
      {a_slow_thing_counts_the_same_at_any_rate, it_counts_where_the_thing_is_and_not_where_it_was,
       a_camera_that_pans_by_any_step_is_no_motion, what_goes_on_in_one_place_is_got_used_to_and_news_when_it_changes,
       a_picture_that_goes_over_into_another_does_not_move, a_straight_front_is_a_wipe,
       a_push_leaves_nothing_that_moves, a_letter_on_a_still_screen_is_news_for_a_while});
}
