#include "catalog/access.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "catalog/names.h"
#include "model/access.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

struct Source {
  Oid oid;
  std::string_view catalog;
  std::string_view owner;      ///< Column of the owner; empty when there is none.
  std::string_view acl;        ///< Column of the access control list; empty when there is none.
  std::string_view condition;  ///< On what is no object of its own.
};

// The information schema's grants are made once pg_init_privs is filled.
constexpr auto kSources = std::to_array<Source>({
    {kPgClass, "pg_class", "relowner", "relacl",
     " AND x.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND x.relnamespace IS DISTINCT FROM"
     " (SELECT oid FROM pg_namespace WHERE nspname = 'information_schema')"},
    {kPgProc, "pg_proc", "proowner", "proacl", ""},
    {kPgType, "pg_type", "typowner", "typacl",
     " AND x.typtype <> 'm' AND NOT (x.typelem <> 0 AND x.typsubscript = 'array_subscript_handler'::regproc)"},
    {kPgNamespace, "pg_namespace", "nspowner", "nspacl", ""},
    {kPgLanguage, "pg_language", "lanowner", "lanacl", ""},
    {kPgForeignDataWrapper, "pg_foreign_data_wrapper", "fdwowner", "fdwacl", ""},
    {kPgForeignServer, "pg_foreign_server", "srvowner", "srvacl", ""},
    {kPgOperator, "pg_operator", "oprowner", "", ""},
    {kPgOpclass, "pg_opclass", "opcowner", "", ""},
    {kPgOpfamily, "pg_opfamily", "opfowner", "", ""},
    {kPgCollation, "pg_collation", "collowner", "", ""},
    {kPgConversion, "pg_conversion", "conowner", "", ""},
    {kPgPublication, "pg_publication", "pubowner", "", ""},
    {kPgSubscription, "pg_subscription", "subowner", "",
     " AND x.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())"},
    {kPgEventTrigger, "pg_event_trigger", "evtowner", "", ""},
    {kPgStatisticExt, "pg_statistic_ext", "stxowner", "", ""},
    {kPgTsDict, "pg_ts_dict", "dictowner", "", ""},
    {kPgTsConfig, "pg_ts_config", "cfgowner", "", ""},
});

// initdb's grants on the schema public can be declared away: they are no standard.
bool HasInitialAcl(const Source& source) { return !source.acl.empty() && source.oid != kPgNamespace; }

// Of objects that initdb or an extension made, what they came with is the standard: pg_init_privs has it where that is
// not acldefault().
std::string SelectFrom(const Source& source, Oid database_owner) {
  const bool has_initial = HasInitialAcl(source);
  const std::string acl(source.acl.empty() ? "NULL::aclitem[]" : "x." + std::string(source.acl));
  std::string sql = fmt::format("SELECT {}, x.oid, x.{}, ", source.oid, source.owner);
  sql += fmt::format("{}, {} FROM {} x", acl, has_initial ? "i.initprivs" : "NULL::aclitem[]", source.catalog);
  if (has_initial) {
    sql += fmt::format(" LEFT JOIN pg_init_privs i ON i.classoid = {} AND i.objoid = x.oid AND i.objsubid = 0",
                       source.oid);
  }
  sql += fmt::format(" WHERE (((x.oid >= 16384 OR {}) AND x.{} <> {})", source.oid == kPgNamespace, source.owner,
                     database_owner);
  if (!source.acl.empty()) {
    sql += fmt::format(" OR {} IS DISTINCT FROM {}", acl, has_initial ? "i.initprivs" : "NULL");
  }
  return sql + ")" + std::string(source.condition);
}

