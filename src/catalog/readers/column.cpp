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
void TakeSequences(Reader& reader) {
  for (const auto& [address, sequence] : reader.column_sequences()) {
    const ObjectId column = reader.At(address);
    if (!column || column.kind() != ObjectKind::kColumn) continue;
    if (sequence.owned) {
      Object& owned = *reader.schema().Find(sequence.owned);
      owned.As<Sequence>().owned_by = column;
      owned.edges.push_back({column, EdgeKind::kOwnedBy});
    } else {
      auto& identity = reader.schema().Find(column)->As<Column>();
      identity.identity_sequence = sequence.name;
      identity.identity_parameters = sequence.parameters;
      reader.Bind({kPgClass, sequence.oid, 0}, column);
    }
  }
}

// The topmost table from which a column of a partition or child comes.
ObjectId TopParent(const Schema& schema, ObjectId table) {
  while (const Object* object = schema.Find(table)) {
    const std::vector<ObjectId> parents = ParentsOf(*object);
    if (parents.empty()) break;
    table = parents.front();
  }
  return table;
}

ObjectId NotNullOf(ObjectId column) { return ObjectId::Member(ObjectKind::kNotNull, column, ""); }

// Whether a parent of the column's table has an inheritable NOT NULL for it.
bool InheritsNotNull(const Schema& schema, ObjectId column) {
  return std::ranges::any_of(ParentsOf(*schema.Find(column.parent())), [&](ObjectId parent) {
    const Object* theirs = schema.Find(NotNullOf(column.WithParent(parent)));
    return theirs != nullptr && !theirs->As<NotNull>().no_inherit;
  });
}

// PostgreSQL 17.12 keeps a number of its own among a column's options: SET and RESET pass over it, and pg_dump leaves
// it out.
constexpr std::string_view kServersOwn = "pg_attver";

// What columns of most types have: asked of the column alone, since joining all with their types costs as much as
// reading them. Of what can have a collation, text, char, varchar and their arrays have the database's; what varies in
// length is stored EXTENDED, but for numeric, inet and cidr. Where a column is not like that, or its type is none of
// PostgreSQL's own, the type is looked up.
constexpr std::string_view kUsualCollation =
    "(a.attcollation = 0 OR a.attcollation = 100 AND a.atttypid IN (25, 1042, 1043, 1009, 1014, 1015))";
constexpr std::string_view kUsualStorage =
    "(a.attlen <> -1 OR a.atttypid < 16384 AND"
    " a.attstorage = CASE WHEN a.atttypid IN (1700, 869, 650) THEN 'm' ELSE 'x' END)";

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
    kInherited,
    kOptions,
    kForeignOptions,
    kPrivileges
  };
  static std::string Query() {
    const std::string has_options =
        fmt::format("(cardinality(a.attoptions) > 1 OR NOT starts_with(a.attoptions[1], '{}='))", kServersOwn);
    return fmt::format(
        "CASE WHEN a.attidentity <> '' OR a.attgenerated <> '' OR NOT {0} OR NOT {1} OR a.attcompression <> ''"
        " OR a.attstattarget >= 0 OR a.attinhcount > 0 OR {2} OR a.attfdwoptions IS NOT NULL OR a.attacl IS NOT NULL"
        " THEN ARRAY[a.attidentity::text, a.attgenerated::text, CASE WHEN NOT {0} THEN"
        "  (SELECT a.attcollation::regcollation::text FROM pg_type"
        "   WHERE oid = a.atttypid AND typcollation <> a.attcollation)"
        "  END, CASE WHEN a.attcollation NOT IN (0, 100) THEN a.attcollation::text END, CASE WHEN NOT {1} THEN"
        "  (SELECT a.attstorage::text FROM pg_type WHERE oid = a.atttypid AND typstorage <> a.attstorage) END,"
        " a.attcompression::text, CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::text END,"
        " CASE WHEN NOT a.attislocal AND a.attinhcount > 0 THEN 't' END, CASE WHEN a.attinhcount > 0 THEN 't' END,"
        " CASE WHEN {2} THEN a.attoptions::text END, a.attfdwoptions::text, a.attacl::text] END",
        kUsualCollation, kUsualStorage, has_options);
  }

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
      FewHave::Query() +
      (named_not_null ? ", k.oid, k.conname, nullif(k.connoinherit, false), k.convalidated FROM pg_attribute a"
                        " LEFT JOIN pg_constraint k ON k.contype = 'n' AND k.conrelid = a.attrelid"
                        "  AND k.conkey[1] = a.attnum"
                      : " FROM pg_attribute a") +
      " WHERE " + reader.OfTables("a.attrelid") + " AND a.attnum > 0 AND NOT a.attisdropped");
  if (!rows) return std::unexpected(rows.error());
  if (Result<void> done = reader.FormatTypes(*rows, 3, 4); !done) return done;
  std::vector<ObjectId> not_nulls;  // Of tables that have parents.
  Oid last = 0;
  ObjectId table;
  for (int i = 0; i < rows->size(); ++i) {
    const Oid relation = rows->Oid(i, 0);
    const int number = static_cast<int>(rows->Int(i, 1));
    const FewHave has{rows->Array(i, 6)};
    const std::int64_t statistics_target =
        has.Is(FewHave::kStatisticsTarget) ? std::stoi(has[FewHave::kStatisticsTarget]) : -1;
    if (relation != std::exchange(last, relation)) table = reader.Relation(relation);
    reader.SetColumnName(relation, number, rows->Text(i, 2));
    if (has.Is(FewHave::kCollationOid)) reader.SetCollation(relation, number, has[FewHave::kCollationOid]);
    if (!table) continue;
    if (has.Is(FewHave::kPrivileges)) {
      reader.KeepColumnAcl({relation, number, ParseArray(has[FewHave::kPrivileges])});
    }
    const ObjectId id = ObjectId::Member(ObjectKind::kColumn, table, rows->Text(i, 2));
    const std::string_view identity = has[FewHave::kIdentity];
    const std::string_view generated = has[FewHave::kGenerated];
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
    if (has.Is(FewHave::kOptions)) {
      AddOptions(column.options, ParseArray(has[FewHave::kOptions]));
      column.options.erase(std::string(kServersOwn));
    }
    AddOptions(column.foreign_options, ParseArray(has[FewHave::kForeignOptions]));
    Object& object = reader.Add(id, std::move(column), {kPgClass, relation, number}, number);
    object.inherited = has.Is(FewHave::kInherited);
    object.is_local = !from_parent;
    if (rows->Bool(i, 5)) {
      NotNull not_null;
      if (named_not_null) {
        not_null = {.name = std::string(rows->Text(i, 8)), .no_inherit = rows->Bool(i, 9), .valid = rows->Bool(i, 10)};
      }
      reader.schema().Add({.id = NotNullOf(id), .attributes = std::move(not_null)});
      if (named_not_null) reader.Bind({kPgConstraint, rows->Oid(i, 7), 0}, NotNullOf(id));
      if (!ParentsOf(*reader.schema().Find(table)).empty()) not_nulls.push_back(id);
    }
    if (from_parent) {
      reader.catalog().bindings->inherited[{kPgClass, relation, number}] =
          id.WithParent(TopParent(reader.schema(), table));
    }
  }
  TakeSequences(reader);
  for (const ObjectId column : not_nulls) {
    reader.schema().Find(NotNullOf(column))->inherited = InheritsNotNull(reader.schema(), column);
  }
  return {};
}

// Read with the columns.
template <>
Result<void> ReadKind<NotNull>(Reader&) {
  return {};
}

}  // namespace schemadiff
