#include <fmt/format.h>

#include "planner/rules.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

void CreateNamespace(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, "CREATE SCHEMA " + QuoteIdentifier(object.id.name()));
  action.step.undo = "DROP SCHEMA " + QuoteIdentifier(object.id.name());
}

void DropNamespace(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP SCHEMA " + QuoteIdentifier(object.id.name()));
  action.step.phase = Phase::kContract;
  action.step.undo = "CREATE SCHEMA " + QuoteIdentifier(object.id.name());
}

void RenameNamespace(ObjectId from, const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(
      object, Verb::kRename,
      fmt::format("ALTER SCHEMA {} RENAME TO {}", QuoteIdentifier(from.name()), QuoteIdentifier(object.id.name())));
  AddHazard(action, HazardKind::kBreaksClients, "clients that use the old name fail");
}

}  // namespace

template <>
const KindRules& RulesOf<Namespace>() {
  static constexpr std::array<FieldRule, 0> fields{};
  static_assert(Covers<Namespace>(fields));
  static constexpr KindRules rules{.create = CreateNamespace,
                                   .drop = DropNamespace,
                                   .fields = fields,
                                   .subject = NamedSubject<"SCHEMA">,
                                   .rename = RenameNamespace,
                                   .has_definition = false};
  return rules;
}

}  // namespace schemadiff
