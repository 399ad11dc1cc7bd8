// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Scaling of float maps, by area and between samples.
#pragma once

#include <vector>

#include "base/plane.h"

namespace attention {

/// Width by height; shapes longer than 4:1 are taken as 4:1.
double aspect(Size shape);
/// A size with that aspect and about `area` pixels.
Size fit_area(Size shape, double area);

/// Half of it, rounded up; at least 2 × 2.
Size halved(Size size);

/// The samples that one output sample covers: `first` weighs `head`, the last weighs `tail`, those between 1.
struct Span {
  int first = 0;
  int count = 0;  ///< 0 where the output sample lies outside the input
  float head = 0;
  float tail = 0;
  float length = 0;   ///< in input samples, what lies outside included
  float covered = 0;  ///< in input samples, what lies inside

  /// The span of [begin, end) over `n` samples; what lies outside of them is cut off.
  static Span cover(double begin, double end, int n);
};

/// `out` spans that divide [begin, end) evenly.
std::vector<Span> divide(double begin, double end, int n, int out);
/// The spans between neighbouring edges.
std::vector<Span> between(const std::vector<double> &edges, int n);

/// The weighted sum over a span of samples that lie `step` apart.
template <typename T>
float sum(const T *samples, const Span &span, int step = 1) {
  if (span.count == 0)
    return 0.0F;
  const T *s = samples + static_cast<ptrdiff_t>(span.first) * step;
  float total = span.head * static_cast<float>(*s);
  for (int i = 1; i < span.count - 1; i++) {
    s += step;
    total += static_cast<float>(*s);
  }
  if (span.count > 1)
    total += span.tail * static_cast<float>(s[step]);
  return total;
}

/// Rows that are scaled at once.
constexpr int kAtOnce = 4;

/// Averages a map over a grid of spans; parts of a span outside of the map count as 0.
class AreaScale {
 public:
  AreaScale() = default;
  AreaScale(Size in, Size out);
  AreaScale(Size in, std::vector<Span> columns, std::vector<Span> rows);
  void run(const Map &in, Map &out);

 private:
  void add_rows(const Map &in, const Span &rows, float *line);
  void gather(int rows, float *out);

  std::vector<Span> rows_;
  int columns_ = 0;
  bool halves_ = false;                        ///< whether each output column is the mean of two samples
  int reach_ = 1;                              ///< samples that each output column is made from …
  std::vector<int> first_;                     ///< … the first of them …
  std::vector<float> shares_;                  ///< … and what each weighs
  std::vector<float> weights_;                 ///< of the rows of a span
  Map lines_;                                  ///< so many rows that are scaled at once, …
  std::vector<float> interleaved_, gathered_;  ///< … side by side, before and after
};

/// Enlarges a map between the centres of its samples; beyond the outermost ones it repeats them.
class Bilinear {
 public:
  Bilinear() = default;
  Bilinear(Size in, Size out);
  void run(const Map &in, Map &out);

 private:
  /// The samples that each output sample lies between, and how far it is towards the second.
  struct Taps {
    Taps() = default;
    Taps(int in, int out);
    std::vector<int> first, second;
    std::vector<float> fraction;
  };

  void widen(const Map &in, int y, float *out);

  Taps columns_, rows_;
  Map lines_;                                  ///< the last rows, where there are fewer than are enlarged at once
  std::vector<float> interleaved_, gathered_;  ///< rows side by side, before and after
  Map wide_;  ///< the last rows with enlarged columns, as many as two rows of the output may need
};

/// Brings a map to another size: by area where it shrinks, bilinear where it grows.
class Resize {
 public:
  Resize(Size in, Size out) : shrinks_(out.width <= in.width), area_(in, out), bilinear_(in, out) {}
  void run(const Map &in, Map &out) { shrinks_ ? area_.run(in, out) : bilinear_.run(in, out); }

 private:
  bool shrinks_;
  AreaScale area_;
  Bilinear bilinear_;
};

}  // namespace attention
