#include "parser/statements/grant_targets.h"

#include <algorithm>

#include "model/access.h"
#include "model/acl.h"
#include "parser/references.h"
#include "parser/statements/grant.h"
#include "parser/statements/owners.h"
#include "parser/statements/routine_parts.h"
#include "parser/statements/sequence.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

using Found = std::optional<GrantTarget>;

// What an extension brought, or PostgreSQL itself; what it may yet bring is looked for in the first schema of the path.
Found External(Interpreter& in, const Statement& statement, NameSpace space, ObjectKind kind,
               const std::vector<std::string>& parts, std::string_view arguments = {}) {
  const Resolution found = in.names().Resolve(space, parts, *statement.search_path);
  using enum Resolution::Origin;
  if (found.origin == kDeclared || (found.origin == kUnknown && !in.names().MayComeFromExtension()))
    return std::nullopt;
  const QualifiedName name =
      found.origin == kUnknown ? in.NameForCreation(statement, parts) : QualifiedName(found.name);
  GrantTarget target{ObjectId::Of(kind, name.schema, name.name, arguments), {}};
  AddExtensionEdges(in, target.edges);
  return target;
}

// The sequence behind an identity column is no object of its own, but has privileges.
Found IdentitySequence(const Interpreter& in, const Statement& statement, const std::vector<std::string>& parts) {
  const ObjectId column = FindIdentityColumn(in, statement, parts);
  if (!column) return std::nullopt;
  return GrantTarget{IdentitySequenceOf(*in.schema().Find(column)), {{column}}};
}

Found RelationTarget(Interpreter& in, const Statement& statement, Node object) {
  const std::vector<std::string> parts = RelationParts(object["RangeVar"]);
  if (const ObjectId id = in.FindRelation(statement, parts)) return GrantTarget{id, {}};
  if (Found sequence = IdentitySequence(in, statement, parts)) return sequence;
  const bool is_sequence = statement.node.Text("objtype") == "OBJECT_SEQUENCE";
  return External(in, statement, NameSpace::kRelation, is_sequence ? ObjectKind::kSequence : ObjectKind::kTable, parts);
}

Found RoutineTarget(Interpreter& in, const Statement& statement, Node object) {
  if (const ObjectId id = in.registry().locators.at("OBJECT_ROUTINE")(in, statement, object))
    return GrantTarget{id, {}};
  const Node named = object["ObjectWithArgs"];
  return External(in, statement, NameSpace::kRoutine, ObjectKind::kRoutine, Strings(named["objname"]),
                  ArgumentTypes(in, statement, named["objargs"]));
}

Found TypeTarget(Interpreter& in, const Statement& statement, Node object) {
  for (const char* type : {"OBJECT_TYPE", "OBJECT_DOMAIN"}) {
    if (const ObjectId id = in.registry().locators.at(type)(in, statement, object)) return GrantTarget{id, {}};
  }
  return External(in, statement, NameSpace::kType, ObjectKind::kBaseType, Strings(object));
}

// What is outside schemas: a schema itself, a language, a server.
Found GlobalTarget(Interpreter& in, const Statement& statement, std::string_view type, Node object) {
  if (const ObjectId id = in.registry().locators.at(type)(in, statement, object)) return GrantTarget{id, {}};
  const std::string_view name = object["String"].Text("sval");
  if (type == "OBJECT_LANGUAGE") return GrantTarget{ObjectId::Of(ObjectKind::kLanguage, "", name), {}};
  for (const ObjectKind kind : {ObjectKind::kForeignDataWrapper, ObjectKind::kForeignServer}) {
    const ObjectId id = ObjectId::Of(kind, "", name);
    if (in.names().external().Contains(id)) return GrantTarget{id, {}};
  }
  return std::nullopt;
}

Found Locate(Interpreter& in, const Statement& statement, Node object) {
  const std::string_view type = statement.node.Text("objtype");
  switch (AclTargetOf(type)) {
    case AclTarget::kTable:
    case AclTarget::kSequence: return RelationTarget(in, statement, object);
    case AclTarget::kRoutine: return RoutineTarget(in, statement, object);
    case AclTarget::kType: return TypeTarget(in, statement, object);
    default: return GlobalTarget(in, statement, type, object);
  }
}

std::string NameOf(Node object) {
  if (object["RangeVar"]) return Join(RelationParts(object["RangeVar"]), ".");
  if (object["ObjectWithArgs"]) return Join(Strings(object["ObjectWithArgs"]["objname"]), ".");
  return object["List"] ? Join(Strings(object), ".") : OptionText(object);
}

bool IsMeant(const Object& object, std::string_view type) {
  if (const auto* routine = object.If<Routine>()) {
    return type == "OBJECT_ROUTINE" || routine->procedure == (type == "OBJECT_PROCEDURE");
  }
  if (object.id.kind() == ObjectKind::kAggregate) return type != "OBJECT_PROCEDURE";
  return AclTargetOf(object.id.kind()) == AclTargetOf(type);
}

// ALL TABLES IN SCHEMA and its like: those that are there at this place, or all of them where there are none yet.
std::optional<std::vector<GrantTarget>> AllInSchemas(Interpreter& in, const Statement& statement) {
  const std::string_view type = statement.node.Text("objtype");
  const std::vector<std::string> schemas = Strings(statement.node["objects"]);
  std::vector<GrantTarget> targets;
  for (const auto& [id, object] : in.schema()) {
    if (std::ranges::contains(schemas, id.schema()) && !id.parent() && IsMeant(object, type))
      targets.push_back({id, {}});
    const Column* column = type == "OBJECT_SEQUENCE" ? object.If<Column>() : nullptr;
    if (column == nullptr || column->identity_sequence.empty() || !std::ranges::contains(schemas, id.schema()))
      continue;
    const Tokens name(column->identity_sequence);
    std::string sequence(name.Text(name.size() - 1));
    if (sequence.starts_with('"')) sequence = sequence.substr(1, sequence.size() - 2);
    targets.push_back({ObjectId::Of(ObjectKind::kSequence, id.schema(), sequence), {{id}}});
  }
  std::ranges::sort(targets, {}, &GrantTarget::id);
  if (targets.empty()) return std::nullopt;
  return targets;
}

}  // namespace

std::optional<std::vector<GrantTarget>> GrantTargets(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  if (node.Text("targtype") == "ACL_TARGET_ALL_IN_SCHEMA") return AllInSchemas(in, statement);
  std::vector<GrantTarget> targets;
  for (const Node object : node["objects"].Items()) {
    const bool is_database = node.Text("objtype") == "OBJECT_DATABASE";
    if (is_database && IsElsewhere(in, statement, object["String"].Text("sval"))) continue;
    Found found = Locate(in, statement, object);
    if (!found) {
      const Node range = object["RangeVar"];
      in.Waiting(statement, range ? range.Location() : -1, "object", NameOf(object));
      return std::nullopt;
    }
    targets.push_back(std::move(*found));
  }
  return targets;
}

}  // namespace schemadiff
