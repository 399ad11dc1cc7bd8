// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Frames of a video in memory, elements that get them, and the cores that all of it runs on.
#pragma once

#include <gst/gst.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <cstring>

#include "benchmark.h"

[[noreturn]] inline void fail(const std::string &what) {
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
  void use_others() const {
    cpu_set_t others;
    CPU_XOR(&others, &all_, &one_);
    if (CPU_COUNT(&others) > 0)
      sched_setaffinity(0, sizeof others, &others);
  }
  void use_all() const { sched_setaffinity(0, sizeof all_, &all_); }

 private:
  cpu_set_t all_, one_;
};
inline const Cores cores;

/// The first frames of a video, held in memory and played forth and back, so that there is no cut.
class Clip {
 public:
  /// `count` frames of the file with these caps.
  Clip(const char *path, const std::string &caps, size_t count) {
    cores.use_all();
    const std::string launch = "filesrc name=file ! decodebin ! videoconvert ! videoscale ! " + caps +
                               " ! appsink name=frames sync=false max-buffers=2";
    GstElement *pipeline = gst_parse_launch(launch.c_str(), nullptr);
    gst_child_proxy_set(GST_CHILD_PROXY(pipeline), "file::location", path, nullptr);
    GstElement *sink = gst_bin_get_by_name(GST_BIN(pipeline), "frames");
    gst_element_set_state(pipeline, GST_STATE_PLAYING);
    while (frames_.size() < count) {
      GstSample *sample = nullptr;
      while (sample == nullptr) {
        if (GstMessage *message = gst_bus_pop_filtered(GST_ELEMENT_BUS(pipeline), GST_MESSAGE_ERROR))
          fail(path + (": " + error_of(message)));
        gboolean is_over;
        g_object_get(sink, "eos", &is_over, nullptr);
        if (is_over != 0)
          fail(path + (": only " + std::to_string(frames_.size())) + " frames could be decoded");
        g_signal_emit_by_name(sink, "try-pull-sample", GST_SECOND / 10, &sample);
      }
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
  static std::string error_of(GstMessage *message) {
    GError *error = nullptr;
    gst_message_parse_error(message, &error, nullptr);
    std::string text = error->message;
    g_error_free(error);
    gst_message_unref(message);
    return text;
  }

  std::vector<GstBuffer *> frames_;
  GstCaps *caps_ = nullptr;
};

/// Another process that streams through memory on the other cores for as long as this lives.
class Neighbour {
 public:
  Neighbour() : child_(fork()) {
    if (child_ != 0)
      return;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    cores.use_others();
    std::vector<char> from(size_t{256} << 20, 1), to(from.size());
    for (;;) {
      std::memcpy(to.data(), from.data(), from.size());
      std::swap(from, to);
    }
  }
  ~Neighbour() {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
  }
  Neighbour(const Neighbour &) = delete;

 private:
  pid_t child_;
};

/// NULL, with a line that says why, where this machine lacks an element or a property.
inline GstElement *parse(const char *launch) {
  GError *error = nullptr;
  GstElement *bin = gst_parse_bin_from_description_full(launch, TRUE, nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  if (error != nullptr)
    std::printf("%-62s skipped: %s\n", launch, error->message);
  g_clear_error(&error);
  return bin;
}
