// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// The network of learned fusion: looks at patches of luma and at the cues' maps, gathers what it sees at half and at a
/// quarter of the size, and brings it back, as U-Net does (Ronneberger, Fischer & Brox, MICCAI 2015). Its layers are
/// separable in depth, with residuals.
#pragma once

#include "weigh/fusion/planes.h"
#include "weigh/fusion/weights.h"

namespace attention {

class Network {
 public:
  /// Sees maps of that size, 1 × 1 or more.
  explicit Network(Size grid);

  /// How many pairs of planes run() takes: of every two samples of luma beside each other in a cell of the grid, row by
  /// row, then of every two of fusion_weights::kMaps.
  static constexpr int kLumaPairs = fusion_weights::kDetail * fusion_weights::kDetail / 2;
  static constexpr int kPairs = kLumaPairs + fusion_weights::kMaps / 2;
  /// What counts 1 in these pairs.
  static float scale();

  /// `inputs` points to kPairs planes that are laid out as Planes<Pair>(…, grid) has them; fills `out`, of the grid's
  /// size, with a density, exp(−12) – exp(8).
  void run(const kernels::Pair *const *inputs, Map &out);

 private:
  /// Weighted sums of planes, where they are above 0.
  struct Mix {
    template <int kIn, int kOut>
    explicit Mix(const fusion_weights::Mix<kIn, kOut> &trained);
    /// Mixes all planes by a kernel, which sets them or adds to them.
    template <typename Kernel>
    void run(Kernel kernel, Planes<float> &out, const kernels::Pair *const *in) const;

    int pairs;
    float reach;
    std::vector<kernels::Pair> weights;  ///< of kMixedAtOnce planes, input by input, then of the next
    std::vector<float> scale, bias;
  };
  struct Block {
    template <int kIn, int kOut>
    explicit Block(const fusion_weights::Block<kIn, kOut> &trained);

    std::vector<float> filters;
    Mix mix;
  };

  /// One size.
  struct Level {
    Level(Size size, int from, int planes) : state(planes, size), pooled(from, size), mixed(planes / 2, size) {}
    /// state += block(state)
    void refine(const Block &block);
    /// Begins with block(the finer level's state), four samples as one.
    void gather(Level &finer, const Block &block);
    /// Adds mix(state) to the finer level's state, one sample as four.
    void grow_to(Level &finer, const Mix &mix);
    void filter(Planes<float> &in, const Block &block);

    Planes<float> state;
    Planes<float> pooled;         ///< has as many planes as the finer level
    Planes<kernels::Pair> mixed;  ///< what is to be mixed
  };

  void look(const kernels::Pair *const *inputs);

  /// What was trained, as it is computed with; all networks share it.
  struct Layers {
    Layers();
    Mix look;
    Block fine, to_middle, middle, to_coarse, coarse, coarse_too;
    Mix from_coarse;
    Block middle_again;
    Mix from_middle;
    Block fine_again;
  };
  static const Layers &layers();

  Level at_grid_, at_half_, at_quarter_;
  Planes<float> sum_;
  std::vector<const kernels::Pair *> rows_;
};

}  // namespace attention
