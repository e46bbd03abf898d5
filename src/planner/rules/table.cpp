#include <fmt/format.h>

#include <algorithm>

#include "planner/rules.h"
#include "planner/rules/partition.h"
#include "planner/rules/partition_index.h"
#include "planner/rules/rename.h"
#include "planner/rules/table_parts.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// An index that identifies rows or orders them has to be there, and for the former its columns have to be NOT NULL.
void ConsumeIndex(Action& action, ObjectId table, const std::string& name, const PlanContext& context) {
  if (name.empty()) return;
  action.consumes.push_back(ObjectId::Member(ObjectKind::kIndex, table, name));
  action.consumes.push_back(ObjectId::Member(ObjectKind::kKey, table, name));
  for (const Object* member : context.desired().Members(table)) {
    if (member->id.kind() != ObjectKind::kColumn) continue;
    action.consumes.push_back(ObjectId::Member(ObjectKind::kNotNull, member->id, ""));
  }
}

void CreateTable(const Object& object, const PlanContext& context, ActionList& actions) {
  const Table& table = object.As<Table>();
  std::string sql = fmt::format("CREATE {}TABLE {}", table.unlogged ? "UNLOGGED " : "", RelationName(object.id));
  const std::string body = TableBody(object, context);
  const bool attached_later = BringsParts(object, context);
  if (attached_later) {
    sql += fmt::format(
        " (LIKE {} INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS INCLUDING STORAGE"
        " INCLUDING COMPRESSION)",
        RelationName(table.partition_of));
  } else if (!table.of_type.sql.empty()) {
    sql += " OF " + table.of_type.sql + (body.empty() ? "" : " (" + body + ")");
  } else if (table.partition_of) {
    sql += fmt::format(" PARTITION OF {}{} {}", RelationName(table.partition_of), body.empty() ? "" : " (" + body + ")",
                       table.partition_bound.Text());
  } else {
    sql += " (" + body + ")";
  }
  if (!table.inherits.empty()) {
    std::vector<std::string> parents;
    for (const ObjectId parent : table.inherits) parents.push_back(RelationName(parent));
    sql += " INHERITS (" + Join(parents, ", ") + ")";
  }
  if (table.partition_key) sql += " PARTITION BY " + table.partition_key.Text();
  if (!table.access_method.empty()) sql += " USING " + QuoteIdentifier(table.access_method);
  sql += WithOptions(table.options);
  if (!table.tablespace.empty()) sql += " TABLESPACE " + QuoteIdentifier(table.tablespace);
  Action& action = actions.Add(object, Verb::kCreate, std::move(sql));
  action.step.undo = "DROP TABLE " + RelationName(object.id);
  if (!attached_later) {
    JoinAsNew(action, object, context);
  } else if (!context.IsNew(table.partition_of)) {
    AddLock(action, table.partition_of, LockMode::kAccessShare);
  }
  LockInheritanceParents(action, object, context);
  AddColumnSettings(action, object, context);
  const std::string alter = "ALTER TABLE " + RelationName(object.id);
  if (table.row_security) action.step.sql.push_back(alter + " ENABLE ROW LEVEL SECURITY");
  if (table.force_row_security) action.step.sql.push_back(alter + " FORCE ROW LEVEL SECURITY");
  // An index that CLUSTER or logical replication uses has to exist first.
  const bool by_index =
      !table.replica_identity.empty() && table.replica_identity != "FULL" && table.replica_identity != "NOTHING";
  if (!table.replica_identity.empty() && !by_index) {
    action.step.sql.push_back(alter + " REPLICA IDENTITY " + table.replica_identity);
  }
  if (attached_later) AddAttach(object, context, actions).consumes.push_back(object.id);
  if (by_index || !table.cluster_on.empty()) {
    std::string late;
    if (by_index) late = " REPLICA IDENTITY USING INDEX " + QuoteIdentifier(table.replica_identity);
    if (!table.cluster_on.empty()) {
      late += (late.empty() ? "" : ",") + std::string(" CLUSTER ON ") + QuoteIdentifier(table.cluster_on);
    }
    Action& marks = actions.Add(object, Verb::kAlter, alter + late);
    marks.produces_object = false;
    marks.consumes.push_back(object.id);
    ConsumeIndex(marks, object.id, table.replica_identity, context);
    ConsumeIndex(marks, object.id, table.cluster_on, context);
  }
}

