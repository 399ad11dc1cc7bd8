// SPDX-License-Identifier: LGPL-2.1-or-later
// What a frame of real video costs attentionfilter and other elements: peers CLIP ROUNDS [busy], which
// scripts/benchmark runs. Busy: while another process streams through memory.
#include <gst/check/gstharness.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <optional>

#include "clip.h"

namespace {

constexpr const char *kFilter = "attentionfilter effect=dim";
constexpr const char *kReference = "videobalance brightness=0.1";
constexpr size_t kWarmUp = 1;  // rounds that are not counted
// That a contender gets in a row each round, as a pipeline would go on; their mean counts.
constexpr size_t kFrames = 40;
constexpr size_t kLatencyFrames = 2000;
constexpr size_t kChanges = 15, kBetweenChanges = 20;
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
    {"I420",
     1920,
     1080,
     40,
     {"scenechange", "videoscale ! capsfilter caps=video/x-raw,width=960,height=540", "videoconvert ! motioncells",
      "attentionfilter effect=none", "attentionfilter effect=dim", "attentionfilter effect=dim n-threads=1",
      "attentionfilter effect=dim n-threads=2", "attentionfilter effect=dim map-refine=guided",
      "attentionfilter effect=dim analysis-rate=10/1", "attentionfilter effect=desaturate+dim",
      "attentionfilter effect=blur", "attentionfilter effect=freeze", "attentionfilter effect=heatmap"}},
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
  void change_to(const Clip &clip) { gst_harness_set_src_caps(harness_, gst_caps_ref(clip.caps())); }
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
  const Clip clip(path, caps_of(group), group.frames);
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

/// videobalance knows no samples of two bytes.
void print_depths(const char *path, size_t rounds) {
  const Group ten_bits{"P010_10LE", kFullHd.width, kFullHd.height, kFullHd.frames, {}};
  const Clip eight(path, caps_of(kFullHd), kFullHd.frames), ten(path, caps_of(ten_bits), ten_bits.frames);
  Contender of_eight(kFilter, parse(kFilter), eight), of_ten(kFilter, parse(kFilter), ten);
  std::vector<double> times, ratios;
  for (size_t round = 0; round < kWarmUp + rounds; round++) {
    double sum = 0, reference = 0;
    for (size_t n = 0; n < kFrames; n++) {
      reference += of_eight.push(eight, round * kFrames + n);
      sum += of_ten.push(ten, round * kFrames + n);
    }
    if (round < kWarmUp)
      continue;
    times.push_back(sum / kFrames);
    ratios.push_back(sum / reference);
  }
  std::printf("\n%s, %s: %.3f ms, ratio to I420 %.2f\n", kFilter, caps_of(ten_bits).c_str(), quantile(times, .5),
              quantile(ratios, .5));
  std::fflush(stdout);
}

/// The first frames after a change of caps beside those that follow.
void print_first_frames(const char *path) {
  const Group smaller{"I420", 1280, 720, kFullHd.frames, {}};
  const Clip clip(path, caps_of(kFullHd), kFullHd.frames), other(path, caps_of(smaller), smaller.frames);
  Contender contender(kFilter, parse(kFilter), clip);
  std::vector<double> firsts, rest;
  for (size_t change = 0; change < kChanges; change++) {
    contender.change_to(other);
    for (size_t n = 0; n < kBetweenChanges; n++)
      contender.push(other, n);
    contender.change_to(clip);
    for (size_t n = 0; n < kBetweenChanges; n++)
      (n == 0 ? firsts : rest).push_back(contender.push(clip, n));
  }
  const double first = quantile(firsts, .5), median = quantile(rest, .5);
  std::printf("\n%s, %s, first frame after a change of caps %.3f ms, median %.3f ms, ratio %.2f\n", kFilter,
              caps_of(kFullHd).c_str(), first, median, first / median);
}

void print_latency(const char *path, size_t frames) {
  const Clip clip(path, caps_of(kFullHd), kFullHd.frames);
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
  std::optional<Neighbour> neighbour;
  if (argc == 4 && std::strcmp(argv[3], "busy") == 0)
    neighbour.emplace();
  gst_init(&argc, &argv);
  const int rounds = argc == 3 || neighbour ? std::atoi(argv[2]) : 0;
  if (rounds < 1)
    fail("peers CLIP ROUNDS [busy]");
  GstPlugin *plugin = gst_registry_find_plugin(gst_registry_get(), "attentionfilter");
  if (plugin == nullptr)
    fail("attentionfilter is not on GST_PLUGIN_PATH");
  print_machine();
  std::printf("versions   %s, attentionfilter %s\n", gst_version_string(), gst_plugin_get_version(plugin));
  std::printf(
      "times      of one core, a frame; with n-threads of the clock; medians of %d rounds of 40 "
      "frames in a row%s\n",
      rounds, neighbour ? ", beside a process that streams through memory" : "");
  gst_object_unref(plugin);

  print_memory(argv[1]);
  for (const Group &group : kGroups)
    print_ratios(argv[1], group, rounds);
  print_depths(argv[1], static_cast<size_t>(rounds));
  print_first_frames(argv[1]);
  print_latency(argv[1], kLatencyFrames);
}
