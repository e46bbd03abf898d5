#include "canonical/stand_ins.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "model/lineage.h"
#include "model/relation_of.h"
#include "planner/planner.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

ObjectId Rerooted(ObjectId id) {
  if (id.parent()) return id.WithParent(Rerooted(id.parent()));
  const ObjectKind kind = id.kind() == ObjectKind::kMaterializedView ? ObjectKind::kView
                          : id.kind() == ObjectKind::kForeignTable   ? ObjectKind::kTable
                                                                     : id.kind();
  return ObjectId::Of(kind, "pg_temp", id.name(), id.arguments());
}

// Whether a partitioned table can have it, and spells it in the same way.
bool NeedsNoStorage(const Object& object) {
  using enum ObjectKind;
  if (const Check* check = object.If<Check>()) return !check->no_inherit;
  if (const Index* index = object.If<Index>()) return !index->unique;
  const ObjectKind kind = object.id.kind();
  return kind == kColumn || kind == kColumnDefault || kind == kPolicy;
}

// Whether the columns that it needs are told by the words in it.
bool NamesItsColumns(ObjectKind kind) {
  using enum ObjectKind;
  return kind == kColumn || kind == kColumnDefault || kind == kCheck || kind == kIndex || kind == kExclusion ||
         kind == kPolicy || kind == kPublicationTable;
}

// Whether partitions can be told by it for certain.
bool CanBePartitionKey(const Column& column) {
  constexpr auto kTypes = std::to_array<std::string_view>(
      {"bigint", "integer", "smallint", "text", "uuid", "boolean", "date", "timestamp with time zone"});
  return column.generated == Column::Generated::kNone && std::ranges::contains(kTypes, column.type.sql);
}

}  // namespace

StandIns::StandIns(const Schema& live, const Schema& desired, int version)
    : live_(live), desired_(desired), version_(version) {}

ObjectId StandIns::StandInFor(ObjectId id) const {
  const auto copy = copies_.find(id.parent());
  return copy == copies_.end() ? Rerooted(id) : id.WithParent(copy->second);
}

bool StandIns::TakeName(ObjectId root) {
  // Relations and types share their names; statistics, routines and their like have their own.
  const bool shared = StandsIn(root.kind(), NameSpace::kRelation) || StandsIn(root.kind(), NameSpace::kType);
  const auto [place, added] = roots_.emplace(
      fmt::format("{} {}({})", shared ? "relation" : Label(root.kind()), root.name(), root.arguments()), root);
  return added || place->second == root;
}

// Temporary views are not materialized: their indexes are built on an empty table with their columns, which takes turns
// with the view itself.
bool StandIns::AddCopy(ObjectId view) {
  if (std::ranges::contains(views_, view)) return false;
  copies_.emplace(view, ObjectId::Of(ObjectKind::kTable, "pg_temp", view.name()));
  return true;
}

// A row filter is stored as a check over its table would be; temporary tables cannot be published.
bool StandIns::AddFilter(ObjectId id) {
  const ObjectId table = desired_.Find(id)->As<PublicationTable>().table;
  if (!HasOwnColumns(table.kind()) || !desired_.Contains(table)) return true;
  if (!TakeName(table)) return false;
  AddTable(table);
  WantColumns(table, id);
  const std::string name = fmt::format("row_filter_{}", filters_.size());
  filters_.emplace_back(id, ObjectId::Member(ObjectKind::kCheck, StandInFor(table), name));
  names_.push_back(filters_.back());
  return true;
}

bool StandIns::Add(ObjectId id) {
  const ObjectId root = id.root();
  using enum ObjectKind;
  if (id.kind() == kPublicationTable) return AddFilter(id);
  if (!TakeName(root)) return false;
  if (const ObjectId relation = RelationOf(*desired_.Find(id)); relation != root) {
    if (!HasOwnColumns(relation.kind()) || !desired_.Contains(relation)) return true;
    if (!TakeName(relation)) return false;
    AddTable(relation);
    whole_.insert(relation);
    stored_.insert(relation);
  }
  if (HasOwnColumns(root.kind())) {
    const Object* table = desired_.Find(root);
    if (table != nullptr) {
      const ObjectId parent = PartitionParent(*table);
      if (id == root && parent) {
        if (!TakeName(parent)) return false;
        AddTable(parent);
        whole_.insert(parent);
      }
    }
    AddTable(root);
    WantColumns(root, id);
    if (!NeedsNoStorage(*desired_.Find(id))) stored_.insert(root);
    if (id != root && id.kind() != kColumn) others_.push_back(id);
  } else if (root.kind() == kMaterializedView && id != root) {
    if (id.kind() != kIndex || !live_.Contains(root)) return true;
    if (!AddCopy(root)) return false;
    others_.push_back(id);
  } else if (root.kind() == kView || root.kind() == kMaterializedView) {
    if (copies_.contains(root)) return false;
    if (!std::ranges::contains(views_, root)) views_.push_back(root);
    if (id != root) others_.push_back(id);
  } else {
    others_.push_back(root);
  }
  names_.emplace_back(id, StandInFor(id));
  return true;
}

void StandIns::AddTable(ObjectId table) {
  if (std::ranges::find(tables_, table) == tables_.end()) tables_.push_back(table);
}

void StandIns::WantColumns(ObjectId table, ObjectId object) {
  if (!NamesItsColumns(object.kind())) {
    whole_.insert(table);
    return;
  }
  Mentions& mentions = mentions_[table];
  mentions.Add(*desired_.Find(object));
  for (ObjectId id = object; id; id = id.parent()) {
    if (id.kind() == ObjectKind::kColumn) mentions.AddColumn(id.name());
  }
}

