#include <fmt/format.h>

#include <algorithm>

#include "planner/fold.h"
#include "planner/rules.h"
#include "planner/rules/column_type.h"
#include "planner/rules/table_parts.h"
#include "planner/sql.h"
#include "planner/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

constexpr std::int64_t kSmallTable = 8 << 20;  // Below this a scan under a lock is shorter than the way around it.
constexpr const char* kSmallTableNote = "the table is small: the direct way is the shorter one";

std::string AlterTable(ObjectId column) { return AlterRelation(column.parent()); }

std::string AlterColumn(ObjectId column) {
  return fmt::format("{} ALTER COLUMN {}", AlterTable(column), QuoteIdentifier(column.name()));
}

Action& Alter(const Alteration& alteration, ActionList& actions, const std::string& what,
              const std::string& back = {}) {
  const ObjectId id = alteration.after.id;
  Action& action = actions.Add(alteration.after, Verb::kAlter, AlterColumn(id) + " " + what);
  if (!back.empty()) action.step.undo = AlterColumn(id) + " " + back;
  AddLock(action, id.parent(), LockMode::kAccessExclusive);
  return action;
}

// The rows of a foreign table are the server's: they are neither written nor read.
bool HasRows(ObjectId table) { return table.kind() != ObjectKind::kForeignTable; }

void MarkRewrite(Action& action, ObjectId table, const PlanContext& context) {
  if (!HasRows(table)) return;
  action.step.rewrites.push_back(RelationName(table));
  action.step.estimate = context.SizeOf(table);
  AddHazard(action, HazardKind::kTableRewrite, "the table and its indexes are written anew");
  AddHazard(action, HazardKind::kBlocksReads, "readers and writers wait meanwhile");
}

void MarkScan(Action& action, ObjectId table, const PlanContext& context) {
  if (!HasRows(table)) return;
  action.step.scans.push_back(RelationName(table));
  action.step.estimate = context.SizeOf(table);
}

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

// 8 MB and more: a check that is validated without blocking proves it first (manual: ALTER TABLE, SET NOT NULL). With
// `filled`, the rows were filled by the previous action.
void SetNotNullOnline(const Object& column, const PlanContext& context, ActionList& actions, bool filled) {
  const ObjectId id = column.id;
  const std::string check = QuoteIdentifier(id.name().substr(0, 40) + "_not_null");
  const std::string table = AlterTable(id);
  const std::string sql =
      fmt::format("{} ADD CONSTRAINT {} CHECK ({} IS NOT NULL) NOT VALID", table, check, QuoteIdentifier(id.name()));
  const Phase phase = filled ? Phase::kBackfill : Phase::kExpand;
  Action& add = filled ? actions.Then(column, Verb::kAlter, sql) : actions.Add(column, Verb::kAlter, sql);
  add.step.phase = phase;
  AddLock(add, id.parent(), LockMode::kAccessExclusive);
  Action& validate = actions.Then(column, Verb::kAlter, fmt::format("{} VALIDATE CONSTRAINT {}", table, check));
  validate.step.phase = phase;
  validate.step.transaction = TransactionMode::kOwn;
  AddLock(validate, id.parent(), LockMode::kShareUpdateExclusive);
  MarkScan(validate, id.parent(), context);
  AddHazard(validate, HazardKind::kMayFail, "no row may hold NULL in it");
  Action& set = actions.Then(column, Verb::kAlter, AlterColumn(id) + " SET NOT NULL");
  set.step.phase = phase;
  set.step.sql.push_back(fmt::format("{} DROP CONSTRAINT {}", table, check));
  set.step.undo = AlterColumn(id) + " DROP NOT NULL";
  AddLock(set, id.parent(), LockMode::kAccessExclusive);
}

