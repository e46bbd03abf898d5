#include "catalog/reader.h"
#include "model/lineage.h"

namespace schemadiff {
namespace {

std::string Compression(std::string_view letter) { return letter == "p" ? "pglz" : letter == "l" ? "lz4" : ""; }

std::string Storage(std::string_view letter) {
  if (letter == "p") return "PLAIN";
  if (letter == "e") return "EXTERNAL";
  if (letter == "m") return "MAIN";
  return letter == "x" ? "EXTENDED" : "";
}

// Those of identity columns are no objects of their own.
void TakeSequences(Reader& reader, Address address, Object& object) {
  for (const auto& [of, sequence] : reader.ColumnSequences(address)) {
    if (sequence.owned) {
      Object& owned = *reader.schema().Find(sequence.owned);
      owned.As<Sequence>().owned_by = object.id;
      owned.edges.push_back({object.id, EdgeKind::kOwnedBy});
    } else {
      object.As<Column>().identity_sequence = sequence.name;
      object.As<Column>().identity_parameters = sequence.parameters;
      reader.Bind({kPgClass, sequence.oid, 0}, object.id);
    }
  }
}

struct DefaultText {
  ObjectId column;
  std::string text;
  Oid oid;
};

// The topmost table from which a column of a partition or child comes.
ObjectId TopParent(const Schema& schema, ObjectId table) {
  while (const Object* object = schema.Find(table)) {
    const ObjectId partitioned = PartitionParent(*object);
    if (!partitioned && InheritanceParents(*object).empty()) break;
    table = partitioned ? partitioned : InheritanceParents(*object).front();
  }
  return table;
}

// An inherited column's default is a fact only where it differs from its parent's.
void AddDefaults(Reader& reader, const std::vector<DefaultText>& defaults, const std::unordered_set<ObjectId>& taken) {
  std::unordered_map<ObjectId, std::string_view> texts;
  if (!taken.empty()) {
    for (const DefaultText& value : defaults) texts.emplace(value.column, value.text);
  }
  for (const auto& [column, text, oid] : defaults) {
    if (taken.contains(column)) {
      const auto inherited = texts.find(column.WithParent(TopParent(reader.schema(), column.parent())));
      if (inherited != texts.end() && inherited->second == text) continue;
    }
    reader.Add(ObjectId::Member(ObjectKind::kColumnDefault, column, ""), ColumnDefault{{text}}, {kPgAttrdef, oid, 0});
  }
}

ObjectId NotNullOf(ObjectId column) { return ObjectId::Member(ObjectKind::kNotNull, column, ""); }

// Whether a parent of the column's table has an inheritable NOT NULL for it.
bool InheritsNotNull(const Schema& schema, ObjectId column) {
  const Object& table = *schema.Find(column.parent());
  const auto gives = [&](ObjectId parent) {
    const Object* theirs = parent ? schema.Find(NotNullOf(column.WithParent(parent))) : nullptr;
    return theirs != nullptr && !theirs->As<NotNull>().no_inherit;
  };
  return gives(PartitionParent(table)) || std::ranges::any_of(InheritanceParents(table), gives);
}

}  // namespace

template <>
Result<void> ReadKind<Column>(Reader& reader) {
  const bool named_not_null = reader.version() >= 180000;
  // What most columns have is left null: every value costs the server the making of a text. The keys of indexes stand
  // in the same catalog, which is long; few of them have anything of their own.
  const Result<Rows> rows = reader.Query(
      "SELECT a.attrelid, a.attnum, a.attname, a.atttypid, nullif(a.attnotnull, false), nullif(a.attidentity, ''),"
      " nullif(a.attgenerated, ''),"
      " CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END,"
      " CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END, nullif(a.attcompression, ''),"
      " CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END, a.attoptions,"
      " nullif(NOT a.attislocal AND a.attinhcount > 0, false), "
      // Without a relation the text is made several times faster; only what is generated mentions columns.
      " pg_get_expr(d.adbin, CASE WHEN a.attgenerated = '' THEN 0 ELSE d.adrelid END), d.oid,"
      " CASE WHEN a.attcollation NOT IN (0, 100) THEN a.attcollation END, a.atttypmod, a.attfdwoptions,"
      " nullif(a.attinhcount > 0, false), " +
      std::string(named_not_null ? "k.oid, k.conname, nullif(k.connoinherit, false), k.convalidated"
                                 : "NULL, NULL, NULL, NULL") +
      ", a.attacl, nullif(c.relkind IN ('i', 'I'), false)"
      " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid"
      " LEFT JOIN pg_attrdef d ON a.atthasdef AND d.adrelid = a.attrelid AND d.adnum = a.attnum" +
      (named_not_null
           ? " LEFT JOIN pg_constraint k ON k.contype = 'n' AND k.conrelid = a.attrelid AND k.conkey[1] = a.attnum"
           : "") +
      " WHERE (c.relkind IN ('r', 'p', 'f')"
      "  OR c.relkind IN ('i', 'I') AND (a.attoptions IS NOT NULL OR a.attstattarget >= 0))"
      " AND a.attnum > 0 AND NOT a.attisdropped AND " +
      reader.Scope("c.relnamespace"));
  if (!rows) return std::unexpected(rows.error());
  if (Result<void> done = reader.FormatTypes(*rows, 3, 16); !done) return done;
  std::vector<DefaultText> defaults;
  std::vector<ObjectId> not_nulls;
  std::unordered_set<ObjectId> taken;  // Columns that their tables do not declare themselves.
  for (int i = 0; i < rows->size(); ++i) {
    const Oid relation = rows->Oid(i, 0);
    const int number = static_cast<int>(rows->Int(i, 1));
    const std::int64_t statistics_target = rows->IsNull(i, 10) ? -1 : rows->Int(i, 10);
    if (rows->Bool(i, 24)) {
      reader.KeepIndexKey(relation, number, {.options = rows->Array(i, 11), .statistics_target = statistics_target});
      continue;
    }
    const ObjectId table = reader.Relation(relation);
    reader.SetColumnName(relation, number, rows->Text(i, 2));
    if (!rows->IsNull(i, 15)) reader.SetCollation(relation, number, rows->Text(i, 15));
    if (!table) continue;
    if (!rows->IsNull(i, 23)) reader.KeepColumnAcl({relation, number, rows->Array(i, 23)});
    const ObjectId id = ObjectId::Member(ObjectKind::kColumn, table, rows->Text(i, 2));
    const std::string_view identity = rows->Text(i, 5);
    const std::string_view generated = rows->Text(i, 6);
    if (!rows->IsNull(i, 13) && generated.empty()) {
      defaults.push_back({id, std::string(rows->Text(i, 13)), rows->Oid(i, 14)});
    }
    const bool from_parent = rows->Bool(i, 12);
    Column column{.type = {reader.TypeText(rows->Oid(i, 3), rows->Int(i, 16))},
                  .collation = std::string(rows->Text(i, 7)),
                  .identity = identity == "a"   ? Column::Identity::kAlways
                              : identity == "d" ? Column::Identity::kByDefault
                                                : Column::Identity::kNone,
                  .generated = generated == "s"   ? Column::Generated::kStored
                               : generated == "v" ? Column::Generated::kVirtual
                                                  : Column::Generated::kNone,
                  .storage = Storage(rows->Text(i, 8)),
                  .compression = Compression(rows->Text(i, 9)),
                  .statistics_target = statistics_target};
    AddOptions(column.options, rows->Array(i, 11));
    // PostgreSQL 17.12 keeps a number of its own there: SET and RESET pass over it, and pg_dump leaves it out.
    column.options.erase("pg_attver");
    AddOptions(column.foreign_options, rows->Array(i, 17));
    if (!generated.empty()) {
      column.generation_expression = {std::string(rows->Text(i, 13))};
      reader.Bind({kPgAttrdef, rows->Oid(i, 14), 0}, id);
    }
    Object& object = reader.Add(id, std::move(column), {kPgClass, relation, number}, number);
    object.inherited = rows->Bool(i, 18);
    object.is_local = !from_parent;
    TakeSequences(reader, {kPgClass, relation, number}, object);
    if (rows->Bool(i, 4)) {
      NotNull not_null{.name = std::string(rows->Text(i, 20)),
                       .no_inherit = rows->Bool(i, 21),
                       .valid = !named_not_null || rows->Bool(i, 22)};
      reader.schema().Add({.id = NotNullOf(id), .attributes = std::move(not_null)});
      if (named_not_null) reader.Bind({kPgConstraint, rows->Oid(i, 19), 0}, NotNullOf(id));
      not_nulls.push_back(id);
    }
    if (from_parent) {
      taken.insert(id);
      reader.catalog().bindings->inherited[{kPgClass, relation, number}] =
          id.WithParent(TopParent(reader.schema(), table));
    }
  }
  for (const ObjectId column : not_nulls) {
    reader.schema().Find(NotNullOf(column))->inherited = InheritsNotNull(reader.schema(), column);
  }
  AddDefaults(reader, defaults, taken);
  return {};
}

// Read with the columns.
template <>
Result<void> ReadKind<ColumnDefault>(Reader&) {
  return {};
}
template <>
Result<void> ReadKind<NotNull>(Reader&) {
  return {};
}

}  // namespace schemadiff
