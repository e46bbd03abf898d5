// The members of operator classes and families, as CREATE OPERATOR CLASS and ALTER OPERATOR FAMILY list them.
#pragma once

#include <vector>

#include "parser/interpreter.h"

namespace schemadiff {

/// An operator class or family that a list `{access method, schema, name}`, or a name and its access method give; a
/// null id when there is none.
ObjectId FindOperatorGroup(const Interpreter& in, const Statement& statement, ObjectKind kind,
                           const std::vector<std::string>& parts, std::string_view access_method);
template <ObjectKind kKind>
ObjectId LocateOperatorGroup(Interpreter& in, const Statement& statement, Node object) {
  std::vector<std::string> parts = Strings(object);
  if (parts.size() < 2) return {};
  const std::string access_method = parts.front();
  parts.erase(parts.begin());
  return FindOperatorGroup(in, statement, kKind, parts, access_method);
}

/// The member of a CreateOpClassItem; `type` stands where the item names no types: the class's own.
FamilyMember ReadMember(Interpreter& in, const Statement& statement, Node item, const std::string& type,
                        std::vector<Edge>& edges);

/// Adds a member in its place of a list; false when that is taken.
bool InsertMember(std::vector<FamilyMember>& members, FamilyMember member);

/// Whether the access method lets a member go with a class for `type`, or makes it one of the family, which may lose
/// it.
bool GoesWithClass(std::string_view access_method, const FamilyMember& member, const std::string& type);

}  // namespace schemadiff
