#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Setting>(Reader& reader) {
  if (reader.temporary()) return {};
  const Result<Rows> rows = reader.Query(
      "SELECT s.setdatabase <> 0, r.rolname, s.setconfig FROM pg_db_role_setting s"
      " LEFT JOIN pg_roles r ON r.oid = s.setrole WHERE s.setdatabase = 0"
      " OR s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    Options settings;
    AddOptions(settings, rows->Array(i, 2));
    const bool in_database = rows->Bool(i, 0);
    for (auto& [name, value] : settings) {
      const ObjectId id = SettingId(name, std::string(rows->Text(i, 1)), in_database);
      reader.schema().Add({.id = id, .attributes = Setting{std::move(value)}});
    }
  }
  return {};
}

}  // namespace schemadiff
