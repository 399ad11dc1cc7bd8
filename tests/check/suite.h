// SPDX-License-Identifier: LGPL-2.1-or-later
/// \file
/// Runs one suite of Check tests as a program.
#pragma once

#include <check.h>

#include <initializer_list>

inline int run_suite(const char *name, std::initializer_list<const TTest *> tests, double timeout_seconds = 60) {
  Suite *suite = suite_create(name);
  TCase *all = tcase_create(name);
  tcase_set_timeout(all, timeout_seconds);
  for (const TTest *test : tests)
    tcase_add_test(all, test);
  suite_add_tcase(suite, all);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  const int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? 0 : 1;
}
