// From a live database to a Schema: a constant number of set-based queries, whatever the size of the schema.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/external_names.h"
#include "model/schema.h"
#include "postgres/connection.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// What was read, and where it stands in the catalogs.
class Catalog {
 public:
  Catalog();
  ~Catalog();
  Catalog(Catalog&&) noexcept;
  Catalog& operator=(Catalog&&) noexcept;

  Schema schema;
  int version = 0;             ///< server_version_num.
  std::string database_owner;  ///< Whom what has no Owner belongs to.

  struct Bindings;
  std::unique_ptr<Bindings> bindings;
};

/// What extensions brought: the names that files may refer to, and where they stand in the catalogs; and what was told
/// to be dropped with an extension. The names of the server's roles are among them.
struct ExtensionMembers {
  struct Dependent {
    std::uint32_t catalog = 0;
    std::uint32_t object = 0;
    std::uint32_t extension = 0;
  };
  ExternalNames names;
  /// The extension's OID by the member's: the catalog's in the upper half, the object's in the lower.
  std::unordered_map<std::uint64_t, std::uint32_t> addresses;
  std::vector<Dependent> dependents;
};
Result<ExtensionMembers> ReadExtensionMembers(Connection& connection);

/// Which part of the catalogs is read.
struct CatalogScope {
  bool temporary = false;   ///< Only the session's own pg_temp, under the schema name `pg_temp`.
  bool own_schema = false;  ///< Only schemadiff's own schema; without either, all but that and the system's.
};

/// Reads every object of the scope that is not an extension's. The connection should be in a REPEATABLE READ
/// transaction with `jit = off` and an empty search_path, see BeginSnapshot. Errors: kUnavailable, kFailed.
Result<Catalog> ReadCatalog(Connection& connection, const ExtensionMembers& members, const CatalogScope& scope = {});

/// Adds the edges between the catalog's objects (pg_depend). Apart from ReadCatalog because only a plan that changes
/// something needs them.
Result<void> ReadDependencies(Connection& connection, Catalog& catalog);

/// Adds the size of the tables as the planner estimates it: rows and bytes by identity.
struct RelationSize {
  std::int64_t rows = -1;
  std::int64_t bytes = 0;
};
Result<std::unordered_map<ObjectId, RelationSize>> ReadSizes(Connection& connection, const Catalog& catalog);

/// Opens the transaction for the calls above; ends it.
Result<void> BeginSnapshot(Connection& connection);
Result<void> EndSnapshot(Connection& connection);

}  // namespace schemadiff
