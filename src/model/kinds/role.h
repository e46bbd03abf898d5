// A role (manual: CREATE ROLE). Roles belong to the whole server: those that the files declare are created and altered,
// and none is ever dropped.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Role {
  static constexpr bool kOwnerless = true;
  static constexpr std::string_view kManageKey = "roles";
  static constexpr bool kNeverDropped = true;

  bool superuser = false;
  bool inherit = true;
  bool create_role = false;
  bool create_database = false;
  bool login = false;
  bool replication = false;
  bool bypass_row_security = false;
  std::int64_t connection_limit = -1;  ///< -1 for none.
  std::string valid_until;             ///< Of the password, in UTC: `2030-01-01 00:00:00+00`, `infinity`; often empty.
  std::string password;                ///< A secret. The catalogs do not show it: of the desired state alone.

  /// What cannot be read cannot be compared: the password is given to a role that is created.
  void TakeUnstated(const Role& live) { password = live.password; }

  bool operator==(const Role&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"superuser", &Role::superuser}, Field{"inherit", &Role::inherit},
                 Field{"create_role", &Role::create_role}, Field{"create_database", &Role::create_database},
                 Field{"login", &Role::login}, Field{"replication", &Role::replication},
                 Field{"bypass_row_security", &Role::bypass_row_security},
                 Field{"connection_limit", &Role::connection_limit}, Field{"valid_until", &Role::valid_until},
                 Field{"password", &Role::password});
  }
};

}  // namespace schemadiff
