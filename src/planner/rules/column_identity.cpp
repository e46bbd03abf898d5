#include <fmt/format.h>

#include "planner/rules/column_rules.h"
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

void AddIdentity(const Alteration& alteration, ActionList& actions) {
  const Column& after = alteration.After<Column>();
  const ObjectId id = alteration.after.id;
  std::string definition = ColumnDefinition(alteration.after, {});
  const std::size_t at = definition.find(" GENERATED ");
  Action& action = AlterColumn(alteration, actions, "ADD" + definition.substr(at), "DROP IDENTITY");
  // A default, and a sequence of the same name, have to be gone.
  action.destroys.push_back(id);
  action.produces.push_back(SequenceBehind(after.identity_sequence, id));
  action.step.sql.push_back(
      fmt::format("SELECT pg_catalog.setval({}, coalesce(max({}), 0) + 1, false) FROM {} HAVING max({}) >= {}",
                  QuoteLiteral(after.identity_sequence), QuoteIdentifier(id.name()), RelationName(id.parent()),
                  QuoteIdentifier(id.name()), after.identity_parameters.start));
  MarkScan(action, id.parent(), alteration.context);
}

}  // namespace

bool LosesIdentity(const Alteration& alteration) {
  return alteration.Before<Column>().identity != Column::Identity::kNone &&
         alteration.After<Column>().identity == Column::Identity::kNone;
}

void DropIdentity(const Alteration& alteration, ActionList& actions) {
  Action& action = AlterColumn(alteration, actions, "DROP IDENTITY");
  action.destroys.push_back(SequenceBehind(alteration.Before<Column>().identity_sequence, alteration.after.id));
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
  if (!what.empty()) AlterColumn(alteration, actions, what.substr(1));
  if (before.identity_sequence != after.identity_sequence) {
    const std::string name = QuoteIdentifier(SequenceBehind(after.identity_sequence, alteration.after.id).name());
    Action& action = actions.Add(alteration.after, Verb::kAlter,
                                 fmt::format("ALTER SEQUENCE {} RENAME TO {}", before.identity_sequence, name));
    action.produces.push_back(SequenceBehind(after.identity_sequence, alteration.after.id));
  }
}

}  // namespace schemadiff
