// The plan as a script for psql.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "planner/plan.h"

namespace schemadiff {

struct SqlOptions {
  using StepStatements = std::function<std::vector<std::string>(std::size_t step)>;

  std::string lock_timeout = "2s";    ///< As PostgreSQL's setting of that name.
  std::vector<std::string> preamble;  ///< Statements that run first, together in a transaction.
  /// Statements before and after each step, in its transaction where it has one and otherwise in one of their own.
  StepStatements before;
  StepStatements after;
};

/// A script that stops at the first error: settings, then every group between BEGIN and COMMIT (steps that PostgreSQL
/// refuses in a transaction stand alone), locks and hazards as comments. An empty plan gives comments only, and the
/// preamble.
std::string PlanSql(const Plan& plan, const SqlOptions& options = {});

}  // namespace schemadiff
