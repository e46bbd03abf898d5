// What GRANT, REVOKE, OWNER TO and default privileges of the files amount to: whom objects belong to, and what each
// role may do with them. Who an object belongs to where the files do not say so is known only with the database at
// hand.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>

#include "model/schema.h"

namespace schemadiff {

struct AccessContext {
  int version = 0;             ///< server_version_num.
  std::string role;            ///< Who runs the plan.
  std::string database_owner;  ///< Whom what has no Owner in the live schema belongs to.
  bool exact_owners = false;   ///< What the files leave open belongs to who runs the plan, and does not stay as it is.
  /// Whether the privileges on an object, and on its columns, are those that the files amount to.
  std::function<bool(ObjectId)> manages_privileges;
};

/// Puts the privileges that result in the place of the statements that made them. In both schemas, what has no Owner
/// belongs to who runs the plan from then on.
void ResolveAccess(Schema& live, Schema& desired, const AccessContext& context);

}  // namespace schemadiff
