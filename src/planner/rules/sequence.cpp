#include <fmt/format.h>

#include "planner/rules.h"
#include "planner/rules/column_rules.h"
#include "planner/rules/rename.h"
#include "planner/rules/sequence_bounds.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// A column may own the sequence before a default of it may use it, and the other way round: OWNED BY is a step of its
// own, for which nobody waits.
std::string OwnedBy(ObjectId sequence, ObjectId column) {
  const std::string owner =
      column ? RelationName(column.parent()) + "." + QuoteIdentifier(column.name()) : std::string("NONE");
  return fmt::format("ALTER SEQUENCE {} OWNED BY {}", RelationName(sequence), owner);
}

void ConnectOwner(Action& action, ObjectId column, const PlanContext& context) {
  action.produces_object = false;
  if (!column) return;
  action.consumes.push_back(column);
  if (!context.IsNew(column.parent())) AddLock(action, column.parent(), LockMode::kAccessShare);
}

// Whether the column has values already, which the sequence must not give again.
bool NumbersRows(const Sequence& sequence, const PlanContext& context) {
  const Object* column = context.desired().Find(sequence.owned_by);
  if (column == nullptr || context.IsNew(column->id) || !HasRows(column->id.parent())) return false;
  const std::string& type = column->As<Column>().type.sql;
  return sequence.parameters.increment > 0 && (type == "smallint" || type == "integer" || type == "bigint");
}

void CreateSequence(const Object& object, const PlanContext& context, ActionList& actions) {
  const Sequence& sequence = object.As<Sequence>();
  const std::string name = RelationName(object.id);
  std::string sql = fmt::format("CREATE {}SEQUENCE {}", sequence.unlogged ? "UNLOGGED " : "", name);
  if (sequence.type.sql != "bigint") sql += " AS " + sequence.type.sql;
  const std::string options = SequenceOptions(sequence.parameters, sequence.type.sql);
  if (!options.empty()) sql += " " + options;
  actions.Add(object, Verb::kCreate, std::move(sql)).step.undo = "DROP SEQUENCE " + name;
  if (!sequence.owned_by) return;
  Action& connect = actions.Then(object, Verb::kAlter, OwnedBy(object.id, sequence.owned_by));
  ConnectOwner(connect, sequence.owned_by, context);
  if (!NumbersRows(sequence, context)) return;
  connect.step.sql.push_back(GoOnAfterRows(name, sequence.owned_by, sequence.parameters.start));
  MarkScan(connect, sequence.owned_by.parent(), context);
}

void DropSequence(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP SEQUENCE " + RelationName(object.id));
  action.step.phase = Phase::kContract;
  AddLock(action, object.id, LockMode::kAccessExclusive);
  AddHazard(action, HazardKind::kDataLoss, "how far the sequence has counted is lost");
  AddHazard(action, HazardKind::kIrreversible, "its last value is not kept");
  AddHazard(action, HazardKind::kBreaksClients, "clients that use the sequence fail");
}

// With another type the bounds are written out, as those that PostgreSQL would choose depend on the old ones.
std::string ParameterSql(const Object& object, const Sequence& before, const Sequence& after) {
  const SequenceParameters& from = before.parameters;
  const SequenceParameters& to = after.parameters;
  const bool retyped = before.type != after.type;
  std::string sql = "ALTER SEQUENCE " + RelationName(object.id);
  if (retyped) sql += " AS " + after.type.sql;
  if (from.increment != to.increment) sql += fmt::format(" INCREMENT BY {}", to.increment);
  if (retyped || from.min_value != to.min_value) sql += fmt::format(" MINVALUE {}", to.min_value);
  if (retyped || from.max_value != to.max_value) sql += fmt::format(" MAXVALUE {}", to.max_value);
  if (from.start != to.start) sql += fmt::format(" START WITH {}", to.start);
  if (from.cache != to.cache) sql += fmt::format(" CACHE {}", to.cache);
  if (from.cycle != to.cycle) sql += to.cycle ? " CYCLE" : " NO CYCLE";
  if (HasNoCommonValue(from, to)) sql += " RESTART";
  return sql;
}

void SetSequenceParameters(const Alteration& alteration, ActionList& actions) {
  const Sequence& before = alteration.Before<Sequence>();
  const Sequence& after = alteration.After<Sequence>();
  Action& action = actions.Add(alteration.after, Verb::kAlter, ParameterSql(alteration.after, before, after));
  action.step.undo = ParameterSql(alteration.after, after, before);
  AddLock(action, alteration.after.id, LockMode::kShareRowExclusive);
  MoveIntoBounds(action, RelationName(alteration.after.id), before.parameters, after.parameters);
}

void SetSequenceUnlogged(const Alteration& alteration, ActionList& actions) {
  const bool unlogged = alteration.After<Sequence>().unlogged;
  const std::string alter = "ALTER SEQUENCE " + RelationName(alteration.after.id);
  Action& action = actions.Add(alteration.after, Verb::kAlter, alter + (unlogged ? " SET UNLOGGED" : " SET LOGGED"));
  action.step.undo = alter + (unlogged ? " SET LOGGED" : " SET UNLOGGED");
  AddLock(action, alteration.after.id, LockMode::kAccessExclusive);
}

void SetOwner(const Alteration& alteration, ActionList& actions) {
  const ObjectId before = alteration.Before<Sequence>().owned_by;
  const ObjectId after = alteration.After<Sequence>().owned_by;
  Action& action = actions.Add(alteration.after, Verb::kAlter, OwnedBy(alteration.after.id, after));
  action.step.undo = OwnedBy(alteration.after.id, before);
  AddLock(action, alteration.after.id, LockMode::kShareRowExclusive);
  ConnectOwner(action, after, alteration.context);
  if (before) action.releases.push_back(before);  // Else the sequence would be dropped with it.
}

}  // namespace

template <>
const KindRules& RulesOf<Sequence>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"type", SetSequenceParameters},
      {"parameters", SetSequenceParameters},
      {"unlogged", SetSequenceUnlogged},
      {"owned_by", SetOwner},
  });
  static_assert(Covers<Sequence>(fields));
  static constexpr KindRules rules{.create = CreateSequence,
                                   .drop = DropSequence,
                                   .fields = fields,
                                   .subject = NamedSubject<"SEQUENCE">,
                                   .rename = RenameBreakingClients<>};
  return rules;
}

}  // namespace schemadiff
