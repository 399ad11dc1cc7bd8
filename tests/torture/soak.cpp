// SPDX-License-Identifier: LGPL-2.1-or-later
// Frames for a long time: other sizes, formats and properties every so often, and the heap in use, which must not grow
// once all have been there. soak MINUTES [SECONDS BETWEEN CHANGES]
#include <malloc.h>

#include <algorithm>

#include "flow.h"

namespace {

constexpr const char *kCaps[] = {"format=I420,width=320,height=180", "format=NV12,width=640,height=360",
                                 "format=BGRx,width=321,height=177", "format=P010_10LE,width=160,height=120"};
constexpr size_t kMayGrow = 256 * 1024;  // bytes: what a queue or a bus may hold more at one moment than at another

/// The mean of a few moments, in bytes.
size_t heap_in_use() {
  size_t sum = 0;
  for (int i = 0; i < 5; i++) {
    sum += mallinfo2().uordblks;
    g_usleep(20 * 1000);
  }
  return sum / 5;
}

void set_defaults(GstElement *element) {
  guint count;
  GParamSpec **specs = g_object_class_list_properties(G_OBJECT_GET_CLASS(element), &count);
  for (guint i = 0; i < count; i++) {
    if (specs[i]->owner_type != G_OBJECT_TYPE(element) || (specs[i]->flags & G_PARAM_WRITABLE) == 0)
      continue;
    GValue value = G_VALUE_INIT;
    g_value_init(&value, specs[i]->value_type);
    g_param_value_set_default(specs[i], &value);
    g_object_set_property(G_OBJECT(element), specs[i]->name, &value);
    g_value_unset(&value);
  }
  g_free(specs);
}

/// A flow whose caps and properties change.
class Soak {
 public:
  void run(double seconds, size_t caps) {
    set_caps(caps);
    const guint64 before = frames;
    for (const gint64 end = g_get_monotonic_time() + static_cast<gint64>(seconds * G_USEC_PER_SEC);
         g_get_monotonic_time() < end;) {
      for (GstElement *filter : flow_.filters())
        set_any_property(filter, random_);
      flow_.listen();
      g_usleep(200 * 1000);
    }
    if (frames == before)
      Flow::fail("no frames flow");
  }

  /// The heap in use with all memory taken anew for the same settings and caps each time.
  size_t measure() {
    for (GstElement *filter : flow_.filters())
      set_defaults(filter);
    for (const size_t caps : {1, 0}) {
      set_caps(caps);
      g_usleep(G_USEC_PER_SEC / 2);
      flow_.listen();
    }
    return heap_in_use();
  }

 private:
  void set_caps(size_t i) {
    GstElement *element = gst_bin_get_by_name(GST_BIN(flow_.get()), "caps");
    gst_util_set_object_arg(G_OBJECT(element), "caps", (std::string("video/x-raw,framerate=60/1,") + kCaps[i]).c_str());
    gst_object_unref(element);
  }

  // Two filters, and a branch that looks at metadata alone.
  Flow flow_{
      "videotestsrc is-live=true pattern=ball ! capsfilter name=caps caps=video/x-raw,width=320,height=180 ! "
      "attentionfilter ! tee name=t "
      "t. ! queue max-size-buffers=3 ! videoconvert ! attentionfilter effect=blur ! fakesink sync=false "
      "t. ! queue max-size-buffers=3 ! attentionroi ! fakesink sync=false"};
  std::mt19937 random_{1};
};

}  // namespace

int main(int argc, char **argv) {
  gst_init(&argc, &argv);
  const double minutes = argc > 1 ? std::atof(argv[1]) : 1;
  const double seconds = argc > 2 ? std::atof(argv[2]) : 20;
  const gint64 end = g_get_monotonic_time() + static_cast<gint64>(minutes * 60 * G_USEC_PER_SEC);
  Soak soak;
  size_t warm = 0, most = 0;
  for (int round = 0; g_get_monotonic_time() < end || round < 3; round++) {
    for (size_t caps = 0; caps < G_N_ELEMENTS(kCaps); caps++)
      soak.run(seconds, caps);
    const size_t heap = soak.measure();
    std::printf("%8" G_GUINT64_FORMAT " frames %9zu bytes in use\n", frames.load(), heap);
    std::fflush(stdout);
    if (round == 1)
      warm = heap;
    most = std::max(most, round == 0 ? 0 : heap);
  }
  if (most > warm + kMayGrow)
    Flow::fail("the heap has grown since the second round");
  std::printf("flat: %zu bytes at most, %zu after the second round\n", most, warm);
}