void DropTable(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP TABLE " + RelationName(object.id));
  action.step.phase = Phase::kContract;
  action.step.estimate = context.SizeOf(object.id);
  AddLock(action, object.id, LockMode::kAccessExclusive);
  LeaveBeforeDrop(action, object, context);
  AddHazard(action, HazardKind::kDataLoss, "all rows of the table are lost");
  AddHazard(action, HazardKind::kIrreversible, "only a backup brings them back");
  AddHazard(action, HazardKind::kBreaksClients, "clients that use the table fail");
}

Action& AlterTable(const Alteration& alteration, ActionList& actions, const std::string& what, const std::string& back,
                   LockMode lock = LockMode::kAccessExclusive) {
  const ObjectId id = alteration.after.id;
  const std::string alter = "ALTER TABLE " + RelationName(id) + " ";
  Action& action = actions.Add(alteration.after, Verb::kAlter, alter + what);
  if (!back.empty()) action.step.undo = alter + back;
  AddLock(action, id, lock);
  return action;
}

void Rewrites(Action& action, const Alteration& alteration) {
  const ObjectId id = alteration.after.id;
  if (alteration.context.IsPartitioned(id)) return;  // It has no rows, and speaks of new partitions.
  AddRewrite(action, id, alteration.context);
}

// A logged table may not refer to an unlogged one (src/backend/commands/tablecmds.c, ATPrepChangePersistence).
void SetTableUnlogged(const Alteration& alteration, ActionList& actions) {
  const PlanContext& context = alteration.context;
  const ObjectId table = alteration.after.id;
  const bool unlogged = alteration.After<Table>().unlogged;
  Action& action = AlterTable(alteration, actions, unlogged ? "SET UNLOGGED" : "SET LOGGED",
                              unlogged ? "SET LOGGED" : "SET UNLOGGED");
  Rewrites(action, alteration);
  if (unlogged) {
    for (const Object* key : context.ReferencesTo(table)) action.prefers.push_back(key->id.parent());
    for (const Object* key : context.FormerReferencesTo(table)) action.prefers_gone.push_back(key->id);
  } else {
    for (const Object* member : context.live().Members(table)) {
      const ForeignKey* key = member->If<ForeignKey>();
      if (key == nullptr) continue;
      if (context.desired().Contains(member->id) && !context.IsNew(member->id)) {
        action.prefers.push_back(key->referenced);
      } else {
        action.prefers_gone.push_back(member->id);
      }
    }
  }
  std::erase(action.prefers, table);
}

void SetOfType(const Alteration& alteration, ActionList& actions) {
  const std::string& type = alteration.After<Table>().of_type.sql;
  const std::string& former = alteration.Before<Table>().of_type.sql;
  Action& action = AlterTable(alteration, actions, type.empty() ? "NOT OF" : "OF " + type,
                              former.empty() ? "NOT OF" : "OF " + former);
  if (!type.empty()) action.produces_object = false;  // It has the type's columns before.
}

// ALTER TABLE can do it from version 15 on.
bool CanSetAccessMethod(const Alteration& alteration) { return alteration.context.major() >= 15; }

void SetTableAccessMethod(const Alteration& alteration, ActionList& actions) {
  const std::string& method = alteration.After<Table>().access_method;
  Rewrites(
      AlterTable(alteration, actions, "SET ACCESS METHOD " + QuoteIdentifier(method.empty() ? "heap" : method), ""),
      alteration);
}

