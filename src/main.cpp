#include "cli/app.h"

int main(int argc, char** argv) { return schemadiff::RunSchemadiff(argc, argv); }
