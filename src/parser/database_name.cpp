#include "parser/database_name.h"

namespace schemadiff {

std::string DatabaseNamedIn(const SourceSet& sources) {
  for (const auto& file : sources.files) {
    for (const ParsedStatement& statement : file->statements()) {
      std::string_view name;
      if (statement.type == "AlterDatabaseSetStmt") name = statement.node.Text("dbname");
      if (statement.type == "AlterRoleSetStmt") name = statement.node.Text("database");
      if (!name.empty()) return std::string(name);
    }
  }
  return {};
}

}  // namespace schemadiff
