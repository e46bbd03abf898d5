// An event trigger (manual: CREATE EVENT TRIGGER).
#pragma once

#include "model/kinds/trigger.h"

namespace schemadiff {

struct EventTrigger {
  static constexpr std::string_view kManageKey = "event_triggers";

  std::string event;
  std::vector<std::string> tags;  ///< In upper case; empty for all commands.
  std::string function;           ///< Qualified and quoted, without parentheses.
  Trigger::Enabled enabled = Trigger::Enabled::kOrigin;

  bool operator==(const EventTrigger&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"event", &EventTrigger::event}, Field{"tags", &EventTrigger::tags},
                 Field{"function", &EventTrigger::function}, Field{"enabled", &EventTrigger::enabled});
  }
};

}  // namespace schemadiff
