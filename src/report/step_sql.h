// One step of a plan as text of a script: what it is for, and its statements.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "planner/plan.h"

namespace schemadiff {

/// A comment that tells what the step is for, its locks, hazards and the rest, and its statements under it.
std::string StepSql(const Plan& plan, std::size_t index);

/// What stops a script that would set passwords to `***`, until they are put in; empty for a plan without secrets.
std::string SecretsGuardSql(const Plan& plan);

/// Statements, each with its semicolon, on lines of their own.
std::string StatementsSql(std::span<const std::string> statements);

}  // namespace schemadiff