void Create(const Object& object, const PlanContext& context, ActionList& actions) {
  const Column& column = object.As<Column>();
  const ObjectId table = object.id.parent();
  const std::vector<const Object*> folded = FoldedInto(object, context);
  const Expression value = folded.empty() ? Expression{} : folded.front()->As<ColumnDefault>().expression;
  const std::string backfill = object.annotations ? object.annotations->backfill : std::string();
  const bool computed = column.identity != Column::Identity::kNone || column.generated != Column::Generated::kNone;
  const bool filled_later = column.not_null && !value && !computed && !backfill.empty();

  Object shown = object;
  if (filled_later) shown.As<Column>().not_null = false;
  Action& action = actions.Add(object, Verb::kCreate,
                               fmt::format("{} ADD COLUMN {}", AlterTable(object.id), ColumnDefinition(shown, value)));
  action.step.undo = fmt::format("{} DROP COLUMN {}", AlterTable(object.id), QuoteIdentifier(object.id.name()));
  AddLock(action, table, LockMode::kAccessExclusive);
  if (column.identity != Column::Identity::kNone || column.generated == Column::Generated::kStored ||
      (value && !IsConstantDefault(value.sql))) {
    MarkRewrite(action, table, context);
  }
  if (column.not_null && !value && !computed && !filled_later && context.SizeOf(table).rows != 0) {
    AddHazard(action, HazardKind::kMayFail,
              "existing rows have no value for it; give it a default or a `schemadiff:backfill`");
  }
  const auto extra = [&](const std::string& what) { action.step.sql.push_back(AlterColumn(object.id) + " " + what); };
  if (!column.storage.empty()) extra("SET STORAGE " + column.storage);
  if (column.statistics_target >= 0) extra(fmt::format("SET STATISTICS {}", column.statistics_target));
  if (!column.options.empty()) extra("SET (" + OptionList(column.options) + ")");
  if (backfill.empty() || value || computed) return;

  Action& fill = actions.Then(
      object, Verb::kAlter,
      fmt::format("UPDATE {} SET {} = {}", RelationName(table), QuoteIdentifier(object.id.name()), backfill));
  fill.step.phase = Phase::kBackfill;
  fill.step.transaction = TransactionMode::kOwn;
  MarkScan(fill, table, context);
  AddLock(fill, table, LockMode::kRowExclusive);
  if (!column.not_null) return;
  if (context.SizeOf(table).bytes >= kSmallTable) return SetNotNullOnline(object, context, actions, true);
  Action& strict = actions.Then(object, Verb::kAlter, AlterColumn(object.id) + " SET NOT NULL");
  strict.step.phase = Phase::kBackfill;
  AddLock(strict, table, LockMode::kAccessExclusive);
  MarkScan(strict, table, context);
  strict.step.note = kSmallTableNote;
}

void Drop(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(
      object, Verb::kDrop, fmt::format("{} DROP COLUMN {}", AlterTable(object.id), QuoteIdentifier(object.id.name())));
  action.step.phase = Phase::kContract;
  AddLock(action, object.id.parent(), LockMode::kAccessExclusive);
  AddHazard(action, HazardKind::kBreaksClients, "clients that use the column fail");
  if (object.As<Column>().generated != Column::Generated::kNone || !HasRows(object.id.parent())) return;
  AddHazard(action, HazardKind::kDataLoss, "the column's values are lost");
  AddHazard(action, HazardKind::kIrreversible, "only a backup brings them back");
}

void Rename(ObjectId from, const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kRename,
                               fmt::format("{} RENAME COLUMN {} TO {}", AlterTable(object.id),
                                           QuoteIdentifier(from.name()), QuoteIdentifier(object.id.name())));
  action.step.phase = Phase::kContract;
  action.step.undo = fmt::format("{} RENAME COLUMN {} TO {}", AlterTable(object.id), QuoteIdentifier(object.id.name()),
                                 QuoteIdentifier(from.name()));
  AddLock(action, object.id.parent(), LockMode::kAccessExclusive);
  AddHazard(action, HazardKind::kBreaksClients, "clients that use the old name fail");
}

