#include <algorithm>

#include "catalog/reader.h"

namespace schemadiff {

// Before version 16 a membership has one grantor and no options but ADMIN. What a superuser grants is granted by the
// first superuser from 16, by himself before.
template <>
Result<void> ReadKind<RoleMembership>(Reader& reader) {
  if (reader.temporary()) return {};
  const bool single = reader.version() < 160000;
  const Result<Rows> rows = reader.Query(
      std::string("SELECT r.rolname, m.rolname, a.admin_option, CASE WHEN g.oid <> 10 AND g.rolname <> current_user"
                  " THEN g.rolname END, ") +
      (single ? "m.rolinherit, true" : "a.inherit_option, a.set_option") +
      " FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON m.oid = a.member"
      " LEFT JOIN pg_roles g ON g.oid = a.grantor WHERE m.rolname !~ '^pg_' ORDER BY 1, 2, 4");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const ObjectId id = ObjectId::Member(ObjectKind::kRoleMembership,
                                         ObjectId::Of(ObjectKind::kRole, "", rows->Text(i, 0)), rows->Text(i, 1));
    RoleGrant grant{.grantor = single ? "" : std::string(rows->Text(i, 3)),
                    .admin = rows->Bool(i, 2),
                    .inherit = rows->Bool(i, 4),
                    .set = rows->Bool(i, 5)};
    Object* object = reader.schema().Find(id);
    if (object == nullptr) {
      object = &reader.schema().Add({.id = id, .attributes = RoleMembership{.single = single}});
      object->edges.push_back({ObjectId::Of(ObjectKind::kRole, "", rows->Text(i, 1))});
    }
    std::vector<RoleGrant>& grants = object->As<RoleMembership>().grants;
    grants.push_back(std::move(grant));
    std::ranges::sort(grants, {}, &RoleGrant::grantor);
  }
  return {};
}

}  // namespace schemadiff