std::string Sql(const Reader& reader) {
  std::vector<std::string> parts;
  for (const Source& source : kSources) {
    const bool is_asked = HasInitialAcl(source) || source.oid == kPgNamespace || reader.HasUserObjects(source.oid);
    if (is_asked) parts.push_back(SelectFrom(source, reader.database_owner()));
  }
  // The database of the connection.
  parts.push_back(fmt::format(
      "SELECT {}, oid, datdba, datacl, NULL FROM pg_database WHERE datname = current_database()", kPgDatabase));
  if (reader.version() >= 150000) {
    parts.push_back(fmt::format("SELECT {}, oid, 10, paracl, NULL FROM pg_parameter_acl", kPgParameterAcl));
  }
  return Join(parts, " UNION ALL ");
}

// What is nobody's object in the schema: its name and the extension that it goes with.
struct External {
  ObjectId id;
  ObjectId extension;
};

class AccessReader {
 public:
  explicit AccessReader(Reader& reader) : reader_(reader) {}

  Result<void> Run() {
    const Result<Rows> rows = reader_.Query(Sql(reader_));
    if (!rows) return std::unexpected(rows.error());
    if (Result<void> done = NameExternals(*rows); !done) return done;
    for (int i = 0; i < rows->size(); ++i) {
      const Address address{rows->Oid(i, 0), rows->Oid(i, 1), 0};
      const std::string owner = reader_.RoleName(rows->Oid(i, 2));
      if (const auto external = externals_.find(address); external != externals_.end()) {
        AddDifference(external->second, Acl::Parse(owner, rows->Array(i, 3)),
                      InitialAcl(*rows, i, external->second.id));
        continue;
      }
      const ObjectId id = IdAt(address);
      if (!id) continue;
      if (rows->Oid(i, 2) != reader_.database_owner() && HasOwnOwner(id)) AddOwner(id, owner);
      if (rows->IsNull(i, 3)) continue;
      std::vector<Edge> edges;
      if (identity_) edges.push_back({identity_, EdgeKind::kOwnedBy});
      AddPrivileges(id, edges, Acl::Parse(owner, rows->Array(i, 3)), StandardOf(id, owner));
    }
    for (const Reader::ColumnAcl& column : reader_.column_acls()) AddColumn(column);
    return {};
  }

 private:
  // The object at an address; of an identity column's sequence, which is none, the one that it would be.
  ObjectId IdAt(const Address& address) {
    const ObjectId id = reader_.At(address);
    identity_ = {};
    // A row type's and a table's are one object, whose own row is in pg_class.
    if (id && address.catalog == kPgType && AclTargetOf(id.kind()) != AclTarget::kType) return {};
    if (!id || id.kind() != ObjectKind::kColumn) return id;
    identity_ = id;
    return IdentitySequenceOf(*reader_.schema().Find(id));
  }

  // A sequence belongs to the owner of the table that it belongs to.
  bool HasOwnOwner(ObjectId id) const {
    if (identity_ || IsOwnerless(id.kind())) return false;
    const Sequence* sequence = reader_.schema().Find(id)->If<Sequence>();
    return sequence == nullptr || !sequence->owned_by;
  }

  Acl StandardOf(ObjectId id, std::string_view owner) const {
    return Acl::Standard(AclTargetOf(id.kind()), owner, reader_.version());
  }

  Acl InitialAcl(const Rows& rows, int row, ObjectId id) const {
    const std::string owner = reader_.RoleName(rows.Oid(row, 2));
    return rows.IsNull(row, 4) ? StandardOf(id, owner) : Acl::Parse(owner, rows.Array(row, 4));
  }

  void AddDifference(const External& external, const Acl& acl, const Acl& initial) {
    std::vector<Edge> edges;
    if (external.extension) edges.push_back({external.extension, EdgeKind::kOwnedBy});
    const Acl& present = acl.entries().empty() ? StandardOf(external.id, acl.owner()) : acl;
    AddPrivileges(external.id, edges, present, initial);
  }

  void AddOwner(ObjectId id, const std::string& role) {
    reader_.schema().Add({.id = ObjectId::Member(ObjectKind::kOwner, id, ""), .attributes = Owner{.role = role}});
  }

