#include <fmt/format.h>

#include <algorithm>

#include "model/implicit_names.h"
#include "parser/statements/table_elements.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

ForeignKey::Action ActionOf(std::string_view letter) {
  using enum ForeignKey::Action;
  if (letter == "r") return kRestrict;
  if (letter == "c") return kCascade;
  if (letter == "n") return kSetNull;
  if (letter == "d") return kSetDefault;
  return kNoAction;
}

std::vector<std::string> PrimaryColumns(const Interpreter& in, ObjectId table) {
  for (const Object* member : in.schema().Members(table)) {
    if (const Key* key = member->If<Key>(); key != nullptr && key->primary) return key->columns;
  }
  return {};
}

ObjectId AddForeignKey(Interpreter& in, const Statement& statement, ObjectId table, Node constraint, ObjectId column) {
  const std::vector<std::string> target = RelationParts(constraint["pktable"]);
  ForeignKey key{.columns = Strings(constraint["fk_attrs"]),
                 .referenced = in.DeclaredRelation(statement, target),
                 .referenced_columns = Strings(constraint["pk_attrs"]),
                 .match_full = constraint.Text("fk_matchtype") == "f",
                 .on_update = ActionOf(constraint.Text("fk_upd_action")),
                 .on_delete = ActionOf(constraint.Text("fk_del_action")),
                 .on_delete_columns = Strings(constraint["fk_del_set_cols"]),
                 .deferrable = constraint.Bool("deferrable"),
                 .initially_deferred = constraint.Bool("initdeferred"),
                 .enforced = constraint.Bool("is_enforced"),
                 .period = constraint.Bool("fk_with_period")};
  key.valid = key.enforced && (statement.type == "CreateStmt" || !constraint.Bool("skip_validation"));
  if (column) key.columns = {column.name()};
  if (!key.referenced) {
    const Resolution found = in.names().Resolve(NameSpace::kRelation, target, *statement.search_path);
    if (found.origin == Resolution::Origin::kUnknown) {
      in.Error(statement, constraint["pktable"].Location(),
               fmt::format("relation `{}` does not exist", Join(target, ".")),
               "declare the table in the schema files, or correct the name");
      return {};
    }
    key.referenced = ObjectId::Of(ObjectKind::kTable, found.name.schema, found.name.name);
  }
  if (in.replays() && key.referenced_columns.empty()) key.referenced_columns = PrimaryColumns(in, key.referenced);
  const ObjectId id = ObjectId::Member(ObjectKind::kForeignKey, table,
                                       ConstraintName(in, table, constraint, IndexNameAddition(key.columns), "fkey"));
  std::vector<Edge> edges{{key.referenced}};
  AddColumnEdges(table, key.columns, edges);
  AddColumnEdges(key.referenced, key.referenced_columns, edges);
  Object object = in.NewObject(statement, constraint.Location(), id, std::move(key));
  object.edges = std::move(edges);
  return in.Create(statement, std::move(object)) ? id : ObjectId();
}

bool SameColumns(std::vector<std::string> a, std::vector<std::string> b) {
  std::ranges::sort(a);
  std::ranges::sort(b);
  return a == b;
}

// Without a column list it is the referenced table's primary key; either way the key or unique index must be there
// first.
void FinishForeignKeys(Interpreter& in) {
  for (auto [id, object] : in.schema().OfKind(ObjectKind::kForeignKey)) {
    auto& key = object.As<ForeignKey>();
    for (const Object* member : in.schema().Members(key.referenced)) {
      const Key* referenced = member->If<Key>();
      if (referenced == nullptr) continue;
      if (key.referenced_columns.empty() && referenced->primary) {
        key.referenced_columns = referenced->columns;
        AddColumnEdges(key.referenced, key.referenced_columns, object.edges);
      }
    }
    for (const Object* member : in.schema().Members(key.referenced)) {
      if (const Key* referenced = member->If<Key>();
          referenced && SameColumns(referenced->columns, key.referenced_columns)) {
        object.edges.push_back({member->id});
      }
      if (const Index* index = member->If<Index>(); index && index->unique) {
        std::vector<std::string> columns;
        for (const IndexElement& element : index->elements) columns.push_back(element.column);
        if (SameColumns(columns, key.referenced_columns)) object.edges.push_back({member->id});
      }
    }
    if (key.referenced_columns.empty() && in.schema().Contains(key.referenced)) {
      in.diagnostics().Add(
          {.code = ErrorCode::kBadInput,
           .location = object.source,
           .message = fmt::format("foreign key `{}` names no columns of `{}`, which has no primary key", id.name(),
                                  key.referenced.ToString()),
           .hint = "name the referenced columns, or give the table a primary key"});
    }
  }
}

}  // namespace

template <>
void RegisterStatements<ForeignKey>(StatementRegistry& registry) {
  registry.constraints["CONSTR_FOREIGN"] = AddForeignKey;
  registry.finishers.push_back(FinishForeignKeys);
}

}  // namespace schemadiff
