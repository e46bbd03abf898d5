#include "planner/rules/index_sql.h"

#include <fmt/format.h>

#include "model/implicit_names.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

struct IndexStorage {
  Options options;
  std::string tablespace;
};

IndexStorage StorageOf(const Object& object) {
  return Visit(
      [](const auto& attributes) -> IndexStorage {
        if constexpr (requires {
                        attributes.options.begin()->second;
                        attributes.tablespace;
                      }) {
          return {attributes.options, attributes.tablespace};
        } else {
          return {};
        }
      },
      object.attributes);
}

// An index and the constraint that has one go by the same name.
std::string AlterIndex(ObjectId id) { return "ALTER INDEX " + QuoteQualified(id.schema(), id.name()); }

}  // namespace

std::string CreateIndexSql(ObjectId table, const std::string& name, const Index& index, bool concurrently, bool only) {
  std::string sql = fmt::format("CREATE {}INDEX {}{} ON {}{} USING {} ({})", index.unique ? "UNIQUE " : "",
                                concurrently ? "CONCURRENTLY " : "", QuoteIdentifier(name), only ? "ONLY " : "",
                                RelationName(table), index.access_method, IndexElementList(index.elements));
  if (!index.include.empty()) sql += " INCLUDE (" + ColumnList(index.include) + ")";
  if (index.nulls_not_distinct) sql += " NULLS NOT DISTINCT";
  sql += WithOptions(index.options);
  if (!index.tablespace.empty()) sql += " TABLESPACE " + QuoteIdentifier(index.tablespace);
  if (index.predicate) sql += " WHERE " + index.predicate.Text();
  return sql;
}

std::string NewName(const std::string& name) { return MakeObjectName(name, "", "_new"); }

std::string OldName(const std::string& name) { return MakeObjectName(name, "", "_old"); }

void RestoreMarks(Action& swap, ObjectId index, const PlanContext& context) {
  const Object* object = context.desired().Find(index.parent());
  const Table* table = object == nullptr ? nullptr : object->If<Table>();
  if (table == nullptr) return;
  const std::string alter = "ALTER TABLE " + RelationName(object->id);
  const std::string name = QuoteIdentifier(index.name());
  const auto mark = [&](const std::string& sql, LockMode mode) {
    swap.step.sql.push_back(alter + sql + name);
    AddLock(swap, object->id, mode);
  };
  if (table->replica_identity == index.name()) mark(" REPLICA IDENTITY USING INDEX ", LockMode::kAccessExclusive);
  if (table->cluster_on == index.name()) mark(" CLUSTER ON ", LockMode::kShareUpdateExclusive);
}

void SetIndexOptions(const Alteration& alteration, ActionList& actions) {
  const ObjectId id = alteration.after.id;
  const OptionChanges changes =
      CompareOptions(StorageOf(alteration.before).options, StorageOf(alteration.after).options);
  const auto add = [&](const std::string& sql, const OptionChanges& part) {
    AddLock(actions.Add(alteration.after, Verb::kAlter, AlterIndex(id) + sql), id, StorageParameterLock(part));
  };
  if (!changes.set.empty()) add(" SET (" + OptionList(changes.set) + ")", {.set = changes.set});
  if (!changes.reset.empty()) add(" RESET (" + Join(changes.reset, ", ") + ")", {.reset = changes.reset});
}

void SetIndexTablespace(const Alteration& alteration, ActionList& actions) {
  const ObjectId id = alteration.after.id;
  const auto sql = [&](const std::string& space) {
    return AlterIndex(id) + " SET TABLESPACE " + QuoteIdentifier(space.empty() ? "pg_default" : space);
  };
  Action& action = actions.Add(alteration.after, Verb::kAlter, sql(StorageOf(alteration.after).tablespace));
  action.step.undo = sql(StorageOf(alteration.before).tablespace);
  AddLock(action, id, LockMode::kAccessExclusive);
  AddHazard(action, HazardKind::kBlocksReads, "queries that use the index wait while it is copied");
}

}  // namespace schemadiff
