// A row security policy (manual: CREATE POLICY).
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Policy {
  enum class Command : std::uint8_t { kAll, kSelect, kInsert, kUpdate, kDelete };

  Command command = Command::kAll;
  bool permissive = true;
  std::vector<std::string> roles;  ///< Sorted; empty for PUBLIC.
  Expression using_expression;
  Expression check_expression;

  bool operator==(const Policy&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"command", &Policy::command}, Field{"permissive", &Policy::permissive},
                 Field{"roles", &Policy::roles}, Field{"using_expression", &Policy::using_expression},
                 Field{"check_expression", &Policy::check_expression});
  }
};

}  // namespace schemadiff
