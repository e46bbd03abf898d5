// How a role logs in to a foreign server (manual: CREATE USER MAPPING). A member of its server; its name is the role's,
// `public` for PUBLIC, which no role can be called.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct UserMapping {
  static constexpr std::string_view kManageKey = "foreign_servers";

  Options options;      ///< Their values are secrets.
  bool hidden = false;  ///< Of the live state: the options may not be read. Not compared.

  /// What cannot be read cannot be compared; what is left out stays.
  void TakeUnstated(const UserMapping& live) {
    if (live.hidden) options = live.options;
    TakeLeftOut(options, live.options);
  }

  bool operator==(const UserMapping& other) const { return options == other.options; }
  static constexpr auto Fields(auto visit) { return visit(Field{"options", &UserMapping::options}); }
};

}  // namespace schemadiff
