// That a role is a member of another (manual: GRANT, "GRANT on Roles"). A member of the role whose rights it gives; its
// name is the other's.
#pragma once

#include "model/values.h"

namespace schemadiff {

/// One grant of a membership. From version 16 there is one for each grantor.
struct RoleGrant {
  std::string grantor;  ///< Empty for the one that connects, and for the server's first superuser.
  bool admin = false;
  std::optional<bool> inherit;  ///< From version 16; nothing when it is left to the member's own INHERIT.
  bool set = true;              ///< From version 16.

  bool operator==(const RoleGrant&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"grantor", &RoleGrant::grantor}, Field{"admin", &RoleGrant::admin},
                 Field{"inherit", &RoleGrant::inherit}, Field{"set", &RoleGrant::set});
  }
};

struct RoleMembership {
  static constexpr std::string_view kManageKey = "roles";

  std::vector<RoleGrant> grants;  ///< By grantor.
  bool single = false;            ///< Of the live state before version 16: grantors are not told apart. Not compared.

  void TakeUnstated(const RoleMembership& live) {
    if (live.single) grants = {WithoutGrantors(live.grants.front())};
    for (RoleGrant& grant : grants) {
      for (const RoleGrant& other : live.grants) {
        if (!grant.inherit && other.grantor == grant.grantor) grant.inherit = other.inherit;
      }
    }
  }
  /// What all grants come to where there is one for all grantors.
  RoleGrant WithoutGrantors(const RoleGrant& base = {}) const {
    RoleGrant one = base;
    one.admin = false;
    for (const RoleGrant& grant : grants) one.admin = one.admin || grant.admin;
    return one;
  }

  bool operator==(const RoleMembership& other) const { return grants == other.grants; }
  static constexpr auto Fields(auto visit) { return visit(Field{"grants", &RoleMembership::grants}); }
};

}  // namespace schemadiff
