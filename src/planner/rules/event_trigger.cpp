#include <fmt/format.h>

#include "planner/rules.h"
#include "planner/rules/rename.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

constexpr std::string_view kRunsReason = "its function runs with every such command, and can make it fail";

std::string EventTriggerName(ObjectId id) { return "EVENT TRIGGER " + QuoteIdentifier(id.name()); }

std::string CreateEventTriggerSql(const Object& object) {
  const EventTrigger& trigger = object.As<EventTrigger>();
  std::string sql = fmt::format("CREATE {} ON {}", EventTriggerName(object.id), trigger.event);
  if (!trigger.tags.empty()) {
    std::vector<std::string> tags;
    for (const std::string& tag : trigger.tags) tags.push_back(QuoteLiteral(tag));
    sql += fmt::format(" WHEN TAG IN ({})", Join(tags, ", "));
  }
  return sql + fmt::format(" EXECUTE FUNCTION {}()", trigger.function);
}

std::string EnableEventTriggerSql(const Object& object) {
  return fmt::format("ALTER {} {}", EventTriggerName(object.id), EnableWords(object.As<EventTrigger>().enabled));
}

void CreateEventTrigger(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateEventTriggerSql(object));
  action.step.undo = "DROP " + EventTriggerName(object.id);
  const Trigger::Enabled enabled = object.As<EventTrigger>().enabled;
  if (enabled != Trigger::Enabled::kOrigin) action.step.sql.push_back(EnableEventTriggerSql(object));
  if (enabled != Trigger::Enabled::kDisabled) AddHazard(action, HazardKind::kOpaque, std::string(kRunsReason));
}

void DropEventTrigger(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP " + EventTriggerName(object.id));
  if (object.As<EventTrigger>().enabled == Trigger::Enabled::kOrigin) action.step.undo = CreateEventTriggerSql(object);
  // One that is made anew at once belongs to no later phase.
  if (!context.desired().Contains(object.id)) action.step.phase = Phase::kContract;
}

void SetEventTriggerEnabled(const Alteration& alteration, ActionList& actions) {
  Action& action = actions.Add(alteration.after, Verb::kAlter, EnableEventTriggerSql(alteration.after));
  action.step.undo = EnableEventTriggerSql(alteration.before);
  if (alteration.After<EventTrigger>().enabled == Trigger::Enabled::kDisabled) return;
  AddHazard(action, HazardKind::kOpaque, std::string(kRunsReason));
}

}  // namespace

template <>
const KindRules& RulesOf<EventTrigger>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"event"},
      {"tags"},
      {"function"},
      {"enabled", SetEventTriggerEnabled},
  });
  static_assert(Covers<EventTrigger>(fields));
  static constexpr KindRules rules{.create = CreateEventTrigger,
                                   .drop = DropEventTrigger,
                                   .fields = fields,
                                   .subject = NamedSubject<"EVENT TRIGGER">,
                                   .rename = RenameObject,
                                   .gap = "until it is created again, it does not fire"};
  return rules;
}

}  // namespace schemadiff
