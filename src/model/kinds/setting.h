// A parameter that new sessions begin with (manual: ALTER ROLE, ALTER DATABASE). A member of its role; one of the
// connected database stands alone, with the role that it is for as its argument.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Setting {
  static constexpr bool kOwnerless = true;
  static constexpr std::string_view kManageKey = "roles";
  static constexpr bool kNeverDropped = true;

  std::string value;

  bool operator==(const Setting&) const = default;
  static constexpr auto Fields(auto visit) { return visit(Field{"value", &Setting::value}); }
};

/// Of a role everywhere, or in the connected database; of all roles when `role` is empty.
inline ObjectId SettingId(std::string_view name, std::string_view role, bool in_database) {
  if (in_database) return ObjectId::Of(ObjectKind::kSetting, "", name, role);
  // No role can be called public.
  if (role.empty()) return ObjectId::Of(ObjectKind::kSetting, "", name, "public");
  return ObjectId::Member(ObjectKind::kSetting, ObjectId::Of(ObjectKind::kRole, "", role), name);
}

}  // namespace schemadiff
