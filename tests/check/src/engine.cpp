// SPDX-License-Identifier: LGPL-2.1-or-later
// What the engine promises of all stages together.
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>

#include "clips.h"
#include "executors.h"

using namespace attention;

namespace {

std::atomic<int> allocations{0};

}  // namespace

// Not inlined, or the compiler sees new end in free.
[[gnu::noinline]] void *operator new(size_t size) {
  allocations++;
  if (void *p = std::malloc(size))
    return p;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void *p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void *p, size_t) noexcept { std::free(p); }

// A camera that pans over a thing, analysed at each fourth frame: the weights go with the camera in between.
START_TEST(weights_go_with_the_camera_between_analyses) {
  const Geometry g = geometry_of("I420", 640, 360, 32, 18);
  const Scene ground = [](double x, double y) -> Rgb {
    const double v = 0.4 + 0.07 * (std::sin(x * 17 + y * 25) + std::sin(y * 23 - x * 9) + std::sin(x * 29 + 1));
    return {v, v, v};
  };
  Settings settings;
  settings.pace.interval = 4 * kFrame;
  settings.weigh.attack = settings.weigh.release = 0;
  Engine engine;
  configure(engine, g);
  int analysed = 0;
  std::vector<float> peaks;
  for (int frame = 0; frame < 12; frame++) {
    const double shift = 0.012 * frame;
    TestPicture picture(g, [&](double x, double y) {
      return std::fabs(x - 0.3 - shift) < 0.05 && std::fabs(y - 0.5) < 0.08 ? patch_at(0.3, 0.5)(x - shift, y)
                                                                            : ground(x - shift, y);
    });
    analyse(engine, picture, frame * kFrame, settings);
    ck_assert_int_eq(engine.result().analysed, frame % 4 == 0);
    analysed += engine.result().analysed ? 1 : 0;
    for (int stage = 0; stage < kStageCount; stage++)
      ck_assert(engine.result().times[stage] >= 0);
    ck_assert((engine.result().times[static_cast<int>(Stage::kPreprocess)] > 0) == engine.result().analysed);
    peaks.push_back(engine.result().peak_x);
  }
  ck_assert_int_eq(analysed, 3);
  // 0.036 in three frames; a peak that stood still would be 0.
  ck_assert_double_eq_tol(peaks[11] - peaks[8], 0.036, 0.012);
}
END_TEST

