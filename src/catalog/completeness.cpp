#include "catalog/completeness.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/reader.h"

namespace schemadiff {
Result<std::vector<std::string>> UnreadObjects(Connection& connection, const ExtensionMembers& members,
                                               const Catalog& catalog) {
  std::string unread;
  for (const auto& [table, oids] : catalog.bindings->user_objects) {
    for (const Oid oid : oids) {
      if (catalog.bindings->At({table, oid, 0})) continue;
      if (members.addresses.contains(std::uint64_t{table} << 32U | oid)) continue;
      unread += fmt::format("{}({}, {})", unread.empty() ? "" : ", ", table, oid);
    }
  }
  std::vector<std::string> names;
  if (unread.empty()) return names;
  const Result<Rows> described = connection.Query("SELECT type || ' ' || identity FROM (VALUES " + unread +
                                                  ") AS unread (c, o), pg_identify_object(c, o, 0)");
  if (!described) return std::unexpected(described.error());
  for (int i = 0; i < described->size(); ++i) names.emplace_back(described->Text(i, 0));
  std::ranges::sort(names);
  return names;
}

}  // namespace schemadiff
