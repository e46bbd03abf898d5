// What a role may do with the parent (manual: GRANT). Its name is the role's, `public` for PUBLIC, and empty for the
// parent's owner. There is one only where that is not what PostgreSQL gives by itself.
#pragma once

#include "model/acl.h"
#include "model/values.h"
#include "support/source.h"

namespace schemadiff {

/// What one role was granted by one other.
struct GrantedPrivileges {
  std::string grantor;  ///< Empty for the parent's owner.
  PrivilegeSet privileges;

  bool operator==(const GrantedPrivileges&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"grantor", &GrantedPrivileges::grantor}, Field{"privileges", &GrantedPrivileges::privileges});
  }
};

/// A GRANT or REVOKE of the desired files.
struct AccessChange {
  enum class Way : std::uint8_t { kGrant, kRevoke, kRevokeOption };
  Way way = Way::kGrant;
  std::string grantee;
  std::string by;  ///< Who runs it; empty for the one that connects.
  PrivilegeSet privileges;
  SourceLocation source;
};

struct Privileges {
  static constexpr std::string_view kManageKey = "privileges";
  static constexpr bool kStaysAsItIs = true;

  std::vector<GrantedPrivileges> grants;  ///< By grantor; none when there was something to be taken away.

  /// What the files do to the parent's privileges, in order. It stands under the empty name until the owner is known,
  /// from which on there are grants in its place (canonical/access.h).
  std::vector<AccessChange> changes;

  bool operator==(const Privileges& other) const { return grants == other.grants; }
  static constexpr auto Fields(auto visit) { return visit(Field{"grants", &Privileges::grants}); }
};

}  // namespace schemadiff
