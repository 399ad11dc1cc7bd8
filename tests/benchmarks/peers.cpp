// SPDX-License-Identifier: LGPL-2.1-or-later
// What a frame of real video costs attentionfilter and other elements: peers CLIP ROUNDS, which scripts/benchmark runs.
#include <gst/check/gstharness.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <deque>

#include "benchmark.h"

namespace {

constexpr const char *kFilter = "attentionfilter effect=dim";
constexpr const char *kReference = "videobalance brightness=0.1";
constexpr size_t kWarmUp = 1;  // rounds that are not counted
// That a contender gets in a row each round, as a pipeline would go on; their mean counts.
constexpr size_t kFrames = 40;
constexpr size_t kLatencyFrames = 2000;
constexpr int kMemoryRuns = 5;
constexpr int kMemoryFrames = 60;

/// Contenders, as launch lines, that get the same frames. A machine that lacks an element or a property skips some.
struct Group {
  const char *format;
  int width, height;
  size_t frames;
  std::vector<const char *> contenders;
};

const Group kGroups[] = {
    {"I420", 1920, 1080, 40,
     {"scenechange",
      "videoscale ! capsfilter caps=video/x-raw,width=960,height=540",
      "videoconvert ! motioncells",
      "attentionfilter effect=none",
      "attentionfilter effect=dim",
      "attentionfilter effect=dim n-threads=1",
      "attentionfilter effect=dim n-threads=2",
      "attentionfilter effect=dim map-refine=guided",
      "attentionfilter effect=dim analysis-rate=10/1",
      "attentionfilter effect=desaturate+dim",
      "attentionfilter effect=blur",
      "attentionfilter effect=freeze",
      "attentionfilter effect=heatmap"}},
    {"I420", 3840, 2160, 16, {"attentionfilter effect=none", "attentionfilter effect=dim"}},
    {"NV12", 1920, 1080, 40, {"attentionfilter effect=dim"}},
    {"BGRx", 1920, 1080, 40, {"attentionfilter effect=dim"}},
    {"RGB", 1920, 1080, 40, {"motioncells", "cvsmooth", "attentionfilter effect=dim"}},
    {"AYUV", 1920, 1080, 40, {"gaussianblur", "attentionfilter effect=blur"}},
};
const Group &kFullHd = kGroups[0];
const Group &kUltraHd = kGroups[1];

std::string caps_of(const Group &group) {
  return std::string("video/x-raw,format=") + group.format + ",width=" + std::to_string(group.width) +
         ",height=" + std::to_string(group.height);
}

[[noreturn]] void fail(const std::string &what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::exit(1);
}

/// Where this thread, and those that it starts, may run.
class Cores {
 public:
  Cores() {
    sched_getaffinity(0, sizeof all_, &all_);
    CPU_ZERO(&one_);
    CPU_SET(sched_getcpu(), &one_);
  }
  void use_one() const { sched_setaffinity(0, sizeof one_, &one_); }
  void use_all() const { sched_setaffinity(0, sizeof all_, &all_); }

 private:
  cpu_set_t all_, one_;
};
const Cores cores;

/// The first frames of a video, held in memory and played forth and back, so that there is no cut.
class Clip {
 public:
  Clip(const char *path, const Group &group) {
    cores.use_all();
    const std::string launch = "filesrc name=file ! decodebin ! videoconvert ! videoscale ! " + caps_of(group) +
                               " ! appsink name=frames sync=false max-buffers=2";
    GstElement *pipeline = gst_parse_launch(launch.c_str(), nullptr);
    gst_child_proxy_set(GST_CHILD_PROXY(pipeline), "file::location", path, nullptr);
    GstElement *sink = gst_bin_get_by_name(GST_BIN(pipeline), "frames");
    gst_element_set_state(pipeline, GST_STATE_PLAYING);
    while (frames_.size() < group.frames) {
      GstSample *sample = nullptr;
      g_signal_emit_by_name(sink, "pull-sample", &sample);
      if (sample == nullptr)
        fail(path + (": only " + std::to_string(frames_.size())) + " frames could be decoded");
      gst_caps_replace(&caps_, gst_sample_get_caps(sample));
      frames_.push_back(gst_buffer_copy_deep(gst_sample_get_buffer(sample)));
      gst_sample_unref(sample);
    }
    gst_element_set_state(pipeline, GST_STATE_NULL);
    gst_object_unref(sink);
    gst_object_unref(pipeline);
  }
  ~Clip() {
    for (GstBuffer *frame : frames_)
      gst_buffer_unref(frame);
    gst_caps_unref(caps_);
  }
  Clip(const Clip &) = delete;

