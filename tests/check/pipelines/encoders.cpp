// SPDX-License-Identifier: LGPL-2.1-or-later
// What docs/encoders.md says of software encoders: none reads regions of interest.
#include "gst/chain.h"
#include "gst/frames.h"
#include "suite.h"

namespace {

std::vector < guint8 >
encoded (const std::string & launch)
{
  Chain chain (launch);
  chain.set_caps (Frame ().caps ());
  Frame frame;
  for (frame.number = 0; frame.number < 10; frame.number++) {
    frame.x = 0.3 + 0.02 * (double) frame.number;
    ck_assert_int_eq (gst_harness_push (chain.harness (), frame.make ()), GST_FLOW_OK);
  }
  std::vector < guint8 > stream;
  for (GstBuffer * buffer : chain.finish ()) {
    const std::vector < guint8 > bytes = bytes_of (buffer);
    stream.insert (stream.end (), bytes.begin (), bytes.end ());
  }
  ck_assert_uint_gt (stream.size (), 1000);
  return stream;
}

}  // namespace

START_TEST (software_encoders_read_no_regions)
{
  guint major, minor, micro, nano;
  gst_version (&major, &minor, &micro, &nano);
  if (major != 1 || minor != 22)
    return;
  for (const std::string encoder : { "x264enc", "x265enc", "openh264enc", "vp8enc", "vp9enc", "av1enc" }) {
    GstElementFactory *factory = gst_element_factory_find (encoder.c_str ());
    if (!factory) {
      g_printerr ("not installed: %s\n", encoder.c_str ());
      continue;
    }
    gst_object_unref (factory);
    /* In real time libvpx does as much as time allows, which depends on what else runs. */
    const std::string launch = encoder
        + (encoder[0] == 'v' ? " deadline=1000000 cpu-used=4" : encoder == "av1enc" ? " cpu-used=8" : "");
    const auto with = encoded ("attentionfilter effect=none ! "
        "attentionroi roi-delta-qp=-51 roi-background-delta-qp=51 ! " + launch);
    ck_assert_msg (with == encoded ("attentionfilter effect=none metadata=none ! " + launch), "%s reads regions",
        encoder.c_str ());
    g_printerr ("the same bytes with and without regions: %s\n", encoder.c_str ());
  }
}
END_TEST

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  return run_suite ("encoders", { software_encoders_read_no_regions }, 300);
}
