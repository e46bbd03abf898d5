#include <fmt/format.h>

#include "planner/rules/column_rules.h"
#include "planner/rules/sequence_bounds.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

ObjectId SequenceBehind(const std::string& qualified, ObjectId column) {
  const std::string prefix = QuoteIdentifier(column.schema()) + ".";
  std::string name = qualified.starts_with(prefix) ? qualified.substr(prefix.size()) : qualified;
  if (name.starts_with('"')) name = name.substr(1, name.size() - 2);
  return ObjectId::Of(ObjectKind::kSequence, column.schema(), name);
}

// Partitions have the identity of their table from version 17 on.
Action& AlterIdentity(const Alteration& alteration, ActionList& actions, const std::string& what,
                      const std::string& back = {}) {
  Action& action = AlterColumnStep(alteration, actions, what, back);
  const ObjectId table = alteration.after.id.parent();
  AddLock(action, table, LockMode::kAccessExclusive);
  if (alteration.context.major() >= 17) {
    AddLockWithPartitions(action, table, LockMode::kAccessExclusive, alteration.context);
  }
  return action;
}

void AddIdentity(const Alteration& alteration, ActionList& actions) {
  const Column& after = alteration.After<Column>();
  const ObjectId id = alteration.after.id;
  Action& action = AlterIdentity(alteration, actions, "ADD" + IdentityClause(alteration.after), "DROP IDENTITY");
  action.produces_object = false;
  action.consumes.push_back(ObjectId::Member(ObjectKind::kNotNull, id, ""));
  action.excludes.push_back(ObjectId::Member(ObjectKind::kColumnDefault, id, ""));
  action.produces.push_back(SequenceBehind(after.identity_sequence, id));
  action.step.sql.push_back(GoOnAfterRows(after.identity_sequence, id, after.identity_parameters.start));
  MarkScan(action, id.parent(), alteration.context);
}

void DropIdentity(const Alteration& alteration, ActionList& actions) {
  Action& action = AlterIdentity(alteration, actions, "DROP IDENTITY");
  AddHazard(action, HazardKind::kDataLoss, "how far its sequence has counted is lost");
  AddHazard(action, HazardKind::kIrreversible, "its last value is not kept");
  action.destroys.push_back(SequenceBehind(alteration.Before<Column>().identity_sequence, alteration.after.id));
}

void SetColumnIdentityParameters(const Alteration& alteration, ActionList& actions) {
  const Column& before = alteration.Before<Column>();
  const Column& after = alteration.After<Column>();
  std::string what;
  if (before.identity != after.identity) {
    what += fmt::format(" SET GENERATED {}", after.identity == Column::Identity::kAlways ? "ALWAYS" : "BY DEFAULT");
  }
  const SequenceParameters& a = before.identity_parameters;
  const SequenceParameters& b = after.identity_parameters;
  if (a.increment != b.increment) what += fmt::format(" SET INCREMENT BY {}", b.increment);
  if (a.min_value != b.min_value) what += fmt::format(" SET MINVALUE {}", b.min_value);
  if (a.max_value != b.max_value) what += fmt::format(" SET MAXVALUE {}", b.max_value);
  if (a.start != b.start) what += fmt::format(" SET START WITH {}", b.start);
  if (a.cache != b.cache) what += fmt::format(" SET CACHE {}", b.cache);
  if (a.cycle != b.cycle) what += b.cycle ? " SET CYCLE" : " SET NO CYCLE";
  if (HasNoCommonValue(a, b)) what += " RESTART";
  if (what.empty()) return;
  Action& action = AlterIdentity(alteration, actions, what.substr(1));
  MoveIntoBounds(action, before.identity_sequence, a, b);
}

// PostgreSQL refuses an identity of a type that is no integer.
bool LosesIdentity(const Alteration& alteration) {
  return alteration.Before<Column>().identity != Column::Identity::kNone &&
         alteration.After<Column>().identity == Column::Identity::kNone;
}

// Whether the present bounds do not fit the new type: ALTER COLUMN TYPE would be refused.
bool BoundsComeFirst(const Alteration& alteration) {
  const Column& before = alteration.Before<Column>();
  const Column& after = alteration.After<Column>();
  if (before.type == after.type || before.identity == Column::Identity::kNone ||
      after.identity == Column::Identity::kNone) {
    return false;
  }
  // Bounds that are those of the type follow it.
  const SequenceParameters& bounds = before.identity_parameters;
  const auto limits = [&](const Column& column) {
    return DefaultSequenceParameters(column.type.sql, bounds.increment < 0);
  };
  const SequenceParameters old_limits = limits(before);
  const SequenceParameters new_limits = limits(after);
  return (bounds.max_value > new_limits.max_value && bounds.max_value != old_limits.max_value) ||
         (bounds.min_value < new_limits.min_value && bounds.min_value != old_limits.min_value);
}

}  // namespace

bool SetIdentityBefore(const Alteration& type_change, ActionList& actions) {
  if (LosesIdentity(type_change)) {
    DropIdentity(type_change, actions);
  } else if (BoundsComeFirst(type_change)) {
    SetColumnIdentityParameters(type_change, actions);
  } else {
    return false;
  }
  return true;
}

ObjectId IdentitySequence(const Object& column) {
  const std::string& name = column.As<Column>().identity_sequence;
  return name.empty() ? ObjectId() : SequenceBehind(name, column.id);
}

void SetIdentity(const Alteration& alteration, ActionList& actions) {
  const Column& before = alteration.Before<Column>();
  const Column& after = alteration.After<Column>();
  using enum Column::Identity;
  if (after.identity == kNone) {
    const bool retyped =
        alteration.fields[FieldIndex<Column>("type")] || alteration.fields[FieldIndex<Column>("collation")];
    if (!retyped) DropIdentity(alteration, actions);  // Else it has gone before the type changed.
    return;
  }
  if (before.identity == kNone) return AddIdentity(alteration, actions);
  if (!BoundsComeFirst(alteration)) SetColumnIdentityParameters(alteration, actions);
  if (before.identity_sequence != after.identity_sequence) {
    const std::string name = QuoteIdentifier(SequenceBehind(after.identity_sequence, alteration.after.id).name());
    Action& action = actions.Add(alteration.after, Verb::kAlter,
                                 fmt::format("ALTER SEQUENCE {} RENAME TO {}", before.identity_sequence, name));
    action.produces.push_back(SequenceBehind(after.identity_sequence, alteration.after.id));
    AddLock(action, SequenceBehind(before.identity_sequence, alteration.before.id), LockMode::kAccessExclusive);
  }
}

}  // namespace schemadiff
