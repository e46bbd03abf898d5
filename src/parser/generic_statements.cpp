#include "parser/generic_statements.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "model/lineage.h"
#include "model/relation_of.h"
#include "model/renaming.h"
#include "parser/children.h"
#include "parser/drop.h"
#include "parser/follow_names.h"
#include "parser/statements/composite_type.h"
#include "parser/statements/sequence.h"
#include "parser/statements/table_elements.h"
#include "parser/view_columns.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

ObjectId Locate(Interpreter& in, const Statement& statement, std::string_view type, Node object) {
  const auto locator = in.registry().locators.find(type);
  return locator == in.registry().locators.end() ? ObjectId() : locator->second(in, statement, object);
}

std::string NameInSource(Node object) {
  if (object.As("List")) return Join(Strings(object), ".");
  if (object.As("TypeName")) return Join(Strings(object["TypeName"]["names"]), ".");
  if (object.As("ObjectWithArgs")) return Join(Strings(object["ObjectWithArgs"]["objname"]), ".");
  return OptionText(object);
}

Outcome AlterTable(Interpreter& in, const Statement& statement) {
  const Node relation = statement.node["relation"];
  const ObjectId id = in.FindRelation(statement, relation);
  if (!id) return in.Waiting(statement, relation.Location(), "relation", relation.Text("relname"));
  if (statement.node.Text("objtype") == "OBJECT_TYPE") {
    return AlterCompositeType(in, statement, id, statement.command);
  }
  const std::string_view subtype = statement.command.Text("subtype");
  const auto handler = in.registry().subcommands.find(subtype);
  if (handler == in.registry().subcommands.end()) {
    in.Warning(statement, -1, fmt::format("`{}` is not managed and is passed over", subtype.substr(3)));
    return Outcome::kDone;
  }
  return RunWithChildren(in, statement, id, handler->second);
}

Outcome AddConstraintCommand(Interpreter& in, const Statement& statement, ObjectId table, Node command) {
  const Node constraint = command["def"]["Constraint"];
  if (constraint["indexname"]) {
    const ObjectId index = ObjectId::Member(ObjectKind::kIndex, table, constraint.Text("indexname"));
    if (!in.schema().Contains(index)) {
      return in.Waiting(statement, constraint.Location(), "index", constraint.Text("indexname"));
    }
  }
  AddConstraint(in, statement, table, constraint, {});
  return Outcome::kDone;
}

// Foreign keys need the key that they refer to.
void ForgetReferencesTo(Interpreter& in, ObjectId key_id) {
  const Key* key = in.schema().Find(key_id)->If<Key>();
  if (key == nullptr) return;
  std::vector<ObjectId> references;
  for (const auto& [id, object] : in.schema().OfKind(ObjectKind::kForeignKey)) {
    const auto& foreign = object.As<ForeignKey>();
    const bool by_default = foreign.referenced_columns.empty() && key->primary;
    if (foreign.referenced != key_id.parent()) continue;
    if (by_default || std::ranges::is_permutation(foreign.referenced_columns, key->columns)) references.push_back(id);
  }
  for (const ObjectId id : references) DropObject(in, id, false);
}

Outcome DropConstraint(Interpreter& in, const Statement& statement, ObjectId table, Node command) {
  const ObjectId id = FindConstraint(in, table, command.Text("name"));
  if (id) {
    if (command.Text("behavior") == "DROP_CASCADE") ForgetReferencesTo(in, id);
    DropObject(in, id, false);
    return Outcome::kDone;
  }
  return command.Bool("missing_ok") ? Outcome::kDone : in.Waiting(statement, -1, "constraint", command.Text("name"));
}

// Copies on children go along.
void Change(Interpreter& in, ObjectId id, Node command) {
  const Node change = command["def"]["ATAlterConstraint"];
  const bool validates = command.Text("subtype") == "AT_ValidateConstraint";
  Visit(
      [&](auto& attributes) {
        if constexpr (requires { attributes.valid = true; }) {
          if (validates) attributes.valid = true;
        }
        if constexpr (requires { attributes.enforced = true; }) {
          if (!validates && change.Bool("alterEnforceability")) {
            attributes.enforced = attributes.valid = change.Bool("is_enforced");
          }
        }
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(attributes)>, NotNull>) {
          if (!validates && change.Bool("alterInheritability")) attributes.no_inherit = change.Bool("noinherit");
        }
        if constexpr (requires { attributes.deferrable = true; }) {
          if (!validates && change.Bool("alterDeferrability")) {
            attributes.deferrable = change.Bool("deferrable");
            attributes.initially_deferred = change.Bool("initdeferred");
          }
        }
      },
      in.schema().Find(id)->attributes);
  for (const ObjectId copy : CopiesOf(in, id)) Change(in, copy, command);
}

