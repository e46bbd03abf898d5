// Roles as statements name them (RoleSpec).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parser/interpreter.h"

namespace schemadiff {

inline ObjectId RoleId(std::string_view name) { return ObjectId::Of(ObjectKind::kRole, "", name); }

/// Who connects; kRunningRole without a database.
std::string ConnectingRole(const Interpreter& in);
/// Who runs a statement: the role that was set, or the one that connects.
std::string RunningRole(const Interpreter& in, const Statement& statement);

/// The name of the role, `public` for PUBLIC. Nothing when neither the files nor the server know it: the statement then
/// waits for it.
std::optional<std::string> FindRole(Interpreter& in, const Statement& statement, Node role);
/// The same for a name alone.
bool IsKnownRole(const Interpreter& in, std::string_view name);
/// The same for a list of RoleSpecs; nothing when one of them is not known.
std::optional<std::vector<std::string>> FindRoles(Interpreter& in, const Statement& statement, Node list);

}  // namespace schemadiff
