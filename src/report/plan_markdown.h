// The plan as a comment of a pull request.
#pragma once

#include <cstddef>
#include <string>

#include "planner/plan.h"

namespace schemadiff {

struct MarkdownOptions {
  /// GitHub refuses comments of more than 65,536 characters. Where the whole would be longer, the SQL goes first, then
  /// rows of the tables; the text says what is left out.
  std::size_t max_bytes = 60'000;
};

/// Headline, hazards, a table of the steps, and the SQL folded away. Names and SQL cannot break out of their place.
std::string PlanMarkdown(const Plan& plan, const MarkdownOptions& options = {});

}  // namespace schemadiff
