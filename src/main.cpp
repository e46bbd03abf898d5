#include <cstdio>
#include <cstdlib>

#include "cli/app.h"

int main(int argc, char** argv) {
  const int code = schemadiff::RunSchemadiff(argc, argv);
#ifndef __SANITIZE_ADDRESS__
  // All that has to be ended has been; memory is given back faster by the system than piece by piece.
  std::fflush(nullptr);
  std::_Exit(code);
#endif
  return code;
}
