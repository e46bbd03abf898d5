// The plan as a script for psql.
#pragma once

#include <string>

#include "planner/plan.h"

namespace schemadiff {

struct SqlOptions {
  std::string lock_timeout = "2s";  ///< As PostgreSQL's setting of that name.
};

/// A script that stops at the first error: settings, then every group between BEGIN and COMMIT (steps that PostgreSQL
/// refuses in a transaction stand alone), locks and hazards as comments. An empty plan gives comments only.
std::string PlanSql(const Plan& plan, const SqlOptions& options = {});

}  // namespace schemadiff