Outcome ChangeConstraint(Interpreter& in, const Statement& statement, ObjectId table, Node command) {
  const bool validates = command.Text("subtype") == "AT_ValidateConstraint";
  const std::string_view name = validates ? command.Text("name") : command["def"]["ATAlterConstraint"].Text("conname");
  const ObjectId id = FindConstraint(in, table, name);
  if (!id) return in.Waiting(statement, -1, "constraint", name);
  Change(in, id, command);
  return Outcome::kDone;
}

Outcome Drop(Interpreter& in, const Statement& statement) {
  const std::string_view type = statement.node.Text("removeType");
  for (const Node object : statement.node["objects"].Items()) {
    const ObjectId id = Locate(in, statement, type, object);
    if (id) {
      DropObject(in, id, statement.node.Text("behavior") == "DROP_CASCADE");
    } else if (in.registry().locators.contains(type) &&
               in.Waiting(statement, -1, "object", NameInSource(object)) == Outcome::kWaiting) {
      return Outcome::kWaiting;
    }
  }
  return Outcome::kDone;
}

// What a RENAME speaks of, and the member of it that is renamed, if it is one.
ObjectId RenameTarget(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const std::string_view type = node.Text("renameType");
  const std::string_view member = node.Text("subname");
  if (type == "OBJECT_SCHEMA") return ObjectId::Of(ObjectKind::kNamespace, "", member);
  if (type == "OBJECT_ROLE") return ObjectId::Of(ObjectKind::kRole, "", member);
  if (!node["relation"]) return Locate(in, statement, type, node["object"]);
  const ObjectId relation = in.FindRelation(statement, node["relation"]);
  if (!relation) return {};
  if (type == "OBJECT_COLUMN") return ObjectId::Member(ObjectKind::kColumn, relation, member);
  if (type == "OBJECT_TABCONSTRAINT") return FindConstraint(in, relation, member);
  const auto found = in.registry().members.find(type);
  return found == in.registry().members.end() ? relation : ObjectId::Member(found->second, relation, member);
}

void RenameInList(std::vector<std::string>& names, const std::string& from, const std::string& to) {
  std::ranges::replace(names, from, to);
}

// What is on the table names columns in lists. Of files in any order, the texts are the author's and stay.
void RenameColumnInLists(Interpreter& in, ObjectId table, const std::string& from, const std::string& to) {
  for (auto [id, object] : in.schema()) {
    if (auto* foreign = object.If<ForeignKey>(); foreign && foreign->referenced == table) {
      RenameInList(foreign->referenced_columns, from, to);
    }
    if (RelationOf(object) != table) continue;
    Visit(
        [&](auto& attributes) {
          if constexpr (requires { RenameInList(attributes.columns, from, to); }) {
            RenameInList(attributes.columns, from, to);
            // What is no member of its table keeps its columns sorted.
            if constexpr (requires { attributes.table; }) std::ranges::sort(attributes.columns);
          }
          if constexpr (requires { RenameInList(attributes.include, from, to); }) {
            RenameInList(attributes.include, from, to);
          }
          if constexpr (requires { attributes.elements.front().column; }) {
            for (IndexElement& element : attributes.elements) {
              if (element.column == from) element.column = to;
            }
          }
        },
        object.attributes);
  }
}

// The constructors of ranges are functions that come with the type, and are no objects here; a plan renames them to
// make room for those of a new type.
bool MayBeConstructor(const Interpreter& in, const Statement& statement) {
  if (!in.replays()) return false;
  const std::vector<std::string> parts = Strings(statement.node["object"]["ObjectWithArgs"]["objname"]);
  return parts.size() > 1 && std::ranges::any_of(in.schema().OfKind(ObjectKind::kRange), [&](const auto& range) {
           return range.first.schema() == parts[parts.size() - 2];
         });
}

