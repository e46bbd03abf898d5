// An extension (manual: CREATE EXTENSION). Its members belong to it and are not modelled.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Extension {
  static constexpr bool kOwnerless = true;
  static constexpr std::string_view kManageKey = "extensions";

  std::string schema;   ///< Empty in the desired state when not given.
  std::string version;  ///< Empty in the desired state when not given.

  /// Takes from the live extension what is not given.
  void TakeUnstated(const Extension& live) {
    if (version.empty()) version = live.version;
    if (schema.empty()) schema = live.schema;
  }

  bool operator==(const Extension&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"schema", &Extension::schema}, Field{"version", &Extension::version});
  }
};

}  // namespace schemadiff
