// SPDX-License-Identifier: LGPL-2.1-or-later
// Threads that share work.
#include "base/workers.h"

#include "../maps.h"

using namespace attention;

START_TEST(workers) {
  for (const int count : {1, 2, 3, 8}) {
    Workers workers(count);
    for (int round = 0; round < 500; round++) {
      const int rows = 1 + round % 97;
      const int step = 1 + round % 7;
      std::vector<std::atomic<int>> taken(rows);
      workers.run(rows, step, [&](int begin, int end, int worker) {
        if (begin % step != 0 || end > rows || worker < 0 || worker >= count)
          ck_abort_msg("worker %d of %d takes [%d, %d) of %d in steps of %d", worker, count, begin, end, rows, step);
        for (int i = begin; i < end; i++)
          taken[i]++;
      });
      for (const std::atomic<int> &times : taken)
        if (times != 1)
          ck_abort_msg("%d workers took a row %d times", count, times.load());
    }
  }
}
END_TEST

int main() { return run_suite("base/workers", {workers}); }
