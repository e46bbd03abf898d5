// A rewrite rule of a table or view (manual: CREATE RULE). The rule for SELECT that every view has is its query.
#pragma once

#include "model/kinds/trigger.h"

namespace schemadiff {

struct Rule {
  enum class Event : std::uint8_t { kInsert, kUpdate, kDelete };

  Event event = Event::kInsert;
  Expression definition;  ///< What stands behind the relation's name: `WHERE (...) DO INSTEAD ...`.
  Trigger::Enabled enabled = Trigger::Enabled::kOrigin;
  // Of the desired state, and not compared.
  std::vector<ObjectId> targets;  ///< What its commands write to.
  bool whole_row = false;         ///< `NEW.*` or its like stands in it: all columns that there are when it is created.

  bool operator==(const Rule& other) const {
    return event == other.event && definition == other.definition && enabled == other.enabled;
  }
  static constexpr auto Fields(auto visit) {
    return visit(Field{"event", &Rule::event}, Field{"definition", &Rule::definition},
                 Field{"enabled", &Rule::enabled});
  }
};

}  // namespace schemadiff
