// Access control lists as objects of a schema.
#pragma once

#include <vector>

#include "model/acl.h"
#include "model/object.h"

namespace schemadiff {

/// The privileges on an object in which a list differs from the standard one: an object for each role.
std::vector<Object> PrivilegesOf(ObjectId parent, const Acl& acl, const Acl& standard);

/// Owner and privileges of the schema public in a new database.
std::vector<Object> AccessFromTheStart(int version);

/// The sequence behind an identity column, which is no object of its own but has privileges; a null id for any other
/// object.
ObjectId IdentitySequenceOf(const Object& object);

}  // namespace schemadiff
