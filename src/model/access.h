// Access control lists as objects of a schema.
#pragma once

#include <string_view>
#include <vector>

#include "model/acl.h"
#include "model/object.h"

namespace schemadiff {

/// Stands for who runs a plan where no server says who that is: no role can be named by the word itself.
inline constexpr std::string_view kRunningRole = "current_user";

/// The privileges on an object in which a list differs from the standard one: an object for each role.
std::vector<Object> PrivilegesOf(ObjectId parent, const Acl& acl, const Acl& standard);

/// Owner and privileges of the schema public in a new database.
std::vector<Object> AccessFromTheStart(int version);

/// The sequence behind an identity column, which is no object of its own but has privileges; a null id for any other
/// object.
ObjectId IdentitySequenceOf(const Object& object);

}  // namespace schemadiff
