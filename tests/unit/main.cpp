#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <algorithm>

// The deepest tree that is packed wants 4 MB of stack in a release, but more than the usual 8 MB without optimization
// or with sanitizers. Linux lets the stack of the first thread grow up to the limit of the moment.
int main(int argc, char** argv) {
  rlimit stack{};
  getrlimit(RLIMIT_STACK, &stack);
  stack.rlim_cur = std::min<rlim_t>(stack.rlim_max, rlim_t{64} << 20U);
  setrlimit(RLIMIT_STACK, &stack);
  return doctest::Context(argc, argv).run();
}
