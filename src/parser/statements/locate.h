// How the objects that COMMENT and DROP name are found, for kinds that are named alike.
#pragma once

#include <string>
#include <vector>

#include "parser/interpreter.h"

namespace schemadiff {

/// A relation of one kind, named by a list of strings; a null id when there is none.
template <ObjectKind kKind>
ObjectId LocateRelation(Interpreter& in, const Statement& statement, Node object) {
  const ObjectId id = in.FindRelation(statement, Strings(object));
  return id && id.kind() == kKind ? id : ObjectId();
}

/// What belongs to a relation and is named after it in one list: `{schema, table, trigger}`.
template <ObjectKind kKind>
ObjectId LocateMember(Interpreter& in, const Statement& statement, Node object) {
  std::vector<std::string> parts = Strings(object);
  if (parts.size() < 2) return {};
  const std::string name = parts.back();
  parts.pop_back();
  const ObjectId relation = in.FindRelation(statement, parts);
  if (!relation) return {};
  const ObjectId id = ObjectId::Member(kKind, relation, name);
  return in.schema().Contains(id) ? id : ObjectId();
}

/// What is outside schemas and named by one string.
template <ObjectKind kKind>
ObjectId LocateGlobal(Interpreter& in, const Statement&, Node object) {
  const ObjectId id = ObjectId::Of(kKind, "", object["String"].Text("sval"));
  return in.schema().Contains(id) ? id : ObjectId();
}

/// What is in a schema and named by a list of strings.
template <ObjectKind kKind>
ObjectId LocateInSchema(Interpreter& in, const Statement& statement, Node object) {
  const std::vector<std::string> parts = Strings(object);
  if (parts.empty()) return {};
  const SearchPath path = parts.size() > 1 ? SearchPath{parts[parts.size() - 2]} : *statement.search_path;
  for (const std::string& schema : path) {
    const ObjectId id = ObjectId::Of(kKind, schema, parts.back());
    if (in.schema().Contains(id)) return id;
  }
  return {};
}

/// A type of one of these kinds, named by a TypeName or a list of strings; a null id when there is none.
ObjectId LocateType(Interpreter& in, const Statement& statement, Node object, const std::vector<ObjectKind>& kinds);

}  // namespace schemadiff
