// Memberships of roles, which CREATE ROLE, ALTER GROUP and GRANT make.
#pragma once

#include "parser/interpreter.h"

namespace schemadiff {

/// Makes a role a member of another, or gives what is left open of the grant its new values.
void GrantMembership(Interpreter& in, const Statement& statement, const std::string& role, const std::string& member,
                     RoleGrant grant);

}  // namespace schemadiff
