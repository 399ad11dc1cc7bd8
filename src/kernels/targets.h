// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// How Highway's targets are used; comes before its headers.
#pragma once

// Vectors whose size the compiler does not know cannot be kept in arrays, as sums in a fixed order are.
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)

/// Defines `name`, which calls the function of that name that was built for the best target of the machine.
#define ATTENTION_DISPATCH(type, name, parameters, arguments) \
  HWY_EXPORT(name);                                           \
  type name parameters { return HWY_DYNAMIC_DISPATCH(name) arguments; }
