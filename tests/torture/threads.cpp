// SPDX-License-Identifier: LGPL-2.1-or-later
// Four threads set and get properties while frames flow: alone, two filters in a row, a tee of three, pooled. For
// ThreadSanitizer, which says what it finds. threads FRAMES
#include <algorithm>
#include <memory>
#include <thread>

#include "flow.h"

int main(int argc, char **argv) {
  gst_init(&argc, &argv);
  const guint64 wanted = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1000;
  const std::string source = "videotestsrc pattern=ball ! video/x-raw,format=I420,width=96,height=64,framerate=30/1 ! ";
  const char *const kFilter = "attentionfilter n-threads=2 ";
  std::vector<std::unique_ptr<Flow>> flows;
  flows.push_back(std::make_unique<Flow>(source + kFilter + "! fakesink"));
  flows.push_back(std::make_unique<Flow>(source + kFilter + "! queue ! " + kFilter + "! attentionroi ! fakesink"));
  flows.push_back(std::make_unique<Flow>(source + "tee name=t t. ! queue ! " + kFilter + "! fakesink t. ! queue ! " +
                                         kFilter + "! fakesink t. ! queue ! " + kFilter + "! fakesink"));
  flows.push_back(std::make_unique<Flow>(source + kFilter +
                                         "region-columns=12 region-rows=8 ! video/x-raw,width=12,height=8 ! fakesink"));
  GstElement *const pooled = flows.back()->filters()[0];

  std::atomic<bool> done{false};
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < 4; t++)
    threads.emplace_back([&, t] {
      std::mt19937 random(t);
      while (!done) {
        for (const auto &flow : flows)
          for (GstElement *filter : flow->filters())
            // What downstream asks of a pooled frame must not change; margins can leave less than that.
            set_any_property(filter, random,
                             filter == pooled ? std::vector<std::string>{"region-columns", "region-rows"}
                                              : std::vector<std::string>{});
        g_usleep(2000);
      }
    });
  guint64 last = 0;
  for (int idle = 0; frames < wanted;) {
    g_usleep(100 * 1000);
    for (const auto &flow : flows)
      flow->listen();
    idle = frames == last ? idle + 1 : 0;
    last = frames;
    if (idle > 600)
      Flow::fail("no frames flow");
  }
  done = true;
  for (std::thread &thread : threads)
    thread.join();
  flows.clear();
  std::printf("%" G_GUINT64_FORMAT " frames\n", frames.load());
}
