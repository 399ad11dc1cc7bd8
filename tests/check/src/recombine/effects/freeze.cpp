// SPDX-License-Identifier: LGPL-2.1-or-later
// What effect freeze holds where nobody looks: a still picture, with less noise than the frames, until something truly
// changes.
#include <random>

#include "preprocess/analysis_sizes.h"
#include "recombine/effects/held_picture.h"
#include "recombine/recombine.h"
#include "../../test_picture.h"

using namespace attention;

namespace {

constexpr Nanoseconds kSecond = 1'000'000'000;
constexpr Nanoseconds kFrame = kSecond / 25;
constexpr int kWidth = 200, kHeight = 120;  // the last blocks are cut off
constexpr int kColumns = 13, kRows = 8;
constexpr const char *kLayouts[] = {"I420",  "NV12",      "YUY2",      "Y41B",      "BGRA",
                                    "GRAY8", "I420_10LE", "P010_10LE", "A444_10LE", "ARGB64"};

struct Box {
  int left, top, right, bottom;  ///< px
};
constexpr Box kAll = {0, 0, kWidth, kHeight};
constexpr Box kLamp = {96, 48, 128, 80};
constexpr Box kFarOff = {0, 0, 48, 120};

/// A still camera before a patch, where nobody looks.
class Film {
 public:
  explicit Film(const char *layout = "I420")
      : g(geometry_of(layout, kWidth, kHeight)),
        luma(*g.layout->find(g.layout->is_rgb() ? Role::kG : Role::kY)),
        weights_(AnalysisSizes::choose(g).map),
        nothing_(AnalysisSizes::choose(g).analysis),
        stage_(make_recombine(g, nothing_.size(), weights_.size())) {
    settings.effects = find_effect("freeze");
    settings.strength = 1;
    stage_->enable(settings, 1);
  }

  TestPicture paint(double noise) {
    std::normal_distribution<double> random(0, 1);
    return TestPicture(g, [&](double x, double y) -> Rgb {
      const bool is_lit =
          x * kWidth >= lit.left && x * kWidth < lit.right && y * kHeight >= lit.top && y * kHeight < lit.bottom;
      const double more = (is_lit ? lamp : 0) + noise * random(random_);
      const Rgb v = patch_at(0.2, 0.6, 0.15)(x, y);
      return {std::clamp(v.r * 0.8 + more, 0.0, 1.0), std::clamp(v.g * 0.8 + more, 0.0, 1.0),
              std::clamp(v.b * 0.8 + more, 0.0, 1.0)};
    });
  }

  /// The next frame: how it came is `before`, how it left is returned.
  const TestPicture &next(Nanoseconds time) {
    before = frame();
    after = before;
    const Picture p = after.picture();
    stage_->run(p, p, {weights_, nullptr, nothing_, time, camera_moves}, settings, workers_);
    after.check_protected();
    return after;
  }
  const TestPicture &next() { return next(time += kFrame); }
  void until(Nanoseconds end) {
    while (time < end)
      next();
  }
  void reset() { stage_->reset(); }
  /// Applies another effect, too.
  void add(const char *effect) {
    settings.effects |= find_effect(effect);
    stage_->enable(settings, 1);
  }

  bool is_same(TestPicture &a, TestPicture &b, const Box &box) const {
    for (int y = box.top; y < box.bottom; y++)
      for (int x = box.left; x < box.right; x++)
        if (a.code_at(luma, x, y) != b.code_at(luma, x, y))
          return false;
    return true;
  }
  /// Mean square difference in a box, in codes of 8 bits.
  double error(TestPicture &a, TestPicture &b, const Box &box = kAll) const {
    double sum = 0;
    for (int y = box.top; y < box.bottom; y++)
      for (int x = box.left; x < box.right; x++)
        sum += std::pow(
            static_cast<double>(a.code_at(luma, x, y) - b.code_at(luma, x, y)) / (1 << (g.layout->depth - 8)), 2);
    return sum / ((box.right - box.left) * (box.bottom - box.top));
  }
  int changed_blocks(TestPicture &a, TestPicture &b) const {
    int changed = 0;
    for (int y = 0; y < kRows; y++)
      for (int x = 0; x < kColumns; x++)
        changed +=
            is_same(a, b, {x * 16, y * 16, std::min(x * 16 + 16, kWidth), std::min(y * 16 + 16, kHeight)}) ? 0 : 1;
    return changed;
  }

