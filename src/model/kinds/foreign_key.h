// A foreign key.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct ForeignKey {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kConstraint};

  enum class Action : std::uint8_t { kNoAction, kRestrict, kCascade, kSetNull, kSetDefault };

  std::vector<std::string> columns;
  ObjectId referenced;  ///< The referenced table.
  std::vector<std::string> referenced_columns;
  bool match_full = false;
  Action on_update = Action::kNoAction;
  Action on_delete = Action::kNoAction;
  std::vector<std::string>
      on_delete_columns;  ///< Those that SET NULL or SET DEFAULT touches; empty for all; from version 15.
  bool deferrable = false;
  bool initially_deferred = false;
  bool valid = true;
  bool enforced = true;  ///< From version 18.
  bool period = false;   ///< The last columns are ranges, from version 18.

  bool operator==(const ForeignKey&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"columns", &ForeignKey::columns}, Field{"referenced", &ForeignKey::referenced},
                 Field{"referenced_columns", &ForeignKey::referenced_columns},
                 Field{"match_full", &ForeignKey::match_full}, Field{"on_update", &ForeignKey::on_update},
                 Field{"on_delete", &ForeignKey::on_delete}, Field{"on_delete_columns", &ForeignKey::on_delete_columns},
                 Field{"deferrable", &ForeignKey::deferrable},
                 Field{"initially_deferred", &ForeignKey::initially_deferred}, Field{"valid", &ForeignKey::valid},
                 Field{"enforced", &ForeignKey::enforced}, Field{"period", &ForeignKey::period});
  }
};

}  // namespace schemadiff
