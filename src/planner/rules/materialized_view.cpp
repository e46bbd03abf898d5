#include <fmt/format.h>

#include "planner/rules.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string CreateMaterializedViewSql(const Object& object) {
  const MaterializedView& view = object.As<MaterializedView>();
  std::string sql = "CREATE MATERIALIZED VIEW " + RelationName(object.id);
  if (!view.column_names.empty()) sql += " (" + ColumnList(view.column_names) + ")";
  if (!view.access_method.empty()) sql += " USING " + QuoteIdentifier(view.access_method);
  sql += WithOptions(view.options);
  if (!view.tablespace.empty()) sql += " TABLESPACE " + QuoteIdentifier(view.tablespace);
  return sql + " AS\n" + view.query.Text() + (view.populated ? "" : "\nWITH NO DATA");
}

void CreateMaterializedView(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateMaterializedViewSql(object));
  action.step.undo = "DROP MATERIALIZED VIEW " + RelationName(object.id);
}

void DropMaterializedView(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP MATERIALIZED VIEW " + RelationName(object.id));
  action.step.undo = CreateMaterializedViewSql(object);
  action.step.estimate = context.SizeOf(object.id);
  AddLock(action, object.id, LockMode::kAccessExclusive);
  if (!context.desired().Contains(object.id)) {
    action.step.phase = Phase::kContract;
    AddHazard(action, HazardKind::kBreaksClients, "clients that use the view fail");
  }
}

void RenameMaterializedView(ObjectId from, const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(
      object, Verb::kRename,
      fmt::format("ALTER MATERIALIZED VIEW {} RENAME TO {}", RelationName(from), QuoteIdentifier(object.id.name())));
  action.step.phase = Phase::kContract;
  AddLock(action, from, LockMode::kAccessExclusive);
  AddHazard(action, HazardKind::kBreaksClients, "clients that use the old name fail");
}

Action& AlterMaterializedView(const Alteration& alteration, ActionList& actions, const std::string& what,
                              LockMode lock = LockMode::kAccessExclusive) {
  Action& action = actions.Add(alteration.after, Verb::kAlter,
                               "ALTER MATERIALIZED VIEW " + RelationName(alteration.after.id) + " " + what);
  AddLock(action, alteration.after.id, lock);
  return action;
}

void SetMaterializedViewAccessMethod(const Alteration& alteration, ActionList& actions) {
  const std::string& method = alteration.After<MaterializedView>().access_method;
  AlterMaterializedView(alteration, actions, "SET ACCESS METHOD " + QuoteIdentifier(method.empty() ? "heap" : method));
}

void SetMaterializedViewTablespace(const Alteration& alteration, ActionList& actions) {
  const std::string& space = alteration.After<MaterializedView>().tablespace;
  AlterMaterializedView(alteration, actions, "SET TABLESPACE " + QuoteIdentifier(space.empty() ? "pg_default" : space));
}

void SetMaterializedViewOptions(const Alteration& alteration, ActionList& actions) {
  const OptionChanges changes =
      CompareOptions(alteration.Before<MaterializedView>().options, alteration.After<MaterializedView>().options);
  const auto alter = [&](const std::string& what, const OptionChanges& part) {
    AlterMaterializedView(alteration, actions, what, StorageParameterLock(part));
  };
  if (!changes.set.empty()) alter("SET (" + OptionList(changes.set) + ")", {.set = changes.set});
  if (!changes.reset.empty()) alter("RESET (" + Join(changes.reset, ", ") + ")", {.reset = changes.reset});
}

void SetPopulated(const Alteration& alteration, ActionList& actions) {
  const bool populated = alteration.After<MaterializedView>().populated;
  Action& action = actions.Add(
      alteration.after, Verb::kAlter,
      "REFRESH MATERIALIZED VIEW " + RelationName(alteration.after.id) + (populated ? "" : " WITH NO DATA"));
  action.step.transaction = TransactionMode::kOwn;
  AddLock(action, alteration.after.id, LockMode::kAccessExclusive);
}

}  // namespace

template <>
const KindRules& RulesOf<MaterializedView>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"column_names"},
      {"query"},
      {"access_method", SetMaterializedViewAccessMethod},
      {"tablespace", SetMaterializedViewTablespace},
      {"options", SetMaterializedViewOptions},
      {"populated", SetPopulated},
  });
  static_assert(Covers<MaterializedView>(fields));
  static constexpr KindRules rules{.create = CreateMaterializedView,
                                   .drop = DropMaterializedView,
                                   .fields = fields,
                                   .subject = NamedSubject<"MATERIALIZED VIEW">,
                                   .rename = RenameMaterializedView,
                                   .pins_column_types = true,
                                   .gap = "until it is built again, clients that use it fail",
                                   .gap_hazard = HazardKind::kBreaksClients};
  return rules;
}

}  // namespace schemadiff
