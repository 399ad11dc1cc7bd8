// SPDX-License-Identifier: LGPL-2.1-or-later
// How many streams one core carries: load CLIP [ROUNDS]. Many elements in one process take turns, a frame each, so that
// each finds what the others left of the caches; and what two hundred of them take of memory.
#include <gst/check/gstharness.h>
#include <malloc.h>

#include <deque>

#include "clip.h"

namespace {

constexpr const char *kContenders[] = {"videobalance brightness=0.1", "videoconvert ! motioncells",
                                       "attentionfilter effect=none", "attentionfilter effect=dim",
                                       "attentionfilter effect=freeze"};
constexpr struct {
  const char *name;
  int width, height;
} kSizes[] = {{"720p30", 1280, 720}, {"1080p30", 1920, 1080}};
constexpr int kRate = 30;
constexpr size_t kStreams = 12;        // that take turns
constexpr size_t kFrames = 24;         // of each in a round
constexpr size_t kInstances = 200;     // whose memory is counted
constexpr size_t kInstanceFrames = 3;  // that each has seen by then

class Stream {
 public:
  Stream(const char *launch, const Clip &clip) : harness_(nullptr) {
    GstElement *element = parse(launch);
    if (element == nullptr)
      return;
    harness_ = gst_harness_new_with_element(element, "sink", "src");
    gst_object_unref(element);
    gst_harness_set_src_caps(harness_, gst_caps_ref(clip.caps()));
  }
  ~Stream() {
    if (harness_ != nullptr)
      gst_harness_teardown(harness_);
  }
  Stream(const Stream &) = delete;

  bool is_there() const { return harness_ != nullptr; }
  double push(GstBuffer *frame) {
    GstFlowReturn flow;
    const double time = milliseconds(CLOCK_PROCESS_CPUTIME_ID, [&] { flow = gst_harness_push(harness_, frame); });
    if (flow != GST_FLOW_OK)
      fail(gst_flow_get_name(flow));
    while (GstBuffer *out = gst_harness_try_pull(harness_))
      gst_buffer_unref(out);
    return time;
  }

 private:
  GstHarness *harness_;
};

double resident_mib() {
  std::ifstream statm("/proc/self/statm");
  double all, resident;
  statm >> all >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

/// The mean time of a frame where so many streams take turns.
double cost(std::deque<Stream> &streams, const Clip &clip, size_t round) {
  double sum = 0;
  for (size_t n = 0; n < kFrames; n++)
    for (Stream &stream : streams)
      sum += stream.push(clip.frame(round * kFrames + n));
  return sum / static_cast<double>(kFrames * streams.size());
}

void print_streams(const char *path, const std::string &caps, const char *name, size_t rounds) {
  const Clip clip(path, caps, kFrames);
  std::vector<std::deque<Stream>> contenders(std::size(kContenders));
  for (size_t c = 0; c < contenders.size(); c++)
    for (size_t s = 0; s < kStreams && (s == 0 || contenders[c].front().is_there()); s++)
      contenders[c].emplace_back(kContenders[c], clip);
  cores.use_one();
  std::vector<std::vector<double>> times(contenders.size());
  for (size_t round = 0; round <= rounds; round++)  // the first is not counted
    for (size_t c = 0; c < contenders.size(); c++)
      if (contenders[c].front().is_there())
        if (const double time = cost(contenders[c], clip, round); round > 0)
          times[c].push_back(time);
  for (size_t c = 0; c < contenders.size(); c++)
    if (!times[c].empty())
      std::printf("%-32s %8s %8.3f %10.0f\n", kContenders[c], name, quantile(times[c], .5),
                  std::floor(1000 / kRate / quantile(times[c], .5)));
  std::fflush(stdout);
}

void print_memory(const char *path, const std::string &caps) {
  const Clip clip(path, caps, kInstanceFrames);
  std::printf("\n%-32s %s\n", "memory", "MiB an instance, of two hundred in one process");
  for (const char *launch : kContenders) {
    std::deque<Stream> streams;
    double before = 0;
    malloc_trim(0);  // what the last ones took must not be taken again unseen
    for (size_t i = 0; i <= kInstances && (i == 0 || streams.front().is_there()); i++) {
      if (i == 1)  // what all share is there
        before = resident_mib();
      streams.emplace_back(launch, clip);
      for (size_t n = 0; n < kInstanceFrames && streams.back().is_there(); n++)
        streams.back().push(clip.frame(n));
    }
    if (streams.front().is_there())
      std::printf("%-32s %.2f\n", launch, (resident_mib() - before) / kInstances);
    std::fflush(stdout);
  }
}

std::string raw(int width, int height) {
  return "video/x-raw,format=I420,width=" + std::to_string(width) + ",height=" + std::to_string(height);
}

}  // namespace

int main(int argc, char *argv[]) {
  gst_init(&argc, &argv);
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
  if (argc < 2 || rounds < 1)
    fail("load CLIP [ROUNDS]");
  print_machine();
  std::printf("times      of one core, a frame, of %zu streams that take turns; medians of %d rounds\n\n", kStreams,
              rounds);
  std::printf("%-32s %8s %8s %10s\n", "", "", "ms", "streams");
  std::fflush(stdout);
  for (const auto &size : kSizes)
    print_streams(argv[1], raw(size.width, size.height), size.name, static_cast<size_t>(rounds));
  print_memory(argv[1], raw(1280, 720));
}