  void AddPrivileges(ObjectId id, const std::vector<Edge>& edges, const Acl& acl, const Acl& standard) {
    for (Object& object : PrivilegesOf(id, acl, standard)) {
      object.edges.insert(object.edges.end(), edges.begin(), edges.end());
      reader_.schema().Add(std::move(object));
    }
  }

  void AddColumn(const Reader::ColumnAcl& column) {
    const ObjectId relation = reader_.Relation(column.relation);
    if (!relation) return;
    const ObjectId id =
        ObjectId::Member(ObjectKind::kColumn, relation, reader_.ColumnName(column.relation, column.number));
    const Object* own = reader_.schema().Find(ObjectId::Member(ObjectKind::kOwner, relation, ""));
    const std::string& owner = own == nullptr ? reader_.catalog().database_owner : own->As<Owner>().role;
    AddPrivileges(id, {}, Acl::Parse(owner, column.items), Acl::Standard(AclTarget::kColumn, owner, reader_.version()));
  }

  // Asked for in a query of its own: hardly ever is there one.
  Result<void> NameExternals(const Rows& rows) {
    std::map<Oid, std::vector<std::string>> oids;
    for (int i = 0; i < rows.size(); ++i) {
      const Oid catalog = rows.Oid(i, 0);
      const bool outside = rows.Oid(i, 1) < 16384 || reader_.ExtensionOf(catalog, rows.Oid(i, 1)) != 0;
      if (outside && (catalog == kPgClass || catalog == kPgProc || catalog == kPgType || catalog == kPgLanguage)) {
        oids[catalog].emplace_back(rows.Text(i, 1));
      }
    }
    std::vector<std::string> parts;
    const auto ask = [&](Oid catalog, std::string_view sql) {
      if (oids.contains(catalog)) parts.push_back(fmt::format("{} x.oid IN ({})", sql, Join(oids[catalog], ",")));
    };
    ask(kPgClass,
        "SELECT 1259, x.oid, n.nspname, x.relname, x.relkind = 'S', '' FROM pg_class x"
        " JOIN pg_namespace n ON n.oid = x.relnamespace WHERE");
    ask(kPgProc, "SELECT 1255, x.oid, n.nspname, x.proname, false, " + TypeListSql("x.proargtypes") +
                     " FROM pg_proc x JOIN pg_namespace n ON n.oid = x.pronamespace WHERE");
    ask(kPgType,
        "SELECT 1247, x.oid, n.nspname, x.typname, false, '' FROM pg_type x"
        " JOIN pg_namespace n ON n.oid = x.typnamespace WHERE");
    ask(kPgLanguage, "SELECT 2612, x.oid, '', x.lanname, false, '' FROM pg_language x WHERE");
    if (parts.empty()) return {};
    const Result<Rows> names = reader_.Query(Join(parts, " UNION ALL "));
    if (!names) return std::unexpected(names.error());
    for (int i = 0; i < names->size(); ++i) {
      const Oid catalog = names->Oid(i, 0);
      const ObjectKind kind = catalog == kPgProc       ? ObjectKind::kRoutine
                              : catalog == kPgType     ? ObjectKind::kBaseType
                              : catalog == kPgLanguage ? ObjectKind::kLanguage
                              : names->Bool(i, 4)      ? ObjectKind::kSequence
                                                       : ObjectKind::kTable;
      const Oid extension = reader_.ExtensionOf(catalog, names->Oid(i, 1));
      externals_[{catalog, names->Oid(i, 1), 0}] = {
          ObjectId::Of(kind, names->Text(i, 2), names->Text(i, 3), names->Text(i, 5)),
          extension == 0 ? ObjectId() : reader_.At({kPgExtension, extension, 0})};
    }
    return {};
  }

  Reader& reader_;
  ObjectId identity_;  ///< The column whose sequence is being read.
  std::unordered_map<Address, External, AddressHash> externals_;
};

}  // namespace

Result<void> ReadAccess(Reader& reader) {
  if (reader.temporary()) return {};
  return AccessReader(reader).Run();
}

}  // namespace schemadiff
