// The comments above a step in a revision file, read back: what report/step_sql.h writes.
#pragma once

#include <optional>
#include <string_view>

#include "planner/plan.h"

namespace schemadiff {

/// A step without statements, of a comment `-- step 3: create index public.t_a (expand, no transaction)`; nothing for
/// any other.
std::optional<Step> ParseStepComment(std::string_view comment);

/// Takes what one of the comments below says into the step: lock, scans, rewrites, hazard, note. Others are passed
/// over: they are for people.
void ParseStepFact(std::string_view comment, Step& step);

}  // namespace schemadiff