void SetTableTablespace(const Alteration& alteration, ActionList& actions) {
  const std::string& space = alteration.After<Table>().tablespace;
  Rewrites(
      AlterTable(alteration, actions, "SET TABLESPACE " + QuoteIdentifier(space.empty() ? "pg_default" : space), ""),
      alteration);
}

void SetTableOptions(const Alteration& alteration, ActionList& actions) {
  const OptionChanges changes = CompareOptions(alteration.Before<Table>().options, alteration.After<Table>().options);
  const OptionChanges back = CompareOptions(alteration.After<Table>().options, alteration.Before<Table>().options);
  const auto text = [](const OptionChanges& c) {
    std::vector<std::string> parts;
    if (!c.set.empty()) parts.push_back("SET (" + OptionList(c.set) + ")");
    if (!c.reset.empty()) parts.push_back("RESET (" + Join(c.reset, ", ") + ")");
    return Join(parts, ", ");
  };
  AlterTable(alteration, actions, text(changes), text(back), StorageParameterLock(changes));
}

void SetRowSecurity(const Alteration& alteration, ActionList& actions) {
  const Table& before = alteration.Before<Table>();
  const Table& after = alteration.After<Table>();
  std::vector<std::string> parts;
  if (before.row_security != after.row_security) {
    parts.emplace_back(after.row_security ? "ENABLE ROW LEVEL SECURITY" : "DISABLE ROW LEVEL SECURITY");
  }
  if (before.force_row_security != after.force_row_security) {
    parts.emplace_back(after.force_row_security ? "FORCE ROW LEVEL SECURITY" : "NO FORCE ROW LEVEL SECURITY");
  }
  Action& action = AlterTable(alteration, actions, Join(parts, ", "), "");
  AddHazard(action, HazardKind::kAccessChange, "which rows a role sees changes");
}

void SetReplicaIdentity(const Alteration& alteration, ActionList& actions) {
  const auto text = [](const std::string& identity) {
    if (identity.empty()) return std::string("REPLICA IDENTITY DEFAULT");
    if (identity == "FULL" || identity == "NOTHING") return "REPLICA IDENTITY " + identity;
    return "REPLICA IDENTITY USING INDEX " + QuoteIdentifier(identity);
  };
  const std::string& identity = alteration.After<Table>().replica_identity;
  Action& action = AlterTable(alteration, actions, text(identity), text(alteration.Before<Table>().replica_identity));
  action.produces_object = false;  // The index itself waits for the table.
  ConsumeIndex(action, alteration.after.id, identity, alteration.context);
}

void SetClusterOn(const Alteration& alteration, ActionList& actions) {
  const std::string& index = alteration.After<Table>().cluster_on;
  Action& action =
      AlterTable(alteration, actions, index.empty() ? "SET WITHOUT CLUSTER" : "CLUSTER ON " + QuoteIdentifier(index),
                 "", LockMode::kShareUpdateExclusive);
  action.produces_object = false;
  ConsumeIndex(action, alteration.after.id, index, alteration.context);
}

}  // namespace

template <>
const KindRules& RulesOf<Table>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"unlogged", SetTableUnlogged},
      {"partition_key"},
      {"partition_of", SetPartition},
      {"partition_bound", SetPartition},
      {"inherits", SetInherits},
      {"of_type", SetOfType},
      {"access_method", SetTableAccessMethod, CanSetAccessMethod},
      {"tablespace", SetTableTablespace},
      {"options", SetTableOptions},
      {"row_security", SetRowSecurity},
      {"force_row_security", SetRowSecurity},
      {"replica_identity", SetReplicaIdentity},
      {"cluster_on", SetClusterOn},
  });
  static_assert(Covers<Table>(fields));
  static constexpr KindRules rules{.create = CreateTable,
                                   .drop = DropTable,
                                   .fields = fields,
                                   .subject = NamedSubject<"TABLE">,
                                   .rename = RenameBreakingClients<>};
  return rules;
}

}  // namespace schemadiff
