#include "catalog/read.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/reader.h"
#include "postgres/text_settings.h"

namespace schemadiff {

Catalog::Catalog() : bindings(std::make_unique<Bindings>()) {}
Catalog::~Catalog() = default;
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog& Catalog::operator=(Catalog&&) noexcept = default;

Result<void> BeginSnapshot(Connection& connection) {
  return connection.Execute(
      fmt::format("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL jit = off; {} SET LOCAL search_path = ''",
                  kTextSettings));
}

Result<void> EndSnapshot(Connection& connection) { return connection.Execute("COMMIT"); }

namespace {

// Extensions have few members: each looks itself up, instead of whole catalogs being joined.
std::string NamedMembersSql() {
  struct Named {
    std::string_view catalog;
    std::string_view prefix;
    NameSpace space;
  };
  constexpr Named kNamed[] = {
      {"pg_class", "rel", NameSpace::kRelation},
      {"pg_type", "typ", NameSpace::kType},
      {"pg_proc", "pro", NameSpace::kRoutine},
      {"pg_ts_parser", "prs", NameSpace::kTextSearchParser},
      {"pg_ts_template", "tmpl", NameSpace::kTextSearchTemplate},
      {"pg_ts_dict", "dict", NameSpace::kTextSearchDictionary},
      {"pg_ts_config", "cfg", NameSpace::kTextSearchConfiguration},
  };
  std::string sql;
  for (const auto& [catalog, prefix, space] : kNamed) {
    sql += fmt::format("{}SELECT {}namespace, {}, {}name FROM {} WHERE d.classid = '{}'::regclass AND oid = d.objid",
                       sql.empty() ? "" : " UNION ALL ", prefix, static_cast<int>(space), prefix, catalog, catalog);
  }
  return sql;
}

}  // namespace

Result<ExtensionMembers> ReadExtensionMembers(Connection& connection) {
  const Result<Rows> rows = connection.Query(
      "SELECT d.classid, d.objid, n.nspname, o.space, o.name, w.fdwname, d.deptype = 'x', d.refobjid FROM pg_depend d"
      " LEFT JOIN LATERAL (" +
      NamedMembersSql() +
      ") o (namespace, space, name) ON true LEFT JOIN pg_namespace n ON n.oid = o.namespace"
      " LEFT JOIN pg_foreign_data_wrapper w ON d.classid = 'pg_foreign_data_wrapper'::regclass AND w.oid = d.objid"
      " WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype IN ('e', 'x')");
  if (!rows) return std::unexpected(rows.error());
  ExtensionMembers members;
  for (int i = 0; i < rows->size(); ++i) {
    const Oid extension = rows->Oid(i, 7);
    if (rows->Bool(i, 6)) {
      members.dependents.push_back({rows->Oid(i, 0), rows->Oid(i, 1), extension});
      continue;
    }
    members.addresses[std::uint64_t{rows->Oid(i, 0)} << 32U | rows->Oid(i, 1)] = extension;
    if (!rows->IsNull(i, 5)) {
      members.names.Add(ObjectId::Of(ObjectKind::kForeignDataWrapper, "", rows->Text(i, 5)));
    }
    if (!rows->IsNull(i, 2)) {
      members.names.Add(static_cast<NameSpace>(rows->Int(i, 3)), rows->Text(i, 2), rows->Text(i, 4));
    }
  }
  const Result<Rows> roles = connection.Query("SELECT rolname FROM pg_roles");
  if (!roles) return std::unexpected(roles.error());
  for (int i = 0; i < roles->size(); ++i) members.names.Add(ObjectId::Of(ObjectKind::kRole, "", roles->Text(i, 0)));
  return members;
}

Result<Catalog> ReadCatalog(Connection& connection, const ExtensionMembers& members, const CatalogScope& scope) {
  Catalog catalog;
  catalog.version = connection.server_version();
  if (Result<void> done = Reading(connection, members, scope, catalog).Run(); !done) {
    return std::unexpected(done.error());
  }
  return catalog;
}

namespace {

// A base type and its input and output functions need each other: neither can be dropped alone. The functions are the
// type's then.
void BreakTypeCircles(Schema& schema) {
  for (auto [id, object] : schema) {
    if (!IsType(id.kind())) continue;
    std::erase_if(object.edges, [&, type = id](const Edge& edge) {
      Object* routine = edge.target.kind() == ObjectKind::kRoutine ? schema.Find(edge.target) : nullptr;
      if (routine == nullptr) return false;
      const auto back = std::ranges::find(routine->edges, Edge{type, EdgeKind::kUses});
      if (back == routine->edges.end()) return false;
      back->kind = EdgeKind::kOwnedBy;
      return true;
    });
  }
}

}  // namespace

// Internal ('i') and automatic ('a') dependencies within one object (an index on its constraint, a row type on its
// table) fold into the object itself, since both addresses are bound to it. What belongs to an extension ('e') stands
// for the extension.
Result<void> ReadDependencies(Connection& connection, Catalog& catalog) {
  const Result<Rows> rows = connection.Query(
      "SELECT classid, objid, objsubid, refclassid, refobjid, refobjsubid, deptype FROM pg_depend"
      " WHERE deptype IN ('n', 'a', 'i', 'e') AND refobjid >= 16384 ORDER BY deptype <> 'e'");
  if (!rows) return std::unexpected(rows.error());
  Catalog::Bindings& bindings = *catalog.bindings;
  const auto& inherited = bindings.inherited;
  const auto at = [&](const Address& address) {
    const ObjectId id = bindings.At(address);
    return id || address.sub_object == 0 ? id : bindings.At({address.catalog, address.object, 0});
  };
  for (int i = 0; i < rows->size(); ++i) {
    const Address dependent{rows->Oid(i, 0), rows->Oid(i, 1), static_cast<std::int32_t>(rows->Int(i, 2))};
    const Address target{rows->Oid(i, 3), rows->Oid(i, 4), static_cast<std::int32_t>(rows->Int(i, 5))};
    const std::string_view type = rows->Text(i, 6);
    if (type == "e") {
      if (!bindings.At(dependent)) bindings.Bind(dependent, at(target));
      continue;
    }
    // A column that a partition has from its parent is the parent's column.
    const auto parents = inherited.find(target);
    const ObjectId from = inherited.contains(dependent) ? ObjectId() : at(dependent);
    const ObjectId to = parents == inherited.end() ? at(target) : parents->second;
    if (!from || !to || from == to || from.parent() == to) continue;
    Object* object = catalog.schema.Find(from);
    if (object == nullptr) continue;
    const Edge edge{to, from.kind() == ObjectKind::kSequence && type != "n" ? EdgeKind::kOwnedBy : EdgeKind::kUses};
    if (std::ranges::find(object->edges, edge) == object->edges.end()) object->edges.push_back(edge);
  }
  BreakTypeCircles(catalog.schema);
  return {};
}

// What was never analyzed has its rows in the statistics all the same (manual: pg_stat_get_live_tuples); of about 100
// bytes each, to say something of its size; without those nothing is known. A partitioned table is as large as its
// partitions. None of it takes a lock.
Result<std::unordered_map<ObjectId, RelationSize>> ReadSizes(Connection& connection, const Catalog& catalog) {
  const Result<Rows> rows = connection.Query(
      "WITH RECURSIVE part AS ("
      " SELECT c.oid AS whole, c.oid AS leaf FROM pg_class c WHERE c.relkind IN ('r', 'm', 'p') AND c.oid >= 16384"
      " UNION ALL SELECT p.whole, i.inhrelid FROM part p JOIN pg_class c ON c.oid = p.leaf AND c.relkind = 'p'"
      " JOIN pg_inherits i ON i.inhparent = p.leaf"
      "), size AS ("
      " SELECT oid, CASE WHEN reltuples < 0 AND pg_stat_get_live_tuples(oid) > 0 THEN pg_stat_get_live_tuples(oid)"
      " ELSE reltuples::bigint END AS rows, relpages::bigint AS pages FROM pg_class WHERE relkind IN ('r', 'm'))"
      " SELECT p.whole, coalesce(sum(s.rows) FILTER (WHERE s.rows >= 0), -1)::bigint, coalesce(sum(CASE"
      "  WHEN s.pages > 0 THEN s.pages * current_setting('block_size')::bigint WHEN s.rows >= 0 THEN s.rows * 100"
      "  END), -1)::bigint"
      " FROM part p JOIN size s ON s.oid = p.leaf GROUP BY p.whole");
  if (!rows) return std::unexpected(rows.error());
  std::unordered_map<ObjectId, RelationSize> sizes;
  for (int i = 0; i < rows->size(); ++i) {
    const ObjectId relation = catalog.bindings->At({kPgClass, rows->Oid(i, 0), 0});
    if (relation) sizes[relation] = {rows->Int(i, 1), rows->Int(i, 2)};
  }
  return sizes;
}

}  // namespace schemadiff
