// One step of a plan as SQL, with what there is to know about it as comments: of scripts and of revision files.
#pragma once

#include <cstddef>
#include <string>

#include "planner/plan.h"

namespace schemadiff {

/// Comments, `-- step 3: create index public.t_a (expand)` first, then the statements, each with its semicolon.
std::string StepSql(const Plan& plan, std::size_t index);

/// What stops a script that would set passwords to `***`, until they are put in; empty for a plan without secrets.
std::string SecretsGuardSql(const Plan& plan);

}  // namespace schemadiff
