// SPDX-License-Identifier: LGPL-2.1-or-later
// Every layout is sound, and a picture is read only where all of it lies in memory.
#include "format/layout.h"

#include <cstring>

#include "suite.h"

using namespace attention;

namespace {

constexpr int kWidth = 17, kHeight = 9;

/// A picture that fits its memory exactly, plane after plane.
struct Exact {
  explicit Exact(const Layout &layout) : layout(layout) {
    for (int p = 0; p < layout.planes; p++) {
      const int row = layout.row_bytes(p, kWidth);
      bytes[p].resize(static_cast<size_t>(row) * layout.plane_rows(p, kHeight));
      picture.data[p] = bytes[p].data();
      picture.stride[p] = row;
      extents[p] = {bytes[p].data(), bytes[p].data() + bytes[p].size()};
    }
  }
  bool holds() const { return check(layout, kWidth, kHeight, picture, extents).is_ok(); }

  const Layout &layout;
  std::array<std::vector<uint8_t>, kMaxPlanes> bytes;
  Picture picture;
  std::array<Extent, kMaxPlanes> extents;
};

/// Calls test(a picture that holds, plane) for each plane of each layout.
template <typename Test>
void for_all_planes(Test test) {
  for (const std::string_view name : layout_names()) {
    const Layout &layout = *find_layout(name);
    for (int p = 0; p < layout.planes; p++) {
      Exact exact(layout);
      ck_assert(exact.holds());
      test(exact, p);
    }
  }
}

}  // namespace

START_TEST(a_byte_less_than_the_rows_take_does_not_hold) {
  for_all_planes([](Exact &e, int p) {
    e.extents[p].end--;
    ck_assert(!e.holds());
    e.extents[p].end++;
    e.extents[p].begin++;
    ck_assert(!e.holds());
  });
}
END_TEST

START_TEST(rows_may_run_from_the_last_to_the_first) {
  for_all_planes([](Exact &e, int p) {
    const int rows = e.layout.plane_rows(p, kHeight);
    e.picture.stride[p] = -e.picture.stride[p];
    ck_assert(rows == 1 || !e.holds());
    e.picture.data[p] -= e.picture.stride[p] * (rows - 1);
    ck_assert(e.holds());
    e.extents[p].begin++;
    ck_assert(!e.holds());
  });
}
END_TEST

START_TEST(rows_must_not_overlap) {
  for_all_planes([](Exact &e, int p) {
    for (const ptrdiff_t stride : {ptrdiff_t{0}, e.picture.stride[p] - e.layout.sample_bytes(),
                                   -e.picture.stride[p] + e.layout.sample_bytes()}) {
      e.picture.stride[p] = stride;
      ck_assert(!e.holds());
    }
  });
}
END_TEST

START_TEST(strides_of_any_size_are_told_from_memory) {
  for_all_planes([](Exact &e, int p) {
    if (e.layout.plane_rows(p, kHeight) == 1)
      return;
    for (const ptrdiff_t stride : {ptrdiff_t{0x7ffffffe}, -ptrdiff_t{0x7ffffffe}, ptrdiff_t{1} << 40}) {
      e.picture.stride[p] = stride;
      ck_assert(!e.holds());
    }
  });
}
END_TEST

START_TEST(samples_of_two_bytes_begin_at_even_addresses) {
  for_all_planes([](Exact &e, int p) {
    if (e.layout.sample_bytes() == 1)
      return;
    std::vector<uint8_t> more(e.bytes[p].size() + 4);
    const size_t odd = reinterpret_cast<uintptr_t>(more.data()) % 2 == 0 ? 1 : 2;
    e.picture.data[p] = more.data() + odd;
    e.extents[p] = {more.data(), more.data() + more.size()};
    const Status status = check(e.layout, kWidth, kHeight, e.picture, e.extents);
    ck_assert_ptr_nonnull(std::strstr(status.message(), "odd addresses"));
  });
}
END_TEST

START_TEST(every_layout_is_found_by_its_name_and_has_its_components_in_its_planes) {
  ck_assert(find_layout("I421") == nullptr && find_layout("") == nullptr);
  for (const std::string_view name : layout_names()) {
    const Layout &layout = *find_layout(name);
    ck_assert(layout.name == name);
    ck_assert(layout.is_rgb() != (layout.find(Role::kY) != nullptr));
    ck_assert(layout.depth >= 8 && layout.depth + layout.shift <= 8 * layout.sample_bytes());
    for (int c = 0; c < layout.components; c++) {
      const Component &k = layout.component[c];
      ck_assert(k.plane < layout.planes);
      ck_assert_int_lt(k.offset + (k.columns(kWidth) - 1) * k.pixel_stride, layout.row_samples(k.plane, kWidth));
    }
  }
}
END_TEST

int main() {
  return run_suite(
      "format/layout",
      {a_byte_less_than_the_rows_take_does_not_hold, rows_may_run_from_the_last_to_the_first, rows_must_not_overlap,
       strides_of_any_size_are_told_from_memory, samples_of_two_bytes_begin_at_even_addresses,
       every_layout_is_found_by_its_name_and_has_its_components_in_its_planes});
}