START_TEST(analysis_keeps_to_its_time) {
  const Geometry g = geometry_of("I420", 640, 360);
  TestPicture picture(g, patch_at(0.5, 0.5));
  const auto analysed = [&](Nanoseconds most) {
    Settings settings;
    settings.pace.most_time = most;
    Engine engine;
    configure(engine, g);
    int count = 0;
    for (int frame = 0; frame < 130; frame++) {
      analyse(engine, picture, frame * kFrame, settings);
      count += engine.result().analysed ? 1 : 0;
    }
    return count;
  };
  ck_assert_int_eq(analysed(0), 130);
  ck_assert_int_eq(analysed(Nanoseconds{1'000'000'000}), 130);
  const int fewest = analysed(1);
  ck_assert_msg(fewest >= 2 && fewest <= 5, "%d of 130", fewest);
}
END_TEST

START_TEST(threads_change_no_bit) {
  for (const char *name : {"I420", "YUY2", "BGRx", "GBR", "P010_10LE", "A420"})
    for (const auto &size : kSizes) {
      const Geometry g = geometry_of(name, size.width, size.height);
      std::vector<TestPicture> shown;
      for (const int threads : {1, 2, 3, 7}) {
        Settings settings = everything();
        settings.threads = threads;
        Engine engine;
        engine.lend(std::make_shared<Threads>());
        ck_assert(engine.configure(g, settings).is_ok());
        TestPicture picture(g, patch_at(0.4, 0.5));
        const Picture p = picture.picture();
        for (Nanoseconds time = 0; time < 3 * kFrame; time += kFrame)
          engine.process(p, &p, time, settings);
        shown.push_back(picture);
        ck_assert_msg(shown.back() == shown.front(), "%s of %d x %d px with %d threads", name, g.width, g.height,
                      threads);
      }
    }
}
END_TEST

START_TEST(reset_forgets) {
  const Geometry g = geometry_of("I420", 320, 180, 16, 9);
  TestPicture a(g, patch_at(0.2, 0.3));
  TestPicture b(g, patch_at(0.7, 0.6));
  Engine fresh, used;
  configure(fresh, g);
  configure(used, g);
  analyse(fresh, b, 0);
  analyse(used, a, 0);
  analyse(used, a, kFrame);
  used.reset();
  analyse(used, b, 2 * kFrame);
  ck_assert(grid_of(fresh) == grid_of(used));
}
END_TEST

START_TEST(process_allocates_nothing) {
  for (const char *name : {"I420", "BGRA", "YUY2"}) {
    const Geometry g = geometry_of(name, 960, 540, 32, 18);
    std::vector<TestPicture> pictures;
    for (int i = 0; i < 8; i++)
      pictures.emplace_back(g, patch_at(0.2 + 0.07 * i, 0.5));
    Engine engine;
    configure(engine, g);
    Settings settings;
    for (size_t e = 0; e < effects().size(); e++)
      settings.recombine.effects |= 1U << e;
    settings.weigh.heatmap_of = kMotion;
    const int before = allocations;
    for (size_t i = 0; i < pictures.size(); i++) {
      const Picture p = pictures[i].picture();
      engine.process(p, &p, static_cast<Nanoseconds>(i) * kFrame, settings);
    }
    ck_assert_int_eq(allocations, before);
  }
}
END_TEST

START_TEST(what_cannot_work_gets_a_sentence) {
  const auto sentence = [](const Geometry &g) {
    Engine engine;
    const Status status = engine.configure(g, Settings());
    ck_assert(!status.is_ok());
    return std::string(status.message());
  };
  const auto has = [](const std::string &text, const char *part) {
    ck_assert_msg(text.find(part) != std::string::npos, "'%s' is missing in '%s'", part, text.c_str());
  };
  Geometry g = geometry_of("I420", 320, 180);
  g.crop_left = 200;
  g.crop_right = 120;
  has(sentence(g), "crop-left=200");
  has(sentence(g), "320 px wide");
  g = geometry_of("I420", 320, 180);
  g.crop_top = 180;
  has(sentence(g), "crop-top=180");
  g.crop_top = -1;
  has(sentence(g), "margin of -1 px");
  g = geometry_of("I420", 320, 180);
  g.analysis_height = 31;
  has(sentence(g), "analysis-height=31");
  g = geometry_of("I420", 16, 16, 32, 18);
  g.pooled = true;
  has(sentence(g), "region-columns=32");
  g = geometry_of("I420", 320, 180, 0, 18);
  has(sentence(g), "region-columns=0");
  g = geometry_of("I420", 8193, 180);
  has(sentence(g), "8193");
}
END_TEST

// What does not fit the frame is brought to what does, and said.
START_TEST(what_does_not_fit_is_brought_to_what_does) {
  const auto fitted = [](Geometry g, const char *part) {
    const Status status = fit(g);
    ck_assert_msg(!status.is_ok() && std::strstr(status.message(), part) != nullptr, "'%s' is missing in '%s'", part,
                  status.message());
    Engine engine;
    ck_assert(engine.configure(g, Settings()).is_ok());
    TestPicture picture(g, patch_at(0.5, 0.5));
    analyse(engine, picture, 0);
    return g;
  };
  Geometry g = geometry_of("I420", 320, 180);
  ck_assert(fit(g).is_ok());
  g.crop_left = g.crop_right = 200;
  Geometry f = fitted(g, "crop-left=200 and crop-right=200");
  ck_assert(f.crop_left == 152 && f.crop_right == 152);
  f.crop_left = g.crop_left;
  f.crop_right = 0;
  ck_assert(fit(f).is_ok() && f.crop_left == 200);
  g.crop_left = 0;
  g.crop_right = 320;
  ck_assert_int_eq(fitted(g, "320 px wide").crop_right, 304);
  g = geometry_of("I420", 17, 16);
  g.crop_top = g.crop_bottom = 8192;
  ck_assert_int_eq(fitted(g, "crop-top=8192").crop_height(), 16);
  g = geometry_of("I420", 320, 180);
  g.analysis_height = 1;
  ck_assert_int_eq(fitted(g, "analysis-height=1").analysis_height, kLeastAnalysisHeight);
  g = geometry_of("I420", 320, 180, 256, 64);
  g.analysis_height = 32;
  fitted(g, "region-rows=64");
}
END_TEST

int main() {
  return run_suite("engine", {weights_go_with_the_camera_between_analyses, analysis_keeps_to_its_time,
                              threads_change_no_bit, reset_forgets, process_allocates_nothing,
                              what_cannot_work_gets_a_sentence, what_does_not_fit_is_brought_to_what_does});
}
