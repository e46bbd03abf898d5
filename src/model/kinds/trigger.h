// A trigger (manual: CREATE TRIGGER).
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Trigger {
  enum class Timing : std::uint8_t { kBefore, kAfter, kInsteadOf };
  enum class Enabled : std::uint8_t { kOrigin, kDisabled, kReplica, kAlways };

  Timing timing = Timing::kBefore;
  bool on_insert = false;
  bool on_update = false;
  bool on_delete = false;
  bool on_truncate = false;
  std::vector<std::string> update_columns;  ///< Of UPDATE OF.
  bool for_each_row = false;
  Expression condition;   ///< The WHEN condition, without the outer parentheses.
  std::string old_table;  ///< Transition relation; empty when there is none.
  std::string new_table;
  bool constraint = false;
  ObjectId constraint_from;  ///< The table after FROM of a constraint trigger.
  bool deferrable = false;
  bool initially_deferred = false;
  std::string function;  ///< Qualified and quoted, without parentheses.
  std::vector<std::string> arguments;
  Enabled enabled = Enabled::kOrigin;

  bool operator==(const Trigger&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"timing", &Trigger::timing}, Field{"on_insert", &Trigger::on_insert},
                 Field{"on_update", &Trigger::on_update}, Field{"on_delete", &Trigger::on_delete},
                 Field{"on_truncate", &Trigger::on_truncate}, Field{"update_columns", &Trigger::update_columns},
                 Field{"for_each_row", &Trigger::for_each_row}, Field{"condition", &Trigger::condition},
                 Field{"old_table", &Trigger::old_table}, Field{"new_table", &Trigger::new_table},
                 Field{"constraint", &Trigger::constraint}, Field{"constraint_from", &Trigger::constraint_from},
                 Field{"deferrable", &Trigger::deferrable}, Field{"initially_deferred", &Trigger::initially_deferred},
                 Field{"function", &Trigger::function}, Field{"arguments", &Trigger::arguments},
                 Field{"enabled", &Trigger::enabled});
  }
};

}  // namespace schemadiff
