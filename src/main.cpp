#include <sys/mman.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "cli/app.h"

namespace {

// A plan makes several hundred thousand small objects, and a tenth of its time would go to page faults. The allocator
// has taken a gigabyte of addresses by now, from which all of them come: advice for what is mapped around one of them
// is for that. What is not mapped is passed over, and the stacks of threads come later (madvise(2)). Linux heeds it
// unless transparent huge pages are off.
void PreferHugePages() {
  constexpr std::uintptr_t kHugePage = 2U << 20U;
  constexpr std::size_t kAround = 1U << 30U;
  const auto some = std::make_unique<char>();
  const auto here = reinterpret_cast<std::uintptr_t>(some.get()) / kHugePage * kHugePage;
  madvise(reinterpret_cast<void*>(here - kAround), 2 * kAround, MADV_HUGEPAGE);
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
