// From a Delta to a Plan.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>

#include "diff/delta.h"
#include "planner/action.h"
#include "planner/plan.h"
#include "support/diagnostic.h"

namespace schemadiff {

struct PlanInput {
  const Schema& live;     ///< With its edges, wherever the delta sets or removes anything.
  const Schema& desired;  ///< Canonical with regard to live.
  const Delta& delta;
  PlanSession session;
  std::unordered_map<ObjectId, RelationEstimate> sizes;
  /// Whether the privileges on an object are those of the desired state; null: always.
  std::function<bool(ObjectId)> manages_privileges = nullptr;
  bool for_revision = false;  ///< What is dropped is still declared, in the way back; secrets may be put in later.
};

/// Orders and annotates what the delta needs: the steps of a plan, and no more. Errors: kRefused for a change that
/// cannot be made, with the way out.
Result<std::vector<Step>> PlanSteps(const PlanInput& input);

/// What brings one object into being.
struct Creation {
  ObjectId object;
  std::vector<std::string> sql;  ///< Secrets as ***.
  bool has_secrets = false;
};

/// How a whole schema is created, in an order in which it can be, where `present` is there already.
Result<std::vector<Creation>> Creations(const Schema& present, const Schema& schema, const PlanSession& session);

/// The statements that create an object, with what the rules fold into it; for trying it out under another name.
std::vector<std::string> CreationSql(const Object& object, const Schema& schema, int version);

}  // namespace schemadiff
