// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// How benchmarks time, sum up, and name the machine.
#pragma once

#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#ifndef DISABLE_ORC
extern "C" {
#include <orc/orc.h>  // 0.4.33 does not say that orc_version_string is C
}
#include <orc/orctarget.h>
#endif

/// Of work on one core, CLOCK_PROCESS_CPUTIME_ID tells what CLOCK_MONOTONIC would if nobody else used that core.
template <typename Function>
double milliseconds(clockid_t clock, Function function) {
  timespec begin, end;
  clock_gettime(clock, &begin);
  function();
  clock_gettime(clock, &end);
  return 1e3 * static_cast<double>(end.tv_sec - begin.tv_sec) + 1e-6 * static_cast<double>(end.tv_nsec - begin.tv_nsec);
}

/// The value that the share `share` of all values does not exceed; .5 is the median.
inline double quantile(std::vector<double> values, double share) {
  const auto at = values.begin() + static_cast<ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

inline void print_machine() {
  std::string model = "unknown";
  std::ifstream cpuinfo("/proc/cpuinfo");
  for (std::string line; std::getline(cpuinfo, line);)
    if (line.rfind("model name", 0) == 0)
      model = line.substr(line.find(':') + 2);
  std::printf("machine    %s, %ld cores\n", model.c_str(), sysconf(_SC_NPROCESSORS_ONLN));
#ifndef DISABLE_ORC
  orc_init();
  OrcTarget *target = orc_target_get_default();
  const unsigned flags = orc_target_get_default_flags(target);
  std::printf("Orc        %s, target %s (", orc_version_string(), orc_target_get_name(target));
  for (int shift = 0; shift < 32; shift++)
    if ((flags >> shift & 1) != 0)
      std::printf(" %s", orc_target_get_flag_name(target, shift));
  const char *code = std::getenv("ORC_CODE");
  std::printf(" )%s%s\n", code != nullptr ? ", ORC_CODE=" : "", code != nullptr ? code : "");
#else
  std::printf("Orc        none\n");
#endif
}
