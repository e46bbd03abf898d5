#include "model/access.h"

#include <algorithm>
#include <set>

#include "support/quote.h"

namespace schemadiff {
namespace {

constexpr std::string_view kDatabaseOwner = "pg_database_owner";

std::vector<GrantedPrivileges> GrantsTo(const Acl& acl, const std::string& grantee) {
  std::vector<GrantedPrivileges> grants;
  for (const AclEntry& entry : acl.entries()) {
    if (entry.grantee != grantee) continue;
    grants.push_back({entry.grantor == acl.owner() ? std::string() : entry.grantor, entry.privileges});
  }
  std::ranges::sort(grants, {}, &GrantedPrivileges::grantor);
  return grants;
}

}  // namespace

std::vector<Object> PrivilegesOf(ObjectId parent, const Acl& acl, const Acl& standard) {
  std::set<std::string> grantees;
  for (const Acl* some : {&acl, &standard}) {
    for (const AclEntry& entry : some->entries()) grantees.insert(entry.grantee);
  }
  std::vector<Object> objects;
  for (const std::string& grantee : grantees) {
    std::vector<GrantedPrivileges> grants = GrantsTo(acl, grantee);
    if (grants == GrantsTo(standard, grantee)) continue;
    const std::string name = grantee == acl.owner() ? "" : grantee;
    Object object{.id = ObjectId::Member(ObjectKind::kPrivileges, parent, name), .attributes = Privileges{}};
    if (!name.empty() && name != "public") object.edges.push_back({ObjectId::Of(ObjectKind::kRole, "", name)});
    // Who grants needs the grant option first.
    for (const GrantedPrivileges& grant : grants) {
      if (grant.grantor.empty() || grant.grantor == grantee) continue;
      object.edges.push_back({ObjectId::Member(ObjectKind::kPrivileges, parent, grant.grantor)});
    }
    object.As<Privileges>().grants = std::move(grants);
    objects.push_back(std::move(object));
  }
  return objects;
}

// From version 15 it is the database owner's by a role of PostgreSQL's own, and who may create in it is said.
std::vector<Object> AccessFromTheStart(int version) {
  const bool is_latest = version == 0 || version >= 150000;
  const ObjectId schema = ObjectId::Of(ObjectKind::kNamespace, "", "public");
  std::vector<Object> objects;
  if (is_latest) {
    objects.push_back({.id = ObjectId::Member(ObjectKind::kOwner, schema, ""),
                       .attributes = Owner{.role = std::string(kDatabaseOwner)}});
  }
  const std::uint32_t privileges = PrivilegeBit("usage") | (is_latest ? 0 : PrivilegeBit("create"));
  objects.push_back({.id = ObjectId::Member(ObjectKind::kPrivileges, schema, "public"),
                     .attributes = Privileges{.grants = {{.privileges = {privileges, 0}}}}});
  return objects;
}

ObjectId IdentitySequenceOf(const Object& object) {
  const Column* column = object.If<Column>();
  if (column == nullptr || column->identity_sequence.empty()) return {};
  const auto [schema, name] = SplitQualified(column->identity_sequence);
  return ObjectId::Of(ObjectKind::kSequence, schema, name);
}

}  // namespace schemadiff
