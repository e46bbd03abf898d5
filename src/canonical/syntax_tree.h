// Comparison of SQL by its syntax tree, without a server.
#pragma once

#include <string>

namespace schemadiff {

/// Whether two expressions have the same syntax tree, apart from locations.
bool SameExpression(const std::string& a, const std::string& b);
/// Whether two queries have.
bool SameQuery(const std::string& a, const std::string& b);
/// Whether a query selects `*` or `t.*` anywhere.
bool SelectsStar(const std::string& query);

}  // namespace schemadiff
