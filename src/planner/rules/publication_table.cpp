#include <fmt/format.h>

#include <algorithm>

#include "planner/rules.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string AlterPublicationTableSql(const Object& object, std::string_view what) {
  return fmt::format("ALTER PUBLICATION {} {}", QuoteIdentifier(object.id.parent().name()), what);
}

// ONLY: the tables that inherit are members of their own.
std::string AddPublicationTableSql(const Object& object) {
  const PublicationTable& published = object.As<PublicationTable>();
  std::string what = "ADD TABLE ONLY " + RelationName(published.table);
  if (!published.columns.empty()) what += fmt::format(" ({})", ColumnList(published.columns));
  if (published.filter) what += fmt::format(" WHERE ({})", published.filter.Text());
  return AlterPublicationTableSql(object, what);
}

std::string DropPublicationTableSql(const Object& object) {
  return AlterPublicationTableSql(object, "DROP TABLE ONLY " + RelationName(object.As<PublicationTable>().table));
}

bool HasReplicaIdentity(ObjectId table, const Schema& schema) {
  const Object* object = schema.Find(table);
  const Table* attributes = object == nullptr ? nullptr : object->If<Table>();
  if (attributes == nullptr || attributes->partition_of) return true;
  if (attributes->replica_identity == "NOTHING") return false;
  return !attributes->replica_identity.empty() || std::ranges::any_of(schema.Members(table), [](const Object* member) {
    return member->If<Key>() != nullptr && member->As<Key>().primary;
  });
}

void AddTo(Action& action, const Object& object, const PlanContext& context) {
  const ObjectId table = object.As<PublicationTable>().table;
  if (context.IsNew(table)) return;
  AddLock(action, table, LockMode::kShareUpdateExclusive);
  const Object* publication = context.desired().Find(object.id.parent());
  if (publication == nullptr || HasReplicaIdentity(table, context.desired())) return;
  const Publication& attributes = publication->As<Publication>();
  if (!attributes.publishes_update && !attributes.publishes_delete) return;
  AddHazard(action, HazardKind::kBreaksClients,
            "its updates and deletes fail: it has neither a primary key nor a replica identity");
}

void CreatePublicationTable(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, AddPublicationTableSql(object));
  action.step.undo = DropPublicationTableSql(object);
  AddTo(action, object, context);
}

void DropPublicationTable(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, DropPublicationTableSql(object));
  action.step.undo = AddPublicationTableSql(object);
  AddLock(action, object.As<PublicationTable>().table, LockMode::kShareUpdateExclusive);
  if (context.desired().Contains(object.id)) return;  // One that is made anew at once belongs to no later phase.
  action.step.phase = Phase::kContract;
  AddHazard(action, HazardKind::kBreaksClients, "subscribers no longer get its changes");
  if (!object.As<PublicationTable>().filter) return;
  AddHazard(action, HazardKind::kDataLoss, "its filter stands in none of the schema files");
}

// Columns and filter cannot be altered; SET TABLE would name all tables. Both statements are one change to a
// subscriber, who sees a transaction as a whole.
void RedefinePublicationTable(const Alteration& alteration, ActionList& actions) {
  Action& action = actions.Add(alteration.after, Verb::kReplace, DropPublicationTableSql(alteration.before));
  action.step.sql.push_back(AddPublicationTableSql(alteration.after));
  AddTo(action, alteration.after, alteration.context);
  AddHazard(action, HazardKind::kBreaksClients, "subscribers get other rows or columns than before");
}

}  // namespace

template <>
const KindRules& RulesOf<PublicationTable>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"table", RedefinePublicationTable},
      {"columns", RedefinePublicationTable},
      {"filter", RedefinePublicationTable},
  });
  static_assert(Covers<PublicationTable>(fields));
  static constexpr KindRules rules{.create = CreatePublicationTable,
                                   .drop = DropPublicationTable,
                                   .fields = fields,
                                   .pins_column_types = true,
                                   .gap = "until it is added again, subscribers do not get its changes",
                                   .gap_hazard = HazardKind::kBreaksClients,
                                   .has_definition = false};
  return rules;
}

}  // namespace schemadiff