void ChangeType(const Alteration& alteration, ActionList& actions, const std::string& conversion) {
  const Column& before = alteration.Before<Column>();
  const Column& after = alteration.After<Column>();
  const ObjectId id = alteration.after.id;
  std::string what = "TYPE " + after.type.sql;
  if (!after.collation.empty()) {
    what += " COLLATE " + after.collation;
  } else if (!before.collation.empty()) {
    what += " COLLATE \"default\"";
  }
  if (!conversion.empty() && HasRows(id.parent())) what += " USING " + conversion;
  Action& action = Alter(alteration, actions, what);
  action.destroys.push_back(id);
  const bool recollated = before.collation != after.collation || (alteration.fields.none() && conversion.empty());
  if (!KeepsHeap(before.type.sql, after.type.sql) || recollated) {
    MarkRewrite(action, id.parent(), alteration.context);
  }
  if (HasRows(id.parent()) && MayFail(before.type.sql, after.type.sql)) {
    AddHazard(action, HazardKind::kMayFail,
              fmt::format("every value has to convert from {} to {}", before.type.sql, after.type.sql));
  }
  AddHazard(action, HazardKind::kBreaksClients, "clients see another type");
}

void SetType(const Alteration& alteration, ActionList& actions) {
  const std::string& given = alteration.after.annotations ? alteration.after.annotations->conversion : std::string();
  ChangeType(alteration, actions,
             given.empty()
                 ? ConversionExpression(QuoteIdentifier(alteration.after.id.name()),
                                        alteration.Before<Column>().type.sql, alteration.After<Column>().type.sql)
                 : given);
}

// Whether something that the object uses is made anew: a collation, or anything else.
bool UsesReplaced(const Object& object, const PlanContext& context, bool collation) {
  return std::ranges::any_of(object.edges, [&](const Edge& edge) {
    return (edge.target.kind() == ObjectKind::kCollation) == collation && context.IsReplaced(edge.target);
  });
}

// The type itself, or the collation, was made anew under the same name.
void Adapt(const Alteration& alteration, ActionList& actions) {
  const bool retyped = UsesReplaced(alteration.before, alteration.context, false);
  ChangeType(alteration, actions, retyped ? AdaptedValue(alteration) : std::string());
}

ObjectId SequenceBehind(const std::string& qualified, ObjectId column) {
  const std::string prefix = QuoteIdentifier(column.schema()) + ".";
  std::string name = qualified.starts_with(prefix) ? qualified.substr(prefix.size()) : qualified;
  if (name.starts_with('"')) name = name.substr(1, name.size() - 2);
  return ObjectId::Of(ObjectKind::kSequence, column.schema(), name);
}

bool LosesIdentity(const Alteration& alteration) {
  return alteration.Before<Column>().identity != Column::Identity::kNone &&
         alteration.After<Column>().identity == Column::Identity::kNone;
}

void DropIdentity(const Alteration& alteration, ActionList& actions) {
  Action& action = Alter(alteration, actions, "DROP IDENTITY");
  action.destroys.push_back(SequenceBehind(alteration.Before<Column>().identity_sequence, alteration.after.id));
}

void SetNotNull(const Alteration& alteration, ActionList& actions) {
  const Column& after = alteration.After<Column>();
  const ObjectId id = alteration.after.id;
  const std::string quoted = QuoteIdentifier(id.name());
  if (!after.not_null) {
    // An identity column is NOT NULL: that goes first.
    if (LosesIdentity(alteration)) DropIdentity(alteration, actions);
    Action& action = Alter(alteration, actions, "DROP NOT NULL", "SET NOT NULL");
    action.follows_previous = LosesIdentity(alteration);
    action.destroys.push_back(id);  // Only once no primary key holds on to it.
    return;
  }
  const std::string backfill = alteration.after.annotations ? alteration.after.annotations->backfill : std::string();
  if (!backfill.empty()) {
    Action& fill = actions.Add(
        alteration.after, Verb::kAlter,
        fmt::format("UPDATE {} SET {} = {} WHERE {} IS NULL", RelationName(id.parent()), quoted, backfill, quoted));
    fill.step.transaction = TransactionMode::kOwn;
    AddLock(fill, id.parent(), LockMode::kRowExclusive);
    MarkScan(fill, id.parent(), alteration.context);
  }
  if (alteration.context.SizeOf(id.parent()).bytes >= kSmallTable) {
    SetNotNullOnline(alteration.after, alteration.context, actions, !backfill.empty());
    return;
  }
  Action& action = backfill.empty() ? Alter(alteration, actions, "SET NOT NULL", "DROP NOT NULL")
                                    : actions.Then(alteration.after, Verb::kAlter, AlterColumn(id) + " SET NOT NULL");
  AddLock(action, id.parent(), LockMode::kAccessExclusive);
  MarkScan(action, id.parent(), alteration.context);
  if (backfill.empty()) AddHazard(action, HazardKind::kMayFail, "no row may hold NULL in it");
  action.step.note = kSmallTableNote;
}