  Geometry g;
  Component luma;
  RecombineSettings settings;
  bool camera_moves = false;
  double lamp = 0;   ///< how much brighter it is inside `lit`
  double noise = 4;  ///< codes
  Box lit = kLamp;
  Nanoseconds time = -kFrame;
  TestPicture before{g, patch_at(0, 0)}, after{g, patch_at(0, 0)};

 private:
  /// Painting takes far longer than the effect, so what stands still is a reel that is shown again and again.
  const TestPicture &frame() {
    constexpr size_t kReel = 64;
    const std::array<double, 6> shows{noise, lamp, 1.0 * lit.left, 1.0 * lit.top, 1.0 * lit.right, 1.0 * lit.bottom};
    if (shows != on_reel_)
      reel_.clear();
    on_reel_ = shows;
    const size_t next = frames_++ % kReel;
    if (reel_.size() < kReel)
      return reel_.emplace_back(paint(noise / 219));
    return reel_[next];
  }

  std::mt19937 random_{5};
  std::vector<TestPicture> reel_;
  std::array<double, 6> on_reel_{};
  size_t frames_ = 0;
  Map weights_, nothing_;
  std::unique_ptr<Recombine> stage_;
  Workers workers_{1};
};

}  // namespace

START_TEST(a_still_ground_becomes_the_same_to_the_bit) {
  for (const char *layout : kLayouts) {
    const bool is_noisy = layout != kLayouts[0];
    Film film(layout);
    film.noise = is_noisy ? 4 : 1;
    ck_assert(film.next() == film.before);
    TestPicture shown = film.after;
    int replaced = 0;
    while (film.time < 3 * kSecond / 2) {
      // The first frame gives way to means bit by bit, where that can be seen.
      film.next();
      const int changed = film.changed_blocks(shown, film.after);
      ck_assert_msg(changed <= kColumns * kRows / 8, "%s: %d blocks at once", layout, changed);
      if (film.time < kSecond / 4)
        ck_assert_int_eq(changed, 0);
      replaced += changed;
      shown = film.after;
    }
    ck_assert_int_eq(replaced, is_noisy ? kColumns * kRows : 0);
    while (film.time < 4 * kSecond)
      ck_assert_msg(film.next() == shown, "%s changes", layout);
  }
}
END_TEST

START_TEST(what_is_held_has_less_noise_than_a_frame) {
  for (const char *layout : kLayouts) {
    Film film(layout);
    film.until(2 * kSecond);
    TestPicture clean = film.paint(0);
    const double held = film.error(film.after, clean);
    const double noise = film.error(film.before, clean);
    ck_assert_msg(held < noise / 4, "%s: %.2f of %.2f", layout, held, noise);
  }
}
END_TEST

START_TEST(a_change_is_followed_at_once_and_then_held) {
  for (const int fps : {10, 25, 60}) {
    Film film;
    const Nanoseconds frame = kSecond / fps;
    const auto until = [&](Nanoseconds end) {
      while (film.time < end)
        film.next(film.time += frame);
    };
    until(2 * kSecond);
    for (const double lamp : {0.3, 0.0}) {  // it comes, it goes
      TestPicture held = film.after;
      film.lamp = lamp;
      const Nanoseconds start = film.time;
      while (film.time < start + 9 * kSecond / 10) {
        film.next(film.time += frame);
        ck_assert_msg(film.is_same(film.before, film.after, kLamp), "%d fps", fps);
        ck_assert(film.is_same(held, film.after, kFarOff));
      }
      until(start + 5 * kSecond / 4);
      held = film.after;
      until(start + 7 * kSecond / 4);
      ck_assert(held == film.after);
      TestPicture clean = film.paint(0);
      ck_assert_double_lt(film.error(film.after, clean, kLamp), film.error(film.before, clean, kLamp) / 3);
    }
  }
}
END_TEST

