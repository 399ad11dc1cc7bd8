// SPDX-License-Identifier: LGPL-2.1-or-later
// Threads that share work.
#include "base/workers.h"

#include <array>
#include <chrono>

#include "../executors.h"
#include "../maps.h"

using namespace attention;

namespace {

std::vector<std::shared_ptr<Executor>> executors() {
  return {std::make_shared<Threads>(), std::make_shared<Latecomers>(), std::make_shared<Nobody>(), nullptr};
}

}  // namespace

START_TEST(each_row_is_taken_once) {
  for (const int count : {1, 2, 3, 8})
    for (const auto &executor : executors()) {
      Workers workers(count, executor);
      for (int round = 0; round < 300; round++) {
        const Workers::Shift shift(workers);
        for (int job = 0; job < 3; job++) {
          const int rows = 1 + (round + 31 * job) % 97;
          const int step = 1 + round % 7;
          std::vector<std::atomic<int>> taken(rows);
          workers.run(rows, step, [&](int begin, int end, int worker) {
            if (begin % step != 0 || end > rows || worker < 0 || worker >= workers.count())
              ck_abort_msg("worker %d of %d takes [%d, %d) of %d in steps of %d", worker, count, begin, end, rows,
                           step);
            for (int i = begin; i < end; i++)
              taken[i]++;
          });
          for (const std::atomic<int> &times : taken)
            if (times != 1)
              ck_abort_msg("%d workers took a row %d times", count, times.load());
        }
      }
    }
}
END_TEST

START_TEST(an_errand_is_done_once_beside_the_rest) {
  for (const int count : {1, 2, 3})
    for (const auto &executor : executors()) {
      Workers workers(count, executor);
      for (int round = 0; round < 300; round++) {
        const Workers::Shift shift(workers);
        std::atomic<int> errands{0}, rows{0};
        workers.run_beside([&] { errands++; },
                           [&] {
                             for (int job = 0; job < 2; job++)
                               workers.run(40, 1, [&](int begin, int end, int) { rows += end - begin; });
                           });
        ck_assert_int_eq(errands, 1);
        ck_assert_int_eq(rows, 80);
      }
    }
}
END_TEST

START_TEST(others_do_come_and_two_never_have_one_number) {
  Workers workers(3, std::make_shared<Threads>());
  std::atomic<int> others{0};
  for (int round = 0; round < 50; round++) {
    const Workers::Shift shift(workers);
    std::array<std::atomic<int>, 3> inside{};
    workers.run(12, 1, [&](int, int, int worker) {
      ck_assert_int_eq(inside[worker]++, 0);
      others += worker > 0 ? 1 : 0;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      inside[worker]--;
    });
  }
  ck_assert_int_gt(others, 0);
}
END_TEST

START_TEST(who_does_not_come_is_not_asked_again) {
  const auto executor = std::make_shared<Latecomers>();
  Workers workers(4, executor);
  for (int round = 0; round < 100; round++)
    const Workers::Shift shift(workers);
  ck_assert_uint_eq(executor->submitted(), 3);
}
END_TEST

int main() {
  return run_suite("base/workers",
                   {each_row_is_taken_once, an_errand_is_done_once_beside_the_rest,
                    others_do_come_and_two_never_have_one_number, who_does_not_come_is_not_asked_again});
}
