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

bool HasParents(const Object& table) { return PartitionParent(table) || !InheritanceParents(table).empty(); }

// Whether a parent of the column's table has an inheritable NOT NULL for it.
bool InheritsNotNull(const Schema& schema, ObjectId column) {
  const Object& table = *schema.Find(column.parent());
  const auto gives = [&](ObjectId parent) {
    const Object* theirs = parent ? schema.Find(NotNullOf(column.WithParent(parent))) : nullptr;
    return theirs != nullptr && !theirs->As<NotNull>().no_inherit;
  };
  return gives(PartitionParent(table)) || std::ranges::any_of(InheritanceParents(table), gives);
}

// PostgreSQL 17.12 keeps a number of its own among a column's options: SET and RESET pass over it, and pg_dump leaves
// it out.
constexpr std::string_view kServersOwn = "pg_attver";

// What few columns have. Every value of a row, and every condition, costs the server and the client something for each
// of a database's columns: all of these together are one array, null for most.
struct FewHave {
  enum Element : std::uint8_t {
    kIdentity,
    kGenerated,
    kCollation,
    kCollationOid,
    kStorage,
    kCompression,
    kStatisticsTarget,
    kFromParent,
    kInherited
  };
  static constexpr std::string_view kQuery =
      "CASE WHEN a.attidentity <> '' OR a.attgenerated <> '' OR a.attcollation <> t.typcollation"
      " OR a.attcollation NOT IN (0, 100) OR a.attstorage <> t.typstorage OR a.attcompression <> ''"
      " OR a.attstattarget >= 0 OR a.attinhcount > 0 THEN ARRAY[a.attidentity::text,"
      " a.attgenerated::text, CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END,"
      " CASE WHEN a.attcollation NOT IN (0, 100) THEN a.attcollation::text END,"
      " CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END, a.attcompression::text,"
      " CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::text END,"
      " CASE WHEN NOT a.attislocal AND a.attinhcount > 0 THEN 't' END, CASE WHEN a.attinhcount > 0 THEN 't' END] END";

  const std::string& operator[](Element element) const {
    static const std::string none;
    return elements.empty() ? none : elements[element];
  }
  bool Is(Element element) const { return !(*this)[element].empty(); }

  std::vector<std::string> elements;
};

}  // namespace

template <>
Result<void> ReadKind<Column>(Reader& reader) {
  const bool named_not_null = reader.version() >= 180000;
  // Most rows of the catalog are no columns of tables; its index finds those that are.
  const Result<Rows> rows = reader.Query(
      "SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, nullif(a.attnotnull, false), " +
      std::string(FewHave::kQuery) + ", CASE WHEN cardinality(a.attoptions) > 1 OR NOT starts_with(a.attoptions[1], '" +
      std::string(kServersOwn) +
      "=') THEN a.attoptions END, a.attfdwoptions, a.attacl, d.oid,"
      // Without a relation the text is made several times faster; only what is generated mentions columns.
      " pg_get_expr(d.adbin, CASE WHEN a.attgenerated = '' THEN 0 ELSE d.adrelid END)" +
      std::string(named_not_null ? ", k.oid, k.conname, nullif(k.connoinherit, false), k.convalidated" : "") +
      " FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid"
      " LEFT JOIN pg_attrdef d ON a.atthasdef AND d.adrelid = a.attrelid AND d.adnum = a.attnum" +
      (named_not_null
           ? " LEFT JOIN pg_constraint k ON k.contype = 'n' AND k.conrelid = a.attrelid AND k.conkey[1] = a.attnum"
           : "") +
      " WHERE a.attrelid = ANY (ARRAY(SELECT oid FROM pg_class WHERE relkind IN ('r', 'p', 'f') AND " +
      reader.Scope("relnamespace") + ")) AND a.attnum > 0 AND NOT a.attisdropped");
  if (!rows) return std::unexpected(rows.error());
  if (Result<void> done = reader.FormatTypes(*rows, 3, 4); !done) return done;
  std::vector<DefaultText> defaults;
  std::vector<ObjectId> not_nulls;     // Of tables that have parents.
  std::unordered_set<ObjectId> taken;  // Columns that their tables do not declare themselves.
  for (int i = 0; i < rows->size(); ++i) {
    const Oid relation = rows->Oid(i, 0);
    const int number = static_cast<int>(rows->Int(i, 1));
    const FewHave has{rows->Array(i, 6)};
    const std::int64_t statistics_target =
        has.Is(FewHave::kStatisticsTarget) ? std::stoi(has[FewHave::kStatisticsTarget]) : -1;
    const ObjectId table = reader.Relation(relation);
    reader.SetColumnName(relation, number, rows->Text(i, 2));
    if (has.Is(FewHave::kCollationOid)) reader.SetCollation(relation, number, has[FewHave::kCollationOid]);
    if (!table) continue;
    if (!rows->IsNull(i, 9)) reader.KeepColumnAcl({relation, number, rows->Array(i, 9)});
    const ObjectId id = ObjectId::Member(ObjectKind::kColumn, table, rows->Text(i, 2));
    const std::string_view identity = has[FewHave::kIdentity];
    const std::string_view generated = has[FewHave::kGenerated];
    if (!rows->IsNull(i, 11) && generated.empty()) {
      defaults.push_back({id, std::string(rows->Text(i, 11)), rows->Oid(i, 10)});
    }
    const bool from_parent = has.Is(FewHave::kFromParent);
    Column column{.type = {reader.TypeText(rows->Oid(i, 3), rows->Int(i, 4))},
                  .collation = has[FewHave::kCollation],
                  .identity = identity == "a"   ? Column::Identity::kAlways
                              : identity == "d" ? Column::Identity::kByDefault
                                                : Column::Identity::kNone,
                  .generated = generated == "s"   ? Column::Generated::kStored
                               : generated == "v" ? Column::Generated::kVirtual
                                                  : Column::Generated::kNone,
                  .storage = Storage(has[FewHave::kStorage]),
                  .compression = Compression(has[FewHave::kCompression]),
                  .statistics_target = statistics_target};
    if (!rows->IsNull(i, 7)) {
      AddOptions(column.options, rows->Array(i, 7));
      column.options.erase(std::string(kServersOwn));
    }
    if (!rows->IsNull(i, 8)) AddOptions(column.foreign_options, rows->Array(i, 8));
    if (!generated.empty()) {
      column.generation_expression = {std::string(rows->Text(i, 11))};
      reader.Bind({kPgAttrdef, rows->Oid(i, 10), 0}, id);
    }
    Object& object = reader.Add(id, std::move(column), {kPgClass, relation, number}, number);
    object.inherited = has.Is(FewHave::kInherited);
    object.is_local = !from_parent;
    TakeSequences(reader, {kPgClass, relation, number}, object);
    if (rows->Bool(i, 5)) {
      NotNull not_null;
      if (named_not_null) {
        not_null = {
            .name = std::string(rows->Text(i, 13)), .no_inherit = rows->Bool(i, 14), .valid = rows->Bool(i, 15)};
      }
      reader.schema().Add({.id = NotNullOf(id), .attributes = std::move(not_null)});
      if (named_not_null) reader.Bind({kPgConstraint, rows->Oid(i, 12), 0}, NotNullOf(id));
      if (HasParents(*reader.schema().Find(table))) not_nulls.push_back(id);
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