// Something of one colour that moves on: its inside changes nowhere, and yet it is followed whole.
START_TEST(what_moves_is_followed_whole) {
  Film film;
  film.lit = {16, 16, 112, 112};
  film.lamp = 0.3;
  film.until(2 * kSecond);
  film.lit = {18, 18, 114, 114};
  film.next();
  ck_assert(film.is_same(film.before, film.after, {16, 16, 112, 112}));
}
END_TEST

START_TEST(a_slow_drift_is_taken_in_steps) {
  Film film;
  film.until(2 * kSecond);
  film.lit = kAll;
  for (; film.time < 6 * kSecond; film.next())
    film.lamp += 0.05 / 100;  // 11 codes in four seconds
  film.until(8 * kSecond);
  TestPicture clean = film.paint(0);
  ck_assert_double_lt(std::sqrt(film.error(film.after, clean)), 6);
}
END_TEST

START_TEST(refreshments_take_what_changed_and_never_all_at_once) {
  Film film;
  film.settings.freeze_refresh = 4 * kSecond;
  film.until(2 * kSecond);
  film.lit = {64, 0, kWidth, kHeight};
  film.lamp = 3.5 / 219;
  TestPicture shown = film.after;
  int replaced = 0;
  while (film.time < 7 * kSecond) {
    film.next();
    const int changed = film.changed_blocks(shown, film.after);
    ck_assert_int_le(changed, kColumns * kRows / 8);
    replaced += changed;
    ck_assert(film.is_same(shown, film.after, {0, 0, 64, kHeight}));
    shown = film.after;
  }
  ck_assert_int_eq(replaced, (kColumns - 4) * kRows);
  TestPicture clean = film.paint(0);
  ck_assert_double_lt(film.error(film.after, clean), film.error(film.before, clean) / 3);
}
END_TEST

START_TEST(nothing_is_held_over_a_reset_or_without_a_time) {
  Film film;
  film.until(2 * kSecond);
  ck_assert(!(film.next() == film.before));
  film.reset();
  ck_assert(film.next() == film.before);
  ck_assert(!(film.next() == film.before));
  ck_assert(!(film.next(kSecond) == film.before));  // time that runs back is time
  for (int i = 0; i < 3; i++)
    ck_assert(film.next(kNoTime) == film.before);
  ck_assert(film.next() == film.before);
  ck_assert(!(film.next() == film.before));
  film.settings.freeze_refresh = 0;
  for (int i = 0; i < 3; i++)
    ck_assert(film.next() == film.before);
}
END_TEST

// More pictures than a sum can hold: the mean begins anew, and nothing wraps.
START_TEST(a_mean_of_any_number_of_pictures_is_their_mean) {
  for (const char *layout : {"GRAY8", "I420_10LE", "GRAY16_LE"}) {
    const Geometry g = geometry_of(layout, 32, 16);
    const Canvas canvas(g, {4, 2});
    TestPicture picture(g, [](double, double) -> Rgb { return {0.98, 0.98, 0.98}; });
    const Picture p = picture.picture();
    const auto check = [&](auto &held) {
      held.forget(1, 0);
      for (int i = 0; i < 1000; i++)
        held.add(p, 1, 0);
      held.hold_mean(1, 0);
      ck_assert(held.row(0, 3)[20] == (g.layout->sample_bytes() == 1
                                           ? picture.plane(0)[3 * p.stride[0] + 20]
                                           : reinterpret_cast<const uint16_t *>(p.data[0] + 3 * p.stride[0])[20]));
      ck_assert(!held.mean_differs(1, 0, 0.5F));
    };
    if (g.layout->sample_bytes() == 1) {
      HeldPicture<Depth8> held(canvas);
      check(held);
    } else {
      HeldPicture<Depth16> held(canvas);
      check(held);
    }
  }
}
END_TEST

