// What a role's new objects of some type give another role (manual: ALTER DEFAULT PRIVILEGES), in one schema or in all.
// Those of a schema are given in addition to those of all. There is one only where that is not PostgreSQL's standard.
#pragma once

#include "model/acl.h"
#include "model/values.h"

namespace schemadiff {

struct DefaultPrivileges {
  static constexpr bool kOwnerless = true;
  static constexpr std::string_view kManageKey = "default_privileges";
  static constexpr bool kStaysAsItIs = true;

  AclTarget target = AclTarget::kTable;  ///< Part of the identity, as the grantee is.
  std::string grantee;                   ///< `public` for PUBLIC.
  PrivilegeSet privileges;
  std::vector<std::pair<int, PrivilegeSet>> history;  ///< Of the desired state: what they became, and when.

  /// What they are when nobody says anything: the owner's role is the identity's name.
  static PrivilegeSet Standard(ObjectId id, AclTarget target, std::string_view grantee, int version) {
    if (!id.schema().empty()) return {};
    return Acl::Standard(target, id.name(), version).Of(grantee);
  }

  bool operator==(const DefaultPrivileges& other) const { return privileges == other.privileges; }
  static constexpr auto Fields(auto visit) { return visit(Field{"privileges", &DefaultPrivileges::privileges}); }
};

/// `TABLES`, as ALTER DEFAULT PRIVILEGES calls a type of objects.
constexpr std::string_view DefaultTargetWord(AclTarget target) {
  switch (target) {
    case AclTarget::kTable: return "TABLES";
    case AclTarget::kSequence: return "SEQUENCES";
    case AclTarget::kRoutine: return "FUNCTIONS";
    case AclTarget::kType: return "TYPES";
    case AclTarget::kSchema: return "SCHEMAS";
    case AclTarget::kLargeObject: return "LARGE OBJECTS";
    default: return "";
  }
}

/// `schema` is empty for all schemas.
inline ObjectId DefaultPrivilegesId(std::string_view role, std::string_view schema, AclTarget target,
                                    std::string_view grantee) {
  std::string what(DefaultTargetWord(target));
  what += " to ";
  what += grantee;
  return ObjectId::Of(ObjectKind::kDefaultPrivileges, schema, role, what);
}

}  // namespace schemadiff