void AddIdentity(const Alteration& alteration, ActionList& actions) {
  const Column& after = alteration.After<Column>();
  const ObjectId id = alteration.after.id;
  std::string definition = ColumnDefinition(alteration.after, {});
  const std::size_t at = definition.find(" GENERATED ");
  Action& action = Alter(alteration, actions, "ADD" + definition.substr(at), "DROP IDENTITY");
  // A default, and a sequence of the same name, have to be gone.
  action.destroys.push_back(id);
  action.produces.push_back(SequenceBehind(after.identity_sequence, id));
  action.step.sql.push_back(
      fmt::format("SELECT pg_catalog.setval({}, coalesce(max({}), 0) + 1, false) FROM {} HAVING max({}) >= {}",
                  QuoteLiteral(after.identity_sequence), QuoteIdentifier(id.name()), RelationName(id.parent()),
                  QuoteIdentifier(id.name()), after.identity_parameters.start));
  MarkScan(action, id.parent(), alteration.context);
}

void SetIdentity(const Alteration& alteration, ActionList& actions) {
  const Column& before = alteration.Before<Column>();
  const Column& after = alteration.After<Column>();
  using enum Column::Identity;
  if (after.identity == kNone) {
    if (after.not_null) DropIdentity(alteration, actions);
    return;
  }
  if (before.identity == kNone) return AddIdentity(alteration, actions);
  std::string what;
  if (before.identity != after.identity) {
    what += fmt::format(" SET GENERATED {}", after.identity == kAlways ? "ALWAYS" : "BY DEFAULT");
  }
  const SequenceParameters& a = before.identity_parameters;
  const SequenceParameters& b = after.identity_parameters;
  if (a.increment != b.increment) what += fmt::format(" SET INCREMENT BY {}", b.increment);
  if (a.min_value != b.min_value) what += fmt::format(" SET MINVALUE {}", b.min_value);
  if (a.max_value != b.max_value) what += fmt::format(" SET MAXVALUE {}", b.max_value);
  if (a.start != b.start) what += fmt::format(" SET START WITH {}", b.start);
  if (a.cache != b.cache) what += fmt::format(" SET CACHE {}", b.cache);
  if (a.cycle != b.cycle) what += b.cycle ? " SET CYCLE" : " SET NO CYCLE";
  if (!what.empty()) Alter(alteration, actions, what.substr(1));
  if (before.identity_sequence != after.identity_sequence) {
    const std::string name = QuoteIdentifier(SequenceBehind(after.identity_sequence, alteration.after.id).name());
    Action& action = actions.Add(alteration.after, Verb::kAlter,
                                 fmt::format("ALTER SEQUENCE {} RENAME TO {}", before.identity_sequence, name));
    action.produces.push_back(SequenceBehind(after.identity_sequence, alteration.after.id));
  }
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
    Alter(alteration, actions, "DROP EXPRESSION");
    return;
  }
  Action& action =
      Alter(alteration, actions, fmt::format("SET EXPRESSION AS ({})", after.generation_expression.Text()));
  if (after.generated == Column::Generated::kStored)
    MarkRewrite(action, alteration.after.id.parent(), alteration.context);
}