// More frames than a mean has pictures.
START_TEST(a_picture_is_held_as_long_as_it_stands) {
  for (const char *layout : {"GRAY8", "I420_10LE"}) {
    Film film(layout);
    film.lamp = 0.35;  // codes high enough for a sum of 8 bits to overflow soon after 256 pictures
    film.lit = kAll;
    film.settings.freeze_refresh = 20 * kSecond;
    film.until(60 * kSecond);
    TestPicture clean = film.paint(0);
    ck_assert_double_lt(film.error(film.after, clean), film.error(film.before, clean) / 3);
  }
}
END_TEST

// Effects that look at the whole frame see what freeze made of it: in a picture that stands still nothing moves.
START_TEST(effects_that_follow_see_what_is_held) {
  for (const char *layout : {"GRAY8", "I420", "P010_10LE"})
    for (const char *second : {"blur", "pixelate", "desaturate", "dim"}) {
      Film film(layout);
      film.add(second);
      film.until(8 * kSecond);
      for (int i = 0; i < 25; i++) {
        TestPicture last = film.after;
        ck_assert_msg(film.next() == last, "%s: freeze+%s", layout, second);
      }
    }
}
END_TEST

// What freeze held before it was left alone is of long ago, though the picture has hardly changed since.
START_TEST(nothing_of_long_ago_is_shown) {
  for (const bool by_strength : {false, true}) {
    Film film;
    film.add("dim");
    const RecombineSettings settings = film.settings;
    film.until(4 * kSecond);
    if (by_strength)
      film.settings.strength = 0;
    else
      film.settings.effects = find_effect("dim");
    film.lamp = 0.01;
    film.until(6 * kSecond);
    film.settings = settings;
    film.settings.effects = find_effect("freeze");
    ck_assert(film.next() == film.before);
  }
}
END_TEST

// The first picture is soon replaced by a mean, whichever way time runs.
START_TEST(what_is_held_in_reverse_has_less_noise_too) {
  Film film;
  Nanoseconds time = 1000 * kSecond;
  for (int frame = 0; frame < 200; frame++)
    film.next(time -= kFrame);
  TestPicture clean = film.paint(0);
  ck_assert_double_lt(film.error(film.after, clean), film.error(film.before, clean) / 3);
}
END_TEST

START_TEST(a_camera_that_moves_is_let_go_and_one_that_stands_again_held) {
  Film film;
  film.until(2'000'000'000);
  film.camera_moves = true;
  for (int i = 0; i < 5; i++)
    ck_assert(film.next() == film.before);
  film.camera_moves = false;
  for (int i = 0; i < 11; i++)
    ck_assert(film.next() == film.before);  // for half a second more
  film.until(film.time + 3'000'000'000);
  const TestPicture held = film.next();
  ck_assert(!(held == film.before));
  ck_assert(film.next() == held);
}
END_TEST

int main() {
  return run_suite(
      "recombine/effects/freeze",
      {a_still_ground_becomes_the_same_to_the_bit, what_is_held_has_less_noise_than_a_frame,
       a_change_is_followed_at_once_and_then_held, what_moves_is_followed_whole, a_slow_drift_is_taken_in_steps,
       refreshments_take_what_changed_and_never_all_at_once, nothing_is_held_over_a_reset_or_without_a_time,
       a_mean_of_any_number_of_pictures_is_their_mean, a_picture_is_held_as_long_as_it_stands,
       effects_that_follow_see_what_is_held, nothing_of_long_ago_is_shown, what_is_held_in_reverse_has_less_noise_too,
       a_camera_that_moves_is_let_go_and_one_that_stands_again_held},
      120);
}
