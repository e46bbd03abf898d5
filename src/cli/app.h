// The command line: parsed here, done in the commands.
#pragma once

namespace schemadiff {

/// Parses the arguments, runs the command, gives the exit code (0, 1, 2, 3, 64, 65, 69 or 75). Never throws.
int RunSchemadiff(int argc, char** argv);

}  // namespace schemadiff
