// SPDX-License-Identifier: LGPL-2.1-or-later
// Each Orc program against its plain twin: widths, alignments, guard bytes. Run under each ORC_CODE by meson.
#include "kernels/pixels.h"

#include "pixel_twins.h"
#include "rows.h"
#include "suite.h"

using namespace attention;

START_TEST(blend_16) {
  for_all_shapes([](int n, int a, int b) {
    Row<uint16_t> pixel(n, a, 0, 65535);
    Row<uint16_t> oracle(pixel, 0);
    Row<uint16_t> target(n, b, 0, 65535);
    Row<float> base(n, a, 0, 1), step(n, b, 0, 1);
    for (int i = 0; i < n; i++)
      step[i] -= base[i];
    const float fraction = static_cast<float>(n % 10) / 10.0F;
    const int shift = n % 3 * 3;
    kernels::blend_16(pixel.data(), target.data(), base.data(), step.data(), fraction, shift, n);
    twins::blend_16(oracle.data(), target.data(), base.data(), step.data(), fraction, shift, n);
    pixel.check_equal(oracle);
  });
}
END_TEST

START_TEST(ends_of_the_scale_are_exact) {
  for (int code = 0; code < 65536; code += 15) {
    uint16_t pixel[] = {static_cast<uint16_t>(code), static_cast<uint16_t>(code)};
    const uint16_t target[] = {static_cast<uint16_t>(65535 - code), static_cast<uint16_t>(65535 - code)};
    const float factor[] = {1, 0};
    const float step[] = {0, 0};
    kernels::blend_16(pixel, target, factor, step, 0, 0, 2);
    ck_assert_uint_eq(pixel[0], code);
    ck_assert_uint_eq(pixel[1], 65535 - code);
  }
}
END_TEST

int main() {
  kernels::prepare_pixels();
  return run_suite("pixels", {blend_16, ends_of_the_scale_are_exact});
}
