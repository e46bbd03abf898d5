#include "support/check.h"

#include <fmt/core.h>

#include <cstdio>
#include <cstdlib>

namespace schemadiff {

void CheckFailed(std::string_view what, std::source_location where) {
  fmt::print(stderr, "schemadiff: internal error at {}:{}: {}\n", where.file_name(), where.line(), what);
  std::abort();
}

}  // namespace schemadiff
