// SPDX-License-Identifier: LGPL-2.1-or-later
// GstAttentionMeta on its way: what it outlives, and what it does not.
#include "../chain.h"
#include "../frames.h"
#include "suite.h"

/* Places are shares of the picture: they hold as long as its shape on the display does, give or take a little. */
START_TEST (what_changes_the_shape_leaves_it_out)
{
  const struct { int height; bool stays; } cases[] = { {180, true}, {184, true}, {176, true}, {190, false},
      {170, false}, {240, false} };
  for (const auto & c : cases) {
    Chain chain ("attentionfilter effect=none ! videoscale add-borders=false ! "
        "video/x-raw,width=320,pixel-aspect-ratio=1/1,height=" + std::to_string (c.height) + " ! identity",
        Frame ().caps ());
    GstBuffer *out = chain.run (Frame ().make ());
    ck_assert_msg ((attention_meta (out) != NULL) == c.stays, "%d px high", c.height);
  }
}
END_TEST

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  return run_suite ("grid", {what_changes_the_shape_leaves_it_out});
}