// The multirange type is a type of its own as far as its name goes: it is renamed and moved apart from its range type.
ObjectId LocateMultirange(const Interpreter& in, const Statement& statement, Node name) {
  const std::vector<std::string> parts = Strings(name);
  if (!in.replays() || parts.empty()) return {};
  const SearchPath path = parts.size() > 1 ? SearchPath{parts[parts.size() - 2]} : *statement.search_path;
  for (const std::string& schema : path) {
    const std::string multirange = QuoteQualified(schema, parts.back());
    for (const auto& [id, object] : in.schema().OfKind(ObjectKind::kRange)) {
      if (object.As<Range>().multirange == multirange) return ObjectId::Of(ObjectKind::kRange, schema, parts.back());
    }
  }
  return {};
}

void MoveMultirange(Interpreter& in, ObjectId from, ObjectId to) {
  for (auto [id, object] : in.schema().OfKind(ObjectKind::kRange)) {
    std::string& multirange = object.As<Range>().multirange;
    if (multirange == QuoteQualified(from.schema(), from.name())) multirange = QuoteQualified(to.schema(), to.name());
  }
  in.Move(from, to);
}

// A table names indexes of its own.
void FollowIndexName(Interpreter& in, ObjectId relation, const std::string& from, const std::string& to) {
  Object* object = in.schema().Find(relation);
  if (object == nullptr) return;
  Visit(
      [&](auto& attributes) {
        if constexpr (requires { attributes.cluster_on = to; }) {
          if (attributes.cluster_on == from) attributes.cluster_on = to;
        }
        if constexpr (requires { attributes.replica_identity = to; }) {
          if (attributes.replica_identity == from) attributes.replica_identity = to;
        }
      },
      object->attributes);
}

// The sequence behind an identity column is no object of its own.
bool RenameIdentitySequence(Interpreter& in, const Statement& statement, const std::string& to) {
  const ObjectId column = FindIdentityColumn(in, statement, RelationParts(statement.node["relation"]));
  if (!column) return false;
  in.schema().Find(column)->As<Column>().identity_sequence = QuoteQualified(column.schema(), to);
  return true;
}

bool IsColumnOfView(ObjectId id) {
  if (!id || id.kind() != ObjectKind::kColumn) return false;
  return id.parent().kind() == ObjectKind::kView || id.parent().kind() == ObjectKind::kMaterializedView;
}

void FollowInTexts(Interpreter& in, ObjectId from, ObjectId to) {
  if (from.kind() == ObjectKind::kColumn) return FollowColumn(in, from.parent(), from.name(), to.name());
  if (StandsIn(from.kind(), NameSpace::kRelation)) FollowRelation(in, from, to);
  if (StandsIn(from.kind(), NameSpace::kRoutine)) FollowRoutine(in, from, to);
}

void RenameObject(Interpreter& in, ObjectId id, const std::string& to) {
  const std::vector<ObjectId> copies = IsNamedAsParents(id.kind()) ? CopiesOf(in, id) : std::vector<ObjectId>();
  const std::string from = id.name();
  if (auto* not_null = in.schema().Find(id)->If<NotNull>()) {
    not_null->name = to;
  } else {
    KeepNotNullNames(in, id);
    if (in.replays()) FollowInTexts(in, id, id.WithName(to));
    in.Move(id, id.WithName(to));
    if (StandsIn(id.kind(), NameSpace::kRelation) && id.parent()) FollowIndexName(in, id.parent(), from, to);
  }
  if (id.kind() == ObjectKind::kColumn) {
    RenameColumnInLists(in, id.parent(), from, to);
    if (in.replays()) FollowColumnInLists(in.schema(), id.WithName(to), from);
  }
  for (const ObjectId copy : copies) RenameObject(in, copy, to);
}

Outcome Rename(Interpreter& in, const Statement& statement) {
  const std::string_view type = statement.node.Text("renameType");
  if (type == "OBJECT_ATTRIBUTE") return RenameCompositeAttribute(in, statement);
  const ObjectId id = RenameTarget(in, statement);
  if (!id && type == "OBJECT_FUNCTION" && MayBeConstructor(in, statement)) return Outcome::kDone;
  const std::string to(statement.node.Text("newname"));
  const ObjectId multirange =
      !id && type == "OBJECT_TYPE" ? LocateMultirange(in, statement, statement.node["object"]) : ObjectId();
  if (multirange) {
    MoveMultirange(in, multirange, multirange.WithName(to));
    return Outcome::kDone;
  }
  if (!id && type == "OBJECT_SEQUENCE" && RenameIdentitySequence(in, statement, to)) return Outcome::kDone;
  if (IsColumnOfView(id)) return RenameViewColumn(in, statement, id, to);
  if (!id || !in.schema().Contains(id)) {
    return in.Waiting(statement, -1, "object",
                      statement.node["relation"] ? statement.node["relation"].Text("relname")
                      : statement.node["object"] ? NameInSource(statement.node["object"])
                                                 : statement.node.Text("subname"));
  }
  RenameObject(in, id, to);
  return Outcome::kDone;
}