void SetStorage(const Alteration& alteration, ActionList& actions) {
  const auto text = [](const std::string& storage) { return "SET STORAGE " + (storage.empty() ? "DEFAULT" : storage); };
  if (alteration.After<Column>().storage.empty() && alteration.context.major() < 16) {
    // SET STORAGE DEFAULT came with version 16; the types that have a choice at all are EXTENDED by default, but for
    // numeric, which is MAIN.
    const bool main = alteration.After<Column>().type.sql.starts_with("numeric");
    Alter(alteration, actions, main ? "SET STORAGE MAIN" : "SET STORAGE EXTENDED");
    return;
  }
  Alter(alteration, actions, text(alteration.After<Column>().storage), text(alteration.Before<Column>().storage));
}

void SetCompression(const Alteration& alteration, ActionList& actions) {
  const std::string& method = alteration.After<Column>().compression;
  Alter(alteration, actions, "SET COMPRESSION " + (method.empty() ? "DEFAULT" : method));
}

void SetStatistics(const Alteration& alteration, ActionList& actions) {
  Action& action =
      Alter(alteration, actions, fmt::format("SET STATISTICS {}", alteration.After<Column>().statistics_target),
            fmt::format("SET STATISTICS {}", alteration.Before<Column>().statistics_target));
  action.step.locks.clear();
  AddLock(action, alteration.after.id.parent(), LockMode::kShareUpdateExclusive);
}

void SetOptions(const Alteration& alteration, ActionList& actions) {
  const OptionChanges changes = CompareOptions(alteration.Before<Column>().options, alteration.After<Column>().options);
  if (!changes.set.empty()) Alter(alteration, actions, "SET (" + OptionList(changes.set) + ")");
  if (!changes.reset.empty()) Alter(alteration, actions, "RESET (" + Join(changes.reset, ", ") + ")");
}

// PostgreSQL refuses to change the type of a column that these mention; where the type changes its family, so may what
// defaults, checks and indexes over it mean.
bool Displaces(const Alteration& alteration, const Object& dependent) {
  const bool adapts = alteration.fields.none();
  const bool retyped =
      adapts || alteration.fields[FieldIndex<Column>("type")] || alteration.fields[FieldIndex<Column>("collation")];
  if (!retyped) return false;
  using enum ObjectKind;
  // ALTER COLUMN makes the indexes anew that have the column's collation, but they are not the plan's to replace then.
  const bool recollated = adapts && UsesReplaced(dependent, alteration.context, true);
  const bool family_changes =
      (adapts && UsesReplaced(alteration.before, alteration.context, false)) ||
      !ConvertsImplicitly(alteration.Before<Column>().type.sql, alteration.After<Column>().type.sql);
  switch (dependent.id.kind()) {
    case kView:
    case kMaterializedView:
    case kPolicy:
    case kTrigger:
    case kPublicationTable:
    case kRoutine: return true;
    case kColumn: return dependent.As<Column>().generated != Column::Generated::kNone;
    case kColumnDefault:
    case kCheck:
    case kForeignKey:
    case kExclusion: return recollated || family_changes;
    case kIndex: {
      const Index& index = dependent.As<Index>();
      const bool plain = !index.predicate && std::ranges::all_of(index.elements, [](const IndexElement& element) {
        return !element.expression && element.operator_class.empty();
      });
      return recollated || (family_changes && !plain);
    }
    default: return recollated;
  }
}

}  // namespace

template <>
const KindRules& RulesOf<Column>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"type", SetType},
      {"collation", SetType},
      {"not_null", SetNotNull},
      {"identity", SetIdentity},
      {"identity_parameters", SetIdentity},
      {"identity_sequence", SetIdentity},
      {"generated", SetGenerated, CanAlterGenerated},
      {"generation_expression", SetGenerated, CanAlterGenerated},
      {"storage", SetStorage},
      {"compression", SetCompression},
      {"statistics_target", SetStatistics},
      {"options", SetOptions},
      {"foreign_options", SetForeignOptions},
  });
  static_assert(Covers<Column>(fields));
  static constexpr KindRules rules{.create = Create,
                                   .drop = Drop,
                                   .fields = fields,
                                   .subject = NamedSubject<"COLUMN">,
                                   .rename = Rename,
                                   .displaces = Displaces,
                                   .adapt = Adapt};
  return rules;
}

}  // namespace schemadiff
