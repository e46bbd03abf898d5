// What GRANT, REVOKE and ALTER DEFAULT PRIVILEGES have in common.
#pragma once

#include <optional>
#include <vector>

#include "model/acl.h"
#include "parser/interpreter.h"

namespace schemadiff {

/// What an ObjectType of a GRANT means: `OBJECT_TABLE`.
AclTarget AclTargetOf(std::string_view object_type);

/// The privileges that a statement names for such a target, those of its columns apart. One that the target does not
/// have is reported.
std::uint32_t PrivilegesIn(Interpreter& in, const Statement& statement, Node grant, AclTarget target);

/// Whether it grants, revokes, or revokes the grant option.
AccessChange::Way WayOf(Node grant);

}  // namespace schemadiff
