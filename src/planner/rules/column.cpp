#include <fmt/format.h>

#include <algorithm>

#include "planner/fold.h"
#include "planner/rules/column_rules.h"
#include "planner/rules/table_parts.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// A default that is the same for all rows is kept in the catalog; any other is computed for each row, which rewrites
// the table (manual: ALTER TABLE, "Notes"). Which functions are volatile only the server knows: those that are surely
// not are few and common.
bool IsConstantDefault(const std::string& sql) {
  std::string text = sql;
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const std::string_view stable : {"now()", "statement_timestamp()", "transaction_timestamp()"}) {
    if (text == stable) return true;
  }
  return !text.contains('(') || text.starts_with('\'');
}

void CreateColumn(const Object& object, const PlanContext& context, ActionList& actions) {
  const Column& column = object.As<Column>();
  const ObjectId table = object.id.parent();
  const std::string alter = AlterRelation(table);
  const std::vector<const Object*> folded = FoldedInto(object, context);
  const auto value =
      std::ranges::find(folded, ObjectKind::kColumnDefault, [](const Object* o) { return o->id.kind(); });
  const bool has_default = value != folded.end();
  const bool strict = std::ranges::contains(folded, ObjectKind::kNotNull, [](const Object* o) { return o->id.kind(); });
  const bool computed = column.identity != Column::Identity::kNone || column.generated != Column::Generated::kNone;

  Action& action =
      actions.Add(object, Verb::kCreate, fmt::format("{} ADD COLUMN {}", alter, ColumnDefinition(object, folded)));
  action.step.undo = fmt::format("{} DROP COLUMN {}", alter, QuoteIdentifier(object.id.name()));
  AddLockWithDescendants(action, table, LockMode::kAccessExclusive, context);
  if (column.identity != Column::Identity::kNone || column.generated == Column::Generated::kStored ||
      (has_default && !IsConstantDefault((*value)->As<ColumnDefault>().expression.sql))) {
    MarkRewrite(action, table, context);
  }
  if (strict && !has_default && !computed && context.SizeOf(table).rows != 0) {
    AddHazard(action, HazardKind::kMayFail,
              "existing rows have no value for it; give it a default or a `schemadiff:backfill`");
  }
  const auto extra = [&](const std::string& what) { action.step.sql.push_back(AlterColumn(object.id) + " " + what); };
  if (!column.storage.empty()) extra("SET STORAGE " + column.storage);
  if (column.statistics_target >= 0) extra(fmt::format("SET STATISTICS {}", column.statistics_target));
  if (!column.options.empty()) extra("SET (" + OptionList(column.options) + ")");
  if (!IsBackfilled(object, context)) return;
  Action& fill = actions.Then(object, Verb::kAlter,
                              fmt::format("UPDATE {} SET {} = {}", RelationName(table),
                                          QuoteIdentifier(object.id.name()), object.annotations->backfill));
  fill.step.phase = Phase::kBackfill;
  fill.step.transaction = TransactionMode::kOwn;
  MarkScan(fill, table, context);
  AddLockWithDescendants(fill, table, LockMode::kRowExclusive, context);
}

void DropColumn(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(
      object, Verb::kDrop,
      fmt::format("{} DROP COLUMN {}", AlterRelation(object.id.parent()), QuoteIdentifier(object.id.name())));
  action.step.phase = Phase::kContract;
  AddLockWithDescendants(action, object.id.parent(), LockMode::kAccessExclusive, context);
  AddHazard(action, HazardKind::kBreaksClients, "clients that use the column fail");
  if (object.As<Column>().generated != Column::Generated::kNone || !HasRows(object.id.parent())) return;
  AddHazard(action, HazardKind::kDataLoss, "the column's values are lost");
  AddHazard(action, HazardKind::kIrreversible, "only a backup brings them back");
}

void RenameColumn(ObjectId from, const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kRename,
                               fmt::format("{} RENAME COLUMN {} TO {}", AlterRelation(object.id.parent()),
                                           QuoteIdentifier(from.name()), QuoteIdentifier(object.id.name())));
  action.step.phase = Phase::kContract;
  action.step.undo = fmt::format("{} RENAME COLUMN {} TO {}", AlterRelation(object.id.parent()),
                                 QuoteIdentifier(object.id.name()), QuoteIdentifier(from.name()));
  AddLockWithDescendants(action, object.id.parent(), LockMode::kAccessExclusive, context);
  AddHazard(action, HazardKind::kBreaksClients, "clients that use the old name fail");
}

}  // namespace

template <>
const KindRules& RulesOf<Column>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"type", SetType},
      {"collation", SetType},
      {"identity", SetIdentity},
      {"identity_parameters", SetIdentity},
      {"identity_sequence", SetIdentity},
      {"generated", SetGenerated, CanAlterGenerated},
      {"generation_expression", SetGenerated, CanAlterGenerated},
      {"storage", SetStorage},
      {"compression", SetCompression},
      {"statistics_target", SetStatistics},
      {"options", SetColumnOptions},
      {"foreign_options", SetForeignOptions},
  });
  static_assert(Covers<Column>(fields));
  static constexpr KindRules rules{.create = CreateColumn,
                                   .drop = DropColumn,
                                   .fields = fields,
                                   .subject = NamedSubject<"COLUMN">,
                                   .rename = RenameColumn,
                                   .displaces = ColumnDisplaces,
                                   .adapt = AdaptColumn};
  return rules;
}

}  // namespace schemadiff