Outcome SetSchema(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const std::string_view type = node.Text("objectType");
  const std::string_view schema = node.Text("newschema");
  const ObjectId id =
      node["relation"] ? in.FindRelation(statement, node["relation"]) : Locate(in, statement, type, node["object"]);
  const ObjectId multirange =
      !id && type == "OBJECT_TYPE" ? LocateMultirange(in, statement, node["object"]) : ObjectId();
  if (multirange) {
    MoveMultirange(in, multirange, ObjectId::Of(ObjectKind::kRange, schema, multirange.name()));
    return Outcome::kDone;
  }
  if (!id) return in.Waiting(statement, -1, "object", NameInSource(node["object"]));
  if (id.kind() == ObjectKind::kExtension) {
    in.schema().Find(id)->As<Extension>().schema = schema;
    return Outcome::kDone;
  }
  const ObjectId moved = ObjectId::Of(id.kind(), schema, id.name(), id.arguments());
  if (in.replays()) FollowInTexts(in, id, moved);
  in.Move(id, moved);
  // Sequences go with the table whose column owns them.
  std::vector<ObjectId> owned;
  for (const auto& [sequence, object] : in.schema().OfKind(ObjectKind::kSequence)) {
    const ObjectId column = object.As<Sequence>().owned_by;
    if (column && column.parent() == moved && sequence.schema() != moved.schema()) owned.push_back(sequence);
  }
  for (const ObjectId sequence : owned) {
    in.Move(sequence, ObjectId::Of(ObjectKind::kSequence, moved.schema(), sequence.name()));
  }
  return Outcome::kDone;
}

ObjectId LocateConstraint(Interpreter& in, const Statement& statement, Node object) {
  std::vector<std::string> parts = Strings(object);
  const std::string name = parts.back();
  parts.pop_back();
  const ObjectId table = in.FindRelation(statement, parts);
  return table ? FindConstraint(in, table, name) : ObjectId();
}

}  // namespace

ObjectId FindConstraint(Interpreter& in, ObjectId table, std::string_view name) {
  for (const ObjectKind kind :
       {ObjectKind::kKey, ObjectKind::kExclusion, ObjectKind::kCheck, ObjectKind::kForeignKey}) {
    const ObjectId id = ObjectId::Member(kind, table, name);
    if (in.schema().Contains(id)) return id;
  }
  return FindNotNull(in, table, name);
}

ObjectId AddConstraint(Interpreter& in, const Statement& statement, ObjectId table, Node constraint, ObjectId column) {
  const std::string_view type = constraint.Text("contype");
  if (type == "CONSTR_NOTNULL") {  // From version 18: a table constraint that names the column.
    const std::vector<std::string> columns = Strings(constraint["keys"]);
    AddNotNull(in, statement, ObjectId::Member(ObjectKind::kColumn, table, columns.front()),
               {.name = std::string(constraint.Text("conname")),
                .no_inherit = constraint.Bool("is_no_inherit"),
                .valid = !constraint.Bool("skip_validation")},
               constraint.Location());
    return {};
  }
  const auto handler = in.registry().constraints.find(type);
  if (handler == in.registry().constraints.end()) {
    in.Error(statement, constraint.Location(), fmt::format("constraint `{}` is not understood", type));
    return {};
  }
  return handler->second(in, statement, table, constraint, column);
}

void RegisterGenericStatements(StatementRegistry& registry) {
  registry.statements["AlterTableStmt"] = AlterTable;
  registry.statements["DropStmt"] = Drop;
  registry.statements["RenameStmt"] = Rename;
  registry.statements["AlterObjectSchemaStmt"] = SetSchema;
  registry.subcommands["AT_AddConstraint"] = AddConstraintCommand;
  registry.subcommands["AT_DropConstraint"] = DropConstraint;
  registry.subcommands["AT_ValidateConstraint"] = ChangeConstraint;
  registry.subcommands["AT_AlterConstraint"] = ChangeConstraint;
  registry.locators["OBJECT_TABCONSTRAINT"] = LocateConstraint;
}

}  // namespace schemadiff
