#include "catalog/reader.h"

namespace schemadiff {
namespace {

AclTarget TargetOf(std::string_view letter) {
  if (letter == "r") return AclTarget::kTable;
  if (letter == "S") return AclTarget::kSequence;
  if (letter == "f") return AclTarget::kRoutine;
  if (letter == "T") return AclTarget::kType;
  return letter == "n" ? AclTarget::kSchema : AclTarget::kLargeObject;
}

}  // namespace

template <>
Result<void> ReadKind<DefaultPrivileges>(Reader& reader) {
  if (reader.temporary()) return {};
  const Result<Rows> rows =
      reader.Query("SELECT defaclrole, defaclnamespace, defaclobjtype, defaclacl FROM pg_default_acl");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const std::string role = reader.RoleName(rows->Oid(i, 0));
    const std::string& schema = reader.NamespaceName(rows->Oid(i, 1));
    if (rows->Oid(i, 1) != 0 && schema.empty()) continue;
    const AclTarget target = TargetOf(rows->Text(i, 2));
    const Acl acl = Acl::Parse(role, rows->Array(i, 3));
    std::vector<std::string> grantees{"public", role};
    for (const AclEntry& entry : acl.entries()) grantees.push_back(entry.grantee);
    for (const std::string& grantee : grantees) {
      const ObjectId id = DefaultPrivilegesId(role, schema, target, grantee);
      const PrivilegeSet held = acl.Of(grantee);
      if (held == DefaultPrivileges::Standard(id, target, grantee, reader.version())) continue;
      reader.schema().Add(
          {.id = id, .attributes = DefaultPrivileges{.target = target, .grantee = grantee, .privileges = held}});
    }
  }
  return {};
}

}  // namespace schemadiff