  GstCaps *caps() const { return caps_; }

  /// A writable copy of what is shown as frame n; time goes on where the clip turns back.
  GstBuffer *frame(size_t n) const {
    const size_t last = frames_.size() - 1;
    const size_t at = n % (2 * last);
    const auto flags = GST_BUFFER_COPY_MEMORY | GST_BUFFER_COPY_META | GST_BUFFER_COPY_DEEP;
    GstBuffer *copy = gst_buffer_copy_region(frames_[std::min(at, 2 * last - at)],
                                             static_cast<GstBufferCopyFlags>(flags), 0, static_cast<gsize>(-1));
    GST_BUFFER_DURATION(copy) = (GST_BUFFER_PTS(frames_[last]) - GST_BUFFER_PTS(frames_[0])) / last;
    GST_BUFFER_PTS(copy) = n * GST_BUFFER_DURATION(copy);
    return copy;
  }

 private:
  std::vector<GstBuffer *> frames_;
  GstCaps *caps_ = nullptr;
};

/// NULL, with a line that says why, where this machine lacks an element or a property.
GstElement *parse(const char *launch) {
  GError *error = nullptr;
  GstElement *bin = gst_parse_bin_from_description_full(launch, TRUE, nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  if (error != nullptr)
    std::printf("%-62s skipped: %s\n", launch, error->message);
  g_clear_error(&error);
  return bin;
}

/// An element that plays for as long as this lives.
class Contender {
 public:
  Contender(const char *name, GstElement *element, const Clip &clip)
      : name_(name), has_threads_(std::strstr(name, "n-threads") != nullptr) {
    choose_cores();
    harness_ = gst_harness_new_with_element(element, "sink", "src");
    gst_object_unref(element);
    gst_harness_set_src_caps(harness_, gst_caps_ref(clip.caps()));
  }
  ~Contender() { gst_harness_teardown(harness_); }
  Contender(const Contender &) = delete;

  const char *name() const { return name_; }
  void watch_input(GstPadProbeCallback probe) {
    gst_pad_add_probe(harness_->srcpad, GST_PAD_PROBE_TYPE_BUFFER, probe, nullptr, nullptr);
  }

  /// Only the way through the element is timed. The frame was written just before, so it is as warm in cache for all.
  double push(const Clip &clip, size_t n) {
    choose_cores();
    GstBuffer *frame = clip.frame(n);
    GstFlowReturn flow;
    const clockid_t clock = has_threads_ ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID;
    const double time = milliseconds(clock, [&] { flow = gst_harness_push(harness_, frame); });
    if (flow != GST_FLOW_OK)
      fail(std::string(name_) + ": " + gst_flow_get_name(flow));
    while (GstBuffer *out = gst_harness_try_pull(harness_))
      gst_buffer_unref(out);
    return time;
  }

 private:
  void choose_cores() const {
    if (has_threads_)
      cores.use_all();
    else
      cores.use_one();
  }

  const char *name_;
  bool has_threads_;
  GstHarness *harness_;
};

GstPadProbeReturn copy_frame(GstPad *, GstPadProbeInfo *info, gpointer) {
  static std::vector<uint8_t> copy;
  GstMapInfo map;
  gst_buffer_map(GST_PAD_PROBE_INFO_BUFFER(info), &map, GST_MAP_READ);
  copy.resize(map.size);
  std::memcpy(copy.data(), map.data, map.size);
  gst_buffer_unmap(GST_PAD_PROBE_INFO_BUFFER(info), &map);
  return GST_PAD_PROBE_OK;
}

void print_ratios(const char *path, const Group &group, size_t rounds) {
  const Clip clip(path, group);
  std::printf("\n%-62s %8s %7s  %s\n", caps_of(group).c_str(), "ms", "ratio", "quartiles");
  std::deque<Contender> contenders;
  constexpr size_t kIdentity = 0, kVideobalance = 1;
  contenders.emplace_back("identity", parse("identity"), clip);
  contenders.emplace_back(kReference, parse(kReference), clip);
  contenders.emplace_back("memcpy", parse("identity"), clip);
  contenders.back().watch_input(copy_frame);
  for (const char *launch : group.contenders)
    if (GstElement *element = parse(launch))
      contenders.emplace_back(launch, element, clip);

  std::vector<std::vector<double>> times(contenders.size());
  for (size_t round = 0; round < kWarmUp + rounds; round++)
    for (size_t c = 0; c < contenders.size(); c++) {
      double sum = 0;
      for (size_t n = 0; n < kFrames; n++)
        sum += contenders[c].push(clip, round * kFrames + n);
      if (round >= kWarmUp)
        times[c].push_back(sum / kFrames);
    }

  const double overhead = quantile(times[kIdentity], .5);
  std::printf("%-62s %8.3f\n", "identity, taken off all others", overhead);
  for (size_t c = kIdentity + 1; c < contenders.size(); c++) {
    std::vector<double> ratios;
    for (size_t round = 0; round < rounds; round++)
      ratios.push_back((times[c][round] - overhead) / (times[kVideobalance][round] - overhead));
    std::printf("%-62s %8.3f %7.2f  %.2f-%.2f\n", contenders[c].name(), quantile(times[c], .5) - overhead,
                quantile(ratios, .5), quantile(ratios, .25), quantile(ratios, .75));
  }
  std::fflush(stdout);
}

void print_latency(const char *path, size_t frames) {
  const Clip clip(path, kFullHd);
  Contender contender(kFilter, parse(kFilter), clip);
  std::vector<double> times;
  for (size_t n = 0; n < frames; n++)
    times.push_back(contender.push(clip, n));
  const double median = quantile(times, .5), p99 = quantile(times, .99);
  std::printf("\n%s, %s, %zu frames: median %.3f ms, 99th percentile %.3f ms, ratio %.2f\n", kFilter,
              caps_of(kFullHd).c_str(), frames, median, p99, p99 / median);
}

double peak_mib(const char *path, const char *element) {
  gchar *location = g_shell_quote(path);
  const std::string line = std::string("gst-launch-1.0 -q filesrc location=") + location +
                           " ! decodebin ! videoconvert ! videoscale ! " + caps_of(kUltraHd) + " ! " + element +
                           " ! fakesink num-buffers=" + std::to_string(kMemoryFrames);
  g_free(location);
  const auto flags = static_cast<GSpawnFlags>(G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD);
  gchar **argv = nullptr;
  GPid child;
  int status;
  rusage usage;
  if (!g_shell_parse_argv(line.c_str(), nullptr, &argv, nullptr) ||
      !g_spawn_async(nullptr, argv, nullptr, flags, nullptr, nullptr, &child, nullptr) ||
      wait4(child, &status, 0, &usage) != child || status != 0)
    fail("this fails: " + line);
  g_strfreev(argv);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// A child's peak is never below what its parent holds when it starts, so this comes before any clip is held.
void print_memory(const char *path) {
  std::vector<double> without, with;
  for (int run = 0; run < kMemoryRuns; run++) {
    without.push_back(peak_mib(path, "identity"));
    with.push_back(peak_mib(path, kFilter));
  }
  const double least = quantile(without, .5), most = quantile(with, .5);
  std::printf("\n%s, %s, peak resident set, median of %d runs: %.1f MiB, %.1f MiB more than identity\n", kFilter,
              caps_of(kUltraHd).c_str(), kMemoryRuns, most, most - least);
}

}  // namespace

int main(int argc, char *argv[]) {
  gst_init(&argc, &argv);
  const int rounds = argc == 3 ? std::atoi(argv[2]) : 0;
  if (rounds < 1)
    fail("peers CLIP ROUNDS");
  GstPlugin *plugin = gst_registry_find_plugin(gst_registry_get(), "attentionfilter");
  if (plugin == nullptr)
    fail("attentionfilter is not on GST_PLUGIN_PATH");
  print_machine();
  std::printf("versions   %s, attentionfilter %s\n", gst_version_string(), gst_plugin_get_version(plugin));
  std::printf("times      of one core, a frame; with n-threads of the clock; medians of %d rounds of 40 "
              "frames in a row\n", rounds);
  gst_object_unref(plugin);

  print_memory(argv[1]);
  for (const Group &group : kGroups)
    print_ratios(argv[1], group, rounds);
  print_latency(argv[1], kLatencyFrames);
}
