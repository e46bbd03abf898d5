#include <fmt/format.h>

#include "planner/generic_options.h"
#include "planner/rules.h"
#include "planner/rules/partition.h"
#include "planner/rules/rename.h"
#include "planner/rules/table_parts.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

SecretSql CreateForeignTableSql(const Object& object, const PlanContext& context) {
  const ForeignTable& table = object.As<ForeignTable>();
  std::string sql = "CREATE FOREIGN TABLE " + RelationName(object.id);
  if (table.partition_of) {
    sql += fmt::format(" PARTITION OF {} {}", RelationName(table.partition_of), table.partition_bound.Text());
  } else {
    sql += " (" + TableBody(object, context) + ")";
  }
  if (!table.inherits.empty()) {
    std::vector<std::string> parents;
    for (const ObjectId parent : table.inherits) parents.push_back(RelationName(parent));
    sql += " INHERITS (" + Join(parents, ", ") + ")";
  }
  SecretSql whole(sql + " SERVER " + QuoteIdentifier(table.server));
  whole += GenericOptions(table.options, Secrecy::kSome);
  return whole;
}

void CreateForeignTable(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateForeignTableSql(object, context));
  action.step.undo = "DROP FOREIGN TABLE " + RelationName(object.id);
  JoinAsNew(action, object, context);
  LockInheritanceParents(action, object, context);
  AddColumnSettings(action, object, context);
}

// Its rows are the server's and stay there.
void DropForeignTable(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP FOREIGN TABLE " + RelationName(object.id));
  AddLock(action, object.id, LockMode::kAccessExclusive);
  LeaveBeforeDrop(action, object, context);
  if (context.desired().Contains(object.id)) return;  // One that is made anew at once belongs to no later phase.
  action.step.phase = Phase::kContract;
  AddHazard(action, HazardKind::kBreaksClients, "clients that use the foreign table fail");
}

void SetForeignTableOptions(const Alteration& alteration, ActionList& actions) {
  const Options& before = alteration.Before<ForeignTable>().options;
  const Options& after = alteration.After<ForeignTable>().options;
  const std::string alter = "ALTER FOREIGN TABLE " + RelationName(alteration.after.id);
  SecretSql sql(alter);
  sql += ChangedGenericOptions(before, after, Secrecy::kSome);
  Action& action = actions.Add(alteration.after, Verb::kAlter, sql);
  SecretSql undo(alter);
  undo += ChangedGenericOptions(after, before, Secrecy::kSome);
  SetUndo(action, undo);
  AddLock(action, alteration.after.id, LockMode::kAccessExclusive);
  AddHazard(action, HazardKind::kBreaksClients, "it may show other rows than before");
}

}  // namespace

template <>
const KindRules& RulesOf<ForeignTable>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"server"},
      {"options", SetForeignTableOptions},
      {"partition_of", SetPartition},
      {"partition_bound", SetPartition},
      {"inherits", SetInherits},
  });
  static_assert(Covers<ForeignTable>(fields));
  static constexpr KindRules rules{.create = CreateForeignTable,
                                   .drop = DropForeignTable,
                                   .fields = fields,
                                   .subject = NamedSubject<"FOREIGN TABLE">,
                                   .rename = RenameBreakingClients<>};
  return rules;
}

}  // namespace schemadiff
