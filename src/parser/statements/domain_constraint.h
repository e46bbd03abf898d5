// The constraints of a domain, as CREATE DOMAIN and ALTER DOMAIN add them.
#pragma once

#include "parser/interpreter.h"

namespace schemadiff {

/// Adds the CHECK constraint of a Constraint node to a domain, under the given name or one that PostgreSQL would make.
void AddDomainConstraint(Interpreter& in, const Statement& statement, ObjectId domain, Node constraint);

}  // namespace schemadiff
