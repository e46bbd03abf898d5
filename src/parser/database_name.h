// The name of the database where no connection tells it.
#pragma once

#include <string>

#include "parser/parse.h"

namespace schemadiff {

/// What the files call the database whose settings they change; empty when they do not.
std::string DatabaseNamedIn(const SourceSet& sources);

}  // namespace schemadiff
