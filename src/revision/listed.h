// Ids in a sentence.
#pragma once

#include <string>
#include <vector>

#include "revision/revision.h"

namespace schemadiff {

/// `a`, `b` and `c`, in backticks; of many the first few and how many more.
std::string Listed(const std::vector<std::string>& ids);
std::string Listed(const std::vector<const Revision*>& revisions);

}  // namespace schemadiff
