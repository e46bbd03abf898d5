#include <sys/mman.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "cli/app.h"

namespace {

// A plan makes several hundred thousand small objects, and a tenth of its time would go to page faults. The allocator
// takes a gigabyte of addresses at once and fills it from below: advice for what lies ahead costs nothing where that is
// not so. Linux heeds it unless transparent huge pages are off (Documentation/admin-guide/mm/transhuge.rst).
void PreferHugePages() {
  constexpr std::uintptr_t kHugePage = 2U << 20U;
  constexpr std::size_t kAhead = 256U << 20U;
  const auto some = std::make_unique<char>();
  const auto here = reinterpret_cast<std::uintptr_t>(some.get());
  madvise(reinterpret_cast<void*>((here + kHugePage - 1) / kHugePage * kHugePage), kAhead, MADV_HUGEPAGE);
}

}  // namespace

int main(int argc, char** argv) {
  PreferHugePages();
  const int code = schemadiff::RunSchemadiff(argc, argv);
#ifndef __SANITIZE_ADDRESS__
  // All that has to be ended has been; memory is given back faster by the system than piece by piece.
  std::fflush(nullptr);
  std::_Exit(code);
#endif
  return code;
}