bool StandIns::IsWanted(ObjectId table, const std::string& column) const {
  const auto mentions = mentions_.find(table);
  return whole_.contains(table) || mentions == mentions_.end() || mentions->second.Has(table.name()) ||
         mentions->second.Has(column);
}

std::vector<Object> StandIns::StandInColumns(ObjectId table, bool only_live_columns) const {
  std::vector<Object> columns;
  for (const Object* desired : ColumnsOf(desired_, table)) {
    const Object* live = live_.Find(desired->id);
    if (only_live_columns && (live == nullptr || !(live->As<Column>().type == desired->As<Column>().type))) continue;
    Object column = *desired;
    column.id = ObjectId::Member(ObjectKind::kColumn, StandInFor(table), desired->id.name());
    Column& values = column.As<Column>();
    values.identity = Column::Identity::kNone;
    values.identity_sequence.clear();
    values.foreign_options.clear();
    columns.push_back(std::move(column));
  }
  return columns;
}

// The table with the columns that are needed, those that it inherits included; nothing else that could keep it from
// being built.
Schema StandIns::TableScratch(ObjectId table, bool only_live_columns) const {
  Schema scratch;
  const Object& object = *desired_.Find(table);
  Object copy{.id = StandInFor(table), .attributes = Table{}};
  Table& stand_in = copy.As<Table>();
  if (const Table* attributes = object.If<Table>()) {
    stand_in.partition_key = attributes->partition_key;
    stand_in.of_type = attributes->of_type;
  }
  if (const ObjectId parent = PartitionParent(object); parent && std::ranges::contains(tables_, parent)) {
    stand_in.partition_of = StandInFor(parent);
    stand_in.partition_bound = PartitionBoundOf(object);
  }
  scratch.Add(std::move(copy));
  if (stand_in.partition_of || !stand_in.of_type.sql.empty()) return scratch;
  std::vector<Object> columns = StandInColumns(table, only_live_columns);
  const auto is_generated = [](const Object& column) {
    return column.As<Column>().generated != Column::Generated::kNone;
  };
  const bool all = stand_in.partition_key || std::ranges::any_of(columns, is_generated);
  std::vector<Object> unused;
  for (Object& column : columns) {
    if (all || IsWanted(table, column.id.name())) {
      scratch.Add(std::move(column));
    } else {
      unused.push_back(std::move(column));
    }
  }
  if (!stored_.contains(table)) LeaveOutStorage(table, scratch, unused);
  return scratch;
}

// A partitioned table is made three times as fast: it has no files, and none for long values.
void StandIns::LeaveOutStorage(ObjectId table, Schema& scratch, const std::vector<Object>& unused) const {
  Table& stand_in = scratch.Find(StandInFor(table))->As<Table>();
  if (stand_in.partition_key) return;
  const auto take = [&](const Object& column) {
    if (!CanBePartitionKey(column.As<Column>())) return false;
    stand_in.partition_key = Expression{fmt::format("LIST ({})", QuoteIdentifier(column.id.name()))};
    return true;
  };
  for (const auto& [id, object] : scratch.OfKind(ObjectKind::kColumn)) {
    if (take(object)) return;
  }
  for (const Object& column : unused) {
    if (!take(column)) continue;
    scratch.Add(column);
    return;
  }
}

Attempt StandIns::TableAttempt(ObjectId table) const {
  const auto sql = [&](bool only_live_columns) {
    const Schema scratch = TableScratch(table, only_live_columns);
    return CreationSql(*scratch.Find(StandInFor(table)), scratch, version_);
  };
  return {sql(false), sql(true)};
}

Attempt StandIns::MemberAttempt(ObjectId id) const {
  Schema scratch;
  Object copy = *desired_.Find(id);
  copy.id = StandInFor(id);
  if (auto* view = copy.If<MaterializedView>()) {
    copy.attributes = View{.column_names = view->column_names, .query = view->query};
  }
  if (auto* index = copy.If<Index>()) index->attached_to = {};
  if (auto* configuration = copy.If<TextSearchConfiguration>()) configuration->changes.clear();
  if (auto* statistics = copy.If<Statistics>()) statistics->table = StandInFor(statistics->table);
  const Object& stand_in = scratch.Add(std::move(copy));
  if (id.kind() == ObjectKind::kDomain) {
    for (const Object* member : desired_.Members(id)) {
      if (member->id.kind() != ObjectKind::kDomainConstraint) continue;
      Object constraint = *member;
      constraint.id = StandInFor(member->id);
      scratch.Add(std::move(constraint));
    }
  }
  return {CreationSql(stand_in, scratch, version_), {}};
}

std::vector<Attempt> StandIns::Attempts() const {
  std::vector<Attempt> attempts;
  for (const ObjectId view : views_) attempts.push_back(MemberAttempt(view));
  for (const ObjectId table : tables_) attempts.push_back(TableAttempt(table));
  for (const auto& [view, copy] : copies_) {
    attempts.push_back({{fmt::format("CREATE TABLE {} (LIKE {})", RelationName(copy), RelationName(view))}, {}});
  }
  std::vector<ObjectId> done;
  for (const ObjectId other : others_) {
    if (std::ranges::find(done, other) != done.end()) continue;
    done.push_back(other);
    attempts.push_back(MemberAttempt(other));
  }
  for (const auto& [id, check] : filters_) {
    Schema scratch;
    const PublicationTable& published = desired_.Find(id)->As<PublicationTable>();
    const Object& stand_in = scratch.Add({.id = check, .attributes = Check{.expression = published.filter}});
    attempts.push_back({CreationSql(stand_in, scratch, version_), {}});
  }
  return attempts;
}

}  // namespace schemadiff
