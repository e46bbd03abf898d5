#include <fmt/format.h>

#include "planner/rules/column_rules.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {

std::string AlterColumn(ObjectId column) {
  return fmt::format("{} ALTER COLUMN {}", AlterRelation(column.parent()), QuoteIdentifier(column.name()));
}

Action& AlterColumnStep(const Alteration& alteration, ActionList& actions, const std::string& what,
                        const std::string& back) {
  const ObjectId id = alteration.after.id;
  Action& action = actions.Add(alteration.after, Verb::kAlter, AlterColumn(id) + " " + what);
  if (!back.empty()) action.step.undo = AlterColumn(id) + " " + back;
  return action;
}

Action& AlterColumn(const Alteration& alteration, ActionList& actions, const std::string& what,
                    const std::string& back) {
  Action& action = AlterColumnStep(alteration, actions, what, back);
  AddLockWithDescendants(action, alteration.after.id.parent(), LockMode::kAccessExclusive, alteration.context);
  return action;
}

namespace {

// The table and those that inherit from it, as far as they have rows: a partitioned table stands for its partitions.
template <typename Visitor>
void ForEachWithRows(ObjectId table, const PlanContext& context, Visitor&& visit) {
  if (HasRows(table)) visit(table);
  if (context.IsPartitioned(table)) return;
  for (const ObjectId child : context.DescendantsOf(table)) {
    if (HasRows(child)) visit(child);
  }
}

// What SET STORAGE DEFAULT, which came with version 16, takes.
std::string_view StorageOf(const DataType& type, const std::vector<Edge>& edges, const Schema& schema) {
  const std::string_view base = std::string_view(type.sql).substr(0, type.sql.find('('));
  if (!type.sql.ends_with(']') && (base == "numeric" || base == "inet" || base == "cidr")) return "MAIN";
  for (const Edge& edge : edges) {
    const Object* used = schema.Find(edge.target);
    if (used == nullptr || edge.target.ToString() != type.sql) continue;
    if (const auto* domain = used->If<Domain>()) return StorageOf(domain->type, used->edges, schema);
    if (const auto* defined = used->If<BaseType>()) return defined->storage;
  }
  return "EXTENDED";
}

}  // namespace

bool HasRows(ObjectId table) { return table.kind() != ObjectKind::kForeignTable; }

void MarkRewrite(Action& action, ObjectId table, const PlanContext& context) {
  ForEachWithRows(table, context, [&](ObjectId each) { AddRewrite(action, each, context); });
}

void MarkScan(Action& action, ObjectId table, const PlanContext& context) {
  ForEachWithRows(table, context, [&](ObjectId each) { AddScan(action, each, context); });
}

bool CanAlterGenerated(const Alteration& alteration) {
  const Column& before = alteration.Before<Column>();
  const Column& after = alteration.After<Column>();
  using enum Column::Generated;
  if (after.generated == kNone) return before.generated == kStored;
  return before.generated == after.generated && alteration.context.major() >= 17;
}

void SetGenerated(const Alteration& alteration, ActionList& actions) {
  const Column& after = alteration.After<Column>();
  if (after.generated == Column::Generated::kNone) {
    AlterColumn(alteration, actions, "DROP EXPRESSION");
    return;
  }
  Action& action =
      AlterColumn(alteration, actions, fmt::format("SET EXPRESSION AS ({})", after.generation_expression.Text()));
  if (after.generated == Column::Generated::kStored)
    MarkRewrite(action, alteration.after.id.parent(), alteration.context);
}

void SetStorage(const Alteration& alteration, ActionList& actions) {
  const auto text = [&](const Object& object, const Schema& schema) {
    const auto& column = object.As<Column>();
    if (!column.storage.empty()) return fmt::format("SET STORAGE {}", column.storage);
    constexpr int kHasDefault = 16;
    const bool has_default = alteration.context.major() >= kHasDefault;
    return fmt::format("SET STORAGE {}", has_default ? "DEFAULT" : StorageOf(column.type, object.edges, schema));
  };
  AlterColumn(alteration, actions, text(alteration.after, alteration.context.desired()),
              text(alteration.before, alteration.context.live()));
}

void SetCompression(const Alteration& alteration, ActionList& actions) {
  const std::string& method = alteration.After<Column>().compression;
  Action& action = AlterColumnStep(alteration, actions, "SET COMPRESSION " + (method.empty() ? "DEFAULT" : method));
  AddLock(action, alteration.after.id.parent(), LockMode::kAccessExclusive);
}

void SetStatistics(const Alteration& alteration, ActionList& actions) {
  const auto text = [](const Object& column) {
    return fmt::format("SET STATISTICS {}", column.As<Column>().statistics_target);
  };
  Action& action = AlterColumnStep(alteration, actions, text(alteration.after), text(alteration.before));
  AddLockWithDescendants(action, alteration.after.id.parent(), LockMode::kShareUpdateExclusive, alteration.context);
}

void SetColumnOptions(const Alteration& alteration, ActionList& actions) {
  const OptionChanges changes = CompareOptions(alteration.Before<Column>().options, alteration.After<Column>().options);
  const auto add = [&](const std::string& what) {
    Action& action = AlterColumnStep(alteration, actions, what);
    AddLock(action, alteration.after.id.parent(), LockMode::kShareUpdateExclusive);
  };
  if (!changes.set.empty()) add("SET (" + OptionList(changes.set) + ")");
  if (!changes.reset.empty()) add("RESET (" + Join(changes.reset, ", ") + ")");
}

}  // namespace schemadiff
